import HTTPServing

/// The remote-write port: routes, and checks what can be checked before a body is read.
struct WriteEndpoint: Sendable {
    let path: WritePath
    let gate: WriteGate
    let headSeries: HeadSeriesGuard
    let requests: RequestMetrics
    let status: TSDBStatusSource
    let log: ReceiverLog
    /// Set when a share of the writes is refused (`--fault status`).
    let turns: StatusTurns?
    private let budget = WriteBudget(bytes: 1 << 30)

    init(
        path: WritePath, gate: WriteGate, headSeries: HeadSeriesGuard, requests: RequestMetrics,
        status: TSDBStatusSource, log: ReceiverLog, turns: StatusTurns? = nil
    ) {
        self.path = path
        self.gate = gate
        self.headSeries = headSeries
        self.requests = requests
        self.status = status
        self.log = log
        self.turns = turns
    }

    private var settings: WriteSettings { path.settings }

    func respond(to request: ServedRequest) async -> ServedResponse {
        switch WriteRoute(request) {
        case .receive:
            let tenant = TenantName.unchecked(in: request.headers, settings: settings)
            return await requests.track(request, handler: "receive", tenant: tenant) {
                await receive(request)
            }
        case .status:
            let tenant = TenantName.unchecked(in: request.headers, settings: settings)
            return await requests.track(request, handler: "tsdb_status", tenant: tenant) {
                status.answer(to: request)
            }
        case .options(let allowed):
            return ServedResponse(status: 200, headers: [("Allow", allowed)])
        case .methodNotAllowed(let allowed):
            return GoResponse.error(405, "Method Not Allowed", headers: [("Allow", allowed)])
        case .redirect(let location):
            return ServedResponse(status: 307, headers: [("Location", location)])
        case .notFound:
            return GoResponse.notFound
        }
    }

    /// The checks of `receiveHTTP` (pkg/receive/handler.go) up to the body.
    private func receive(_ request: ServedRequest) async -> ServedResponse {
        if let response = turns?.next() { return response }
        guard path.ring.current != nil else { return Self.response(to: .notReady) }
        do throws(WriteRefusal) {
            let tenant = try tenant(of: request)
            guard await gate.enter() else { return Self.overloaded }
            defer { gate.leave() }
            try headSeries.check(tenant)
            try checkLength(request, tenant)
            return try await read(request, tenant: tenant)
        } catch {
            return Self.response(to: error)
        }
    }

    private func tenant(of request: ServedRequest) throws(WriteRefusal) -> String {
        let tenant: String
        if let certificate = settings.tenantCertificate {
            do throws(TenantCertificate.Refusal) {
                tenant = try certificate.tenant(of: request.client)
            } catch {
                switch error {
                case .text(let text): throw refusal(ofTenant: text)
                case .breaksOff: throw .brokenOff
                }
            }
        } else {
            tenant = TenantName.unchecked(in: request.headers, settings: settings)
        }
        do throws(TenantName.Refusal) {
            try TenantName.check(tenant)
        } catch {
            throw refusal(ofTenant: error.message)
        }
        return tenant
    }

    private func refusal(ofTenant message: String) -> WriteRefusal {
        log(
            .error, caller: "handler.go:514", ("component", "receive"),
            ("component", "receive-handler"), ("msg", "error getting tenant from HTTP"),
            ("err", message))
        return WriteRefusal(status: 400, message: message)
    }

    private func checkLength(_ request: ServedRequest, _ tenant: String) throws(WriteRefusal) {
        let limit = path.limits.current.request(forTenant: tenant)
        guard let length = request.contentLength,
            limit.excess(of: length, over: .bodySize) != nil
        else { return }
        throw .tooLarge
    }

    private func read(
        _ request: ServedRequest, tenant: String
    ) async throws(WriteRefusal) -> ServedResponse {
        let reserved = max(min(request.contentLength ?? settings.bodyLimit, settings.bodyLimit), 0)
        guard budget.take(reserved) else { return Self.overloaded }
        defer { budget.giveBack(reserved) }
        let body: [UInt8]
        do throws(BodyError) {
            body = try await request.body(limit: settings.bodyLimit)
        } catch {
            switch error {
            case .tooLarge: throw .tooLarge
            case .truncated:
                throw WriteRefusal(
                    status: 500, message: "read compressed request body: unexpected EOF")
            }
        }
        let decoded = MessageDecoder.decodedSize(of: body)
        guard budget.take(decoded) else { return Self.overloaded }
        defer { budget.giveBack(decoded) }
        let headers = try await path.accept(
            WritePath.Arrival(body: body, tenant: tenant, headers: request.headers))
        return ServedResponse(status: 200, headers: headers)
    }

    /// Thanos would queue; we say so at once, so that memory stays bounded.
    private static let overloaded = GoResponse.error(
        503, "too many bytes of write requests in flight")

    private static func response(to refusal: WriteRefusal) -> ServedResponse {
        switch refusal {
        case .notReady: GoResponse.plain(503, refusal.message)
        case .brokenOff: .withheld
        default: GoResponse.error(refusal.status, refusal.message)
        }
    }
}
