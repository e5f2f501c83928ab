import Foundation
import Glibc
import TestSupport
import Testing

/// One run of the command that was built beside the tests.
struct CommandRun {
  /// Exit status; the signal's number when `wasKilled`.
  var status: Int32
  var wasKilled: Bool
  var output: String
  var errors: String
  /// Peak resident memory in MiB, as last seen before the end.
  var peakMemory: Int

  /// Both streams.
  var all: String { output + errors }

  /// Runs the command to its end.
  ///
  /// - Parameters:
  ///   - folder: where it runs; here when nil.
  ///   - asNobody: run without the rights of root, which nothing stops from writing.
  ///   - environment: variables besides those of the tests.
  ///   - signal: a signal to send once, and when, by the seconds since the start.
  init(
    _ arguments: [String], in folder: URL? = nil, asNobody: Bool = false,
    environment: [String: String] = [:], signal: (Int32, when: (Double) -> Bool)? = nil
  ) throws {
    let command = Self.command
    let process = Process()
    process.executableURL = asNobody ? Self.setpriv : command
    process.arguments =
      (asNobody ? ["--reuid", "65534", "--clear-groups", "--", command.path] : []) + arguments
    process.currentDirectoryURL = folder
    // Help is wrapped to the terminal's width, which must not depend on where the tests run.
    process.environment = ProcessInfo.processInfo.environment.merging(["COLUMNS": "80"]) { $1 }
      .merging(environment) { $1 }
    let scratch = try ScratchFolder()
    let (output, errors) = (try scratch.write("", to: "output"), try scratch.write("", to: "errors"))
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    let start = Date()
    try process.run()
    var peak = 0
    var isSignalled = false
    while process.isRunning {
      peak = max(peak, Self.peak(of: process.processIdentifier))
      if let signal, !isSignalled, signal.when(Date().timeIntervalSince(start)) {
        kill(process.processIdentifier, signal.0)
        isSignalled = true
      }
      usleep(2000)
    }
    process.waitUntilExit()
    status = process.terminationStatus
    wasKilled = process.terminationReason == .uncaughtSignal
    self.output = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    self.errors = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
    peakMemory = peak >> 10
  }

  init(_ arguments: String...) throws { try self.init(arguments) }

  /// Peak resident KiB of a running process; 0 when it has ended.
  private static func peak(of process: Int32) -> Int {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return 0 }
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }

  /// The command.
  static let command = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("cognate")

  private static let setpriv = URL(fileURLWithPath: "/usr/bin/setpriv")

  /// Whether `asNobody` works here.
  static let canRunAsNobody = geteuid() == 0 && access(setpriv.path, X_OK) == 0

  /// Makes a case.
  static func newCase(in folder: URL, named name: String = "a.cognate") throws -> String {
    let place = folder.appendingPathComponent(name).path
    let made = try CommandRun(newArguments(place))
    #expect(made.status == 0, "\(made.errors)")
    return place
  }

  /// Makes a case that holds one account.
  static func caseOfOneAccount(in scratch: ScratchFolder) throws -> String {
    let place = try newCase(in: scratch.url)
    let file = try scratch.write(
      #"{"id":"a1","platform":"x","handle":"grim.reefer","emails":["g@example.org"]}"# + "\n",
      to: "a.ndjson")
    #expect(try CommandRun("import", place, file.path).status == 0)
    return place
  }

  /// What makes a case at a place.
  static func newArguments(_ place: String) -> [String] {
    [
      "new", place, "--mode", "charity", "--basis", "consent", "--purpose", "stalking", "--reference", "R/1",
      "--owner", "A. Analyst", "--reviewer", "R. Reviewer", "--review-by", "2027-01-31", "--dpia", "DPIA/7",
    ]
  }
}
