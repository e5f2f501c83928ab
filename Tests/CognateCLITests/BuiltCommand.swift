import Foundation
import TestSupport

/// How a run of the command ended.
struct Outcome {
  var status: Int32
  var output: String
  var errors: String
}

/// Runs the command that was built beside the tests.
func cognate(_ arguments: String...) throws -> Outcome { try cognate(arguments) }

/// Runs the command that was built beside the tests, in a folder.
func cognate(_ arguments: [String], in folder: URL? = nil) throws -> Outcome {
  let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  let process = Process()
  process.executableURL = tests.deletingLastPathComponent().appendingPathComponent("cognate")
  process.arguments = arguments
  process.currentDirectoryURL = folder
  // Help is wrapped to the terminal's width, which must not depend on where the tests run.
  process.environment = ProcessInfo.processInfo.environment.merging(["COLUMNS": "80"]) { $1 }
  let scratch = try ScratchFolder()
  let (output, errors) = (try scratch.write("", to: "output"), try scratch.write("", to: "errors"))
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = try FileHandle(forWritingTo: output)
  process.standardError = try FileHandle(forWritingTo: errors)
  try process.run()
  process.waitUntilExit()
  return Outcome(
    status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
    errors: try String(contentsOf: errors, encoding: .utf8))
}
