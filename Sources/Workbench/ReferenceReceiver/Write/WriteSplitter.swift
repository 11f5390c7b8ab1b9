import RemoteWrite
import TimeSeries

/// The series of one request that belong to one tenant.
struct TenantWrite: Sendable {
    let tenant: String
    let request: WriteRequest
}

/// Takes a request apart by tenant and rewrites its labels, where flags ask for either.
struct WriteSplitter: Sendable {
    /// The label that names a series' tenant (`--receive.split-tenant-label-name`).
    let splitLabel: String?
    /// `--receive.relabel-config`; nil drops a series.
    let relabel: (@Sendable (LabelSet) -> LabelSet?)?

    /// The parts, sorted by tenant; a request that stays as it is, is passed on untouched.
    func parts(
        of request: WriteRequest, tenant: String
    ) throws(WriteRefusal) -> [TenantWrite] {
        guard splitLabel != nil || relabel != nil else {
            return [TenantWrite(tenant: tenant, request: request)]
        }
        var messages: [String: WriteRequestBuilder] = [:]
        request.forEachSeries { series in
            var labels = series.labelSet()
            if let relabel {
                guard let rewritten = relabel(labels) else { return }
                labels = rewritten
            }
            var owner = tenant
            if let splitLabel, let named = Self.tenant(named: splitLabel, in: labels) {
                owner = named
                labels = labels.removing(splitLabel)
            }
            messages[owner, default: WriteRequestBuilder()].add(series, labels: labels)
        }
        var parts: [TenantWrite] = []
        for (owner, message) in messages.sorted(by: { $0.key < $1.key }) {
            try Self.check(owner)
            guard let request = message.request else { continue }
            parts.append(TenantWrite(tenant: owner, request: request))
        }
        return parts
    }

    private static func tenant(named label: String, in labels: LabelSet) -> String? {
        guard let value = labels.value(of: label.utf8), !value.isEmpty else { return nil }
        return String(decoding: value, as: UTF8.self)
    }

    /// 0.41 lets any label value name a folder; here it is held to the rules of the header.
    private static func check(_ tenant: String) throws(WriteRefusal) {
        do throws(TenantName.Refusal) {
            try TenantName.check(tenant)
        } catch {
            throw WriteRefusal(status: 400, message: error.message)
        }
    }
}
