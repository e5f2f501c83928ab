import Foundation
import TestSupport
import Testing

/// `import --copy` that is stopped.
@Suite struct StoppedCopyTests {
  private static let thread =
    #"{"participants":[{"name":"A"},{"name":"B"}],"messages":[{"sender_name":"A","timestamp_ms":1767607200000,"content":"one"}],"title":"A","thread_path":"inbox/a_0"}"#

  /// Some of the files of a source had been copied, and the check said that the copy is not what was imported.
  @Test func whatWasNotCopiedWholeIsNoCopy() throws {
    let scratch = try ScratchFolder()
    func run(_ arguments: String..., signal: (Int32, when: (Double) -> Bool)? = nil) throws -> CommandRun {
      try CommandRun(arguments, in: scratch.url, signal: signal)
    }
    let made = try run(
      "new", "t.cognate", "--mode", "force", "--basis", "b", "--purpose", "p", "--reference", "R/1",
      "--owner", "O",
      "--reviewer", "V", "--review-by", "2099-01-31", "--dpia", "D/7")
    #expect(made.status == 0, "\(made.all)")
    let numbers = 0..<200
    for number in numbers {
      _ = try scratch.write(
        Self.thread.replacing("a_0", with: "a_\(number)") + String(repeating: " ", count: 200_000),
        to: "export/your_instagram_activity/messages/inbox/a_\(number)/message_1.json")
    }
    let sources = scratch.url.appendingPathComponent("t.cognate/sources").path
    let first = try run(
      "import", "t.cognate", "export", "--copy",
      signal: (SIGKILL, { _ in FileManager.default.fileExists(atPath: sources) }))
    #expect(first.wasKilled || first.status == 0, "\(first.all)")
    let checked = try run("audit", "verify", "t.cognate")
    #expect(checked.status == 0, "\(checked.all)")
    let again = try run("import", "t.cognate", "export", "--copy")
    #expect(again.status == 0, "\(again.all)")
    let copies = try FileManager.default.contentsOfDirectory(atPath: sources)
    #expect(copies.count == 1 && copies.allSatisfy { !$0.hasPrefix(".") })
    let files = try FileManager.default.subpathsOfDirectory(atPath: sources).filter { $0.hasSuffix(".json") }
    #expect(files.count == numbers.count)
  }
}
