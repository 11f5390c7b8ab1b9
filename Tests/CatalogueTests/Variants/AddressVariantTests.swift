import Diagnosis
import Evidence
import Testing

/// Where addresses do not come from Cilium's L2 announcements, nothing is said of those.
@Suite("Addresses of other origin")
struct AddressVariantTests {
    private static let pool = "CiliumLoadBalancerIPPool/"
    private static let announcements = [
        "CiliumL2AnnouncementPolicy/", "Lease/cilium-l2announce-",
    ]
    private static let given = #""loadBalancer":{"ingress":[{"ip":"127.77.0.210","ipMode":"VIP"}]}"#

    private static func cloud(
        _ title: String, hostname: String? = nil, loadBalancerClass: String? = nil
    ) -> Variant {
        let point = hostname.map { #"{"hostname":"\#($0)"}"# } ?? #"{"ip":"127.77.0.210"}"#
        var variant = Variant(
            testDescription: title, without: announcements + [pool],
            edits: [.init(given, #""loadBalancer":{"ingress":[\#(point)]}"#)])
        if let hostname { variant.edits.append(.init("//127.77.0.210:", "//\(hostname):")) }
        if let loadBalancerClass {
            let old = #""allocateLoadBalancerNodePorts":false"#
            variant.edits.append(
                .init(old, "\(old),\"loadBalancerClass\":\"\(loadBalancerClass)\""))
        }
        return variant
    }

    private static let rows = [
        Variant(
            testDescription: "MetalLB", file: "addresses/metallb", without: announcements + [pool]),
        Variant(
            testDescription: "MetalLB with BGP", file: "addresses/metallb-bgp",
            without: announcements + [pool]),
        Variant(
            testDescription: "Cilium's BGP", file: "addresses/cilium-bgp", without: announcements),
        Variant(
            testDescription: "Cilium's BGP before 1.16", file: "addresses/cilium-bgp-policy",
            without: announcements),
        Variant(
            testDescription: "kube-vip", file: "addresses/kube-vip", without: announcements + [pool]
        ),
        Variant(
            testDescription: "the addresses of k3s' nodes", file: "addresses/servicelb",
            without: announcements + [pool]),
        cloud("a cloud's load balancer with an address"),
        cloud(
            "a cloud's load balancer with a name",
            hostname: "k8s-monitoring-0a1b2c3d.elb.eu-central-1.amazonaws.com"),
        cloud(
            "a load balancer of a class",
            hostname: "k8s-monitoring-0a1b2c3d.elb.eu-central-1.amazonaws.com",
            loadBalancerClass: "service.k8s.aws/nlb"),
    ]

    @Test("what works is not blamed", arguments: rows, Variant.Source.allCases)
    func healthy(_ variant: Variant, _ source: Variant.Source) throws {
        #expect(try variant.conclusion(source).complaints == [])
    }

    @Test("a Service that waits for its address does so whoever should give it", arguments: rows)
    func waits(_ variant: Variant) throws {
        let point = try #require(variant.edits.first?.new ?? Self.given)
        let conclusion = try variant.conclusion(
            .cluster, with: Variant.Edit(point, #""loadBalancer":{}"#))
        #expect(conclusion.rootCauses.map(\.check) == ["svc-external-ip-pending"])
        #expect(!conclusion.faults.contains { $0.hasPrefix("l2-") }, "\(conclusion.complaints)")
    }

    @Test("an agent's wrong path is found behind each of them", arguments: rows)
    func wrongPath(_ variant: Variant) throws {
        let conclusion = try variant.conclusion(
            .cluster, with: Variant.Edit("19291/api/v1/receive", "19291/api/v1/push"))
        #expect(conclusion.faults == ["rw-url-wrong"], "\(conclusion.complaints)")
    }

    @Test(
        "Cilium's pool is judged however the addresses are announced",
        arguments: rows.filter { !$0.without.contains(pool) })
    func exhausted(_ variant: Variant) throws {
        let used = Variant.Edit(
            #""message":"9","observedGeneration":1,"reason":"noreason","status":"Unknown","type":"cilium.io/IPsAvailable""#,
            #""message":"0","observedGeneration":1,"reason":"noreason","status":"Unknown","type":"cilium.io/IPsAvailable""#
        )
        let conclusion = try variant.conclusion(.cluster, with: used)
        #expect(conclusion.findings.contains { $0.check == "lb-pool-exhausted" })
    }
}
