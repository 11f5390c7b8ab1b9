extension TSDBPlace {
    func message(_ path: String) -> String {
        switch fault {
        case .quotes:
            "the quotes in --tsdb.path belong to the path: the TSDB is made in a directory "
                + "relative to the working directory, and on no volume"
        case .container(hasClaim: _, isReadOnly: true):
            "no volume is mounted over the TSDB \(path), and the root file system is read-only"
        case .container(hasClaim: true, isReadOnly: _):
            "the TSDB \(path) lies beside the volumes of the container: its claim stays empty"
        case .container:
            "no volume is mounted over the TSDB \(path): it goes with the container"
        case .noVolume(let name):
            "the TSDB \(path) is mounted from \"\(name)\", which neither volumes nor "
                + "volumeClaimTemplates has"
        case .scratch(let name, inMemory: true):
            "the TSDB \(path) lies in the emptyDir \"\(name)\" in memory: it goes with the pod, "
                + "and counts against the memory limit"
        case .scratch(let name, inMemory: false):
            "the TSDB \(path) lies on \"\(name)\", which goes with the pod"
        case .shared(let claim, let pods):
            "\(pods) receivers write to one TSDB \(path) on the claim \(claim)"
        }
    }

    var label: String {
        switch fault {
        case .quotes: "not a path"
        case .container: "on no volume"
        case .noVolume: "no such volume"
        case .scratch: "goes with the pod"
        case .shared: "one directory for all"
        }
    }

    func evidence(_ path: String) -> String {
        switch fault {
        case .quotes: "--tsdb.path is \(path)"
        case .container: "no volumeMount of the container covers \(path)"
        case .noVolume(let name): "the pod has no volume \(name)"
        case .scratch(let name, inMemory: _): "volume \(name) is no claim"
        case .shared(let claim, let pods): "replicas: \(pods), and every pod mounts \(claim)"
        }
    }

    var remedy: String {
        switch fault {
        case .quotes: "take the quotes out of the argument"
        case .container(hasClaim: true, isReadOnly: _):
            "let --tsdb.path lie at or below the mountPath of the claim"
        case .container, .noVolume, .scratch:
            "add volumeClaimTemplates to the StatefulSet and mount the claim over --tsdb.path"
        case .shared:
            "run a StatefulSet whose volumeClaimTemplates give each receiver its own volume"
        }
    }
}
