package import MarkedYAML

/// A `CiliumLoadBalancerIPPool` (`cilium.io/v2` or `v2alpha1`).
package struct LoadBalancerIPPool: Sendable {
    package let object: KubernetesObject

    package init?(_ object: KubernetesObject) {
        guard object.kind == "CiliumLoadBalancerIPPool" else { return nil }
        self.object = object
    }

    package var reference: ObjectReference { object.reference }
    package var isDisabled: Bool { object.spec?["disabled"]?.bool ?? false }
    package var serviceSelector: LabelSelector? {
        object.spec?["serviceSelector"].map { LabelSelector($0) }
    }

    /// `spec.blocks`, or `spec.cidrs` as before Cilium 1.16.
    package var blocks: [AddressBlock] {
        let nodes = (object.spec?["blocks"] ?? object.spec?["cidrs"]).items
        return nodes.compactMap { block in
            if let cidr = block["cidr"]?.string { return AddressBlock(cidr: cidr) }
            guard let start = block["start"]?.string else { return nil }
            return AddressBlock(start: start, stop: block["stop"]?.string ?? start)
        }
    }

    /// Where to point when the pool's size is meant.
    package var blocksRange: SourceRange {
        (object.spec?["blocks"] ?? object.spec?["cidrs"])?.range ?? object.range
    }

    package var isConflicting: Bool {
        object.status?["conditions"].items.contains {
            $0["type"]?.string?.hasSuffix("/PoolConflict") == true
                && $0["status"]?.string == "True"
        } ?? false
    }

    /// The number in the condition `cilium.io/IPsAvailable`, whose message holds it.
    package var available: Int? { count("IPsAvailable") }
    package var total: Int? { count("IPsTotal") }

    private func count(_ condition: String) -> Int? {
        object.status?["conditions"].items.first {
            $0["type"]?.string?.hasSuffix("/" + condition) == true
        }?["message"]?.string.flatMap { Int($0) }
    }

    package func serves(_ service: ServiceObject) -> Bool { serves(service.labelsForCilium) }

    /// Whether it serves a Service with these labels, Cilium's virtual ones among them.
    package func serves(_ labels: [String: String]) -> Bool {
        serviceSelector?.matches(labels) ?? true
    }

    /// Whether it gives addresses to anybody.
    package var isInUse: Bool { !isDisabled && !isConflicting && !blocks.isEmpty }

    /// How many addresses it holds; nil for IPv6, which does not run out.
    package var capacity: Int? {
        let counts = blocks.map(\.count)
        return counts.contains(nil) ? nil : counts.compactMap(\.self).reduce(0, +)
    }

    package func contains(_ address: String) -> Bool {
        blocks.contains { $0.contains(address) }
    }
}

/// A `CiliumL2AnnouncementPolicy`: which Services' addresses which nodes announce.
package struct L2AnnouncementPolicy: Sendable {
    package let object: KubernetesObject

    package init?(_ object: KubernetesObject) {
        guard object.kind == "CiliumL2AnnouncementPolicy" else { return nil }
        self.object = object
    }

    package var reference: ObjectReference { object.reference }
    /// `loadBalancerIPs` is false unless it is stated (Cilium documentation, L2 announcements).
    package var announcesLoadBalancerIPs: Bool {
        object.spec?["loadBalancerIPs"]?.bool ?? false
    }
    package var serviceSelector: LabelSelector? {
        object.spec?["serviceSelector"].map { LabelSelector($0) }
    }
    package var nodeSelector: LabelSelector? {
        object.spec?["nodeSelector"].map { LabelSelector($0) }
    }

    package func selects(_ service: ServiceObject) -> Bool {
        serviceSelector?.matches(service.labelsForCilium) ?? true
    }
}

extension ServiceObject {
    /// The Service's labels with the virtual ones by which Cilium's selectors may name it.
    package var labelsForCilium: [String: String] {
        var labels = object.labels
        labels["io.kubernetes.service.name"] = object.name
        labels["io.kubernetes.service.namespace"] = object.namespace ?? ""
        return labels
    }

    /// The classes that Cilium's LB-IPAM serves; a Service without a class is among them.
    package var mayBelongToCilium: Bool {
        guard let loadBalancerClass else { return true }
        return ["io.cilium/l2-announcer", "io.cilium/bgp-control-plane"].contains(
            loadBalancerClass)
    }

    /// Cilium's own condition on the Service, under its present and its former name.
    package var ipamCondition: Node? {
        object.status?["conditions"].items.first {
            ["cilium.io/IPAMRequestSatisfied", "io.cilium/lb-ipam-request-satisfied"].contains(
                $0["type"]?.string ?? "")
        }
    }

    /// The addresses that the Service asks for, under Cilium's present and former annotation and
    /// in the field of Kubernetes.
    package var requestedAddresses: [Marked<String>] {
        let annotations = object.metadata?["annotations"]
        let nodes = [
            annotations?["lbipam.cilium.io/ips"], annotations?["io.cilium/lb-ipam-ips"],
            object.spec?["loadBalancerIP"],
        ]
        return nodes.compactMap(\.?.markedString).flatMap { text in
            text.value.split { $0 == "," || $0 == " " }.map {
                Marked(String($0), at: text.range)
            }
        }
    }

    /// Why Cilium has not given an address, in the word of its condition: `out_of_ips`.
    package var refusalReason: String? {
        ipamCondition?["status"]?.string == "False" ? ipamCondition?["reason"]?.string : nil
    }

    package var refusalMessage: String? {
        ipamCondition?["status"]?.string == "False" ? ipamCondition?["message"]?.string : nil
    }

    /// The key under which Services share one address, under its present and its former name.
    package var sharingKey: String? { object.sharingKey }
}

extension IngressObject {
    /// The same for the Service that Cilium makes of it, which gets its annotations
    /// (`ingress-lb-annotation-prefixes` in cilium-config).
    package var sharingKey: String? { object.sharingKey }
}

extension KubernetesObject {
    fileprivate var sharingKey: String? {
        annotations["lbipam.cilium.io/sharing-key"]
            ?? annotations["io.cilium/lb-ipam-sharing-key"]
    }
}
