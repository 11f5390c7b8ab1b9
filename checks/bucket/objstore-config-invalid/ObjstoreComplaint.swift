import Diagnosis
import Evidence
import KubernetesModel
import PipelineModel

/// What a receiver that does not start says of its bucket's configuration.
///
/// Its own words may quote what stands in a Secret: they are told by what they mean.
struct ObjstoreComplaint {
    let pod: ObjectReference
    let meaning: String
    let evidence: EvidenceItem

    init?(among running: ByOwner<RunningGroup>, of users: [StorageUser], _ view: ClusterView) {
        let names = Set(users.map(\.reference))
        for group in running where names.contains(group.group.reference) {
            for pod in group.pods where !pod.isReady {
                for log in group.logs(of: pod).reversed() {
                    guard let meaning = Self.meaning(of: log) else { continue }
                    self.pod = pod.reference
                    self.meaning = meaning
                    evidence = log.evidence(meaning, in: view)
                    return
                }
            }
        }
        return nil
    }

    /// A receiver that exits says so in its last lines, with `level=error`.
    private static func meaning(of log: ContainerLog) -> String? {
        for line in log.lines.suffix(20).reversed() where line.contains("error") {
            let record = LogRecord(line)
            guard let error = (record["err"] ?? record["error"])?.lowercased() else { continue }
            let found = meanings.first { meaning in meaning.words.allSatisfy(error.contains) }
            if let found { return found.meaning }
        }
        return nil
    }

    private static let meanings: [(words: [String], meaning: String)] = [
        (["not found in type", "s3.config"], "config holds a field that Thanos does not know"),
        (["not found in type", "bucketconfig"], "a field stands beside type and config"),
        (["bucket with type", "is not supported"], "its type is not one that Thanos supports"),
        (["no s3 endpoint in config file"], "config.endpoint is missing"),
        (["no s3 secret_key specified"], "access_key is given without secret_key"),
        (["no s3 access_key specified"], "secret_key is given without access_key"),
        (["cannot have fully qualified paths"], "config.endpoint has a scheme or a path"),
        (["does not follow ip address or domain name"], "config.endpoint is no host and port"),
        (["aws_sdk_auth and access_key are mutually"], "aws_sdk_auth stands beside access_key"),
        (["unsupported bucket lookup type"], "bucket_lookup_type is none that Thanos knows"),
        (["unmarshal errors", "create s3 client"], "config is not as Thanos reads it"),
        (["parsing config yaml file"], "it is no YAML that Thanos reads"),
        (["objstore.config", "no such file or directory"], "the file does not exist"),
    ]
}
