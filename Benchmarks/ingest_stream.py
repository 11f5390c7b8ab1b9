"""The stream of remote write 1.0 requests that every server is measured with.

50,000 series of 250 pods, scraped 40 times at intervals of 15 s. Each of four workers owns a
quarter of the series and sends their samples in order, 2,000 a request, so that a server sees what
four shards of one agent would send. Equal for every run but for its time: the newest sample is of
now, because servers refuse or drop what is old.
"""

import json
import pathlib
import random
import struct
import time
from concurrent.futures import ProcessPoolExecutor

import cramjam

from measure import BUILT

FOLDER = BUILT / "ingest"
SERIES, PODS = 50_000, 250
ROUNDS, INTERVAL_MS = 40, 15_000
PER_REQUEST, WORKERS = 2_000, 4
SAMPLES = SERIES * ROUNDS
# A stream may be replayed for so long before its samples count as old.
LIFETIME = 3600

LENGTH = struct.Struct("<I")
VALUE = struct.Struct("<d")

HANDLERS = [f"/api/v1/{noun}" for noun in ("orders", "customers", "invoices", "stock", "login")]
COUNTERS = [
    f"{subject}_{event}_total"
    for subject in ("http_server", "grpc_client", "database_pool", "message_queue")
    for event in ("requests", "errors", "bytes_received", "retries")
]
GAUGES = [
    f"{subject}_{state}"
    for subject in ("process_heap", "database_pool", "message_queue", "worker_threads")
    for state in ("size_bytes", "utilisation_ratio", "waiting", "age_seconds")
]
CONSTANTS = [f"process_{limit}" for limit in (
    "build_info", "max_fds", "start_time_seconds", "memory_limit_bytes", "cpu_quota_cores",
    "config_generation", "replicas_wanted", "up")]
METRICS = COUNTERS + GAUGES + CONSTANTS


def varint(number):
    encoded = bytearray()
    while number >= 0x80:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def field(number, content):
    """A length-delimited protobuf field."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def label_set(series):
    """The eleven labels of one series, in the order of their names."""
    pod, index = divmod(series, SERIES // PODS)
    node, service = pod // 10, ("payments-api", "checkout", "catalogue-search")[pod % 3]
    return {
        "__name__": METRICS[index // len(HANDLERS)],
        "cluster": "edge-eu-central-1",
        "container": service,
        "endpoint": "http-metrics",
        "handler": HANDLERS[index % len(HANDLERS)],
        "instance": f"10.42.{node}.{pod}:9102",
        "job": service,
        "namespace": "shop-production",
        "node": f"ip-10-42-{node}-7.eu-central-1.internal",
        "pod": f"{service}-{pod * 2654435761 % 2**32:08x}-{pod:05d}",
        "service": f"{service}-metrics",
    }


def prefix(series):
    """A series' message up to its value; the sample behind it takes 16 bytes."""
    labels = b"".join(
        field(1, field(1, name.encode()) + field(2, value.encode()))
        for name, value in label_set(series).items())
    return b"\x0a" + varint(len(labels) + 18) + labels + b"\x12\x10\x09"


def values(series):
    """What one series says, round by round; never 0, which protobuf would leave out."""
    chance = random.Random(series)
    metric = label_set(series)["__name__"]
    value = chance.randrange(1, 10_000_000)
    if metric in CONSTANTS:
        return [value] * ROUNDS
    if metric in GAUGES:
        return [value * chance.uniform(0.9, 1.1) for _ in range(ROUNDS)]
    rate = chance.choice((0, 1, 20, 400, 9_000))
    counted = []
    for _ in range(ROUNDS):
        value += chance.randint(0, rate)
        counted.append(value)
    return counted


def samples(worker, newest):
    """The messages of all samples of one worker, in the order of sending."""
    share = range(worker, SERIES, WORKERS)
    prefixes = [prefix(series) for series in share]
    rounds = zip(*(values(series) for series in share))
    for index, current in enumerate(rounds):
        timestamp = b"\x10" + varint(newest - (ROUNDS - 1 - index) * INTERVAL_MS)
        for start, value in zip(prefixes, current):
            yield start + VALUE.pack(value) + timestamp


def write(worker, newest):
    """Writes one worker's requests, each with its length before it; gives number and bytes."""
    messages = list(samples(worker, newest))
    count = size = 0
    with open(FOLDER / f"{worker}.requests", "wb") as file:
        for start in range(0, len(messages), PER_REQUEST):
            plain = b"".join(messages[start:start + PER_REQUEST])
            block = bytes(cramjam.snappy.compress_raw(plain))
            file.write(LENGTH.pack(len(block)) + block)
            count, size = count + 1, size + len(plain)
    return count, size


def requests(path):
    """The requests of one file."""
    content = memoryview(pathlib.Path(path).read_bytes())
    while content:
        (length,) = LENGTH.unpack_from(content)
        yield content[LENGTH.size:LENGTH.size + length]
        content = content[LENGTH.size + length:]


def prepared():
    """The files of the workers and what is known of them, made anew when they are too old."""
    files = [FOLDER / f"{worker}.requests" for worker in range(WORKERS)]
    summary = FOLDER / "summary.json"
    known = json.loads(summary.read_text()) if summary.exists() else {"newest": 0}
    now = int(time.time() * 1000)
    if now - known["newest"] > LIFETIME * 1000:
        FOLDER.mkdir(parents=True, exist_ok=True)
        with ProcessPoolExecutor(WORKERS) as pool:
            written = list(pool.map(write, range(WORKERS), [now] * WORKERS))
        count, size = map(sum, zip(*written))
        known = {
            "newest": now, "requests": count, "request_bytes": size // count,
            "compressed_bytes": sum(file.stat().st_size for file in files) // count,
        }
        summary.write_text(json.dumps(known))
    return files, known
