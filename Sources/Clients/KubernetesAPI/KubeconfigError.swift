/// Why no cluster could be chosen or no credentials obtained.
package struct KubeconfigError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case fileMissing
        case fileUnreadable
        case fileInvalid
        case empty
        case noCurrentContext
        case unknownContext
        case unknownCluster
        case unknownUser
        case invalidValue
        case unsupported
        case credentialPluginFailed
    }

    package var code: Code
    package var message: String
    /// `FILE:LINE:COLUMN`, where there is one.
    package var place: String?

    package init(_ code: Code, _ message: String, place: String? = nil) {
        self.code = code
        self.message = message
        self.place = place
    }

    package var description: String { (place.map { "\($0): " } ?? "") + message }
}
