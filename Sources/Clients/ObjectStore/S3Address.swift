/// Where requests go: endpoint, bucket and key as a URL, as minio-go composes it.
struct S3Address: Sendable {
    private let endpoint: S3Configuration.Endpoint
    let bucket: String

    init(_ endpoint: S3Configuration.Endpoint, bucket: String) {
        var endpoint = endpoint
        if endpoint.address.hasSuffix("/") { endpoint.address.removeLast() }
        self.endpoint = endpoint
        self.bucket = bucket
    }

    /// What the configuration or an address of AWS says; `nil`: the server has to be asked.
    var knownRegion: String? {
        if !endpoint.region.isEmpty { return endpoint.region }
        guard isAmazon else { return nil }
        let parts = host.split(separator: ".").drop { $0 != "s3" && $0 != "dualstack" }
        let region = parts.dropFirst().drop { $0 == "dualstack" }.first
        return region == "amazonaws" ? nil : region.map(String.init)
    }

    /// - Parameters:
    ///   - key: `nil` for the bucket itself.
    ///   - region: the bucket's, which names the host at AWS; `nil` while it is not known.
    func url(key: String?, query: [(String, String)], region: String?) -> String {
        let path = key.map { PercentEncoding.encode($0, keepsSlashes: true) } ?? ""
        let place =
            isVirtualHosted && region != nil
            ? "\(bucket).\(authority(region))/\(path)" : "\(authority(region))/\(bucket)/\(path)"
        let fields = query.sorted { $0.0 < $1.0 }.map {
            "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))"
        }
        let scheme = endpoint.isInsecure ? "http" : "https"
        return "\(scheme)://\(place)" + (fields.isEmpty ? "" : "?" + fields.joined(separator: "&"))
    }

    /// `host:port` as Go names it when it cannot connect.
    var dialed: String {
        host == endpoint.address ? "\(host):\(endpoint.isInsecure ? 80 : 443)" : endpoint.address
    }

    private var host: String {
        guard !endpoint.address.hasPrefix("["), let colon = endpoint.address.lastIndex(of: ":")
        else { return endpoint.address }
        return String(endpoint.address[..<colon])
    }

    private var isAmazon: Bool {
        host == "s3.amazonaws.com"
            || (host.hasPrefix("s3.") || host.hasPrefix("s3-")) && host.contains(".amazonaws.com")
    }

    /// AWS wants to be asked where the bucket is.
    private func authority(_ region: String?) -> String {
        guard isAmazon, let region, host == "s3.amazonaws.com" else { return endpoint.address }
        let dualStack = endpoint.isDualStackDisabled ? "" : "dualstack."
        let ending = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        return "s3.\(dualStack)\(region).\(ending)"
    }

    /// A name with a dot does not fit the certificate of `*.s3.amazonaws.com`.
    private var isVirtualHosted: Bool {
        switch endpoint.lookup {
        case .path: false
        case .virtualHosted: true
        case .auto:
            (isAmazon || host == "storage.googleapis.com")
                && (endpoint.isInsecure || !bucket.contains("."))
        }
    }
}

extension S3Address {
    /// Why the bucket's name cannot be used, in minio-go's words (s3utils.CheckValidBucketName).
    var bucketFlaw: String? {
        let name = bucket.utf8
        if name.allSatisfy({ $0 <= 0x20 }) { return "Bucket name cannot be empty" }
        if name.count < 3 { return "Bucket name cannot be shorter than 3 characters" }
        if name.count > 63 { return "Bucket name cannot be longer than 63 characters" }
        let parts = bucket.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) {
            return "Bucket name cannot be an ip address"
        }
        let isValid = name.allSatisfy { Self.isAlphanumeric($0) || "._:-".utf8.contains($0) }
        let hasEnds = [name.first, name.last].allSatisfy { $0.map(Self.isAlphanumeric) ?? false }
        let hasBadDot = ["..", ".-", "-."].contains { bucket.contains($0) }
        return isValid && hasEnds && !hasBadDot ? nil : "Bucket name contains invalid characters"
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
