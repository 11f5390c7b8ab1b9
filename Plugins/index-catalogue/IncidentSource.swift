import FoundationEssentials

/// The Swift source that holds the files of the incidents, so that no checkout is needed.
struct IncidentSource {
    let text: String

    init(folder: String) throws(IndexError) {
        let tree = FileTree(root: folder)
        var texts = ""
        var binaries = ""
        for incident in try tree.folders() {
            for path in try tree.files(in: incident) {
                let bytes = try tree.bytes(of: path)
                let name = SwiftLiteral(path)
                if let text = String(validating: bytes, as: UTF8.self) {
                    texts += "(\(name), \(SwiftLiteral(text))),\n"
                } else {
                    binaries += "(\(name), \"\(bytes.base64EncodedString())\"),\n"
                }
            }
        }
        text = """
            // Written by index-catalogue from the folders of the incidents.

            extension EmbeddedIncidents {
                /// Every text file, by its path below the folder of all incidents, sorted.
                package static let files: [(path: String, text: String)] = [
            \(texts)    ]

                /// Files that are not UTF-8.
                package static let binaryFiles: [(path: String, base64: String)] = [
            \(binaries)    ]
            }

            """
    }
}
