import HTTPServing

/// The remote-write port: routes, counts and logs; what a write means is `WriteJudgement`'s.
struct WriteEndpoint: Sendable {
    let settings: WriteSettings
    let ring: InstalledRing
    let metrics: ReceiverMetrics
    let log: ReceiverLog
    private let budget = WriteBudget(bytes: 1 << 30)

    init(
        settings: WriteSettings, ring: InstalledRing, metrics: ReceiverMetrics, log: ReceiverLog
    ) {
        self.settings = settings
        self.ring = ring
        self.metrics = metrics
        self.log = log
    }

    func respond(to request: ServedRequest) async -> ServedResponse {
        switch WriteRoute(request) {
        case .receive:
            let response = await receive(request)
            count(request, status: response.status)
            return response
        case .options:
            return ServedResponse(status: 200, headers: [("Allow", WriteRoute.allowed)])
        case .methodNotAllowed:
            return GoResponse.error(
                405, "Method Not Allowed", headers: [("Allow", WriteRoute.allowed)])
        case .redirect(let location):
            return ServedResponse(status: 307, headers: [("Location", location)])
        case .notFound:
            return GoResponse.notFound
        }
    }

    private func count(_ request: ServedRequest, status: Int) {
        let tenant = TenantName.unchecked(in: request.headers, settings: settings)
        metrics.add(
            to: .httpRequests,
            [
                ("code", String(status)), ("handler", "receive"), ("method", "post"),
                ("tenant", tenant),
            ])
    }

    /// The checks of `receiveHTTP` (pkg/receive/handler.go) up to the decoded message.
    private func receive(_ request: ServedRequest) async -> ServedResponse {
        guard let ring = ring.current else {
            return GoResponse.plain(503, "Service Unavailable")
        }
        let tenant = TenantName.unchecked(in: request.headers, settings: settings)
        do throws(TenantName.Refusal) {
            try TenantName.check(tenant)
        } catch {
            log(
                .error, caller: "handler.go:514", ("component", "receive"),
                ("component", "receive-handler"), ("msg", "error getting tenant from HTTP"),
                ("err", error.message))
            return GoResponse.error(400, error.message)
        }
        let reserved = min(request.contentLength ?? settings.bodyLimit, settings.bodyLimit)
        guard budget.take(max(reserved, 0)) else { return Self.overloaded }
        defer { budget.giveBack(max(reserved, 0)) }
        do throws(BodyError) {
            let body = try await request.body(limit: settings.bodyLimit)
            return judge(
                body, tenant: tenant, replica: request.headers[settings.replicaHeader],
                ring: ring)
        } catch {
            switch error {
            case .tooLarge: return GoResponse.error(413, "write request too large")
            case .truncated:
                return GoResponse.error(500, "read compressed request body: unexpected EOF")
            }
        }
    }

    private func judge(
        _ body: [UInt8], tenant: String, replica: String?, ring: ServedRing
    ) -> ServedResponse {
        let decodedSize = WriteJudgement.decodedSize(of: body, settings: settings)
        guard budget.take(decodedSize) else { return Self.overloaded }
        defer { budget.giveBack(decodedSize) }
        let judgement = WriteJudgement(
            settings: settings, ring: ring, tenant: tenant, metrics: metrics, log: log)
        do throws(WriteRefusal) {
            try judgement.accept(body, replica: replica)
            return ServedResponse(status: 200)
        } catch {
            return GoResponse.error(error.status, error.message)
        }
    }

    /// Thanos would queue; we say so at once, so that memory stays bounded.
    private static let overloaded = GoResponse.error(
        503, "too many bytes of write requests in flight")
}
