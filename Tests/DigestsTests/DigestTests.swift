import Digests
import Testing

@Suite("digests")
struct DigestTests {
    /// FIPS 180-4's examples and those of RFC 1321, section A.5.
    @Test(
        "the standards' own examples",
        arguments: [
            (
                "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "d41d8cd98f00b204e9800998ecf8427e"
            ),
            (
                "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "900150983cd24fb0d6963f7d28e17f72"
            ),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                "8215ef0796a20bcaaae116d3876c664a"
            ),
            (
                "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
                "f371bc4a311f2b009eef952dd83ca80e2b60026c8e935592d0f9c308453c813e",
                "57edf4a22be3c955ac49da2e2107b67a"
            ),
        ])
    func vectors(message: String, sha256: String, md5: String) {
        let bytes = Array(message.utf8)
        #expect(Hexadecimal.encode(SHA256.digest(bytes)) == sha256)
        #expect(Hexadecimal.encode(MD5.digest(bytes)) == md5)
    }

    @Test(
        "pieces of any length give the digest of the whole", arguments: [1, 7, 55, 56, 63, 64, 65])
    func pieces(length: Int) {
        let message = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var sha256 = SHA256()
        var md5 = MD5()
        for start in stride(from: 0, to: message.count, by: length) {
            let piece = Array(message[start..<min(start + length, message.count)])
            sha256.update(piece)
            md5.update(piece)
        }
        #expect(sha256.digest == SHA256.digest(message))
        #expect(md5.digest == MD5.digest(message))
    }

    @Test("a million letters, as in FIPS 180")
    func million() {
        let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(
            Hexadecimal.encode(SHA256.digest(message))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        #expect(Hexadecimal.encode(MD5.digest(message)) == "7707d6ae4e027c70eea2a935c2296f21")
    }
}
