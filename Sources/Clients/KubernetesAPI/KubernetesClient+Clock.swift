import CurlHTTP
import Glibc

/// How far a server's clock is ahead of the clock here, in seconds.
package struct ServerClock: Sendable, Hashable {
    package let ahead: Double
    /// Half the time that the exchange took, and half the second that a date is cut to.
    package let uncertainty: Double
}

extension KubernetesClient {
    /// What time it is for the API server, by the date of an answer; a refusal has one as well.
    package func clock() async -> ServerClock? {
        let start = Self.wallTime
        guard let response = try? await exchanged(APIExchange(path: "/version")),
            let date = response.date
        else { return nil }
        let end = Self.wallTime
        return ServerClock(
            ahead: date + 0.5 - (start + end) / 2, uncertainty: abs(end - start) / 2 + 0.5)
    }

    private static var wallTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
