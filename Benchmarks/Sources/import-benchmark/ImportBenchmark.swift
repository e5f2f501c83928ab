import Cognate
import CaseFile
import Foundation
import PlatformExports
import ProcessCost

/// Reads one export with its reader alone, or imports it into a fresh case, and prints what that cost.
///
///     import-benchmark FILE                reader only: records are counted and dropped
///     import-benchmark FILE --case DIR     the whole import, into a case that must not exist yet
///
/// Exit status: 0 done, 1 failed or incomplete, 2 usage.
@main
enum ImportBenchmark {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let file = arguments.first, !file.hasPrefix("-"),
      arguments.count == 1 || (arguments.count == 3 && arguments.dropFirst().first == "--case")
    else {
      complain("usage: import-benchmark FILE [--case DIR]")
      exit(2)
    }
    do {
      let source = URL(fileURLWithPath: file)
      let cpuBefore = ProcessCost.cpuSeconds()
      let records =
        arguments.count == 3
        ? try importWhole(source, into: URL(fileURLWithPath: arguments[arguments.endIndex - 1]))
        : try readOnly(source)
      let cpu = ProcessCost.cpuSeconds() - cpuBefore
      let bytes = try source.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
      guard let peak = ProcessCost.peakResidentBytes() else {
        throw BenchmarkFailure("/proc/self/status has no VmHWM; peak memory cannot be told")
      }
      let cost = Cost(
        bytes: bytes, records: records, cpuSeconds: cpu, megabytesPerSecond: Double(bytes) / 1e6 / cpu,
        peakBytes: peak)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      print(String(decoding: try encoder.encode(cost), as: UTF8.self))
    } catch {
      complain("\(error)")
      exit(1)
    }
  }

  /// Recognises the file and runs its readers; the rows that would be stored are counted instead.
  private static func readOnly(_ source: URL) throws -> Int {
    let plan = try ImportPlan(source, options: ReaderOptions())
    guard !plan.units.isEmpty else { throw BenchmarkFailure("\(source.path): no reader recognises it") }
    var records = 0
    for unit in plan.units {
      let writer = RecordWriter { records += $0.records.count }
      try plan.read(unit, into: writer)
      for line in writer.reconciliation where !line.agrees {
        throw BenchmarkFailure("\(source.path): the count of \(line.unit) does not agree: \(line)")
      }
      for lost in writer.setAside where lost.reason.isFault {
        throw BenchmarkFailure("\(source.path): \(lost.count) x \(lost.unit) \(lost.reason.explanation)")
      }
    }
    return records
  }

  private static func importWhole(_ source: URL, into folder: URL) throws -> Int {
    let opening = try CaseOpening(
      mode: .force, basis: "benchmark", purpose: "benchmark", reference: "benchmark", owner: "one",
      reviewer: "two", reviewBy: "2030-01-01", dpia: "benchmark")
    let made = try Case.create(at: folder, opening: opening)
    let report = try made.importSources(ImportRequest(paths: [source]))
    guard report.outcome == .complete else {
      throw BenchmarkFailure("\(source.path): not wholly imported: \(report)")
    }
    return report.sources.reduce(0) { $0 + $1.records }
  }

  private static func complain(_ text: String) {
    FileHandle.standardError.write(Data("import-benchmark: \(text)\n".utf8))
  }
}

/// What one run cost.
private struct Cost: Encodable {
  let bytes: Int
  let records: Int
  let cpuSeconds: Double
  let megabytesPerSecond: Double
  let peakBytes: Int

  enum CodingKeys: String, CodingKey {
    case bytes, records, cpuSeconds = "cpu_s", megabytesPerSecond = "mb_per_s", peakBytes = "peak_bytes"
  }
}

private struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
