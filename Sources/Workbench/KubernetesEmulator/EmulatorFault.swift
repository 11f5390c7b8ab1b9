/// A way in which the emulated server misbehaves, and for which requests.
package struct EmulatorFault: Sendable, Hashable {
    /// The resource with its subresource, such as `pods/log`; nil for every request.
    package var resource: String?
    /// `get`, `list` or `watch`; nil for all.
    package var verb: String?
    package var namespace: String?
    /// Only requests that go on with a list (`continue=`).
    package var onlyContinued: Bool
    /// How many matching requests pass unharmed first.
    package var after: Int
    /// How many are hit then; nil for all.
    package var times: Int?
    package var effect: Effect

    /// What happens to a request that is hit.
    package enum Effect: Sendable, Hashable {
        /// The answer is right but late.
        case delay(Duration)
        /// No answer comes before the client gives up or the server stops.
        case hang
        /// A page of a proxy instead of the API's answer.
        case html(status: Int)
        /// The connection ends after this many bytes of the body.
        case truncated(after: Int)
        case forbidden
        case tooManyRequests(retryAfter: Int)
        case internalError
        /// 410, as after a compaction in the middle of paging.
        case expired
        /// 404, as when a pod goes between the list and its log.
        case gone
        /// A log of about this many bytes, made while it is sent.
        case hugeLog(bytes: Int)
    }

    package init(
        _ effect: Effect,
        resource: String? = nil,
        verb: String? = nil,
        namespace: String? = nil,
        onlyContinued: Bool = false,
        after: Int = 0,
        times: Int? = nil
    ) {
        self.effect = effect
        self.resource = resource
        self.verb = verb
        self.namespace = namespace
        self.onlyContinued = onlyContinued
        self.after = after
        self.times = times
    }

    func matches(_ question: AccessQuestion?, isContinued: Bool) -> Bool {
        guard !onlyContinued || isContinued else { return false }
        guard let question else { return resource == nil && verb == nil && namespace == nil }
        return (resource ?? question.resource) == question.resource
            && (verb ?? question.verb) == question.verb
            && (namespace == nil || namespace == question.namespace)
    }
}
