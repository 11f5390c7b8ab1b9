"""The test that kills a receiver under load, more often than CI has time for."""

import os
import re
import subprocess
import sys

from measure import ROOT, figure

KILLS = 200
TEST = ["swift", "test", "--skip-build", "--disable-xctest", "--filter", "KillTests"]


def found(pattern, text):
    match = re.search(pattern, text)
    return int(match.group(1)) if match else None


if __name__ == "__main__":
    subprocess.run(["swift", "build", "--build-tests"], cwd=ROOT, stdout=sys.stderr, check=True)
    test = subprocess.run(
        TEST, cwd=ROOT, text=True, stdout=subprocess.PIPE,
        env=os.environ | {"RECEIVER_KILLS": str(KILLS)})
    missing = 0 if test.returncode == 0 else found(r"(\d+) missing", test.stdout)
    if missing is None:
        sys.exit(f"bench: the test did not come to its ledger:\n{test.stdout}")
    figure(
        "kills, acknowledged samples missing", missing, "samples", 0, kills=KILLS,
        acknowledged=found(r"(\d+) samples acknowledged", test.stdout),
        seed=found(r"RECEIVER_KILL_SEED=(\d+)", test.stdout))
