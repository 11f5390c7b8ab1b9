import KubernetesModel
import MarkedYAML

/// Reads the description of a bucket in an example, a line a thing.
///
/// ```
/// block ULID MINTIME MAXTIME UPLOADED {"label":"value"}   times in seconds since 1970
/// partial ULID
/// deletion-mark ULID
/// failed KIND what the store said
/// probe ACTION [KIND what the store said]
/// ```
enum ExampleBucket {
    static func state(_ text: String, users: [ObjectReference]) -> BucketState {
        var listing = BucketState.Listing()
        var failure: BucketState.Failure?
        var steps: [BucketState.ProbeStep] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 5).map(String.init)
            switch words.first {
            case "block"?: block(words).map { listing.blocks.append($0) }
            case "partial"? where words.count > 1: listing.partial.append(words[1])
            case "deletion-mark"? where words.count > 1: listing.deletionMarks.insert(words[1])
            case "failed"?: failure = self.failure(words.dropFirst())
            case "probe"? where words.count > 1:
                BucketState.ProbeStep.Action(rawValue: words[1]).map {
                    steps.append(
                        BucketState.ProbeStep($0, failure: self.failure(words.dropFirst(2))))
                }
            default: continue
            }
        }
        return BucketState(
            name: "bucket thanos-metrics at s3.example:9000", users: users,
            outcome: failure.map { .failed($0) } ?? .listed(listing),
            writeProbe: steps.isEmpty ? nil : steps)
    }

    private static func failure(_ words: ArraySlice<String>) -> BucketState.Failure? {
        words.first.flatMap(BucketState.Failure.Kind.init).map {
            BucketState.Failure($0, words.dropFirst().joined(separator: " "))
        }
    }

    private static func block(_ words: [String]) -> BucketBlock? {
        guard words.count == 6, let minTime = Int64(words[2]), let maxTime = Int64(words[3]),
            let uploaded = Double(words[4]),
            let labels = try? JSONReader.document(SourceText(name: "labels", text: words[5]))
        else { return nil }
        return BucketBlock(
            ulid: words[1], minTime: minTime * 1000, maxTime: maxTime * 1000,
            labels: labels.stringMap, uploaded: uploaded)
    }
}
