"""Writes StatefulSets of `thanos receive`, all different and all as they should be.

    manifests.py FOLDER [COUNT]     each in a file of its own
    manifests.py --one FILE [COUNT] all in one file
"""

import pathlib
import sys

# After fixtures/manifests/healthy; the sidecar and the spreading bring it to 5 kB, which is what
# such an object weighs where it runs.
TEMPLATE = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: thanos-receiver-@
  namespace: tenant-@
  labels:
    app.kubernetes.io/name: thanos-receiver
    app.kubernetes.io/instance: thanos-receiver-@
    app.kubernetes.io/component: receive
    app.kubernetes.io/part-of: thanos
  annotations:
    argocd.argoproj.io/sync-wave: "2"
    example.com/owner: "team-@, on call in the channel of the metrics pipeline"
spec:
  serviceName: thanos-receiver-@-headless
  replicas: 3
  podManagementPolicy: Parallel
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      partition: 0
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Retain
    whenScaled: Retain
  selector:
    matchLabels:
      app.kubernetes.io/instance: thanos-receiver-@
  template:
    metadata:
      labels:
        app.kubernetes.io/name: thanos-receiver
        app.kubernetes.io/instance: thanos-receiver-@
        app.kubernetes.io/component: receive
    spec:
      serviceAccountName: thanos-receiver
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 900
      securityContext:
        fsGroup: 65534
        fsGroupChangePolicy: OnRootMismatch
        runAsUser: 65534
        runAsGroup: 65534
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector:
                  matchLabels:
                    app.kubernetes.io/instance: thanos-receiver-@
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/instance: thanos-receiver-@
      containers:
        - name: thanos-receive
          image: quay.io/thanos/thanos:v0.37.2
          imagePullPolicy: IfNotPresent
          args:
            - receive
            - --log.level=info
            - --log.format=logfmt
            - --grpc-address=0.0.0.0:10901
            - --http-address=0.0.0.0:10902
            - --remote-write.address=0.0.0.0:19291
            - --receive.replication-factor=3
            - --receive.hashrings-file=/etc/thanos-hashrings/hashrings.json
            - --receive.hashrings-algorithm=ketama
            - --receive.local-endpoint=$(NAME).thanos-receiver-@-headless.$(NAMESPACE).svc:10901
            - --tsdb.path=/var/thanos/receive
            - --tsdb.retention=24h
            - --tsdb.too-far-in-future.time-window=5m
            - --label=receive_replica="$(NAME)"
            - --label=receive="true"
            - --objstore.config-file=/etc/thanos/objstore.yaml
          env:
            - name: NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: NAMESPACE
              valueFrom:
                fieldRef:
                  fieldPath: metadata.namespace
          ports:
            - name: http
              containerPort: 10902
            - name: grpc
              containerPort: 10901
            - name: remote-write
              containerPort: 19291
          readinessProbe:
            httpGet:
              path: /-/ready
              port: 10902
            periodSeconds: 5
            failureThreshold: 20
          livenessProbe:
            httpGet:
              path: /-/healthy
              port: 10902
            periodSeconds: 30
            failureThreshold: 8
          resources:
            requests:
              cpu: "1"
              memory: 4Gi
            limits:
              memory: 4Gi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: ["ALL"]
          terminationMessagePolicy: FallbackToLogsOnError
          volumeMounts:
            - name: data
              mountPath: /var/thanos/receive
            - name: hashring-config
              mountPath: /etc/thanos-hashrings
              readOnly: true
            - name: objstore
              mountPath: /etc/thanos
              readOnly: true
        - name: config-watcher
          image: registry.example.com/platform/config-watcher:1.8.3
          args: ["--watch", "/etc/thanos-hashrings", "--interval", "30s"]
          resources:
            requests: {cpu: 10m, memory: 32Mi}
            limits: {memory: 64Mi}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
          volumeMounts:
            - name: hashring-config
              mountPath: /etc/thanos-hashrings
              readOnly: true
      volumes:
        - name: hashring-config
          configMap:
            name: thanos-receiver-@-hashrings
        - name: objstore
          secret:
            secretName: thanos-objstore
  volumeClaimTemplates:
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: data
      spec:
        accessModes: ["ReadWriteOnce"]
        storageClassName: ceph-block
        resources:
          requests:
            storage: 50Gi
"""


def statefulset(number):
    return TEMPLATE.replace("@", f"{number:05}")


def write_folder(folder, count):
    folder.mkdir(parents=True)
    paths = []
    for number in range(count):
        path = folder / f"receiver-{number:05}.yaml"
        path.write_text(statefulset(number))
        paths.append(path)
    return paths


def write_one(path, count):
    with path.open("w") as file:
        for number in range(count):
            file.write("---\n" + statefulset(number))
    return [path]


if __name__ == "__main__":
    given = sys.argv[1:]
    write = write_one if given[0] == "--one" else write_folder
    place, *rest = [word for word in given if word != "--one"]
    write(pathlib.Path(place), int(rest[0]) if rest else 5000)
