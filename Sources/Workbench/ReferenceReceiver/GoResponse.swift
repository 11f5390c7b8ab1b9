import HTTPServing

/// Answers as Go's `net/http` composes them.
enum GoResponse {
    /// `http.Error`: the text with a line end, and a header that forbids guessing its type.
    static func error(
        _ status: Int, _ text: String, headers: [(String, String)] = []
    ) -> ServedResponse {
        ServedResponse(
            status: status,
            headers: headers + [
                ("Content-Type", "text/plain; charset=utf-8"),
                ("X-Content-Type-Options", "nosniff"),
            ],
            body: .bytes(Array((text + "\n").utf8)))
    }

    /// A text written straight to the client, without a line end.
    static func plain(_ status: Int, _ text: String) -> ServedResponse {
        ServedResponse(
            status: status, headers: [("Content-Type", "text/plain; charset=utf-8")],
            body: .bytes(Array(text.utf8)))
    }

    static let notFound = error(404, "404 page not found")
}
