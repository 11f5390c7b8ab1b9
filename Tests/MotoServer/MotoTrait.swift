package import Testing

extension MotoServer {
    /// The server of the suite that runs.
    @TaskLocal package static var current: MotoServer?
}

/// Gives all tests of a suite one S3 server: starting it takes longer than they do.
package struct MotoTrait: SuiteTrait, TestScoping {
    package func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let server = try await MotoServer()
        try await MotoServer.$current.withValue(server, operation: function)
    }

    package func scopeProvider(for test: Test, testCase: Test.Case?) -> MotoTrait? {
        test.isSuite ? self : nil
    }
}

extension Trait where Self == MotoTrait {
    package static var motoServer: MotoTrait { MotoTrait() }
}
