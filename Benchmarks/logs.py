"""`logs explain` on 1 GB of mixed receiver logs against ripgrep with the same literals, one core."""

import json
import os
import pathlib
import random
import tempfile

from measure import THANOSCTL, alternately, figure, median, run

BYTES = int(os.environ.get("BENCH_LOG_BYTES", 1 << 30))
ROUNDS = 3
GOAL = 1.0
INTERESTING = 0.02
TABLES = pathlib.Path(__file__).resolve().parent.parent / "Sources/Domain/LogSignatures"
LEVELS = [form % level for level in ("warn", "error", "fatal", "WARN", "ERROR")
          for form in ("level=%s", '"level":"%s"', '"level": "%s"')]


def signatures():
    """The literals that the scanner searches for, and the example lines, from the tables."""
    keys, examples = set(LEVELS), []
    for path in sorted(TABLES.glob("*Signatures.swift")):
        for line in path.read_text().splitlines():
            line = line.strip()
            if line.startswith("? "):
                texts = [text.strip() for text in line[2:].split("!!")[0].split("&&")]
                keys.add(next((text for text in texts if len(text) >= 10), texts[0]))
            elif line.startswith("= "):
                examples.append(line[2:])
    return sorted(keys), examples


def routine(draw, stamp):
    """A line as a receiver writes it all day long, in the form of any of its log formats."""
    tenant = f"team-{draw.randrange(40)}"
    words = draw.choice([
        ("handler.go:87", "info", "multi-tsdb", "Head GC completed", f"{draw.random() * 9:.6f}ms"),
        ("shipper.go:442", "info", "multi-tsdb", "upload new block",
         f"01M817KTNA2STY54HSN6D1{draw.randrange(10**6):06}"),
        ("compact.go:576", "info", "multi-tsdb", "write block", f"mint {draw.randrange(10**12)}"),
        ("intrumentation.go:56", "info", "receive", "changing probe status", "ready"),
        ("handler.go:320", "debug", "receive-handler", "request handled", f"{draw.randrange(2000)}"),
    ])
    if draw.random() < 0.25:
        keys = ("caller", "level", "component", "msg", "value")
        return json.dumps({"ts": stamp, **dict(zip(keys, words)), "tenant": tenant},
                          separators=(",", ":"))
    caller, level, component, message, value = words
    return (f'ts={stamp} caller={caller} level={level} component=receive component={component} '
            f'tenant={tenant} msg="{message}" value={value}')


def write(path, size):
    """The same bytes each time; blocks of lines are repeated, or Python would be the benchmark."""
    draw = random.Random(20251122)
    _, examples = signatures()
    with path.open("wb") as file:
        blocks = []
        for _ in range(64):
            lines = []
            for _ in range(2000):
                stamp = f"2026-11-22T08:{draw.randrange(60):02}:{draw.randrange(60):02}.123Z"
                bad = draw.random() < INTERESTING
                line = f"ts={stamp} {draw.choice(examples)}" if bad else routine(draw, stamp)
                lines.append(line + "\n")
            blocks.append("".join(lines).encode())
        while file.tell() < size:
            file.write(draw.choice(blocks))


def main(scratch):
    log, literals = scratch / "receive.log", scratch / "literals"
    write(log, BYTES)
    literals.write_text("".join(f"{text}\n" for text in signatures()[0]))
    search = ["rg", "-j1", "-F", "-f", str(literals), "-c", str(log)]
    explain = [THANOSCTL, "logs", "explain", "-o", "json", str(log)]

    def on_one_core(command, **options):
        core = {max(os.sched_getaffinity(0))}
        return run(command, preexec_fn=lambda: os.sched_setaffinity(0, core), **options)

    ours, theirs = alternately(
        ROUNDS, lambda: on_one_core(explain, allowed=(0, 1)), lambda: on_one_core(search))
    size = log.stat().st_size
    figure(
        "logs explain", median(ours, "wall"), "s", GOAL, median(theirs, "wall"),
        peer_is="ripgrep -j1 -F -c with the same literals", bytes=size,
        literals=len(signatures()[0]), mb_per_s=size / 1e6 / median(ours, "wall"),
        cpu=median(ours, "cpu"), peer_cpu=median(theirs, "cpu"), rss_mib=median(ours, "mib"),
        rounds=ROUNDS)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="thanosctl-bench-") as temporary:
        main(pathlib.Path(temporary))
