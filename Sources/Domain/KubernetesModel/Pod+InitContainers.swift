import MarkedYAML

extension Pod {
    /// The statuses of the containers that run before the others, in their order.
    package var initContainerStatuses: [ContainerStatus] {
        object.status?["initContainerStatuses"].items.map(ContainerStatus.init) ?? []
    }
}
