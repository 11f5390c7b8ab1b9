import CurlHTTP
import Foundation

/// An S3 server that verifies signatures: `moto_server`, on a free port of 127.0.0.1.
///
/// A class because it owns a process, which ends with it.
package final class MotoServer: Sendable {
    package struct Failure: Error {
        let reason: String
    }

    /// The key pair of the one user, who may do everything.
    package struct Credentials: Sendable {
        package let accessKey: String
        package let secretKey: String
    }

    /// `127.0.0.1:PORT`.
    package let address: String
    package let credentials: Credentials
    private let process: MotoProcess
    private let client = CurlClient()

    /// Starts the server, makes the user, and waits until signatures are looked at.
    package init() async throws {
        process = try MotoProcess()
        address = try await process.address()
        credentials = try await Self.makeUser(at: address, client)
    }

    /// Makes a bucket with a name of its own.
    package func makeBucket() async throws -> String {
        let name = "bucket-\(UUID().uuidString.lowercased())"
        let emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        let key = SigningKey(
            accessKey: credentials.accessKey, secretKey: credentials.secretKey, region: "us-east-1")
        let response = try await client.send(
            HTTPRequest(
                .put, "http://\(address)/\(name)", headers: ["x-amz-content-sha256": emptyDigest],
                authorization: .signatureV4(key)))
        guard response.status == 200 else { throw Failure(reason: response.text) }
        return name
    }

    /// As many requests as `INITIAL_NO_AUTH_ACTION_COUNT` lets through.
    private static func makeUser(
        at address: String, _ client: CurlClient
    ) async throws -> Credentials {
        let policy =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#
        let escaped = policy.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        var answer = ""
        for action in [
            "CreateUser", "PutUserPolicy&PolicyName=all&PolicyDocument=\(escaped)",
            "CreateAccessKey",
        ] {
            let response = try await client.send(
                HTTPRequest(
                    .post, "http://\(address)/",
                    headers: ["Content-Type": "application/x-www-form-urlencoded"],
                    body: Array("Action=\(action)&UserName=shipper&Version=2010-05-08".utf8),
                    authorization: .signatureV4(
                        SigningKey(
                            accessKey: "anybody", secretKey: "anything", region: "us-east-1",
                            service: "iam"))))
            guard response.status == 200 else { throw Failure(reason: response.text) }
            answer = response.text
        }
        guard let access = text(of: "AccessKeyId", in: answer),
            let secret = text(of: "SecretAccessKey", in: answer)
        else { throw Failure(reason: "no access key in \(answer)") }
        return Credentials(accessKey: access, secretKey: secret)
    }

    private static func text(of element: String, in xml: String) -> String? {
        guard let start = xml.range(of: "<\(element)>"), let end = xml.range(of: "</\(element)>")
        else { return nil }
        return String(xml[start.upperBound..<end.lowerBound])
    }
}
