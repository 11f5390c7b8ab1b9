"""The servers that take remote write, each started fresh on free ports of 127.0.0.1."""

import http.client
import os
import pathlib
import socket
import subprocess
import tempfile
import time

from measure import ROOT, THANOSCTL

TOOLS = ROOT / ".build-tools"
PATIENCE = 60
# A server has settled when a second costs it less CPU than this share of a core.
IDLE = 0.03
SETTLING = 15


class Server:
    """One server with a data folder of its own, for as long as a `with` lasts."""

    def __init__(self, arguments, path, ready="/-/ready", admin=0):
        """`admin` is the index of the port that answers `ready`; writes go to the first one."""
        self.arguments, self.path, self.ready = arguments, path, ready
        self.ports = free_ports(3)
        self.port, self.admin = self.ports[0], self.ports[admin]

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="thanosctl-bench-")
        self.log = open(pathlib.Path(self.folder.name) / "log", "w+b")
        self.process = subprocess.Popen(
            self.arguments(self.folder.name, *self.ports), stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=self.log)
        try:
            self.wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        self.cpu_before = self.cpu()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.folder.cleanup()

    def wait_until_ready(self):
        deadline = time.monotonic() + PATIENCE
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.log.seek(0)
                said = self.log.read().decode(errors="replace")[-2000:]
                raise RuntimeError(f"{self.process.args[0]} did not become ready: {said}")
            time.sleep(0.1)

    def is_ready(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.admin, timeout=5)
        try:
            connection.request("GET", self.ready)
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def cpu(self):
        """Seconds so far, children that ended included."""
        stat = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text()
        ticks = stat.rpartition(")")[2].split()[11:15]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    def settle(self):
        """Waits for the work that a server does after its answer; it costs CPU as well."""
        for _ in range(SETTLING):
            before = self.cpu()
            time.sleep(1)
            if self.cpu() - before < IDLE:
                return

    def usage(self):
        """CPU seconds since it was ready, and the peak of its resident memory in MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        return {"cpu": self.cpu() - self.cpu_before, "mib": int(peak) / 1024}


def free_ports(count):
    """Ports that nobody listens on; all are held until the last is found, so none comes twice."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def thanosctl():
    def arguments(folder, write, admin, grpc):
        return [
            THANOSCTL, "receiver", f"--tsdb.path={folder}/data", '--label=replica="0"',
            f"--remote-write.address=127.0.0.1:{write}", f"--http-address=127.0.0.1:{admin}",
            f"--grpc-address=127.0.0.1:{grpc}", "--wal-sync=batch", "--log.level=warn",
        ]

    return Server(arguments, "/api/v1/receive", admin=1)


def prometheus():
    def arguments(folder, port, *_):
        pathlib.Path(folder, "prometheus.yml").touch()
        return [
            TOOLS / "prometheus/usr/bin/prometheus", "--web.enable-remote-write-receiver",
            f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
            f"--web.listen-address=127.0.0.1:{port}", "--log.level=warn",
        ]

    return Server(arguments, "/api/v1/write")


def victoria_metrics():
    def arguments(folder, port, *_):
        return [
            TOOLS / "victoria-metrics/usr/bin/victoria-metrics",
            f"-storageDataPath={folder}/data", f"-httpListenAddr=127.0.0.1:{port}",
            "-loggerLevel=WARN",
        ]

    return Server(arguments, "/api/v1/write", "/health")
