/// What a log said, by signature.
package struct LogTally: Sendable {
    /// A line of a source.
    package struct Place: Sendable, Hashable {
        package let source: String
        /// Counted from 1.
        package let line: Int
        package let text: String
    }

    /// The lines that one signature explains.
    package struct Sighting: Sendable {
        package internal(set) var count = 0
        /// Seconds since 1970.
        package internal(set) var first: Double?
        package internal(set) var last: Double?
        /// The first few.
        package internal(set) var places: [Place] = []
        /// Indices of the traces by which they were recognised.
        package internal(set) var traces: Set<Int> = []
    }

    static let placeLimit = 5

    package internal(set) var total = 0
    package internal(set) var explained = 0
    /// Lines of level warn or above that nothing matched.
    package internal(set) var unexplained = 0
    package internal(set) var unexplainedPlaces: [Place] = []
    /// By index of the signature.
    package internal(set) var sightings: [Int: Sighting] = [:]

    package init() {}

    /// Whether fewer places than are kept have been seen.
    func wantsPlaces(of signature: Int) -> Bool {
        (sightings[signature]?.places.count ?? 0) < Self.placeLimit
    }

    mutating func add(_ place: Place?, at time: Double?, to signature: Int, trace: Int) {
        explained += 1
        var sighting = sightings[signature, default: Sighting()]
        sighting.count += 1
        sighting.traces.insert(trace)
        if let place { sighting.places.append(place) }
        if let time {
            sighting.first = min(sighting.first ?? time, time)
            sighting.last = max(sighting.last ?? time, time)
        }
        sightings[signature] = sighting
    }
}
