package import KubernetesModel
import ReceiveFlags

extension ReceiverGroup {
    package var remoteWriteListener: ListenAddress? { ListenAddress(flags.remoteWriteAddress) }
    package var remoteWritePort: Int? { remoteWriteListener?.port }
    package var httpPort: Int? { ListenAddress(flags.httpAddress)?.port }
    package var grpcPort: Int? { ListenAddress(flags.grpcAddress)?.port }

    /// What a port that is not meant for clients gives away; nil for the port of remote write
    /// and for ports that are not the receiver's.
    package func internalService(onPort port: Int) -> String? {
        switch port {
        case remoteWritePort: nil
        case grpcPort: "gRPC: Store API and writes of the other receivers"
        case httpPort: "HTTP: metrics and profiles"
        case ListenAddress(flags.capnprotoAddress)?.port: "Cap'n Proto: writes of the others"
        case _: nil
        }
    }

    /// The number of the container port that a Service's port leads to.
    package func containerPort(of port: ServiceObject.Port) -> Int? {
        container.portNumber(port.target)
    }
}
