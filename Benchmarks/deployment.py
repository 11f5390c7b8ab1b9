"""Writes an incident folder: a large healthy deployment in three clusters.

    deployment.py FOLDER

Central has 60 receivers in one ring; two edges have 250 pods of agents each, in a namespace a team;
every cluster has hundreds of workloads that have nothing to do with it. Everything is cloned from
the incident `healthy`, so what is right there is right here.
"""

import copy
import hashlib
import json
import pathlib
import re
import sys
import time
import uuid

import yaml

import pods
from measure import ROOT

NAME = "large"
RECEIVERS = 60
# Teams of an edge: some run one agent, the others two that differ by replica.
SINGLE_AGENTS, PAIRS = 50, 100
UNRELATED_PODS = 400
EDGES = ("edge-02", "edge-03")
HEALTHY = ROOT / "fixtures/incidents/healthy"
PAGES = ROOT / "fixtures/receive-conformance/metrics"
RING_HOST = "thanos-receiver-{}.thanos-receiver-headless.monitoring.svc.cluster.local"


class Cluster:
    """Objects of one cluster by kind, with logs and metrics of its pods."""

    def __init__(self, objects):
        self.objects = objects
        self.texts = {}

    def find(self, kind, name):
        return next(
            item for item in self.objects if item["kind"] == kind and item["metadata"]["name"] == name)

    def take(self, kind, name):
        item = self.find(kind, name)
        self.objects.remove(item)
        return item

    def add(self, item, **metadata):
        """A copy with a name and identity of its own."""
        item = copy.deepcopy(item)
        item["metadata"] |= metadata
        identity = [item["kind"], *(str(item["metadata"].get(key)) for key in ("namespace", "name"))]
        item["metadata"]["uid"] = str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(identity)))
        self.objects.append(item)
        return item

    def write(self, folder):
        kinds = {}
        for item in self.objects:
            kinds.setdefault(item["kind"], []).append(item)
        for kind, items in kinds.items():
            put(folder / "cluster" / f"{kind.lower()}.json", json.dumps(
                {"apiVersion": "v1", "kind": "List", "items": items}))
        unrelated = "".join(pods.pod(number) for number in range(UNRELATED_PODS))
        put(folder / "cluster/unrelated.yaml", f"apiVersion: v1\nkind: PodList\nitems:\n{unrelated}")
        for path, text in self.texts.items():
            put(folder / path, text)

    def observe(self, namespace, pod, container, log, page):
        """What the pod logs, and its metrics at the first and at the second look."""
        self.texts[f"logs/{namespace}/{pod}/{container}.log"] = log
        self.texts[f"metrics/{namespace}/{pod}.txt"] = page
        self.texts[f"metrics/{namespace}/{pod}.later.txt"] = grown(page)


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def healthy_objects():
    paths = sorted((HEALTHY / "cluster").glob("*.yaml"))
    return [item for path in paths for item in yaml.safe_load(path.read_text())["items"]]


def recorded(name):
    """A recorded page whose moments are now."""
    moment = time.time()
    text = (PAGES / f"{name}.prom").read_text()
    text = re.sub(r" 1\.7953\d*e\+09$", f" {moment:.3f}", text, flags=re.M)
    return re.sub(r" 1\.7953\d*e\+12$", f" {moment * 1000:.0f}", text, flags=re.M)


def grown(page):
    """The page a moment later: every counter has gone on by a hundredth."""
    return re.sub(
        r"^(\w+_(?:total|count|sum|bucket)(?:\{[^\n]*\})?) (\S+)$",
        lambda match: f"{match[1]} {float(match[2]) * 1.01:.6g}", page, flags=re.M)


def address(number):
    """Pods are reached through the API server, so that theirs need not be loopback addresses."""
    return f"10.77.{number // 250}.{1 + number % 250}"


def placed(pod, number, node):
    """The pod with an address and a node of its own."""
    ip = address(number)
    pod["spec"]["nodeName"] = node
    pod["status"] |= {"podIP": ip, "podIPs": [{"ip": ip}]}
    return pod


def add_nodes(cluster, count):
    model = cluster.take("Node", "k8s-cluster-01-node-3")
    names = [f"k8s-cluster-01-node-{number}" for number in range(3, count + 1)]
    for number, name in enumerate(names, 3):
        node = cluster.add(model, name=name)
        node["metadata"]["labels"] = {
            **node["metadata"]["labels"], "kubernetes.io/hostname": name}
        node["status"]["addresses"] = [
            {"address": f"127.77.0.{number}" if number == 3 else address(9000 + number),
             "type": "InternalIP"},
            {"address": name, "type": "Hostname"}]


def add_claim(cluster, model, volume, name, namespace="monitoring"):
    claim = cluster.add(model, name=name, namespace=namespace)
    volume_name = f"pvc-{claim['metadata']['uid']}"
    claim["spec"]["volumeName"] = volume_name
    bound = cluster.add(volume, name=volume_name)
    bound["spec"]["claimRef"] |= {
        "name": name, "namespace": namespace, "uid": claim["metadata"]["uid"]}


def central():
    cluster = Cluster(healthy_objects())
    add_nodes(cluster, RECEIVERS)
    workload = cluster.find("StatefulSet", "thanos-receiver")
    workload["spec"]["replicas"] = RECEIVERS
    for key in ("availableReplicas", "currentReplicas", "readyReplicas", "replicas", "updatedReplicas"):
        workload["status"][key] = RECEIVERS
    cluster.find("PodDisruptionBudget", "thanos-receiver")["status"] |= {
        "currentHealthy": RECEIVERS, "desiredHealthy": RECEIVERS - 1, "expectedPods": RECEIVERS}
    ring = [f"{RING_HOST.format(number)}:10901" for number in range(RECEIVERS)]
    file = json.dumps([{"hashring": "default", "endpoints": ring}], indent=2)
    cluster.find("ConfigMap", "thanos-receiver-hashrings")["data"]["hashrings.json"] = file
    model = cluster.find("Pod", "thanos-receiver-2")
    claim = cluster.find("PersistentVolumeClaim", "data-thanos-receiver-2")
    volume = cluster.find("PersistentVolume", claim["spec"]["volumeName"])
    slices = [
        item for item in cluster.objects
        if item["kind"] == "EndpointSlice" and item["metadata"]["name"].startswith("thanos-receiver")]
    log = (HEALTHY / "logs/monitoring/thanos-receiver-0/thanos-receive.log").read_text()
    page = recorded("receive-healthy")
    for name, value in {
        'thanos_receive_hashring_nodes{name="default"}': RECEIVERS,
        # Six bytes of MD5, the lowest first: `hashAsMetricValue` in Thanos' pkg/receive/config.go.
        "thanos_receive_config_hash": int.from_bytes(
            hashlib.md5(file.encode()).digest()[:6], "little"),
    }.items():
        page = re.sub(rf"^{re.escape(name)} .*$", f"{name} {value}", page, flags=re.M)
    for number in range(RECEIVERS):
        name = f"thanos-receiver-{number}"
        cluster.observe(
            "monitoring", name, "thanos-receive", log.replace("thanos-receiver-0", name), page)
        if number < 3:
            continue
        pod = placed(
            cluster.add(model, name=name), number, f"k8s-cluster-01-node-{number + 1}")
        pod["metadata"]["labels"] |= {
            "apps.kubernetes.io/pod-index": str(number), "statefulset.kubernetes.io/pod-name": name}
        pod["spec"]["hostname"] = name
        for entry in pod["spec"]["volumes"]:
            if "persistentVolumeClaim" in entry:
                entry["persistentVolumeClaim"]["claimName"] = f"data-{name}"
        add_claim(cluster, claim, volume, f"data-{name}")
        for item in slices:
            endpoint = copy.deepcopy(item["endpoints"][2])
            endpoint |= {"addresses": [address(number)], "nodeName": pod["spec"]["nodeName"]}
            endpoint["targetRef"] |= {"name": name, "uid": pod["metadata"]["uid"]}
            if "hostname" in endpoint:
                endpoint["hostname"] = name
            item["endpoints"].append(endpoint)
    return cluster


def is_central(item):
    """What an edge does not have: the pipeline's own, what announces its address, its history."""
    name = item["metadata"]["name"]
    return (
        item["kind"] in ("Application", "Event", "PersistentVolume", "PersistentVolumeClaim")
        or item["kind"].startswith("Cilium") or "l2announce" in name
        or "thanos" in name or name.startswith("prometheus-agent"))


def edge(name):
    """Agents of many teams; nothing of the central side."""
    source = Cluster(healthy_objects())
    cluster = Cluster([item for item in source.objects if not is_central(item)])
    workload, pod, config, service, claim = (
        source.find(kind, found) for kind, found in (
            ("StatefulSet", "prometheus-agent"), ("Pod", "prometheus-agent-0"),
            ("ConfigMap", "prometheus-agent-config"), ("Service", "prometheus-agent"),
            ("PersistentVolumeClaim", "data-prometheus-agent-0")))
    volume = source.find("PersistentVolume", claim["spec"]["volumeName"])
    namespace = source.find("Namespace", "monitoring")
    log = (HEALTHY / "logs/monitoring/prometheus-agent-0/prometheus.log").read_text()
    page = recorded("agent-healthy")
    for item in (*cluster.objects, workload, config, service):
        # Nobody deploys these with Argo CD.
        item["metadata"].pop("annotations", None)
    count = 0
    for team in range(SINGLE_AGENTS + PAIRS):
        home = f"team-{team:03}"
        replicas = 1 if team < SINGLE_AGENTS else 2
        cluster.add(namespace, name=home)
        cluster.add(service, namespace=home)
        text = config["data"]["prometheus.yml"].replace("cluster: cluster-01", f"cluster: {name}")
        text = text.replace("prometheus: prometheus-agent", f"prometheus: {home}")
        owner = cluster.add(workload, namespace=home)
        if replicas > 1:
            text = text.replace(
                f"prometheus: {home}\n", f"prometheus: {home}\n    prometheus_replica: ${{POD_NAME}}\n")
            expand(owner["spec"]["template"]["spec"])
        cluster.add(config, namespace=home)["data"] = {"prometheus.yml": text}
        owner["spec"]["replicas"] = replicas
        for key in ("availableReplicas", "currentReplicas", "readyReplicas", "replicas",
                    "updatedReplicas"):
            owner["status"][key] = replicas
        for index in range(replicas):
            pod_name = f"prometheus-agent-{index}"
            copy_of = placed(
                cluster.add(pod, namespace=home, name=pod_name), 1000 + count,
                f"k8s-cluster-01-node-{1 + count % 3}")
            copy_of["metadata"]["labels"] |= {
                "apps.kubernetes.io/pod-index": str(index),
                "statefulset.kubernetes.io/pod-name": pod_name}
            copy_of["metadata"]["ownerReferences"][0]["uid"] = owner["metadata"]["uid"]
            copy_of["spec"]["hostname"] = pod_name
            copy_of["spec"]["volumes"][0]["persistentVolumeClaim"]["claimName"] = f"data-{pod_name}"
            if replicas > 1:
                expand(copy_of["spec"])
            add_claim(cluster, claim, volume, f"data-{pod_name}", home)
            cluster.observe(home, pod_name, "prometheus", log, page)
            count += 1
    return cluster


def expand(spec):
    """Lets the configuration name the pod."""
    container = spec["containers"][0]
    container["args"] = [*container["args"], "--enable-feature=expand-external-labels"]
    container["env"] = [{
        "name": "POD_NAME",
        "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.name"}}}]


def write_incident(folder):
    """A folder for `--incidents` with one incident in it."""
    folder = folder / NAME
    central().write(folder)
    for name in EDGES:
        edge(name).write(folder / "clusters" / name)
    for path in ("incident.yaml", "stage.yaml"):
        put(folder / path, (HEALTHY / path).read_text())
    # The ring is larger than what runs here: nobody writes to it.
    stage = (folder / "stage.yaml").read_text()
    put(folder / "stage.yaml", stage[:stage.index("traffic:")])


if __name__ == "__main__":
    write_incident(pathlib.Path(sys.argv[1]))
