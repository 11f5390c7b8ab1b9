// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "thanosctl",
    dependencies: [
        // Command line: arguments, help, completion.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Sockets and HTTP/1.1 of the lab: the reference receiver and the API server emulator.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        // Certificates that the lab makes for itself.
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        // Child processes: exec plug-ins of a kubeconfig, kustomize, the lab's receivers.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        // Receivers among each other, and the Store API.
        .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        // MARK: System
        .systemLibrary(name: "CYAML", path: "Sources/System/CYAML", pkgConfig: "yaml-0.1"),
        .systemLibrary(name: "CSnappy", path: "Sources/System/CSnappy"),
        .systemLibrary(name: "CCurl", path: "Sources/System/CCurl", pkgConfig: "libcurl"),
        // Calls of Linux that Glibc's module leaves out.
        .systemLibrary(name: "CLinux", path: "Sources/System/CLinux"),
        // RE2 has no C interface of its own; this one is ours.
        .target(
            name: "CRE2", path: "Sources/System/CRE2", linkerSettings: [.linkedLibrary("re2")]),

        // MARK: Domain
        .target(name: "MarkedYAML", dependencies: ["CYAML"], path: "Sources/Domain/MarkedYAML"),
        .target(
            name: "KubernetesModel", dependencies: ["MarkedYAML"],
            path: "Sources/Domain/KubernetesModel"),
        .target(name: "ReceiveFlags", path: "Sources/Domain/ReceiveFlags"),
        .target(name: "TimeSeries", path: "Sources/Domain/TimeSeries"),
        .target(
            name: "Hashrings", dependencies: ["MarkedYAML", "TimeSeries"],
            path: "Sources/Domain/Hashrings"),
        .target(
            name: "SnappyCodec", dependencies: ["CSnappy"], path: "Sources/Domain/SnappyCodec"),
        .target(
            name: "RemoteWrite", dependencies: ["TimeSeries"],
            path: "Sources/Domain/RemoteWrite"),

        .target(name: "Digests", path: "Sources/Domain/Digests"),
        .target(name: "LogSignatures", path: "Sources/Domain/LogSignatures"),
        .target(name: "MetricsText", path: "Sources/Domain/MetricsText"),
        .target(
            name: "LabelMatching", dependencies: ["CRE2", "TimeSeries"],
            path: "Sources/Domain/LabelMatching"),
        .target(
            name: "Relabelling", dependencies: ["LabelMatching", "MarkedYAML", "TimeSeries"],
            path: "Sources/Domain/Relabelling"),
        .target(
            name: "TSDBFormat", dependencies: ["SnappyCodec", "TimeSeries"],
            path: "Sources/Domain/TSDBFormat"),
        .target(
            name: "PromQL", dependencies: ["LabelMatching", "TimeSeries"],
            path: "Sources/Domain/PromQL"),

        // MARK: Clients
        .target(
            name: "ChildProcess",
            dependencies: [
                "CLinux",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Sources/Clients/ChildProcess"),
        .target(name: "CurlHTTP", dependencies: ["CCurl"], path: "Sources/Clients/CurlHTTP"),
        .target(
            name: "KubernetesAPI", dependencies: ["ChildProcess", "CurlHTTP", "MarkedYAML"],
            path: "Sources/Clients/KubernetesAPI"),
        .target(
            name: "ObjectStore", dependencies: ["CurlHTTP", "Digests", "MarkedYAML"],
            path: "Sources/Clients/ObjectStore"),
        .target(
            name: "NetworkProbes", dependencies: ["CurlHTTP"],
            path: "Sources/Clients/NetworkProbes"),

        // MARK: Investigation
        .target(
            name: "PipelineModel",
            dependencies: [
                "Hashrings", "KubernetesModel", "MarkedYAML", "ReceiveFlags", "Relabelling",
                "TimeSeries",
            ],
            path: "Sources/Investigation/PipelineModel"),
        .target(
            name: "Evidence",
            dependencies: ["KubernetesModel", "MarkedYAML", "MetricsText", "PipelineModel"],
            path: "Sources/Investigation/Evidence"),
        .target(
            name: "Gathering",
            dependencies: [
                "CurlHTTP", "Evidence", "KubernetesAPI", "KubernetesModel", "MarkedYAML",
                "MetricsText", "NetworkProbes", "ObjectStore", "PipelineModel", "ReceiveFlags",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            path: "Sources/Investigation/Gathering"),
        .target(
            name: "Diagnosis",
            dependencies: ["Evidence", "KubernetesModel", "MarkedYAML", "PipelineModel"],
            path: "Sources/Investigation/Diagnosis"),
        .target(
            name: "ExternalChecks",
            dependencies: [
                "ChildProcess", "Diagnosis", "Evidence", "KubernetesModel", "LabelMatching",
                "MarkedYAML", "MetricsText", "PipelineModel",
            ],
            path: "Sources/Investigation/ExternalChecks"),
        .target(
            name: "CheckCatalogue",
            dependencies: [
                "Diagnosis", "Digests", "Evidence", "Hashrings", "KubernetesModel", "MarkedYAML",
                "MetricsText", "PipelineModel", "ReceiveFlags",
            ],
            path: "checks", plugins: ["CatalogueIndex"]),
        .target(
            name: "Reports",
            dependencies: ["Diagnosis", "Evidence", "KubernetesModel", "MarkedYAML"],
            path: "Sources/Investigation/Reports"),

        // MARK: Workbench
        .target(
            name: "HTTPServing",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            path: "Sources/Workbench/HTTPServing"),
        .target(
            name: "ThanosGRPC",
            dependencies: [
                "HTTPServing", "SnappyCodec", "TimeSeries",
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2", package: "grpc-swift-nio-transport"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            path: "Sources/Workbench/ThanosGRPC", exclude: ["Protos"]),
        .target(
            name: "TSDBStorage",
            dependencies: ["LabelMatching", "TSDBFormat", "TimeSeries"],
            path: "Sources/Workbench/TSDBStorage"),
        .target(
            name: "BlockShipping", dependencies: ["Digests", "ObjectStore", "TSDBFormat"],
            path: "Sources/Workbench/BlockShipping"),
        .target(
            name: "KubernetesEmulator", dependencies: ["HTTPServing", "MarkedYAML"],
            path: "Sources/Workbench/KubernetesEmulator"),
        .target(
            name: "ReferenceReceiver",
            dependencies: [
                "BlockShipping", "CurlHTTP", "Digests", "HTTPServing", "Hashrings",
                "LabelMatching", "MarkedYAML", "ObjectStore", "PromQL", "ReceiveFlags",
                "Relabelling", "RemoteWrite", "SnappyCodec", "TSDBFormat", "TSDBStorage",
                "ThanosGRPC", "TimeSeries",
            ],
            path: "Sources/Workbench/ReferenceReceiver"),
        .target(
            name: "IncidentLab",
            dependencies: [
                "CurlHTTP", "Diagnosis", "Evidence", "Gathering", "HTTPServing", "KubernetesAPI",
                "KubernetesEmulator", "KubernetesModel", "MarkedYAML", "NetworkProbes",
                "PipelineModel", "ReceiveFlags", "ReferenceReceiver", "RemoteWrite",
                "SnappyCodec", "TimeSeries",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Sources/Workbench/IncidentLab", exclude: ["incidents"],
            plugins: ["IncidentEmbedding"]),

        // MARK: CommandLine
        .target(
            name: "Commands",
            dependencies: [
                "CheckCatalogue", "ChildProcess", "CurlHTTP", "Diagnosis", "Evidence",
                "ExternalChecks", "Gathering", "Hashrings", "IncidentLab", "KubernetesAPI",
                "KubernetesModel", "LogSignatures", "MarkedYAML", "NetworkProbes",
                "PipelineModel", "ReceiveFlags", "ReferenceReceiver", "Reports",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/CommandLine/Commands"),
        .executableTarget(
            name: "thanosctl", dependencies: ["Commands"],
            path: "Sources/CommandLine/thanosctl"),

        // MARK: Tests
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .target(name: "LoopbackServer", path: "Tests/LoopbackServer"),
        .testTarget(name: "MarkedYAMLTests", dependencies: ["MarkedYAML"]),
        .testTarget(name: "KubernetesModelTests", dependencies: ["KubernetesModel", "MarkedYAML"]),
        .testTarget(name: "ReceiveFlagsTests", dependencies: ["ReceiveFlags"]),
        .testTarget(
            name: "HashringsTests",
            dependencies: ["Hashrings", "MarkedYAML", "TestSupport", "TimeSeries"]),
        .testTarget(name: "SnappyCodecTests", dependencies: ["SnappyCodec"]),
        .testTarget(
            name: "RemoteWriteTests", dependencies: ["RemoteWrite", "SnappyCodec", "TimeSeries"]),
        .testTarget(name: "DigestsTests", dependencies: ["Digests"]),
        .testTarget(name: "LogSignaturesTests", dependencies: ["LogSignatures"]),
        .testTarget(name: "MetricsTextTests", dependencies: ["MetricsText"]),
        .testTarget(name: "LabelMatchingTests", dependencies: ["LabelMatching", "TimeSeries"]),
        .testTarget(
            name: "RelabellingTests", dependencies: ["MarkedYAML", "Relabelling", "TimeSeries"]),
        .testTarget(
            name: "PromQLTests",
            dependencies: ["LabelMatching", "MarkedYAML", "PromQL", "TestSupport", "TimeSeries"]),
        .testTarget(
            name: "TSDBFormatTests",
            dependencies: ["SnappyCodec", "TSDBFormat", "TestSupport", "TimeSeries"]),
        .testTarget(
            name: "TSDBStorageTests",
            dependencies: [
                "LabelMatching", "SnappyCodec", "TSDBFormat", "TSDBStorage", "TestSupport",
                "TimeSeries",
            ]),
        .testTarget(
            name: "ThanosGRPCTests",
            dependencies: [
                "HTTPServing", "SnappyCodec", "ThanosGRPC", "TimeSeries",
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2", package: "grpc-swift-nio-transport"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ]),
        .target(name: "MotoServer", dependencies: ["CurlHTTP"], path: "Tests/MotoServer"),
        .testTarget(
            name: "ObjectStoreTests",
            dependencies: [
                "CurlHTTP", "LoopbackServer", "MarkedYAML", "MotoServer", "ObjectStore",
            ]),
        .testTarget(
            name: "BlockShippingTests",
            dependencies: [
                "BlockShipping", "CurlHTTP", "LoopbackServer", "MarkedYAML", "MotoServer",
                "ObjectStore", "TSDBFormat",
            ]),
        .testTarget(name: "CurlHTTPTests", dependencies: ["CurlHTTP", "LoopbackServer"]),
        .testTarget(
            name: "KubernetesAPITests",
            dependencies: ["CurlHTTP", "KubernetesAPI", "LoopbackServer", "MarkedYAML"]),
        .testTarget(
            name: "NetworkProbesTests",
            dependencies: ["CurlHTTP", "LoopbackServer", "NetworkProbes"]),
        .testTarget(
            name: "PipelineModelTests",
            dependencies: [
                "Hashrings", "KubernetesModel", "MarkedYAML", "PipelineModel", "ReceiveFlags",
            ]),
        .testTarget(
            name: "GatheringTests",
            dependencies: [
                "CurlHTTP", "Evidence", "Gathering", "KubernetesAPI", "KubernetesModel",
                "LoopbackServer", "MarkedYAML", "MetricsText", "MotoServer", "NetworkProbes",
                "ObjectStore", "PipelineModel",
            ]),
        .testTarget(
            name: "EvidenceTests",
            dependencies: ["Evidence", "KubernetesModel", "MetricsText", "TestSupport"]),
        .testTarget(
            name: "DiagnosisTests",
            dependencies: [
                "Diagnosis", "Evidence", "KubernetesModel", "MarkedYAML", "PipelineModel",
            ]),
        .testTarget(
            name: "CatalogueTests",
            dependencies: [
                "CheckCatalogue", "Diagnosis", "Evidence", "KubernetesModel", "LogSignatures",
                "MarkedYAML", "PipelineModel",
            ]),
        .testTarget(
            name: "ExternalChecksTests",
            dependencies: [
                "CheckCatalogue", "Diagnosis", "Evidence", "ExternalChecks", "LoopbackServer",
                "MarkedYAML", "TestSupport",
            ]),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "Diagnosis", "Evidence", "KubernetesModel", "MarkedYAML", "PipelineModel",
                "Reports",
                "TestSupport",
            ],
            exclude: ["Goldens"]),
        .testTarget(
            name: "HTTPServingTests",
            dependencies: [
                "HTTPServing",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        .testTarget(
            name: "KubernetesEmulatorTests",
            dependencies: ["HTTPServing", "KubernetesEmulator", "MarkedYAML"]),
        .testTarget(
            name: "ReferenceReceiverTests",
            dependencies: [
                "CurlHTTP", "HTTPServing", "Hashrings", "MarkedYAML", "ReceiveFlags",
                "ReferenceReceiver", "RemoteWrite", "SnappyCodec", "TestSupport", "TimeSeries",
            ]),
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "Hashrings", "LogSignatures", "MarkedYAML", "ReferenceReceiver", "RemoteWrite",
                "SnappyCodec", "TSDBFormat", "TestSupport", "TimeSeries",
            ]),
        .testTarget(
            name: "IncidentLabTests",
            dependencies: [
                "CheckCatalogue", "Diagnosis", "Evidence", "HTTPServing", "IncidentLab",
                "KubernetesModel", "LoopbackServer", "MarkedYAML", "PipelineModel",
            ]),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "CurlHTTP", "HTTPServing", "IncidentLab", "KubernetesEmulator", "LoopbackServer",
                "MarkedYAML", "RemoteWrite", "SnappyCodec", "TestSupport", "TimeSeries",
                "thanosctl",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Goldens"]),

        // MARK: Plug-ins
        .executableTarget(name: "index-catalogue", path: "Plugins/index-catalogue"),
        .plugin(
            name: "CatalogueIndex", capability: .buildTool(), dependencies: ["index-catalogue"],
            path: "Plugins/CatalogueIndex"),
        .plugin(
            name: "IncidentEmbedding", capability: .buildTool(),
            dependencies: ["index-catalogue"], path: "Plugins/IncidentEmbedding"),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .plugin && target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}
