import FoundationEssentials
import Glibc

/// `index-catalogue checks FOLDER OUTPUT` lists the checks of a folder as Swift source;
/// `index-catalogue incidents FOLDER OUTPUT` holds the files of a folder in it.
private func run(_ arguments: [String]) throws(IndexError) {
    guard arguments.count == 4 else { throw .usage }
    let folder = arguments[2]
    let source =
        switch arguments[1] {
        case "checks": try CatalogueSource(folder: folder).text
        case "incidents": try IncidentSource(folder: folder).text
        case _: throw .usage
        }
    // An untouched file keeps its date, and what depends on it is not compiled again.
    guard FileManager.default.contents(atPath: arguments[3]) != Data(source.utf8) else { return }
    do {
        try source.write(toFile: arguments[3], atomically: true, encoding: .utf8)
    } catch {
        throw IndexError(place: arguments[3], "cannot be written: \(error)")
    }
}

do {
    try run(CommandLine.arguments)
} catch {
    let line = Array("\(error.description)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(1)
}
