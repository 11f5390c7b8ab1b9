import HTTPServing

/// One request for a resource, with what it came with.
struct ResourceRequest: Sendable {
    let request: ServedRequest
    let path: APIPath.ResourcePath
    let access: Access
}
