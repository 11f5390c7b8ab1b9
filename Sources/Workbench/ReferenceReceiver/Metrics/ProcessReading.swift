import Glibc

/// What the kernel says of this process (proc(5)).
struct ProcessReading {
    /// User and system time in seconds.
    let cpuSeconds: Double
    let residentBytes: Double
    let virtualBytes: Double
    let openDescriptors: Int
    /// Seconds since 1970.
    let startTime: Double

    /// Nil where there is no Linux-like `/proc`.
    ///
    /// These files are answered from memory, so that reading them does not block.
    static func now() -> ProcessReading? {
        let files = LocalFiles(mappings: [])
        guard let stat = try? files.read("/proc/self/stat", limit: 64 << 10),
            let system = try? files.read("/proc/stat", limit: 4 << 20),
            let descriptors = descriptorCount()
        else { return nil }
        return ProcessReading(
            stat: String(decoding: stat, as: UTF8.self),
            system: String(decoding: system, as: UTF8.self), openDescriptors: descriptors)
    }

    /// Reads the text of `/proc/self/stat` and `/proc/stat`.
    init?(stat: String, system: String, openDescriptors: Int) {
        // The name of the program stands in brackets and may hold blanks.
        guard let bracket = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[bracket...].dropFirst().split(separator: " ").map { Double($0) ?? 0 }
        let boot = system.split(separator: "\n").first { $0.hasPrefix("btime ") }
        guard fields.count > 21, let bootTime = boot.flatMap({ Double($0.dropFirst(6)) }) else {
            return nil
        }
        let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
        cpuSeconds = (fields[11] + fields[12]) / ticksPerSecond
        startTime = bootTime + fields[19] / ticksPerSecond
        virtualBytes = fields[20]
        residentBytes = fields[21] * Double(sysconf(Int32(_SC_PAGESIZE)))
        self.openDescriptors = openDescriptors
    }

    private static func descriptorCount() -> Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // The folder's own two entries, and the descriptor that reads it.
        return max(0, count - 3)
    }
}

extension ProcessReading {
    /// Shows the families of client_golang's process collector.
    func show(in scrape: inout Scrape) {
        scrape.set(.processCPUSeconds, to: cpuSeconds)
        scrape.set(.processResidentMemoryBytes, to: residentBytes)
        scrape.set(.processVirtualMemoryBytes, to: virtualBytes)
        scrape.set(.processOpenDescriptors, to: Double(openDescriptors))
        scrape.set(.processStartTimeSeconds, to: startTime)
        scrape.set(.processMaximumDescriptors, to: Self.limit(RLIMIT_NOFILE))
        scrape.set(.processVirtualMemoryMaxBytes, to: Self.limit(RLIMIT_AS))
    }

    private static func limit(_ resource: __rlimit_resource) -> Double {
        var limit = rlimit()
        return getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0
            ? Double(limit.rlim_cur) : 0
    }
}
