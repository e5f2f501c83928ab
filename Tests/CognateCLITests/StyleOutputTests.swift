import Foundation
import TestSupport
import Testing

/// What `cognate style` must not overwrite.
@Suite struct StyleOutputTests {
  private static let document = #"{"id":"a","author":"x","split":"test","side":"A","text":"one two"}"#

  @Test(
    arguments: [
      ["evaluate", "t.docs.ndjson", "t.pairs.tsv", "--scores", "t.pairs.tsv"],
      ["evaluate", "t.docs.ndjson", "t.pairs.tsv", "--ranks", "t.docs.ndjson"],
      ["evaluate", "t.docs.ndjson", "t.pairs.tsv", "--scores", "x.tsv", "--ranks", "x.tsv"],
      ["evaluate", "t.docs.ndjson", "t.pairs.tsv", "--scores", "/dev/stdout", "--json"],
      ["report", "t.docs.ndjson", "-o", "t.docs.ndjson"],
      ["report", "t.docs.ndjson", "-o", "t.pairs.tsv"],
      ["train", "--from", "built-in", "--calibrate", "x=t.docs.ndjson", "-o", "t.docs.ndjson"],
      ["train", "--background", "t.docs.ndjson", "-o", "t.docs.ndjson"],
      ["train", "--from", "own.model", "--calibrate", "x=t.docs.ndjson", "-o", "own.model"],
      ["train", "--from", "built-in", "--calibrate", "x=t.docs.ndjson", "-o", "/dev/stdout", "--json"],
      ["search", "t.docs.ndjson", "--model", "own.model", "-o", "own.model"],
    ])
  func inputsAreNotOverwritten(arguments: [String]) throws {
    let scratch = try ScratchFolder()
    let files = ["t.docs.ndjson": Self.document, "t.pairs.tsv": "test\ta\ta\t1", "own.model": "a model"]
    for (name, text) in files { _ = try scratch.write(text, to: name) }
    let outcome = try CommandRun(["style"] + arguments, in: scratch.url)
    #expect(outcome.status == 2, "\(outcome.all)")
    for (name, text) in files {
      #expect(
        try String(contentsOf: scratch.url.appendingPathComponent(name), encoding: .utf8) == text)
    }
  }

  @Test(
    arguments: [
      ["--from", "built-in", "--calibrate", "x=t.docs.ndjson", "--encoder", "built-in"],
      ["--from", "built-in", "--calibrate", "x=t.docs.ndjson", "--embedding", "none"],
      ["--from", "built-in", "--calibrate", "x=t.docs.ndjson", "--embedding-characters", "9"],
      ["--background", "t.docs.ndjson", "--embedding", "none", "--embedding-characters", "9"],
      ["--background", "t.docs.ndjson", "--encoder", "built-in", "--held-encoder", "built-in"],
    ])
  func whatTrainingWouldNotHeedIsRefused(arguments: [String]) throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.document, to: "t.docs.ndjson")
    let outcome = try CommandRun(["style", "train"] + arguments + ["-o", "t.model"], in: scratch.url)
    #expect(outcome.status == 2 && outcome.errors.contains("--e"), "\(outcome.all)")
  }

  /// They run for minutes, and said nothing.
  @Test(arguments: [
    ["evaluate", "t.docs.ndjson", "t.pairs.tsv"], ["report", "t.docs.ndjson", "-o", "page.html"],
    ["train", "--background", "t.docs.ndjson", "-o", "t.model"],
  ])
  func progressIsShownWhereItIsAskedFor(arguments: [String]) throws {
    let scratch = try ScratchFolder()
    let texts = (1...4).map { Self.document.replacing("\"a\"", with: "\"a\($0)\"") }
    _ = try scratch.write(
      texts.map { $0.replacing("\"test\"", with: "\"\(arguments[0] == "train" ? "fit" : "test")\"") }
        .joined(separator: "\n"), to: "t.docs.ndjson")
    _ = try scratch.write("test\ta1\ta2\t1\ntest\ta3\ta4\t0\n", to: "t.pairs.tsv")
    func errors(_ style: String) throws -> String {
      try CommandRun(["style"] + arguments + ["--progress", style], in: scratch.url).errors
    }
    let words = arguments[0] == "train" ? "measuring how authors write" : "reading documents"
    for (style, line) in [("plain", "\(words)\n"), ("json", "\(words)\"}\n")] {
      let shown = try errors(style)
      #expect(shown.contains(line), "\(shown)")
    }
    // No terminal is there.
    for style in ["auto", "none"] {
      let shown = try errors(style)
      #expect(!shown.contains(words), "\(shown)")
    }
  }

  @Test func whatCannotBeJudgedIsToldBeforeAnythingIsLearnt() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.document, to: "t.docs.ndjson")
    let lacking = try CommandRun(["style", "report", "t.docs.ndjson", "-o", "page.html"], in: scratch.url)
    #expect(lacking.status == 4 && lacking.errors.contains("t.pairs.tsv"))
    _ = try scratch.write("test\ta\ta\t1", to: "t.pairs.tsv")
    let one = try CommandRun(
      ["style", "evaluate", "t.docs.ndjson", "t.pairs.tsv", "--scores", "s.tsv"], in: scratch.url)
    #expect(one.status == 4 && one.errors.contains("t.pairs.tsv") && one.errors.contains("1 pair"))
    #expect(!FileManager.default.fileExists(atPath: scratch.url.appendingPathComponent("s.tsv").path))
  }

  @Test(arguments: [["--encoder", "none"], ["--embedding", "none"]])
  func aModelIsJudgedWithWhatItReadsBy(arguments: [String]) throws {
    let scratch = try ScratchFolder()
    _ = try scratch.write(Self.document, to: "t.docs.ndjson")
    _ = try scratch.write("test\ta\ta\t1", to: "t.pairs.tsv")
    let outcome = try CommandRun(
      ["style", "evaluate", "t.docs.ndjson", "t.pairs.tsv", "--model", "built-in"] + arguments,
      in: scratch.url)
    #expect(outcome.status == 2 && outcome.errors.contains("--model has its own"), "\(outcome.all)")
  }
}
