/// Who answers in place of a receiver, by the text behind the status.
enum WriteAdvice {
    static func text(for answer: String) -> String {
        if answer.contains("needs to be enabled") {
            return "a Prometheus answers there, not Thanos Receive: correct the host"
        }
        if answer.contains("<") || answer.contains("default backend") {
            return "an Ingress or a web page answers there: correct its rule, or the host and path"
        }
        if answer.contains("redirects to") {
            return "an agent follows with a GET that carries nothing: write to where it points"
        }
        return "correct the path to /api/v1/receive and the port to that of remote write, 19291"
    }
}
