package import MarkedYAML

/// What a component of the cluster noted about an object; API servers keep it for an hour.
package struct ObservedEvent: Sendable {
    package let node: Node

    package init?(_ object: KubernetesObject) {
        guard object.kind == "Event" else { return nil }
        node = object.node
    }

    package var reason: String { node["reason"]?.string ?? "" }
    package var message: String { (node["message"] ?? node["note"])?.string ?? "" }
    /// When it was seen last, as RFC 3339 text.
    package var lastSeen: String? {
        node["lastTimestamp"]?.string ?? node["series"]?["lastObservedTime"]?.string
            ?? node["eventTime"]?.string
    }

    /// The object that it is about.
    package var subject: ObjectReference? {
        guard let kind = place?["kind"]?.string, let name = place?["name"]?.string else {
            return nil
        }
        return ObjectReference(kind: kind, namespace: place?["namespace"]?.string, name: name)
    }

    /// Whether it is about this very object, not a namesake that is gone.
    package func isAbout(_ object: KubernetesObject) -> Bool {
        guard subject == object.reference else { return false }
        guard let uid = place?["uid"]?.string, let own = object.metadata?["uid"]?.string else {
            return true
        }
        return uid == own
    }

    /// `involvedObject` in the core group, `regarding` in `events.k8s.io`.
    private var place: Node? { node["involvedObject"] ?? node["regarding"] }
}

extension Sequence<KubernetesObject> {
    /// The events about an object that are in a list of Event objects, in the order of the list.
    package func events(about object: KubernetesObject) -> [ObservedEvent] {
        compactMap(ObservedEvent.init).filter { $0.isAbout(object) }
    }
}
