import Foundation

/// What libFuzzer calls, by way of `Main/main.c`.
///
/// `COGNATE_FUZZ_TARGET` names the harness: `readers` (the first byte selects the format), the id of one format,
/// `identifiers`, `json`, `archive`, `log`, `style` or `model`. With `COGNATE_FUZZ_SEEDS` set, the harness's seeds are
/// written to that folder and nothing is fuzzed.
nonisolated(unsafe) private var harness: any FuzzHarness = ReaderHarness(format: nil)

/// One property under fuzzing. `run` ends the process when the property does not hold.
protocol FuzzHarness {
  func run(_ input: UnsafeBufferPointer<UInt8>)
  func seeds() throws -> [[UInt8]]
}

/// The targets of `make fuzz`.
public let fuzzTargets = ["readers", "identifiers", "json", "archive", "log", "style", "model"]

private func chooseHarness(_ target: String) -> (any FuzzHarness)? {
  switch target {
  case "readers": ReaderHarness(format: nil)
  case "identifiers": IdentifierHarness()
  case "json": JSONHarness()
  case "archive": ArchiveHarness()
  case "log": LogHarness()
  case "style": StyleHarness()
  case "model": ModelHarness()
  default: ReaderHarness.formats.contains(target) ? ReaderHarness(format: target) : nil
  }
}

/// Runs what the fuzzer begins with, and each seed with one bit flipped and cut in the middle, without a fuzzer. Ends
/// the process when a property does not hold.
///
/// - Returns: how many seeds there were.
public func runSeeds(of target: String) throws -> Int {
  guard let harness = chooseHarness(target) else { return 0 }
  let seeds = try harness.seeds()
  for (number, seed) in seeds.enumerated() {
    var flipped = seed
    if !flipped.isEmpty { flipped[number &* 7919 % flipped.count] ^= 1 << UInt8(number % 8) }
    for input in [seed, flipped, Array(seed.prefix(seed.count / 2))] {
      input.withUnsafeBufferPointer { harness.run($0) }
    }
  }
  return seeds.count
}

/// Chooses the harness, or writes its seeds and leaves.
@_cdecl("cog_fuzz_start")
public func startFuzzing() {
  let environment = ProcessInfo.processInfo.environment
  let target = environment["COGNATE_FUZZ_TARGET"] ?? "readers"
  guard let chosen = chooseHarness(target) else {
    stop("no such target: \(target). Known: \(fuzzTargets.joined(separator: ", ")), \(ReaderHarness.formats)")
  }
  harness = chosen
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
