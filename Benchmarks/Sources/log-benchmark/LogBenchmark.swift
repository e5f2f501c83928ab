import CaseFile
import Foundation
import ProcessCost
import TransparencyLog

/// The log of a case: appending in batches and one by one, proving, exporting and checking.
///
///     log-benchmark FOLDER [ENTRIES]
///
/// FOLDER must not exist, and lies on the disk that is measured: each operation is durable and signed before the next.
/// 10^6 entries when not said.
@main
enum LogBenchmark {
  static let batch = 10_000
  static let singles = 1_000
  static let proofs = 1_000

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1, let entries = Int(arguments.count > 2 ? arguments[2] : "1000000"), entries >= 1
    else {
      print("usage: log-benchmark FOLDER [ENTRIES]")
      exit(2)
    }
    let root = URL(fileURLWithPath: arguments[1])
    let place = root.appendingPathComponent("log.cognate")
    let opening = try CaseOpening(
      mode: .force, basis: "benchmark", purpose: "to measure the log", reference: "B/1", owner: "one",
      reviewer: "two", reviewBy: "2030-01-01", dpia: "none")
    let database = try CaseDatabase.create(at: place, opening: opening)
    func draft(_ number: Int) -> LogEntryDraft {
      LogEntryDraft(
        .consultation, "account", who: .systemUser, justification: "as the officer in the case asked",
        subjects: ["A\(number)"], details: ["query": "x:somebody_\(number)"])
    }
    try measure("append, \(batch) entries an operation", count: entries) {
      for first in stride(from: 0, to: entries, by: batch) {
        try database.operation { _, log in
          for number in first..<min(first + batch, entries) { try log.append(draft(number)) }
        }
      }
    }
    try measure("append, an entry an operation, durable and signed", count: singles) {
      for number in 0..<singles { _ = try database.operation { _, log in try log.append(draft(number)) } }
    }
    let log = try CaseLog(of: place)
    let size = try log.checkpoint().head.size
    try measure("prove an entry", count: proofs) {
      for number in 0..<proofs {
        _ = try log.proof(of: UInt64(number) &* 0x9E37_79B9_7F4A_7C15 % size)
      }
    }
    let copy = root.appendingPathComponent("export")
    try measure("export, without proofs", count: Int(size)) { try log.export(to: copy, withProofs: false) }
    try measure("verify the export", count: Int(size)) {
      let report = try LogVerifier(LogFolder(copy.path), key: log.key).verify()
      guard report.isSound else { throw NotSound(faults: report.faults) }
    }
    try measure("verify the case: payloads, rows and folder", count: Int(size)) {
      let report = try log.verify()
      guard report.isSound else { throw NotSound(faults: report.folder.faults + report.faults) }
    }
    let bytes =
      try FileManager.default.attributesOfItem(atPath: place.path + "/case.sqlite")[.size] as? Int ?? 0
    print(
      "case.sqlite: \(bytes / Int(size)) bytes an entry; peak \((ProcessCost.peakResidentBytes() ?? 0) >> 20) MiB"
    )
  }

  struct NotSound: Error { let faults: [LogVerifier.Fault] }

  private static func measure(_ what: String, count: Int, _ work: () throws -> Void) rethrows {
    let (cpu, start) = (ProcessCost.cpuSeconds(), Date())
    try work()
    let (used, passed) = (ProcessCost.cpuSeconds() - cpu, Date().timeIntervalSince(start))
    func text(_ value: Double) -> String { String(format: "%.3g", value) }
    print(
      "\(what): \(count) in \(text(used)) CPU s, \(text(passed)) s; \(text(Double(count) / used))/s of CPU, "
        + "\(text(Double(count) / passed))/s, \(text(1000 * used / Double(count))) ms CPU each")
    fflush(nil)
  }
}
