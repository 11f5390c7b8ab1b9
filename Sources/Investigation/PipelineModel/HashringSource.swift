package import Hashrings
package import KubernetesModel
package import MarkedYAML
import ReceiveFlags

/// Where a receiver's hashrings come from, and what became of them.
package enum HashringSource: Sendable {
    /// Neither flag is given: the receiver ingests everything itself.
    case notConfigured
    /// `--receive.hashrings`, or a file that was found.
    case configured(HashringConfiguration, from: Origin)
    /// The text was found and does not parse.
    case invalid(HashringError, from: Origin)
    /// `--receive.hashrings-file` names a path that could not be followed to a text.
    case unresolved(path: String, MountedFile)

    package enum Origin: Sendable {
        case flag(SourceRange?)
        case configMap(ObjectReference, key: String)
    }

    init(
        flags: ParsedReceiveFlags, workload: Workload, container: Container, objects: Objects
    ) {
        if let path = flags.hashringsFile {
            self = Self.file(path, workload: workload, container: container, objects: objects)
        } else if let text = flags.hashrings {
            let source = SourceText(name: "--receive.hashrings", text: text)
            do {
                let node = try JSONReader.document(source)
                self = Self.parse(node, from: .flag(nil))
            } catch {
                self = .invalid(Self.unparsable(error), from: .flag(nil))
            }
        } else {
            self = .notConfigured
        }
    }

    private static func file(
        _ path: String, workload: Workload, container: Container, objects: Objects
    ) -> HashringSource {
        let file = MountedFile.resolve(
            path, in: workload, container: container, objects: objects)
        guard case .configMapKey(let map, let key, let text) = file else {
            return .unresolved(path: path, file)
        }
        let origin = Origin.configMap(map.reference, key: key)
        do {
            return parse(try text.embeddedJSON(), from: origin)
        } catch {
            return .invalid(unparsable(error), from: origin)
        }
    }

    private static func parse(_ node: Node, from origin: Origin) -> HashringSource {
        do throws(HashringError) {
            return .configured(try HashringConfiguration(parsing: node), from: origin)
        } catch {
            return .invalid(error, from: origin)
        }
    }

    private static func unparsable(_ error: YAMLError) -> HashringError {
        HashringError(code: .notParsable, message: error.message, range: error.range)
    }
}
