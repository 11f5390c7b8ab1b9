import NetworkProbes
import Testing

/// Networks and addresses.
struct CIDRTests {
    @Test(
        "addresses inside and outside a network",
        arguments: [
            ("127.0.0.0/8", "127.255.0.1", true), ("127.0.0.0/8", "128.0.0.1", false),
            ("10.1.2.3/8", "10.9.9.9", true), ("0.0.0.0/0", "8.8.8.8", true),
            ("192.0.2.129/25", "192.0.2.128", true), ("192.0.2.129/25", "192.0.2.127", false),
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false),
            ("192.0.2.7/32", "192.0.2.7", true), ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::1", false), ("::1", "::1", true), ("::/0", "::1", true),
            ("::/0", "127.0.0.1", false), ("0.0.0.0/0", "::1", false),
            ("127.0.0.0/8", "::ffff:127.0.0.1", true), ("2001:db8::/33", "2001:db8:8000::", false),
        ])
    func membership(network: String, address: String, isInside: Bool) throws {
        let network = try #require(CIDR(network))
        #expect(network.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(
        "what is not a network",
        arguments: [
            "", "/", "/8", "127.0.0.1/", "127.0.0.1/33", "::1/129", "127.0.0.1/-1", "127.0.0.1/+8",
            "127.0.0.1/8/8", "127.1/8", "localhost", "127.0.0.1/0x8", "fe80::1%eth0/64",
            " 127.0.0.1",
            "127.0.0.1/99999999999999999999", "256.0.0.1",
        ])
    func notNetworks(text: String) {
        #expect(CIDR(text) == nil)
    }

    @Test(
        "networks are printed without their host bits",
        arguments: [
            ("10.1.2.3/8", "10.0.0.0/8"), ("2001:DB8::1/64", "2001:db8::/64"), ("::1", "::1/128"),
        ])
    func printing(text: String, canonical: String) {
        #expect(CIDR(text)?.description == canonical)
    }
}
