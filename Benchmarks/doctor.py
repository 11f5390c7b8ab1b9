"""`doctor` on a cluster of 5,000 pods against fetching and parsing their list once."""

import http.client
import json
import pathlib
import re
import signal
import ssl
import subprocess
import tempfile
import time
from base64 import b64decode
from urllib.parse import quote

try:
    import orjson
except ImportError:
    orjson = None

import pods
from measure import THANOSCTL, alternately, figure, median, run

COUNT = 5000
PAGE = 500
ROUNDS = 5
WALL_GOAL = 1.5
MEMORY_GOAL = 200
PATIENCE = 120


class Lab:
    """`thanosctl lab up` with an incident, for as long as a `with` lasts."""

    def __init__(self, incidents, name):
        self.command = [THANOSCTL, "lab", "up", name, "--incidents", str(incidents)]

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        signal.alarm(PATIENCE)
        line = self.process.stdout.readline()
        signal.alarm(0)
        self.kubeconfig = line.strip().removeprefix("export KUBECONFIG=")
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)


class Peer:
    """Reads one list page after page over one connection, and parses each page once.

    The parser is the one written in C of Python's json module. Fetching and parsing are timed
    apart, and neither does anything else.
    """

    def __init__(self, kubeconfig):
        text = pathlib.Path(kubeconfig).read_text()

        def field(name):
            return re.search(rf"{name}: *\"?([^\"\s]+)", text).group(1)

        self.host, self.port = field("server").removeprefix("https://").split(":")
        self.token = field("token")
        self.context = ssl.create_default_context(
            cadata=b64decode(field("certificate-authority-data")).decode())

    def fetched(self, path):
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        connection = http.client.HTTPSConnection(self.host, int(self.port), context=self.context)
        pages, token = [], ""
        while True:
            query = f"?limit={PAGE}" + (f"&continue={quote(token, safe='')}" if token else "")
            connection.request("GET", path + query, headers=headers)
            response = connection.getresponse()
            pages.append(response.read())
            assert response.status == 200, response.status
            # The token stands before the items; parsing for it would be parsing twice.
            found = re.search(rb'"continue":"([^"]*)"', pages[-1][:1000])
            if not found or not found.group(1):
                connection.close()
                return pages
            token = found.group(1).decode()

    def once(self, path):
        started = time.perf_counter()
        pages = self.fetched(path)
        between = time.perf_counter()
        for page in pages:
            json.loads(page)
        ended = time.perf_counter()
        return {
            "fetch": between - started, "parse": ended - between, "wall": ended - started,
            "orjson": timed_orjson(pages), "bytes": sum(map(len, pages)), "pages": len(pages),
        }


def timed_orjson(pages):
    """The same with one of the fastest parsers there are, where it is installed, else 0."""
    if orjson is None:
        return 0.0
    started = time.perf_counter()
    for page in pages:
        orjson.loads(page)
    return time.perf_counter() - started


def doctor_command(lab, *arguments):
    """Without the pause between two looks at metrics, which is no work."""
    return [
        THANOSCTL, "doctor", "--kubeconfig", lab.kubeconfig, "--probe-only", "127.0.0.0/8",
        "--interval", "1ms", *arguments]


def compare(lab):
    def doctor():
        # Exit 3 would be a list that was not read.
        return run(doctor_command(lab), allowed=(0, 1))

    peer = Peer(lab.kubeconfig)

    def listed():
        return peer.once("/api/v1/pods")

    doctor(), listed()
    ours, theirs = alternately(ROUNDS, doctor, listed)
    conditions = {
        "pods": COUNT, "bytes": theirs[0]["bytes"], "pages": theirs[0]["pages"],
        "page_delay_ms": 0, "exit": ours[0]["exit"], "rounds": ROUNDS,
    }
    figure(
        "doctor, wall", median(ours, "wall"), "s", WALL_GOAL, median(theirs, "wall"),
        peer_is="the pods' pages fetched one by one over one connection, then parsed by Python's"
        " json module (C)",
        fetch=median(theirs, "fetch"), parse=median(theirs, "parse"),
        parse_orjson=median(theirs, "orjson") or None, cpu=median(ours, "cpu"), **conditions)
    figure("doctor, peak RSS", max(run["mib"] for run in ours), "MiB", MEMORY_GOAL, **conditions)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="thanosctl-bench-") as temporary:
        incidents = pathlib.Path(temporary) / "incidents"
        pods.write_incident(incidents, COUNT)
        with Lab(incidents, pods.NAME) as lab:
            compare(lab)
