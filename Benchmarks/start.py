"""`version` against programs that do as little."""

import shutil

from measure import PEERS, THANOSCTL, alternately, figure, median, run

ROUNDS = 20
GOAL = 20


if __name__ == "__main__":
    commands = {"thanosctl": [THANOSCTL, "version"], "libcurl": [str(PEERS / "curl-start")]}
    if kubectl := shutil.which("kubectl"):
        commands["kubectl"] = [kubectl, "version", "--client"]
    programs = [lambda command=command: run(command) for command in commands.values()]
    alternately(1, *programs)
    results = dict(zip(commands, alternately(ROUNDS, *programs)))
    peers = {
        f"{name}_ms": 1000 * median(results[name], "wall") if name in results else None
        for name in ("libcurl", "kubectl")
    }
    figure(
        "version", 1000 * median(results["thanosctl"], "wall"), "ms", GOAL,
        peers_are="a C program linked with libcurl; kubectl version --client", **peers,
        rss_mib=median(results["thanosctl"], "mib"), rounds=ROUNDS)
