import Testing

@testable import ReferenceReceiver

@Suite("The error of a replica")
struct ReplicaErrorTests {
    static let peer = PeerEndpoint(address: "127.0.0.1:9")

    @Test("prints endpoints as Go does and guesses their Cap'n Proto address")
    func endpoints() {
        #expect(Self.peer.description == "{127.0.0.1:9 127.0.0.1:19391 }")
        #expect(
            PeerEndpoint(address: "a:1", capnprotoAddress: "b:2", az: "zone").description
                == "{a:1 b:2 zone}")
        #expect(PeerEndpoint(address: "bare").capnprotoAddress == "bare:19391")
        #expect(
            PeerEndpoint(address: "[::1]:1", capnprotoAddress: "").capnprotoAddress == "[:19391")
    }

    @Test(
        "knows its own node by either address, byte for byte",
        arguments: [
            ("127.0.0.1:9", true), ("127.0.0.1:19391", true), ("localhost:9", false), ("", false),
        ])
    func local(name: String, isLocal: Bool) {
        #expect(Self.peer.isLocal(to: name) == isLocal)
    }

    @Test("quotes gRPC as the body of a real answer does")
    func refused() {
        let desc =
            "connection error: desc = \"transport: Error while dialing: "
            + "dial tcp 127.0.0.1:9: connect: connection refused\""
        let error = ReplicaError(
            calling: Self.peer, ForwardFailure(code: "Unavailable", message: desc))
        #expect(
            error.text
                == "forwarding request to endpoint {127.0.0.1:9 127.0.0.1:19391 }: "
                + "rpc error: code = Unavailable desc = connection error: desc = "
                + "\"transport: Error while dialing: "
                + "dial tcp 127.0.0.1:9: connect: connection refused\"")
    }

    @Test("names the replica, counted from 0, that is backed off")
    func backingOff() {
        #expect(
            ReplicaError.backingOff(Self.peer, replica: 0).text
                == "backing off forward request for endpoint "
                + "{{127.0.0.1:9 127.0.0.1:19391 } 0}: target not available")
    }

    @Test(
        "is classed by the code",
        arguments: [
            ("AlreadyExists", .conflict), ("Unavailable", [.notReady, .unavailable]),
            ("DeadlineExceeded", .deadline), ("Internal", []), ("InvalidArgument", []),
        ] as [(String, ReplicaError.Causes)])
    func causes(code: String, causes: ReplicaError.Causes) {
        let failure = ForwardFailure(code: code, message: "why")
        #expect(ReplicaError(calling: Self.peer, failure).causes == causes)
    }

    @Test("joins what a local write could not store, sorted and without repetition")
    func reasons() {
        #expect(ReasonSet(["b", "a", "b"]).text == "2 errors: a; b")
        #expect(ReasonSet(["a", "a"]).text == "a")
        #expect(ReasonSet([]).text == "")
    }
}
