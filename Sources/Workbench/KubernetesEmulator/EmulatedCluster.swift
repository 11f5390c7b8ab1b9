package import MarkedYAML

/// Whose log it is.
package struct LogKey: Sendable, Hashable {
    package var namespace: String
    package var pod: String
    package var container: String
    /// The run before the last restart.
    package var isPrevious: Bool

    package init(namespace: String, pod: String, container: String, isPrevious: Bool = false) {
        self.namespace = namespace
        self.pod = pod
        self.container = container
        self.isPrevious = isPrevious
    }
}

/// What an emulated cluster consists of when it starts.
package struct EmulatedCluster: Sendable {
    /// Whole objects, `List`s among them; what the API server would fill in may be missing.
    package var objects: [JSONValue]
    package var logs: [LogKey: [UInt8]]
    package var access: [String: Access]
    /// What happens to requests that came without a token.
    package var anonymous: Access
    /// The custom groups that are served, such as `cilium.io`; nil for all we know.
    package var customGroups: Set<String>?
    /// The `resourceVersion` of the whole; nil for the highest of any object.
    package var resourceVersion: Int?
    package var now: @Sendable () -> WallTime
    package var faults: [EmulatorFault]

    package init(
        objects: [JSONValue],
        logs: [LogKey: [UInt8]] = [:],
        access: [String: Access],
        customGroups: Set<String>? = nil,
        resourceVersion: Int? = nil,
        now: @escaping @Sendable () -> WallTime = WallTime.now,
        faults: [EmulatorFault] = []
    ) {
        self.objects = objects
        self.logs = logs
        self.access = access
        anonymous = .anonymous
        self.customGroups = customGroups
        self.resourceVersion = resourceVersion
        self.now = now
        self.faults = faults
    }
}
