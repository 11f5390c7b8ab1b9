extension YAMLComposer {
    /// Above this many keys a table of hashes is cheaper than comparing each with each.
    private static let mostComparedKeys = 16

    /// Looks for equal keys and for merge keys in a mapping that has just been closed.
    mutating func examineKeys(of mapping: Int) {
        let record = tree.records[mapping]
        var keys: [Int] = []
        keys.reserveCapacity(Int(record.count) / 2)
        var index = mapping + 1
        while index < Int(record.next) {
            let value = Int(tree.records[index].next)
            if isMergeKey(index) {
                tree.records[mapping].traits.insert(.merging)
                checkMerge(of: value)
            } else if tree.records[target(of: index)].shape == .scalar {
                keys.append(index)
            }
            index = Int(tree.records[value].next)
        }
        if keys.count > Self.mostComparedKeys {
            findDuplicatesByHash(keys)
        } else {
            findDuplicatesByComparison(keys)
        }
    }

    private mutating func findDuplicatesByComparison(_ keys: [Int]) {
        for later in keys.indices.dropFirst() {
            for earlier in 0..<later where haveEqualText(keys[earlier], keys[later]) {
                reportDuplicate(keys[later], of: keys[earlier])
                break
            }
        }
    }

    private mutating func findDuplicatesByHash(_ keys: [Int]) {
        var seen: [Int: Int] = [:]
        seen.reserveCapacity(keys.count)
        for key in keys {
            let hash = withText(of: key) { text in
                var hasher = Hasher()
                hasher.combine(bytes: UnsafeRawBufferPointer(text))
                return hasher.finalize()
            }
            guard let earlier = seen.updateValue(key, forKey: hash) else { continue }
            if haveEqualText(earlier, key) { reportDuplicate(key, of: earlier) }
        }
    }

    private mutating func reportDuplicate(_ key: Int, of earlier: Int) {
        let name = withText(of: key) { String(decoding: $0.prefix(80), as: UTF8.self) }
        report(
            .duplicateKey, "the key \"\(name)\" stands twice in one mapping; remove one of them",
            at: place(of: key), related: place(of: earlier))
    }

    /// A merge takes a mapping or a sequence of mappings (yaml.org/type/merge.html).
    private mutating func checkMerge(of value: Int) {
        let merged = target(of: value)
        var isMapping = tree.records[merged].shape == .mapping
        if tree.records[merged].shape == .sequence {
            isMapping = true
            var index = merged + 1
            while index < Int(tree.records[merged].next) {
                if tree.records[target(of: index)].shape != .mapping { isMapping = false }
                index = Int(tree.records[index].next)
            }
        }
        guard !isMapping else { return }
        report(
            .syntax, "a merge key \"<<\" takes a mapping, an alias of one, or a list of them",
            at: place(of: value))
    }

    private func place(of index: Int) -> Range<Int> {
        Int(tree.records[index].start)..<Int(tree.records[index].end)
    }

    private func target(of index: Int) -> Int {
        let record = tree.records[index]
        return record.shape == .alias ? Int(record.payload) : index
    }

    private func isMergeKey(_ index: Int) -> Bool {
        let record = tree.records[index]
        guard record.count == 2, record.shape == .scalar, record.style == .plain else {
            return false
        }
        return withText(of: index) { $0[0] == UInt8(ascii: "<") && $0[1] == UInt8(ascii: "<") }
    }

    private func haveEqualText(_ left: Int, _ right: Int) -> Bool {
        guard tree.records[target(of: left)].count == tree.records[target(of: right)].count else {
            return false
        }
        return withText(of: left) { left in withText(of: right) { left.elementsEqual($0) } }
    }

    private func withText<R>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let record = tree.records[target(of: index)]
        let text = Int(record.payload)..<(Int(record.payload) + Int(record.count))
        if record.traits.contains(.verbatim) {
            return body(UnsafeBufferPointer(rebasing: bytes[text]))
        }
        return tree.text.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[text])) }
    }
}
