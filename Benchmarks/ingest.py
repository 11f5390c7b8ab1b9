"""CPU and memory for taking in 50,000 series, against VictoriaMetrics and Prometheus."""

import signal
import socket
import sys
import time
from concurrent.futures import ProcessPoolExecutor

import ingest_servers
import ingest_stream
from measure import alternately, figure, median

ROUNDS = 3
SHARE_OF_VICTORIA_METRICS = 0.25
MEMORY_GOAL = 200
BOUND = 1200
# Ours and Thanos answer 200, the others 204.
ACCEPTED = (b"HTTP/1.1 200 ", b"HTTP/1.1 204 ")


def replay(file, port, path):
    """Sends one worker's requests over one connection; gives how many were not accepted."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Encoding: snappy\r\n"
        "Content-Type: application/x-protobuf\r\nX-Prometheus-Remote-Write-Version: 0.1.0\r\n"
        "Content-Length: ")
    refused = 0
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for block in ingest_stream.requests(file):
            connection.sendall(f"{head}{len(block)}\r\n\r\n".encode())
            connection.sendall(block)
            refused += not answer(connection).startswith(ACCEPTED)
    return refused


def answer(connection):
    """The head of an answer without a body; one with a body is an error and ends the run."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        more = connection.recv(4096)
        if not more or b"\r\n\r\n" in head:
            sys.exit(f"bench: a server answered {head + more}")
        head += more
    return head


def ingested(start, files):
    """What one fresh server takes for the whole stream."""
    with start() as server, ProcessPoolExecutor(len(files)) as pool:
        started = time.perf_counter()
        replays = [pool.submit(replay, file, server.port, server.path) for file in files]
        refused = sum(replay.result() for replay in replays)
        wall = time.perf_counter() - started
        server.settle()
        usage = server.usage()
    if refused:
        sys.exit(f"bench: {server.path} refused {refused} requests")
    return usage | {"wall": wall, "per_million": usage["cpu"] / ingest_stream.SAMPLES * 1e6}


def compare():
    files, stream = ingest_stream.prepared()

    def once(start):
        return lambda: ingested(start, files)

    ours, victoria = alternately(
        ROUNDS, once(ingest_servers.thanosctl), once(ingest_servers.victoria_metrics))
    (prometheus,) = alternately(1, once(ingest_servers.prometheus))
    conditions = {
        "series": ingest_stream.SERIES, "samples": ingest_stream.SAMPLES, "refused": 0,
        "requests": stream["requests"], "request_bytes": stream["request_bytes"],
        "compressed_bytes": stream["compressed_bytes"], "connections": ingest_stream.WORKERS,
        "rounds": ROUNDS,
    }
    figure(
        "ingest, CPU a million samples", median(ours, "per_million"), "s",
        SHARE_OF_VICTORIA_METRICS, median(victoria, "per_million"),
        peer_is="VictoriaMetrics", prometheus=median(prometheus, "per_million"),
        wall=median(ours, "wall"), peer_wall=median(victoria, "wall"),
        prometheus_wall=median(prometheus, "wall"), **conditions)
    figure(
        "ingest, peak RSS", max(run["mib"] for run in ours), "MiB", MEMORY_GOAL,
        victoria_metrics=max(run["mib"] for run in victoria),
        prometheus=max(run["mib"] for run in prometheus), **conditions)


def out_of_time(*_):
    raise TimeoutError(f"the figures of ingest took more than {BOUND} s")


if __name__ == "__main__":
    # As exceptions both let the `with` blocks stop what they started.
    signal.signal(signal.SIGALRM, out_of_time)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.alarm(BOUND)
    compare()
