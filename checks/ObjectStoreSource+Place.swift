import PipelineModel

extension ObjectStoreSource {
    /// Whether the bucket is known, and means the same one seen from any cluster.
    func isOutside(seenFrom namespace: String?) -> Bool {
        guard let settings = S3Settings(self), settings.text("bucket") != nil else { return false }
        return settings.service(from: namespace) == nil
    }
}
