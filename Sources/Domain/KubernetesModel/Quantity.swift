/// A Kubernetes resource quantity in base units: bytes for memory and storage, cores for CPU.
///
/// Suffixes after apimachinery `resource.Quantity`: `m`, `k M G T P E` and `Ki Mi Gi Ti Pi Ei`.
package struct Quantity: Sendable, Hashable, Comparable {
    package let value: Double

    package init(value: Double) { self.value = value }

    package init?(_ text: String) {
        let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
        let suffix = String(text.dropFirst(digits.count))
        guard let number = Double(digits), let factor = Self.factors[suffix] else {
            guard let plain = Double(text), plain.isFinite else { return nil }
            value = plain
            return
        }
        value = number * factor
    }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }

    /// A size for people: `6.0 GiB`.
    package var bytesText: String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        var amount = value
        var unit = 0
        while amount >= 1024, unit < units.count - 1 {
            amount /= 1024
            unit += 1
        }
        guard let tenths = Int(exactly: (amount * 10).rounded()) else {
            return "\(amount) \(units[unit])"
        }
        return tenths % 10 == 0
            ? "\(tenths / 10) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }

    private static let factors: [String: Double] = [
        "": 1, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
        "Ki": 1024, "Mi": 1_048_576, "Gi": 1_073_741_824, "Ti": 1_099_511_627_776,
        "Pi": 1_125_899_906_842_624, "Ei": 1_152_921_504_606_846_976,
    ]
}
