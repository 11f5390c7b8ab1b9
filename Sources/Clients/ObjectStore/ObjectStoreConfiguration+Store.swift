package import CurlHTTP

extension ObjectStoreConfiguration {
    /// A PEM file beyond this is no PEM file.
    private static let maxPEMBytes = 4 << 20

    /// The bucket that is meant; it is not contacted.
    ///
    /// - Parameters:
    ///   - environment: where credentials come from when the configuration has none.
    ///   - pause: waits between two attempts; throws when the task is cancelled.
    package func makeStore(
        transport: any HTTPTransport, environment: [String: String],
        pause: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        }
    ) async throws(ObjectStoreError) -> any ObjectStore {
        switch provider {
        case .directory(let directory):
            return PrefixedObjectStore.make(
                DirectoryObjectStore(directory: directory), prefix: prefix)
        case .s3(let configuration):
            let tls = try await BlockingWork.value { () throws(ObjectStoreError) in
                do throws(ObjectStoreError) {
                    return try Self.tlsOptions(configuration.connection)
                } catch {
                    throw error.wrapped("create \(type) client")
                }
            }
            let session = S3Session(
                configuration,
                credentials: configuration.credentials ?? S3Credentials(environment: environment),
                tls: tls, transport: transport, pause: pause)
            return PrefixedObjectStore.make(
                S3ObjectStore(session: session, uploads: configuration.uploads), prefix: prefix)
        }
    }

    /// The files named in `tls_config`, with the errors of Thanos' `exthttp.NewTLSConfig`.
    private static func tlsOptions(
        _ connection: S3Configuration.Connection
    ) throws(ObjectStoreError) -> TLSOptions {
        let files = connection.tls
        var options = TLSOptions(
            serverName: files.serverName.isEmpty ? nil : files.serverName,
            skipsVerification: connection.skipsVerification)
        if !files.authorities.isEmpty {
            options.authorities = try pem(files.authorities, "unable to load specified CA cert")
        }
        switch (files.certificate.isEmpty, files.key.isEmpty) {
        case (true, true): break
        case (false, true):
            throw ObjectStoreError(
                .configuration,
                "client cert file \(files.certificate.debugDescription) specified without client "
                    + "key file")
        case (true, false):
            throw ObjectStoreError(
                .configuration,
                "client key file \(files.key.debugDescription) specified without client cert file")
        case (false, false):
            let wrap = "unable to use specified client cert (\(files.certificate)) & key"
            options.clientCertificate = ClientCertificate(
                certificate: try pem(files.certificate, wrap), key: try pem(files.key, wrap))
        }
        return options
    }

    private static func pem(_ path: String, _ wrap: String) throws(ObjectStoreError) -> [UInt8] {
        do throws(ObjectStoreError) {
            return try SystemCall.contents(of: path, limit: maxPEMBytes)
        } catch {
            throw ObjectStoreError(.configuration, "\(wrap) \(path): \(error.message)")
        }
    }
}
