// swift-tools-version: 6.1
import PackageDescription

/// The benchmarks: a package of their own, so that nobody who uses Cognate builds them.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "cognate", path: "..")],
  targets: [
    .target(name: "ProcessCost"),
    .executableTarget(
      name: "import-benchmark",
      dependencies: [
        "ProcessCost", .product(name: "PlatformExports", package: "cognate"),
        .product(name: "Cognate", package: "cognate"),
      ]),
    .executableTarget(
      name: "micro-benchmark",
      dependencies: [
        "ProcessCost", .product(name: "PlatformExports", package: "cognate"),
        .product(name: "Identifiers", package: "cognate"),
      ]),
    .executableTarget(
      name: "component-benchmark",
      dependencies: ["ProcessCost", .product(name: "Linkage", package: "cognate")]),
    .executableTarget(
      name: "log-benchmark", dependencies: ["ProcessCost", .product(name: "Cognate", package: "cognate")]),
    .executableTarget(
      name: "name-benchmark",
      dependencies: ["ProcessCost", .product(name: "RecordLinkage", package: "cognate")]),
    .executableTarget(
      name: "style-benchmark",
      dependencies: ["ProcessCost", .product(name: "Stylometry", package: "cognate")]),
  ]
)
