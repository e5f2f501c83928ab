// swift-tools-version: 6.1
import PackageDescription

/// With `COGNATE_CORE=1` only the engine is built: no database, no cryptography, no command line.
/// Sanitizer and fuzzing builds use it, as they need none of those.
let coreOnly = Context.environment["COGNATE_CORE"] != nil

/// With `COGNATE_FUZZ=1` the fuzz harnesses are built too; see `make fuzz`.
let withFuzzing = Context.environment["COGNATE_FUZZ"] != nil

/// With `COGNATE_TORTURE=1` the program that `make torture` kills and starves is built too.
let withTorture = Context.environment["COGNATE_TORTURE"] != nil

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Libraries of the system, named so that SwiftPM asks pkg-config where their headers are.
let systemTargets: [Target] = [
  .systemLibrary(
    name: "SystemLibXML2", path: "Sources/System/LibXML2", pkgConfig: "libxml-2.0",
    providers: [.apt(["libxml2-dev"])]),
  .systemLibrary(
    name: "SystemGMime", path: "Sources/System/GMime", pkgConfig: "gmime-3.0",
    providers: [.apt(["libgmime-3.0-dev"])]),
]

/// Our own thin C interface over each library; the library's headers appear only in .c and .cc files.
let shimTargets: [Target] = [
  .target(name: "CLibXML2", dependencies: ["SystemLibXML2"], linkerSettings: [.linkedLibrary("xml2")]),
  .target(name: "CArchive", linkerSettings: [.linkedLibrary("archive")]),
  .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
  .target(name: "CPhoneNumber", linkerSettings: [.linkedLibrary("phonenumber")]),
  .target(
    name: "CUnicode", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
  .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
  .target(name: "CMime", dependencies: ["SystemGMime"], linkerSettings: [.linkedLibrary("gmime-3.0")]),
  .target(name: "CMicroHTTP", linkerSettings: [.linkedLibrary("microhttpd")]),
  .target(name: "CArgon2", linkerSettings: [.linkedLibrary("argon2")]),
  .target(name: "CKernels"),
  .target(name: "CStyleKernels", dependencies: ["CKernels"]),
  .target(name: "CStyleModel", exclude: ["style.model", "provenance.txt"]),
]

let engineTargets: [Target] = [
  .target(name: "AccountModel", swiftSettings: strict),
  .target(name: "Columns", swiftSettings: strict),
  .target(
    name: "Identifiers", dependencies: ["AccountModel", "Columns", "CPhoneNumber", "CUnicode"],
    swiftSettings: strict),
  .target(
    name: "Configuration", dependencies: [.product(name: "TOMLKit", package: "TOMLKit")],
    swiftSettings: strict),
  .target(
    name: "PlatformExports",
    dependencies: [
      "AccountModel", "Columns", "CKernels", "CLibXML2", "CArchive", "CSQLite", "CSimdJSON", "CMime",
      "Configuration", "Identifiers",
    ],
    swiftSettings: strict),
  .target(
    name: "Linkage", dependencies: ["AccountModel", "CKernels", "Identifiers"], swiftSettings: strict),
  .target(
    name: "Stylometry",
    dependencies: ["AccountModel", "Columns", "CKernels", "CStyleKernels", "CStyleModel"],
    swiftSettings: strict),
  .target(name: "Charts", dependencies: ["Linkage"], swiftSettings: strict),
  .target(name: "FileOutput", swiftSettings: strict),
  .target(
    name: "RecordLinkage",
    dependencies: [
      "CKernels", "Charts", "Columns", "Configuration", "FileOutput", "Identifiers", "Linkage", "CSimdJSON",
      "Stylometry",
    ],
    swiftSettings: strict),
  .target(
    name: "Disclosure",
    dependencies: ["Columns", "Configuration"],
    resources: [
      .embedInCode("Data/bank-holidays.json"), .embedInCode("Data/support.toml"),
    ], swiftSettings: strict),
  .target(
    name: "CorpusKit", dependencies: ["AccountModel", "Columns", "CArchive", "Disclosure", "FileOutput"],
    swiftSettings: strict),
  .target(
    name: "StyleValidation",
    dependencies: [
      "AccountModel", "CArchive", "Charts", "Columns", "CorpusKit", "PlatformExports", "Stylometry",
    ],
    swiftSettings: strict),
]

let engineTests: [Target] = [
  .target(
    name: "TestSupport", dependencies: ["CArchive"], path: "Tests/TestSupport", swiftSettings: strict),
  .testTarget(name: "AccountModelTests", dependencies: ["AccountModel"], swiftSettings: strict),
  .testTarget(
    name: "ColumnsTests", dependencies: ["Columns", "CKernels", "TestSupport"], swiftSettings: strict),
  .testTarget(
    name: "IdentifiersTests", dependencies: ["AccountModel", "Identifiers", "TestSupport"],
    swiftSettings: strict),
  .testTarget(
    name: "PlatformExportsTests",
    dependencies: ["PlatformExports", "AccountModel", "CSQLite", "Identifiers", "TestSupport"],
    swiftSettings: strict),
  .testTarget(
    name: "LinkageTests", dependencies: ["Linkage", "AccountModel", "TestSupport"], swiftSettings: strict),
  .testTarget(
    name: "StylometryTests",
    dependencies: ["Stylometry", "AccountModel", "CKernels", "CStyleKernels", "TestSupport"],
    swiftSettings: strict),
  .testTarget(
    name: "StyleValidationTests", dependencies: ["StyleValidation", "Stylometry", "TestSupport"],
    swiftSettings: strict),
  .testTarget(name: "ChartsTests", dependencies: ["Charts"], swiftSettings: strict),
  .testTarget(
    name: "RecordLinkageTests", dependencies: ["RecordLinkage", "Linkage", "Stylometry", "TestSupport"],
    exclude: ["Golden"], swiftSettings: strict),
  .testTarget(
    name: "DisclosureTests", dependencies: ["Disclosure", "TestSupport"], swiftSettings: strict),
  .testTarget(
    name: "CorpusKitTests", dependencies: ["CorpusKit", "Disclosure", "TestSupport"], swiftSettings: strict),
]

/// The log's library needs cryptography, and is fuzzed too.
let logTarget: Target = .target(
  name: "TransparencyLog", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
  swiftSettings: strict)

let productTargets: [Target] = [
  logTarget,
  .testTarget(
    name: "TransparencyLogTests", dependencies: ["TransparencyLog", "TestSupport"], swiftSettings: strict),
  .target(
    name: "CaseFile",
    dependencies: [
      "AccountModel", "CArgon2", "Columns", "Disclosure", "FileOutput", "Identifiers", "Linkage",
      "TransparencyLog",
      .product(name: "Crypto", package: "swift-crypto"), .product(name: "GRDB", package: "GRDB.swift"),
      .product(name: "GRDBSQLite", package: "GRDB.swift"),
    ],
    swiftSettings: strict),
  .target(
    name: "Reports",
    dependencies: [
      "Charts", "Columns", "Disclosure", "FileOutput", "Linkage",
      .product(name: "Crypto", package: "swift-crypto"),
    ],
    swiftSettings: strict),
  .testTarget(
    name: "ReportsTests", dependencies: ["Reports", "Disclosure", "TestSupport"],
    exclude: ["Golden"], swiftSettings: strict),
  .target(
    name: "Cognate",
    dependencies: [
      "AccountModel", "Charts", "Columns", "Identifiers", "PlatformExports", "Linkage", "CaseFile",
      "Disclosure", "Reports", "Stylometry", "TransparencyLog",
      .product(name: "GRDB", package: "GRDB.swift"),
    ],
    swiftSettings: strict),
  .target(
    name: "Workbench",
    dependencies: [
      "AccountModel", "CMicroHTTP", "CaseFile", "Charts", "Cognate", "Linkage", "PlatformExports",
      "Stylometry",
      "TransparencyLog",
    ],
    // The database's library adds to strings and arrays what would be taken for Swift's own in a page.
    swiftSettings: strict + [.enableUpcomingFeature("MemberImportVisibility")]),
  .testTarget(
    name: "WorkbenchTests",
    dependencies: [
      "Workbench", "AccountModel", "CaseFile", "Cognate", "Disclosure", "Stylometry", "TestSupport",
    ], swiftSettings: strict),
  .executableTarget(
    name: "CognateCLI",
    dependencies: [
      "AccountModel", "CaseFile", "Charts", "Cognate", "CorpusKit", "Disclosure", "FileOutput", "Linkage",
      "PlatformExports", "RecordLinkage", "Reports", "StyleValidation", "Stylometry", "TransparencyLog",
      "Workbench",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    swiftSettings: strict),
  .testTarget(
    name: "CaseFileTests",
    dependencies: [
      "AccountModel", "CaseFile", "TestSupport", "TransparencyLog",
      .product(name: "GRDB", package: "GRDB.swift"),
    ],
    swiftSettings: strict),
  .testTarget(
    name: "CognateTests",
    dependencies: [
      "AccountModel", "CaseFile", "Cognate", "CorpusKit", "Disclosure", "Linkage", "PlatformExports",
      "Reports", "Stylometry", "TestSupport", "TransparencyLog",
      .product(name: "GRDB", package: "GRDB.swift"),
    ],
    swiftSettings: strict),
  .testTarget(
    name: "CognateCLITests",
    dependencies: [
      "CognateCLI", "CaseFile", "CorpusKit", "TestSupport", "TransparencyLog",
      .product(name: "Crypto", package: "swift-crypto"), .product(name: "GRDB", package: "GRDB.swift"),
    ],
    exclude: ["Golden"], swiftSettings: strict),
]

/// A library carries the modules whose types stand in its interface.
let engineLibraries: [Product] = [
  .library(name: "Columns", targets: ["Columns"]),
  .library(name: "Identifiers", targets: ["Identifiers", "AccountModel"]),
  .library(name: "PlatformExports", targets: ["PlatformExports", "AccountModel"]),
  .library(name: "Linkage", targets: ["Linkage", "AccountModel"]),
  .library(name: "RecordLinkage", targets: ["RecordLinkage"]),
  .library(name: "Stylometry", targets: ["Stylometry"]),
  .library(name: "Disclosure", targets: ["Disclosure"]),
]
let productLibraries: [Product] = [
  .library(name: "TransparencyLog", targets: ["TransparencyLog"]),
  .library(name: "Cognate", targets: ["Cognate", "CaseFile", "TransparencyLog"]),
  .executable(name: "cognate", targets: ["CognateCLI"]),
]

let fuzzHarness: Target = .target(
  name: "FuzzHarness",
  dependencies: [
    "AccountModel", "Columns", "Identifiers", "PlatformExports", "CorpusKit", "Stylometry", "TestSupport",
    "TransparencyLog",
  ],
  path: "Tests/Fuzz/Harness", swiftSettings: strict)
/// The fuzzer brings `main`, so the executable is a C target: SwiftPM renames the entry point of Swift ones.
let fuzzTargets: [Target] = [
  .executableTarget(name: "cognate-fuzz", dependencies: ["FuzzHarness"], path: "Tests/Fuzz/Main")
]
/// Keeps the harnesses compiling and their properties true between fuzzing runs.
let fuzzTests: [Target] = [
  .testTarget(
    name: "FuzzTests", dependencies: ["FuzzHarness"], path: "Tests/Fuzz/Seeds", swiftSettings: strict)
]

let tortureTargets: [Target] = [
  .executableTarget(
    name: "cognate-torture",
    dependencies: ["CaseFile", .product(name: "GRDB", package: "GRDB.swift")],
    path: "Tests/Torture/Worker", swiftSettings: strict)
]

let package = Package(
  name: "cognate",
  products: engineLibraries + (coreOnly ? [] : productLibraries),
  dependencies: [
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0")
  ]
    + (coreOnly && !withFuzzing
      ? [] : [.package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")])
    + (coreOnly
      ? []
      : [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
      ]),
  targets: systemTargets + shimTargets + engineTargets + engineTests + (coreOnly ? [] : productTargets)
    + (coreOnly ? [] : fuzzTests) + (withFuzzing || !coreOnly ? [fuzzHarness] : [])
    + (withFuzzing ? fuzzTargets + (coreOnly ? [logTarget] : []) : []) + (withTorture ? tortureTargets : []),
  cLanguageStandard: .c17,
  cxxLanguageStandard: .cxx17
)
