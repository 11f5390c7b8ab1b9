package import HTTPServing

/// What a receiver touches besides its flags.
package struct ReceiverEnvironment: Sendable {
    package var pathMappings: [PathMapping]
    /// Addresses by the names of other nodes; with a table no name is looked up anywhere else.
    package var names: [String: String]?
    /// Takes one line without its end; stderr in production.
    package var log: @Sendable (String) -> Void
    package var now: @Sendable () -> WallTime
    package var onEvent: @Sendable (ReceiverEvent) -> Void

    package init(
        pathMappings: [PathMapping] = [],
        names: [String: String]? = nil,
        log: @escaping @Sendable (String) -> Void,
        now: @escaping @Sendable () -> WallTime = WallTime.now,
        onEvent: @escaping @Sendable (ReceiverEvent) -> Void = { _ in }
    ) {
        self.pathMappings = pathMappings
        self.names = names
        self.log = log
        self.now = now
        self.onEvent = onEvent
    }
}

extension ReceiverEnvironment {
    /// The same with a clock that is so much ahead (`--fault skew`).
    func skewed(by skew: Duration) -> ReceiverEnvironment {
        guard skew != .zero else { return self }
        var skewed = self
        skewed.now = { [now] in now().advanced(by: skew) }
        return skewed
    }
}

/// The ports of a receiver.
package enum ReceiverPort: Hashable, Sendable, CaseIterable {
    /// `--remote-write.address`
    case remoteWrite
    /// `--http-address`
    case admin
    /// `--grpc-address`
    case grpc
}

/// What a receiver tells whoever started it.
package enum ReceiverEvent: Hashable, Sendable {
    /// A port accepts, with the number that the system gave for 0.
    case listening(ReceiverPort, ListenAddress)
    /// `/-/ready` answers 200 from now on.
    case ready
}
