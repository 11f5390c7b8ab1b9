import CurlHTTP
import Digests
import Glibc

extension S3ObjectStore {
    /// Above these bytes an object goes in parts (minio-go's `minPartSize`).
    ///
    /// Thanos asks for larger parts of larger objects (`part_size`); here memory is spared.
    private static let partSize = 16 << 20
    /// S3's own bounds.
    private static let (leastPartSize, maxParts) = (5 << 20, 10_000)

    func upload(_ content: ObjectContent, as key: String) async throws(ObjectStoreError) {
        let source = try await ObjectSource(content)
        defer { source.close() }
        do throws(S3Failure) {
            if source.size <= partSize(for: source.size) || uploads.isMultipartDisabled {
                try await put(source, as: key)
            } else {
                try await putParts(source, as: key)
            }
        } catch {
            throw error.error.wrapped("upload s3 object")
        }
    }

    private func partSize(for size: Int) -> Int {
        let wanted = max(Self.leastPartSize, min(Self.partSize, uploads.partSize))
        return max(wanted, (size + Self.maxParts - 1) / Self.maxParts)
    }

    private func put(_ source: ObjectSource, as key: String) async throws(S3Failure) {
        let body = try await source.piece(at: 0, count: source.size)
        _ = try await session.send(
            S3Request(
                method: .put, key: key, headers: headers(of: body, startsObject: true), body: body))
    }

    /// The fields that describe a body, and, where an object begins, what is kept with it.
    private func headers(of body: [UInt8], startsObject: Bool) -> HTTPHeaders {
        var headers: HTTPHeaders = [:]
        if uploads.sendsContentMD5 { headers["Content-MD5"] = Base64.encode(MD5.digest(body)) }
        guard startsObject else { return headers }
        headers["Content-Type"] = "application/octet-stream"
        for (name, value) in uploads.headers.sorted(by: { $0.key < $1.key }) {
            headers[name] = value
        }
        return headers
    }
}

extension S3ObjectStore {
    /// An object in parts is there once it is completed; given up, its parts are dropped.
    private func putParts(_ source: ObjectSource, as key: String) async throws(S3Failure) {
        var start = S3Request(method: .post, key: key, query: [("uploads", "")])
        start.headers = headers(of: [], startsObject: true)
        start.headers["Content-MD5"] = nil
        let answer = try await session.send(start)
        guard let upload = XMLLeaf.leaves(of: answer.body)?.text(of: "UploadId"), !upload.isEmpty
        else {
            throw S3Failure(
                ObjectStoreError(.refused, "the answer names no upload of parts"))
        }
        do throws(S3Failure) {
            let tags = try await send(source, as: key, upload: upload)
            try await complete(key, upload: upload, tags: tags)
        } catch {
            await abort(key, upload: upload)
            throw error
        }
    }

    /// The parts, one after the other; gives their tags.
    private func send(
        _ source: ObjectSource, as key: String, upload: String
    ) async throws(S3Failure) -> [String] {
        let partSize = partSize(for: source.size)
        var tags: [String] = []
        for offset in stride(from: 0, to: source.size, by: partSize) {
            let body = try await source.piece(
                at: offset, count: min(partSize, source.size - offset))
            let response = try await session.send(
                S3Request(
                    method: .put, key: key,
                    query: [("partNumber", "\(tags.count + 1)"), ("uploadId", upload)],
                    headers: headers(of: body, startsObject: false), body: body))
            tags.append(response.headers["ETag"] ?? "")
        }
        return tags
    }

    private func complete(
        _ key: String, upload: String, tags: [String]
    ) async throws(S3Failure) {
        let parts = tags.enumerated().map { number, tag in
            let text = tag.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            return "<Part><PartNumber>\(number + 1)</PartNumber><ETag>\(text)</ETag></Part>"
        }
        let name = "CompleteMultipartUpload"
        let space = "http://s3.amazonaws.com/doc/2006-03-01/"
        let body = "<\(name) xmlns=\"\(space)\">\(parts.joined())</\(name)>"
        let response = try await session.send(
            S3Request(
                method: .post, key: key, query: [("uploadId", upload)], body: Array(body.utf8)))
        // S3 sends its status before it has joined the parts: a failure comes with a 200.
        if XMLLeaf.leaves(of: response.body)?.text(of: "Code") != nil {
            throw S3Failure(response, hasKey: true)
        }
    }

    /// A cancelled task cannot ask any more: then the parts stay, seen by nobody, until the
    /// bucket's own rules drop them.
    private func abort(_ key: String, upload: String) async {
        let request = S3Request(method: .delete, key: key, query: [("uploadId", upload)])
        // The failure that counts is the one that led here.
        _ = try? await session.send(request)
    }
}

/// What is uploaded, piece by piece.
private struct ObjectSource {
    let size: Int
    private let content: ObjectContent
    private let descriptor: CInt?

    init(_ content: ObjectContent) async throws(ObjectStoreError) {
        self.content = content
        switch content {
        case .bytes(let bytes):
            size = bytes.count
            descriptor = nil
        case .file(let path):
            let opened = try await BlockingWork.value { () throws(ObjectStoreError) in
                let descriptor = try SystemCall.open(path, O_RDONLY)
                return (descriptor, try SystemCall.size(of: descriptor, path: path))
            }
            descriptor = opened.0
            size = opened.1
        }
    }

    func close() {
        if let descriptor { _ = Glibc.close(descriptor) }
    }

    func piece(at offset: Int, count: Int) async throws(S3Failure) -> [UInt8] {
        switch (content, descriptor) {
        case (.bytes(let bytes), _): return Array(bytes[offset..<offset + count])
        case (.file(let path), let descriptor?):
            do throws(ObjectStoreError) {
                let piece = try await BlockingWork.value { () throws(ObjectStoreError) in
                    try SystemCall.read(descriptor, at: offset, count: count, path: path)
                }
                guard piece.count == count else {
                    throw ObjectStoreError(.file, "read \(path): the file became shorter")
                }
                return piece
            } catch {
                throw S3Failure(error)
            }
        case (.file, nil): return []
        }
    }
}
