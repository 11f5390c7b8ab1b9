import LabelMatching

extension RelabelRule {
    /// Changes the labels; false when the series is to be dropped
    /// (`relabel` in Prometheus' model/relabel).
    func apply(to draft: inout LabelDraft, md5: RelabelRules.MD5) -> Bool {
        let source = sourceValue(in: draft)
        switch action {
        case .keep: return regex.matches(source[...])
        case .drop: return !regex.matches(source[...])
        case .keepequal: return draft[target.text].elementsEqual(source)
        case .dropequal: return !draft[target.text].elementsEqual(source)
        case .replace: replace(source, in: &draft)
        case .hashmod: setTarget(to: Array(remainder(of: md5(source)).utf8), in: &draft)
        case .lowercase: setTarget(to: Letters.lowercased(source), in: &draft)
        case .uppercase: setTarget(to: Letters.uppercased(source), in: &draft)
        case .labelmap: mapNames(in: &draft)
        case .labeldrop: draft.removeAll { regex.matches($0) }
        case .labelkeep: draft.removeAll { !regex.matches($0) }
        }
        return true
    }

    private func sourceValue(in draft: LabelDraft) -> [UInt8] {
        Array(sourceLabels.map { draft[$0] }.joined(separator: separator.utf8))
    }

    private func setTarget(to value: [UInt8], in draft: inout LabelDraft) {
        draft.set(Array(target.text.utf8)[...], to: value[...])
    }

    private func replace(_ source: [UInt8], in draft: inout LabelDraft) {
        guard let captures = regex.captures(in: source) else { return }
        let name = captures.filling(target)
        guard !name.isEmpty, String(validating: name, as: UTF8.self) != nil else { return }
        draft.set(name[...], to: captures.filling(replacement)[...])
    }

    private func mapNames(in draft: inout LabelDraft) {
        for (name, value) in draft.entries {
            guard let captures = regex.captures(in: Array(name)) else { continue }
            draft.set(captures.filling(replacement)[...], to: value)
        }
    }

    /// Only the last 8 bytes of the digest count, as in the first versions of Prometheus.
    private func remainder(of digest: [UInt8]) -> String {
        let hash = digest.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return modulus == 0 ? "" : String(hash % modulus)
    }
}
