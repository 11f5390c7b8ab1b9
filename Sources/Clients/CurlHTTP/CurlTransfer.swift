import CCurl

/// One request on its way through libcurl: its options, what has arrived, and how it ended.
///
/// Lives on the engine's thread; libcurl's callbacks reach it through an unretained pointer, which
/// is sound because the ticket keeps it until after `curl_easy_cleanup`.
final class CurlTransfer {
    let request: HTTPRequest
    private var headers = HTTPHeaders()
    private var headerBytes = 0
    private var body: [UInt8] = []
    private var isTruncated = false
    private var hasOversizedHeaders = false
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    /// libcurl writes its own words about a failure here.
    private let errorBuffer = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// All header fields of one exchange together; Go's default is 1 MiB, real answers stay
    /// under 16 KiB.
    private static let maxHeaderBytes = 256 << 10

    init(_ request: HTTPRequest) {
        self.request = request
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit { errorBuffer.deallocate() }

    /// Frees what libcurl only borrowed; after `curl_easy_cleanup`.
    func release() {
        for list in lists { curl_slist_free_all(list) }
        lists = []
    }

    func configure(_ easy: UnsafeMutableRawPointer, remaining: Duration) -> CURLcode {
        var options = CurlOptions(easy)
        options.apply(request, remaining: remaining)
        lists = options.lists
        options.pointer(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorBuffer))
        let this = Unmanaged.passUnretained(self).toOpaque()
        options.pointer(CURLOPT_WRITEDATA, this)
        options.pointer(CURLOPT_HEADERDATA, this)
        options.callback(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            CurlTransfer.from(context)?.receive(body: bytes, size * count) ?? 0
        }
        options.callback(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            CurlTransfer.from(context)?.receive(header: bytes, size * count) ?? 0
        }
        return options.firstError
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
        context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Returning less than `count` makes libcurl end the transfer.
    private func receive(body bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard let bytes, count > 0 else { return 0 }
        let kept = min(count, max(0, request.maxBodyBytes - body.count))
        bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
            body.append(contentsOf: UnsafeBufferPointer(start: $0, count: kept))
        }
        guard kept < count else { return count }
        isTruncated = true
        return 0
    }

    private func receive(header bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard let bytes, count > 0 else { return 0 }
        headerBytes += count
        guard headerBytes <= Self.maxHeaderBytes else {
            hasOversizedHeaders = true
            return 0
        }
        let line = bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
            String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self)
        }
        // Interim answers and redirects bring a status line each; the last answer counts.
        if line.hasPrefix("HTTP/") {
            headers = HTTPHeaders()
        } else if let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) {
            let value = line[line.utf8.index(after: colon)...]
            headers.append(String(line[..<colon]), value.trimmed)
        }
        return count
    }

    func outcome(_ code: CURLcode, _ easy: UnsafeMutableRawPointer) -> CurlEngine.Outcome {
        let readings = CurlReadings(easy)
        let endedAtBound = code == CURLE_WRITE_ERROR && isTruncated
        guard code == CURLE_OK || endedAtBound else { return .failure(failure(code, easy)) }
        return .success(
            HTTPResponse(
                status: readings.status, headers: headers, body: body, isTruncated: isTruncated,
                timing: readings.timing, remoteAddress: readings.remoteAddress,
                certificate: readings.certificate))
    }

    func failure(_ code: CURLcode, _ easy: UnsafeMutableRawPointer) -> TransportFailure {
        let readings = CurlReadings(easy)
        let symptom = CurlSymptom(
            code: code, osError: readings.osError, verifyResult: readings.verifyResult,
            text: String(cString: errorBuffer), phase: readings.phase(of: request),
            timing: readings.timing, hasOversizedHeaders: hasOversizedHeaders)
        var failure = symptom.failure(of: request)
        failure.remoteAddress = readings.remoteAddress
        return failure
    }
}

extension Substring {
    /// Without white space at both ends (RFC 9110, section 5.5).
    var trimmed: String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        let bytes = utf8.drop(while: isSpace)
        guard let last = bytes.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(decoding: bytes[...last], as: UTF8.self)
    }
}
