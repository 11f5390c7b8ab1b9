"""`doctor` on three clusters with 60 receivers and 500 pods of agents, all of them healthy."""

import json
import pathlib
import tempfile

import deployment
from doctor import Lab, doctor_command
from measure import figure, median, run

ROUNDS = 5
WALL_GOAL = 3
JUDGING_GOAL = 0.3
MEMORY_GOAL = 300


def measure(lab, folder):
    report = folder / "report.json"
    contexts = [word for name in ("lab", *deployment.EDGES) for word in ("--context", name)]
    command = doctor_command(lab, *contexts, "-o", f"json={report}")
    runs, judging = [], []
    for number in range(ROUNDS + 1):
        once = run(command)
        if number == 0:
            continue
        checks = json.loads(report.read_text())["checks"]
        runs.append(once)
        # All checks one after the other; the run judges on all cores.
        judging.append({"seconds": sum(check.get("seconds", 0) for check in checks)})
    conditions = {
        "clusters": 1 + len(deployment.EDGES), "receivers": deployment.RECEIVERS,
        "agents": len(deployment.EDGES) * (deployment.SINGLE_AGENTS + 2 * deployment.PAIRS),
        "cpu": median(runs, "cpu"), "rounds": ROUNDS}
    figure("doctor, large deployment, wall", median(runs, "wall"), "s", WALL_GOAL, **conditions)
    figure(
        "doctor, large deployment, judging", median(judging, "seconds"), "s", JUDGING_GOAL,
        **conditions)
    figure(
        "doctor, large deployment, peak RSS", max(once["mib"] for once in runs), "MiB",
        MEMORY_GOAL, **conditions)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="thanosctl-bench-") as temporary:
        incidents = pathlib.Path(temporary) / "incidents"
        deployment.write_incident(incidents)
        with Lab(incidents, deployment.NAME) as lab:
            measure(lab, pathlib.Path(temporary))
