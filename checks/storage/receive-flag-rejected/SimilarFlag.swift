import KubernetesModel
import PipelineModel
import ReceiveFlags

/// What a flag with a slip in its name was meant to be.
enum SimilarFlag {
    /// The flag of the group's release whose name differs in the fewest letters, three at most.
    static func name(to flag: String, _ group: ReceiverGroup) -> String? {
        let release = group.version.map { ThanosRelease($0.major, $0.minor) } ?? .referenced
        let known = ReceiveFlagSpec.all.filter { $0.exists(in: release) }.map(\.name)
        // An argument may be of any length; so many letters more are no slip.
        let near = known.filter { abs($0.utf8.count - flag.utf8.count) <= 3 }
            .map { ($0, editDistance($0, flag)) }.filter { $0.1 <= 3 }
        return near.min { $0.1 < $1.1 }?.0
    }

    /// How many letters must be added, taken or changed (Levenshtein).
    private static func editDistance(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (index, letter) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let change = diagonal + (right[column] == letter ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
