import CaseFile
import Foundation
import Glibc
import TestSupport
import Testing

/// Kills, and writes that fail: what was acknowledged is in the log, once, and the log verifies. `make torture` does the
/// same for longer, in one process that goes on after each failure.
@Suite(.serialized) struct LogTortureTests {
  private let scratch: ScratchFolder
  private let place: String

  init() throws {
    scratch = try ScratchFolder()
    place = try CommandRun.caseOfOneAccount(in: scratch)
  }

  /// The reasons in the log, each of which one command was given.
  private func reasons(_ place: String) throws -> [String] {
    try CaseLog(of: URL(fileURLWithPath: place)).entries().compactMap(\.payload?.justification)
      .filter { $0.hasPrefix("reason ") }
  }

  private func expectSound(_ place: String, _ context: String) throws {
    let outcome = try CommandRun("audit", "verify", place)
    #expect(outcome.status == 0, "\(context): \(outcome.all)")
  }

  @Test func nothingAcknowledgedIsLostByKills() throws {
    var acknowledged: [String] = []
    var killed = 0
    let start = Date()
    #expect(try CommandRun("accounts", place).status == 0)
    let duration = Date().timeIntervalSince(start)
    for number in 0..<24 {
      let reason = "reason \(number)"
      let after = duration * (Double(number % 12) + 0.5) / 12
      let run = try CommandRun(
        ["accounts", place, "--because", reason], signal: (SIGKILL, { $0 >= after }))
      if run.wasKilled { killed += 1 } else if run.status == 0 { acknowledged.append(reason) }
    }
    #expect(killed > 0)
    // The next command signs what a killed one had stored.
    #expect(try CommandRun("accounts", place).status == 0)
    let stored = try reasons(place)
    #expect(Set(stored).count == stored.count)
    #expect(Set(acknowledged).isSubset(of: stored))
    try expectSound(place, "after \(killed) kills")
  }

  /// A case that could not be made leaves nothing, so that the advice to run the command again holds.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")), arguments: ["write", "sync"])
  func aCaseThatCannotBeMadeLeavesNothing(kind: String) throws {
    let shim = try compiledShim()
    let (made, report) = (scratch.url.path + "/new.cognate", scratch.url.path + "/report")
    var (number, failures) = (1, 0)
    while true {
      let run = try CommandRun(
        CommandRun.newArguments(made),
        environment: [
          "LD_PRELOAD": shim, "FAIL_AT": "\(number)", "FAIL_MODE": "once", "FAIL_ERRNO": "28",
          "FAIL_KIND": kind, "FAIL_REPORT": report,
        ])
      let isThere = FileManager.default.fileExists(atPath: made)
      #expect(isThere == (run.status == 0), "\(kind) \(number): \(run.status) \(run.errors)")
      if run.status != 0 {
        failures += 1
        #expect(run.status == 1 && run.errors.contains(scratch.url.path), "\(kind) \(number): \(run.errors)")
      } else {
        try expectSound(made, "\(kind) \(number)")
        try FileManager.default.removeItem(atPath: made)
      }
      if try String(contentsOfFile: report, encoding: .utf8).hasSuffix(" 0\n") { break }
      number += 4
    }
    #expect(failures > 0)
  }

  /// Half a copy of a log would not verify, and an export that the log tells of and nobody received is said to be one.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")))
  func copiesAndExportsThatCannotBeWritten() throws {
    let shim = try compiledShim()
    #expect(try CommandRun("link", place).status == 0)
    func run(_ number: Int, _ arguments: String...) throws -> CommandRun {
      try CommandRun(
        arguments,
        environment: [
          "LD_PRELOAD": shim, "FAIL_AT": "\(number)", "FAIL_MODE": "once", "FAIL_ERRNO": "28",
          "FAIL_KIND": "write",
        ])
    }
    let (copy, file) = (scratch.url.path + "/copy", scratch.url.path + "/pairs.csv")
    var failedCopies = 0
    for number in stride(from: 1, through: 40, by: 3) {
      let outcome = try run(number, "audit", "export", place, copy)
      let isThere = FileManager.default.fileExists(atPath: copy)
      #expect(isThere == (outcome.status == 0), "\(number): \(outcome.all)")
      if outcome.errors.contains("copy of the log cannot be written") {
        failedCopies += 1
        #expect(outcome.status == 1 && outcome.errors.contains(copy), "\(number): \(outcome.all)")
      }
      if isThere { try FileManager.default.removeItem(atPath: copy) }
    }
    #expect(failedCopies > 0)
    var unreceived = 0
    for number in 1...60 where unreceived == 0 {
      let outcome = try run(number, "export", place, "--format", "csv", file)
      if outcome.errors.contains("which nobody received") {
        unreceived += 1
        #expect(outcome.status == 1 && outcome.errors.contains(file), "\(number): \(outcome.all)")
        #expect(!FileManager.default.fileExists(atPath: file))
      }
      try? FileManager.default.removeItem(atPath: file)
    }
    #expect(unreceived == 1)
    #expect(try CommandRun("accounts", place).status == 0)
    try expectSound(place, "after exports that failed")
  }

  /// Calls of one command that write a file or make it durable fail in turn: all of them once, and some of them in other
  /// ways.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")),
    arguments: [("once", "5", 2), ("after", "5", 3), ("on", "28", 5)])
  func nothingIsLostOrDoubledByFailingWrites(mode: String, error: String, step: Int) throws {
    let shim = try compiledShim()
    let (copy, report) = (scratch.url.appendingPathComponent("f.cognate"), scratch.url.path + "/report")
    var number = 1
    while true {
      try? FileManager.default.removeItem(at: copy)
      try FileManager.default.copyItem(atPath: place, toPath: copy.path)
      let reason = "reason \(number)"
      let run = try CommandRun(
        ["accounts", copy.path, "--because", reason],
        environment: [
          "LD_PRELOAD": shim, "FAIL_AT": "\(number)", "FAIL_MODE": mode, "FAIL_ERRNO": error,
          "FAIL_REPORT": report,
        ])
      let context = "call \(number) (\(mode)): \(run.all)"
      // Whoever opens the case next finishes what was under way.
      _ = try CaseDatabase.open(copy)
      let stored = try reasons(copy.path)
      if run.status == 0 {
        #expect(stored == [reason], "\(context)")
      } else {
        #expect(!run.errors.isEmpty, "\(context)")
        if !run.errors.contains("cannot be told") { #expect(stored.isEmpty, "\(context)") }
      }
      let checked = try CaseLog(of: copy).verify()
      #expect(
        checked.isSound && checked.unsigned == 0, "\(context): \(checked.folder.faults) \(checked.faults)")
      if try String(contentsOfFile: report, encoding: .utf8).hasSuffix(" 0\n") { break }
      number += step
    }
    // The write-ahead log, its sync, tiles and checkpoints: far fewer would mean that calls are not seen.
    #expect(number > 12)
  }

  private func compiledShim() throws -> String {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Torture/fail-nth.c").path
    let shim = scratch.url.appendingPathComponent("fail-nth.so").path
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/cc")
    compiler.arguments = ["-O1", "-shared", "-fPIC", "-o", shim, source, "-ldl"]
    try compiler.run()
    compiler.waitUntilExit()
    #expect(compiler.terminationStatus == 0)
    return shim
  }
}
