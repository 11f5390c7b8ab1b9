/// A folder or file that cannot be indexed, in the form in which compilers say it.
struct IndexError: Error, CustomStringConvertible {
    let place: String
    let message: String

    init(place: String, _ message: String) {
        self.place = place
        self.message = message
    }

    static let usage = IndexError(
        place: "index-catalogue", "usage: index-catalogue checks|incidents FOLDER OUTPUT")

    var description: String { "\(place): error: \(message)" }
}
