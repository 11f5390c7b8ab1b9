import Evidence
import Hashrings
import KubernetesModel
import MarkedYAML
import PipelineModel

/// Why the cluster's DNS does not know the pods of a StatefulSet by the names in a ring.
enum UnresolvableName {
    /// The names stand under one Service, the pods under another or none.
    case otherService(stated: String, governing: String?)
    /// The same, and the other gives no names to single pods either.
    case otherThatNamesNone(stated: String, governing: String)
    case serviceAbsent(String)
    /// Only a headless Service gives names to single pods.
    case notHeadless(ServiceObject)
    case selectsNothing(ServiceObject)
    /// Names of pods that are not ready are taken away.
    case onlyWhenReady(ServiceObject)

    init?(_ member: RingMember, _ view: ClusterView) {
        let group = member.group
        guard let stated = member.address.service else { return nil }
        guard stated == group.governingService else {
            self = .other(stated, group, view)
            return
        }
        let reference = ObjectReference(
            kind: "Service", namespace: group.workload.namespace, name: stated)
        let isPatched = view.objects.of(kind: "Service", named: stated).count > 1
        guard let service = view.objects[reference].flatMap(ServiceObject.init) else {
            guard view.isComplete(kind: "Service"), !isPatched else { return nil }
            self = .serviceAbsent(stated)
            return
        }
        if isPatched, case .manifests(isComplete: false) = view.source { return nil }
        let publishes = service.object.spec?["publishNotReadyAddresses"]?.bool == true
        if !service.isHeadless {
            self = .notHeadless(service)
        } else if let selector = service.selector, !selector.isEmpty,
            !selector.matches(group.workload.podLabels)
        {
            self = .selectsNothing(service)
        } else if !publishes, service.selector?.isEmpty == false, group.wantedPods > 1 {
            self = .onlyWhenReady(service)
        } else {
            return nil
        }
    }

    private static func other(
        _ stated: String, _ group: ReceiverGroup, _ view: ClusterView
    ) -> UnresolvableName {
        let governing = group.governingService
        let services = view.objects.of(kind: "Service", named: governing ?? "")
            .filter { $0.namespace == group.workload.namespace }
            .compactMap(ServiceObject.init)
        guard let governing, services.count == 1, !services[0].isHeadless else {
            return .otherService(stated: stated, governing: governing)
        }
        return .otherThatNamesNone(stated: stated, governing: governing)
    }

    var service: ServiceObject? {
        switch self {
        case .otherService, .otherThatNamesNone, .serviceAbsent: nil
        case .notHeadless(let service), .selectsNothing(let service), .onlyWhenReady(let service):
            service
        }
    }

    func message(for member: RingMember) -> String {
        let host = member.endpoint.host
        let name = member.group.workload.object.name
        return switch self {
        case .otherService(let stated, let governing?),
            .otherThatNamesNone(let stated, let governing):
            "\(host) does not resolve: serviceName of StatefulSet \(name) is \(governing), "
                + "not \(stated)"
        case .otherService(_, nil):
            "\(host) does not resolve: StatefulSet \(name) has no serviceName"
        case .serviceAbsent(let stated):
            "\(host) does not resolve: there is no Service \(stated)"
        case .notHeadless(let service):
            "\(host) does not resolve: Service \(service.object.name) is not headless"
        case .selectsNothing(let service):
            "\(host) does not resolve: Service \(service.object.name) selects other pods"
        case .onlyWhenReady(let service):
            "\(host) resolves only while the pod is ready: Service \(service.object.name) does "
                + "not publish addresses that are not"
        }
    }

    /// What is to be seen at the Service or the StatefulSet.
    var label: String {
        switch self {
        case .otherService, .otherThatNamesNone: "the pods' names stand under this"
        case .serviceAbsent: "the Service of this name is not there"
        case .notHeadless: "without clusterIP: None"
        case .selectsNothing: "does not select the pods"
        case .onlyWhenReady: "without publishNotReadyAddresses"
        }
    }

    var isPassing: Bool {
        if case .onlyWhenReady = self { true } else { false }
    }

    func text(for member: RingMember) -> String {
        switch self {
        case .otherService(_, let governing?):
            "name the pods under \(governing) in the hashring and in --receive.local-endpoint"
        case .otherService(let stated, nil), .otherThatNamesNone(let stated, _):
            "set serviceName: \(stated), which needs a new StatefulSet (delete the old one with "
                + "--cascade=orphan), and then delete the pods one by one: only new ones get the "
                + "new names"
        case .serviceAbsent(let stated):
            "create a Service \(stated) with clusterIP: None and the selector of the pods"
        case .notHeadless(let service):
            "make a second Service for the pods' names, with clusterIP: None and "
                + "publishNotReadyAddresses: true, and name it in serviceName, in the hashring and "
                + "in --receive.local-endpoint; leave \(service.object.name) to those who write to "
                + "it, for its clusterIP cannot be changed"
        case .selectsNothing:
            "let the Service select the labels of the pod template"
        case .onlyWhenReady:
            "set publishNotReadyAddresses: true"
        }
    }

    /// The change of the Service that mends it.
    var edit: TextEdit? {
        guard let spec = service?.object.spec else { return nil }
        switch self {
        case .onlyWhenReady where spec["publishNotReadyAddresses"] == nil:
            return .inserting(["publishNotReadyAddresses: true"], atTopOf: spec)
        case .otherService, .otherThatNamesNone, .serviceAbsent, .notHeadless, .selectsNothing,
            .onlyWhenReady:
            return nil
        }
    }
}
