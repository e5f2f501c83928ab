import Foundation
import TestSupport
import Testing

/// `cognate corpus generate`.
@Suite struct CorpusCommandTests {
  /// The half of a file was left under its name, and the same command was refused then.
  @Test(arguments: [(SIGINT, "sms"), (SIGKILL, "posts")])
  func stoppingLeavesNothing(signal: Int32, kind: String) throws {
    let scratch = try ScratchFolder()
    let out = scratch.url.appendingPathComponent("out").path
    let run = try CommandRun(
      ["corpus", "generate", kind, "--size", "2000000000", "-o", "out"], in: scratch.url,
      signal: (signal, { _ in FileManager.default.fileExists(atPath: out) }))
    #expect(run.wasKilled || run.status == 130, "\(run.all)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: out).isEmpty)
    let again = try CommandRun(["corpus", "generate", kind, "--size", "20000", "-o", "out"], in: scratch.url)
    #expect(again.status == 0, "\(again.all)")
  }
}
