"""Writes an incident folder: the one called `healthy`, plus pods that have nothing to do with it.

    pods.py FOLDER [COUNT]
"""

import pathlib
import shutil
import sys
import uuid

from measure import ROOT

NAME = "crowded"
PER_FILE = 500
PER_NAMESPACE = 50

# A pod of a Deployment as an API server 1.36 lists it, managed fields included: 5 kB of JSON.
TEMPLATE = """\
- apiVersion: v1
  kind: Pod
  metadata:
    annotations:
      prometheus.io/port: "8080"
      prometheus.io/scrape: "true"
    creationTimestamp: "2026-10-11T08:08:01Z"
    generateName: @app-7d9c5b6f4-
    generation: 1
    labels:
      app.kubernetes.io/instance: @app
      app.kubernetes.io/name: web
      pod-template-hash: 7d9c5b6f4
    managedFields:
    - apiVersion: v1
      fieldsType: FieldsV1
      fieldsV1:
        f:metadata:
          f:annotations: {.: {}, 'f:prometheus.io/port': {}, 'f:prometheus.io/scrape': {}}
          f:generateName: {}
          f:labels:
            .: {}
            f:app.kubernetes.io/instance: {}
            f:app.kubernetes.io/name: {}
            f:pod-template-hash: {}
          f:ownerReferences:
            .: {}
            k:{"uid":"@owner"}: {}
        f:spec:
          f:containers:
            k:{"name":"web"}:
              .: {}
              f:env:
                .: {}
                k:{"name":"LISTEN"}: {.: {}, 'f:name': {}, 'f:value': {}}
                k:{"name":"POD_NAME"}:
                  .: {}
                  f:name: {}
                  f:valueFrom: {.: {}, 'f:fieldRef': {}}
              f:image: {}
              f:imagePullPolicy: {}
              f:livenessProbe:
                .: {}
                f:failureThreshold: {}
                f:httpGet: {.: {}, 'f:path': {}, 'f:port': {}, 'f:scheme': {}}
                f:periodSeconds: {}
                f:successThreshold: {}
                f:timeoutSeconds: {}
              f:name: {}
              f:ports:
                .: {}
                k:{"containerPort":8080,"protocol":"TCP"}:
                  .: {}
                  f:containerPort: {}
                  f:name: {}
                  f:protocol: {}
              f:resources:
                .: {}
                f:limits: {.: {}, 'f:memory': {}}
                f:requests: {.: {}, 'f:cpu': {}, 'f:memory': {}}
              f:securityContext: {.: {}, 'f:allowPrivilegeEscalation': {}}
              f:terminationMessagePath: {}
              f:terminationMessagePolicy: {}
          f:dnsPolicy: {}
          f:enableServiceLinks: {}
          f:restartPolicy: {}
          f:schedulerName: {}
          f:securityContext: {}
          f:terminationGracePeriodSeconds: {}
      manager: kube-controller-manager
      operation: Update
      time: "2026-10-11T08:08:01Z"
    - apiVersion: v1
      fieldsType: FieldsV1
      fieldsV1:
        f:status:
          f:conditions:
            k:{"type":"ContainersReady"}:
              .: {}
              f:lastProbeTime: {}
              f:lastTransitionTime: {}
              f:status: {}
              f:type: {}
            k:{"type":"Initialized"}:
              .: {}
              f:lastProbeTime: {}
              f:lastTransitionTime: {}
              f:status: {}
              f:type: {}
            k:{"type":"Ready"}:
              .: {}
              f:lastProbeTime: {}
              f:lastTransitionTime: {}
              f:status: {}
              f:type: {}
          f:containerStatuses: {}
          f:hostIP: {}
          f:hostIPs: {}
          f:phase: {}
          f:podIP: {}
          f:podIPs:
            .: {}
            k:{"ip":"@ip"}: {.: {}, 'f:ip': {}}
          f:startTime: {}
      manager: kubelet
      operation: Update
      subresource: status
      time: "2026-10-11T08:08:10Z"
    name: @app-7d9c5b6f4-@suffix
    namespace: @namespace
    ownerReferences:
    - apiVersion: apps/v1
      blockOwnerDeletion: true
      controller: true
      kind: ReplicaSet
      name: @app-7d9c5b6f4
      uid: @owner
    uid: @uid
  spec:
    containers:
    - env:
      - name: LISTEN
        value: 0.0.0.0:8080
      - name: POD_NAME
        valueFrom:
          fieldRef:
            apiVersion: v1
            fieldPath: metadata.name
      image: registry.example.com/shop/web:2.17.4
      imagePullPolicy: IfNotPresent
      livenessProbe:
        failureThreshold: 3
        httpGet:
          path: /healthz
          port: http
          scheme: HTTP
        periodSeconds: 10
        successThreshold: 1
        timeoutSeconds: 1
      name: web
      ports:
      - containerPort: 8080
        name: http
        protocol: TCP
      resources:
        limits:
          memory: 256Mi
        requests:
          cpu: 50m
          memory: 128Mi
      securityContext:
        allowPrivilegeEscalation: false
      terminationMessagePath: /dev/termination-log
      terminationMessagePolicy: File
      volumeMounts:
      - mountPath: /var/run/secrets/kubernetes.io/serviceaccount
        name: kube-api-access-@suffix
        readOnly: true
    dnsPolicy: ClusterFirst
    enableServiceLinks: true
    nodeName: k8s-cluster-01-node-@node
    preemptionPolicy: PreemptLowerPriority
    priority: 0
    restartPolicy: Always
    schedulerName: default-scheduler
    securityContext: {}
    serviceAccount: default
    serviceAccountName: default
    terminationGracePeriodSeconds: 30
    tolerations:
    - effect: NoExecute
      key: node.kubernetes.io/not-ready
      operator: Exists
      tolerationSeconds: 300
    - effect: NoExecute
      key: node.kubernetes.io/unreachable
      operator: Exists
      tolerationSeconds: 300
    volumes:
    - name: kube-api-access-@suffix
      projected:
        defaultMode: 420
        sources:
        - serviceAccountToken:
            expirationSeconds: 3607
            path: token
        - configMap:
            items:
            - key: ca.crt
              path: ca.crt
            name: kube-root-ca.crt
        - downwardAPI:
            items:
            - fieldRef:
                apiVersion: v1
                fieldPath: metadata.namespace
              path: namespace
  status:
    conditions:
    - lastProbeTime: null
      lastTransitionTime: "2026-10-11T08:08:10Z"
      status: "True"
      type: Ready
    - lastProbeTime: null
      lastTransitionTime: "2026-10-11T08:08:01Z"
      status: "True"
      type: Initialized
    - lastProbeTime: null
      lastTransitionTime: "2026-10-11T08:08:10Z"
      status: "True"
      type: ContainersReady
    - lastProbeTime: null
      lastTransitionTime: "2026-10-11T08:08:01Z"
      status: "True"
      type: PodScheduled
    containerStatuses:
    - containerID: containerd://@digest
      image: registry.example.com/shop/web:2.17.4
      imageID: registry.example.com/shop/web@sha256:@digest
      lastState: {}
      name: web
      ready: true
      restartCount: 0
      started: true
      state:
        running:
          startedAt: "2026-10-11T08:08:04Z"
    hostIP: 127.77.0.@node
    hostIPs:
    - ip: 127.77.0.@node
    observedGeneration: 1
    phase: Running
    podIP: @ip
    podIPs:
    - ip: @ip
    qosClass: Burstable
    startTime: "2026-10-11T08:08:01Z"
"""


def pod(number):
    group = number // PER_NAMESPACE
    app = f"shop-{group:03}"
    values = {
        "app": app,
        "namespace": app,
        "suffix": f"{number:05}",
        "node": str(1 + number % 3),
        "ip": f"10.0.{number // 250}.{1 + number % 250}",
        "owner": str(uuid.uuid5(uuid.NAMESPACE_URL, f"owner {group}")),
        "uid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"pod {number}")),
        "digest": uuid.uuid5(uuid.NAMESPACE_OID, f"image {number}").hex * 2,
    }
    text = TEMPLATE
    for name, value in values.items():
        text = text.replace(f"@{name}", value)
    return text


def write_incident(folder, count):
    """A folder for `--incidents` with one incident in it."""
    shutil.copytree(ROOT / "fixtures/incidents/healthy", folder / NAME)
    for first in range(0, count, PER_FILE):
        path = folder / NAME / "cluster" / f"pods-{first:05}.yaml"
        with path.open("w") as file:
            file.write("apiVersion: v1\nkind: PodList\nitems:\n")
            file.writelines(pod(number) for number in range(first, min(first + PER_FILE, count)))


if __name__ == "__main__":
    write_incident(
        pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5000)
