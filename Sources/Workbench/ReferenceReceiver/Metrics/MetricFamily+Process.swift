/// Families about the process itself (`NewProcessCollector` of client_golang).
extension MetricFamily {
    static let processCPUSeconds = counter(
        "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.")
    static let processMaximumDescriptors = gauge(
        "process_max_fds", "Maximum number of open file descriptors.")
    static let processOpenDescriptors = gauge(
        "process_open_fds", "Number of open file descriptors.")
    static let processResidentMemoryBytes = gauge(
        "process_resident_memory_bytes", "Resident memory size in bytes.")
    static let processStartTimeSeconds = gauge(
        "process_start_time_seconds", "Start time of the process since unix epoch in seconds.")
    static let processVirtualMemoryBytes = gauge(
        "process_virtual_memory_bytes", "Virtual memory size in bytes.")
    static let processVirtualMemoryMaxBytes = gauge(
        "process_virtual_memory_max_bytes", "Maximum amount of virtual memory available in bytes.")

    /// All of the above.
    static let processFamilies: [MetricFamily] = [
        .processCPUSeconds, .processMaximumDescriptors, .processOpenDescriptors,
        .processResidentMemoryBytes,
        .processStartTimeSeconds, .processVirtualMemoryBytes, .processVirtualMemoryMaxBytes,
    ]
}
