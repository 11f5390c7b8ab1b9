import Testing

@testable import ReferenceReceiver

@Suite("Backing off a peer")
struct PeerBackOffTests {
    @Test(
        "doubles the wait with every failure, up to the longest",
        arguments: zip([0, 1, 2, 3, 5, 6, 60, .max], [100, 200, 400, 800, 3200, 5000, 5000, 5000]))
    func doubles(failures: Int, milliseconds: Int) {
        let wait = PeerBackOff.wait(after: failures, longest: .seconds(5), jitter: 1)
        #expect(wait == .milliseconds(milliseconds))
    }

    @Test(
        "waits somewhere between the shortest wait and that",
        arguments: zip([0.0, 0.5, 1], [100, 250, 400]))
    func jitters(jitter: Double, milliseconds: Int) {
        let wait = PeerBackOff.wait(after: 2, longest: .seconds(5), jitter: jitter)
        #expect(wait == .milliseconds(milliseconds))
    }

    @Test("never waits longer than told, though that be less than the shortest")
    func longest() {
        let wait = PeerBackOff.wait(after: 3, longest: .milliseconds(20), jitter: 0.5)
        #expect(wait == .milliseconds(20))
    }

    @Test("allows the next call when the wait is over")
    func clock() {
        var backOff = PeerBackOff(longest: .seconds(5))
        #expect(backOff.allowsCall(at: .zero))
        backOff.failed(at: .seconds(10), jitter: 1)
        #expect(!backOff.allowsCall(at: .milliseconds(10_100)))
        #expect(backOff.allowsCall(at: .milliseconds(10_101)))
        backOff.failed(at: .seconds(11), jitter: 1)
        #expect(!backOff.allowsCall(at: .milliseconds(11_200)))
        #expect(backOff.allowsCall(at: .milliseconds(11_201)))
    }
}
