import CurlHTTP

/// A bucket of S3 or of a server that speaks like it.
struct S3ObjectStore: ObjectStore {
    let session: S3Session
    let uploads: S3Configuration.Uploads

    var name: String { session.address.bucket }

    func exists(_ key: String) async throws(ObjectStoreError) -> Bool {
        do throws(S3Failure) {
            _ = try await session.send(S3Request(method: .head, key: key))
            return true
        } catch {
            if error.error.code == .notFound { return false }
            throw error.error.wrapped("stat s3 object")
        }
    }

    func get(_ key: String, limit: Int) async throws(ObjectStoreError) -> [UInt8] {
        let response: HTTPResponse
        do throws(S3Failure) {
            response = try await session.send(
                S3Request(method: .get, key: key, maxBodyBytes: limit))
        } catch {
            throw error.error
        }
        guard !response.isTruncated else {
            throw ObjectStoreError(.tooLarge, "get \(key): more than \(limit) bytes")
        }
        return response.body
    }

    func get(_ key: String, bytes: Range<Int>) async throws(ObjectStoreError) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        var request = S3Request(method: .get, key: key, maxBodyBytes: bytes.count)
        // Both ends are inclusive (RFC 9110, section 14.1.2).
        request.headers["Range"] = "bytes=\(bytes.lowerBound)-\(bytes.upperBound - 1)"
        let response: HTTPResponse
        do throws(S3Failure) {
            response = try await session.send(request)
        } catch {
            throw error.error
        }
        guard response.status == 206, !response.isTruncated else {
            throw ObjectStoreError(
                .refused, "get range \(key): the server answered with the whole object")
        }
        return response.body
    }

    func delete(_ key: String) async throws(ObjectStoreError) {
        do throws(S3Failure) {
            _ = try await session.send(S3Request(method: .delete, key: key))
        } catch {
            throw error.error
        }
    }
}
