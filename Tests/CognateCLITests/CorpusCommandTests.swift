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

  @Test(arguments: [
    ("demonstration", ["--accounts", "--disclosures", "--size"]), ("force", ["--accounts", "--size"]),
    ("accounts", ["--disclosures", "--size"]), ("posts", ["--disclosures"]), ("sms", ["--disclosures"]),
  ])
  func optionsThatMeanNothingAreNamed(kind: String, unused: [String]) throws {
    let scratch = try ScratchFolder()
    let run = try CommandRun(
      ["corpus", "generate", kind, "--accounts", "9", "--disclosures", "9", "--size", "9999", "-o", "."],
      in: scratch.url)
    #expect(run.status == 0)
    let warnings = unused.map { "Warning: \($0) means nothing for the kind \(kind), and was passed over.\n" }
    #expect(run.errors == warnings.joined())
    #expect(try CommandRun(["corpus", "generate", kind, "-o", "b"], in: scratch.url).errors.isEmpty)
  }
}
