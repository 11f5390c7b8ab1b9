/// How often a request is made, and how long to wait in between.
///
/// minio-go's schedule with the mean of its random waits: 0.1 s, doubled up to half a second.
struct RetrySchedule: Sendable {
    /// minio-go's `MaxRetry`.
    private static let standardAttempts = 10

    private let attempts: Int
    private let pause: @Sendable (Duration) async throws -> Void

    /// - Parameter configured: `max_retries`; zero and less mean the standard.
    init(configured: Int, pause: @escaping @Sendable (Duration) async throws -> Void) {
        attempts = configured > 0 ? configured : Self.standardAttempts
        self.pause = pause
    }

    /// Waits after attempt `number`, counted from 1; `false`, at once, after the last.
    func wait(after number: Int) async throws(ObjectStoreError) -> Bool {
        guard number < attempts else { return false }
        do {
            try await pause(.milliseconds(min(500, 100 << min(number - 1, 3))))
            return true
        } catch {
            throw ObjectStoreError(.cancelled, "context canceled")
        }
    }
}
