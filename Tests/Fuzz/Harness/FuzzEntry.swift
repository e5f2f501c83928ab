import Foundation

/// What libFuzzer calls, by way of `Main/main.c`.
///
/// `COGNATE_FUZZ_TARGET` names the harness: `readers` (the first byte selects the format), the id of one format,
/// `identifiers`, `json`, `archive` or `log`. With `COGNATE_FUZZ_SEEDS` set, the harness's seeds are written to that
/// folder and nothing is fuzzed.
nonisolated(unsafe) private var harness: any FuzzHarness = ReaderHarness(format: nil)

/// One property under fuzzing. `run` ends the process when the property does not hold.
protocol FuzzHarness {
  func run(_ input: UnsafeBufferPointer<UInt8>)
  func seeds() throws -> [[UInt8]]
}

/// Chooses the harness, or writes its seeds and leaves.
@_cdecl("cog_fuzz_start")
public func startFuzzing() {
  let environment = ProcessInfo.processInfo.environment
  let target = environment["COGNATE_FUZZ_TARGET"] ?? "readers"
  switch target {
  case "readers": harness = ReaderHarness(format: nil)
  case "identifiers": harness = IdentifierHarness()
  case "json": harness = JSONHarness()
  case "archive": harness = ArchiveHarness()
  case "log": harness = LogHarness()
  default:
    guard ReaderHarness.formats.contains(target) else {
      stop(
        "no such target: \(target). Known: readers, identifiers, json, archive, log, \(ReaderHarness.formats)"
      )
    }
    harness = ReaderHarness(format: target)
  }
  guard let folder = environment["COGNATE_FUZZ_SEEDS"] else { return }
  do {
    let seeds = try harness.seeds()
    for (number, seed) in seeds.enumerated() {
      try Data(seed).write(to: URL(fileURLWithPath: folder).appendingPathComponent("seed-\(number)"))
    }
    print("\(target): \(seeds.count) seeds")
    exit(0)
  } catch {
    stop("the seeds cannot be written: \(error)")
  }
}

/// Runs one input.
@_cdecl("cog_fuzz_one")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) {
  harness.run(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : count))
}

/// Ends the process with a message, so that the fuzzer keeps the input.
func stop(_ message: @autoclosure () -> String) -> Never {
  FileHandle.standardError.write(Data("FUZZ: \(message())\n".utf8))
  abort()
}

/// Ends the process unless a property holds.
func demand(_ holds: Bool, _ message: @autoclosure () -> String) {
  if !holds { stop(message()) }
}
