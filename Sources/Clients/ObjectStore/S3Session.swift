import CurlHTTP
import Digests
import Synchronization

/// One request to a bucket, before it is addressed and signed.
struct S3Request {
    var method: HTTPRequest.Method
    /// `nil` for the bucket itself.
    var key: String?
    var query: [(String, String)] = []
    var headers: HTTPHeaders = [:]
    var body: [UInt8] = []
    var maxBodyBytes = 16 << 20
}

/// Signed requests to one bucket, repeated while that may help.
///
/// A class for the one thing that it finds out and keeps: the bucket's region.
final class S3Session: Sendable {
    let address: S3Address
    private let credentials: S3Credentials?
    private let timeouts: Timeouts
    private let tls: TLSOptions
    private let retries: RetrySchedule
    private let transport: any HTTPTransport
    private let foundRegion: Mutex<String?>

    /// The region that a server without regions is asked in, as in minio-go.
    private static let presetRegion = "us-east-1"

    init(
        _ configuration: S3Configuration, credentials: S3Credentials?, tls: TLSOptions,
        transport: any HTTPTransport, pause: @escaping @Sendable (Duration) async throws -> Void
    ) {
        address = S3Address(configuration.endpoint, bucket: configuration.bucket)
        self.credentials = credentials
        self.tls = tls
        self.transport = transport
        retries = RetrySchedule(configured: configuration.maxRetries, pause: pause)
        // Thirty seconds are Thanos' dialer's. Go bounds the wait for the answer's beginning and
        // not the transfer; five minutes let a part of 16 MiB pass at half a megabit a second.
        timeouts = Timeouts(
            connect: .seconds(30) + configuration.connection.tlsHandshakeTimeout,
            total: configuration.connection.responseHeaderTimeout + .seconds(300))
        foundRegion = Mutex(address.knownRegion)
    }

    /// The answer, when it is a success; the last failure when no attempt was.
    func send(_ request: S3Request) async throws(S3Failure) -> HTTPResponse {
        if let flaw = address.bucketFlaw {
            throw S3Failure(ObjectStoreError(.refused, flaw))
        }
        return try await attempt(request, region: try await region())
    }

    private func attempt(
        _ request: S3Request, region: String?
    ) async throws(S3Failure) -> HTTPResponse {
        var number = 1
        while true {
            do throws(S3Failure) {
                return try await exchange(request, region: region)
            } catch {
                guard error.isTransient, try await mayRepeat(after: number) else { throw error }
            }
            number += 1
        }
    }

    private func mayRepeat(after number: Int) async throws(S3Failure) -> Bool {
        do throws(ObjectStoreError) {
            return try await retries.wait(after: number)
        } catch {
            throw S3Failure(error)
        }
    }

    private func exchange(
        _ request: S3Request, region: String?
    ) async throws(S3Failure) -> HTTPResponse {
        let signed = signed(request, region: region)
        let response: HTTPResponse
        do throws(TransportFailure) {
            response = try await transport.send(signed)
        } catch {
            throw S3Failure(error, signed, dialed: address.dialed)
        }
        guard (200...299).contains(response.status) else {
            throw S3Failure(response, hasKey: request.key != nil)
        }
        return response
    }

    private func signed(_ request: S3Request, region: String?) -> HTTPRequest {
        var headers = request.headers
        var authorization = Authorization.none
        if let credentials {
            headers["x-amz-content-sha256"] = Hexadecimal.encode(SHA256.digest(request.body))
            if !credentials.sessionToken.isEmpty {
                headers["x-amz-security-token"] = credentials.sessionToken
            }
            authorization = .signatureV4(
                SigningKey(
                    accessKey: credentials.accessKey, secretKey: credentials.secretKey,
                    region: region ?? Self.presetRegion))
        }
        return HTTPRequest(
            request.method,
            address.url(key: request.key, query: request.query, region: region),
            headers: headers, body: request.body, authorization: authorization,
            timeouts: timeouts, maxBodyBytes: request.maxBodyBytes, tls: tls)
    }
}

extension S3Session {
    /// The bucket's region, asked for once when nobody said it (minio-go's `getBucketLocation`).
    private func region() async throws(S3Failure) -> String {
        if let known = foundRegion.withLock({ $0 }) { return known }
        let region = credentials == nil ? Self.presetRegion : try await location()
        foundRegion.withLock { $0 = region }
        return region
    }

    private func location() async throws(S3Failure) -> String {
        do throws(S3Failure) {
            let request = S3Request(method: .get, query: [("location", "")])
            let response = try await attempt(request, region: nil)
            let name = XMLLeaf.leaves(of: response.body)?.text(of: "LocationConstraint") ?? ""
            switch name {
            case "": return Self.presetRegion
            case "EU": return "eu-west-1"
            default: return name
            }
        } catch {
            // Who may write need not have the right to ask where.
            let codes = ["AccessDenied", "AuthorizationHeaderMalformed", "InvalidRegion"]
            guard codes.contains(error.code) else { throw error }
            return error.region ?? Self.presetRegion
        }
    }
}
