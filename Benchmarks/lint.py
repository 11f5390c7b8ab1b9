"""`lint` of 5,000 StatefulSets against libyaml's bare event loop over the same bytes."""

import pathlib
import tempfile

import manifests
from measure import PEERS, THANOSCTL, alternately, figure, median, run

COUNT = 5000
ROUNDS = 5
GOAL = 2


def compare(name, paths, given, scratch):
    """Times both, alternating; libyaml gets its list of files on standard input."""
    names = scratch / f"{name}.list"
    names.write_text("".join(f"{path}\n" for path in paths))

    def lint():
        # Exit 1 is findings, which cost more than none; 3 would be files that were not judged.
        return run([THANOSCTL, "lint", str(given)], allowed=(0, 1))

    def events():
        return run([str(PEERS / "yaml-events")], stdin=names)

    lint(), events()
    ours, theirs = alternately(ROUNDS, lint, events)
    figure(
        name, median(ours, "wall"), "s", GOAL, median(theirs, "wall"),
        peer_is="libyaml's event loop over the same files, one core",
        bytes=sum(path.stat().st_size for path in paths), files=len(paths), objects=COUNT,
        cpu=median(ours, "cpu"), peer_cpu=median(theirs, "cpu"), rss_mib=median(ours, "mib"),
        exit=ours[0]["exit"], rounds=ROUNDS)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="thanosctl-bench-") as temporary:
        scratch = pathlib.Path(temporary)
        folder = scratch / "manifests"
        compare("lint, a file each", manifests.write_folder(folder, COUNT), folder, scratch)
        one = scratch / "all.yaml"
        compare("lint, one file", manifests.write_one(one, COUNT), one, scratch)
