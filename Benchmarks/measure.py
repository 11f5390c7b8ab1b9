"""Runs programs, takes their time and memory, and prints figures."""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILT = ROOT / ".build-bench"
THANOSCTL = os.environ.get("THANOSCTL", str(BUILT / "release" / "thanosctl"))
PEERS = BUILT / "peers"


def run(command, stdin=None, allowed=(0,), **options):
    """Runs a program to its end: wall and CPU seconds, peak resident MiB, exit code."""
    source = subprocess.DEVNULL if stdin is None else open(stdin, "rb")
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        sys.exit(f"bench: {command[0]} ended with {process.returncode}, not one of {allowed}")
    return {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "mib": usage.ru_maxrss / 1024,
        "exit": process.returncode,
    }


def alternately(rounds, *runs):
    """Takes turns, so that a busy moment of the machine hits every program alike."""
    results = [[] for _ in runs]
    for _ in range(rounds):
        for result, once in zip(results, runs):
            result.append(once())
    return results


def median(results, key):
    return statistics.median(result[key] for result in results)


def digits(value):
    return float(f"{value:.3g}")


def figure(name, value, unit, goal, peer=None, **conditions):
    """Prints one figure; the goal is an upper bound of the ratio, or of the value without one."""
    line = {"figure": name, "value": digits(value), "unit": unit}
    bounded = value
    if peer is not None:
        bounded = value / peer
        line |= {"peer": digits(peer), "ratio": digits(bounded)}
    line |= {"goal": goal, "met": bounded <= goal}
    line |= {"cores": len(os.sched_getaffinity(0)), "load": round(os.getloadavg()[0], 1)}
    line |= {
        key: digits(given) if isinstance(given, float) else given
        for key, given in conditions.items()
    }
    print(json.dumps(line), flush=True)
