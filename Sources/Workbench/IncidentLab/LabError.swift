/// Why an incident could not be staged.
package struct LabError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable { case unknownIncident, malformedIncident, staging }

    package let code: Code
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
