import HTTPServing

extension Faults {
    /// Serves the remote-write port, and answers late or not at all when told to.
    func serve(
        _ options: ServerOptions,
        onBound: @escaping @Sendable (ListenAddress) async -> Void,
        respond: @escaping @Sendable (ServedRequest) async -> ServedResponse
    ) async throws(ServingError) {
        guard !contains(.reset) else {
            return try await TCPAcceptor.run(options.address, behaviour: .resets, onBound: onBound)
        }
        try await HTTPServing.serve(options, onBound: onBound, respond: delayed(respond))
    }

    private func delayed(
        _ respond: @escaping @Sendable (ServedRequest) async -> ServedResponse
    ) -> @Sendable (ServedRequest) async -> ServedResponse {
        let delay = delay
        guard delay > .zero else { return respond }
        return { request in
            let response = await respond(request)
            // A server that stops answers at once.
            try? await Task.sleep(for: delay)
            return response
        }
    }
}
