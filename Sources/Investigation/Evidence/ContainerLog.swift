package import KubernetesModel

/// The tail of one container's log.
package struct ContainerLog: Sendable {
    package let pod: ObjectReference
    package let container: String
    /// Whether it is the log of the run before the last restart.
    package let isPrevious: Bool
    package let lines: [String]
    /// Whether lines before these exist and were not read.
    package let isTail: Bool

    package init(
        pod: ObjectReference, container: String, isPrevious: Bool, lines: [String],
        isTail: Bool = false
    ) {
        self.pod = pod
        self.container = container
        self.isPrevious = isPrevious
        self.lines = lines
        self.isTail = isTail
    }

    /// The kubectl words that print it.
    package var command: String {
        "logs \(pod.name) -c \(container)\(isPrevious ? " --previous" : "") --tail=50"
    }

    /// The last line that holds all of the texts, compared without regard to case.
    package func lastLine(containing texts: String...) -> String? {
        lines.last { line in texts.allSatisfy(line.containsInAnyCase) }
    }
}
