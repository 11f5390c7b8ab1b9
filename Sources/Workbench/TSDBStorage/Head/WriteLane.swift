/// Lets writes to a head in one after the other.
///
/// An actor, because whoever waits here gives its thread to others. Before a lock it would keep a
/// core busy: the kernel spins for a lock whose holder runs (`futex_lock_pi`).
actor WriteLane {
    func run<Answer: Sendable>(_ work: @Sendable () -> Answer) -> Answer {
        work()
    }
}
