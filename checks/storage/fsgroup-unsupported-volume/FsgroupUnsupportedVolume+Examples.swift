import Diagnosis

extension Check {
    static let fsgroupUnsupportedVolumeExamples: [Example] = [
        .triggers(
            "denied on a hostPath, with fsGroup",
            live("hostPath: {path: /opt/data} # <-- finding", log: denied)),
        .triggers(
            "denied on a driver that leaves owners alone",
            live("csi: {driver: example.com/disk} # <-- finding", log: denied)
                + """

                -- cluster/driver.yaml --
                apiVersion: storage.k8s.io/v1
                kind: CSIDriver
                metadata: {name: example.com/disk}
                spec: {fsGroupPolicy: None}
                """),
        .triggers(
            "NFS, though the pods run: a warning",
            live("nfs: {server: nas, path: /tsdb} # <-- finding", ready: "True")),
        .triggers(
            "NFS refuses the group",
            live("csi: {driver: example.com/disk}", mark: " # <-- finding")
                + """

                -- cluster/event.yaml --
                apiVersion: v1
                kind: Event
                metadata: {name: receiver-0.1, namespace: monitoring}
                involvedObject: {kind: Pod, namespace: monitoring, name: receiver-0}
                reason: FailedMount
                message: "applyFSGroup failed for vol pvc-1: lchown /data: permission denied"
                """),
        .passes(
            "a local path that its provisioner opened to all",
            live("hostPath: {path: /opt/local-path/pvc-1}", ready: "True")),
        .passes(
            "denied on a block volume: that is not the volume's doing",
            live("csi: {driver: example.com/disk, fsType: ext4}", log: denied)),
        .passes("a local volume takes fsGroup", live("local: {path: /mnt/disk}", log: denied)),
        .triggers(
            "a directory that the kubelet makes",
            manifest("hostPath: {path: /srv/tsdb, type: DirectoryOrCreate} # <-- finding")),
        .passes(
            "a directory that was made before",
            manifest("hostPath: {path: /srv, type: Directory}")),
        .passes(
            "a receiver as root",
            manifest("hostPath: {path: /srv, type: DirectoryOrCreate}", user: 0)),
        .triggers("an export", manifest("nfs: {server: nas, path: /tsdb} # <-- finding")),
        .triggers(
            "a class of NFS",
            claimed(mark: " # <-- finding", provisioner: "nfs.csi.k8s.io")),
        .passes("a class of disks", claimed(provisioner: "ebs.csi.aws.com")),
    ]

    private static let denied =
        #"level=error err="mkdir /data/default-tenant: permission denied\ncreate dir""#

    private static func live(
        _ source: String, mark: String = "", log: String = "", ready: String = "False"
    ) -> String {
        """
        -- cluster/receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              securityContext:
                runAsUser: 1001
                fsGroup: 1001\(mark)
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --tsdb.path=/data]
                  volumeMounts: [{name: data, mountPath: /data}]
          volumeClaimTemplates: [{metadata: {name: data}}]
        ---
        \(PodExample.named("receiver-0"))
        status:
          conditions: [{type: Ready, status: "\(ready)"}]
          containerStatuses:
            - {name: receive, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data-receiver-0, namespace: monitoring}
        spec: {volumeName: pvc-1}
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: pvc-1}
        spec:
          \(source)
        -- logs/monitoring/receiver-0/receive.log --
        \(log)
        """
    }

    private static func manifest(_ source: String, user: Int = 1001) -> String {
        """
        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              securityContext: {runAsUser: \(user), fsGroup: 1001}
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --tsdb.path=/data]
                  volumeMounts: [{name: data, mountPath: /data}]
              volumes:
                - name: data
                  \(source)
        """
    }

    private static func claimed(mark: String = "", provisioner: String) -> String {
        """
        -- receiver.yaml --
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: receiver, namespace: monitoring}
        spec:
          template:
            spec:
              containers:
                - name: receive
                  image: quay.io/thanos/thanos:v0.37.2
                  args: [receive, --tsdb.path=/data]
                  volumeMounts: [{name: data, mountPath: /data}]
          volumeClaimTemplates:
            - metadata: {name: data}
              spec:
                storageClassName: tsdb\(mark)
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: tsdb}
        provisioner: \(provisioner)
        """
    }
}
