import Foundation
import TestSupport
import Testing

/// What README.md and Docs/ show of the demonstration is what it prints.
@Suite struct DocumentedOutputTests {
  /// The indented lines behind the first line of a document that holds a text, up to the next that is not indented.
  private func block(after mark: String, in document: String) throws -> [String] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent(document)
    let lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(
      lines.firstIndex(where: { $0.contains(mark) }),
      "\(document) has no line of “\(mark)”")
    return lines[(start + 1)...].drop { $0.isEmpty }.prefix { $0.isEmpty || $0.hasPrefix("    ") }
      .filter { !$0.isEmpty }.map { String($0.dropFirst(4)) }
  }

  /// Expects lines to be printed in this order, others between them only where one says `…`; empty ones do not count.
  private func expect(
    _ shown: [String], in output: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let printed = output.split(separator: "\n")
    #expect(shown.count > 3, sourceLocation: sourceLocation)
    var place = 0
    var mayPassOver = true
    for line in shown {
      if line.trimmingCharacters(in: .whitespaces) == "…" {
        mayPassOver = true
        continue
      }
      let found = printed[place...].firstIndex { $0 == line }
      let next = try #require(found, "“\(line)” is not printed there", sourceLocation: sourceLocation)
      #expect(
        mayPassOver || next == place, "more is printed before “\(line)”", sourceLocation: sourceLocation)
      place = next + 1
      mayPassOver = false
    }
  }

  @Test func theDemonstration() throws {
    let scratch = try ScratchFolder()
    let demo = try CommandRun(["demo", "demo"], in: scratch.url)
    #expect(demo.status == 0, "\(demo.errors)")
    try expect(try block(after: "What it prints, shortened:", in: "README.md"), in: demo.output)
    let next = try #require(demo.output.split(separator: "\n").first { $0.hasPrefix("  cognate why ") })
    let proposed = try CommandRun(next.split(separator: " ").dropFirst().map(String.init), in: scratch.url)
    #expect(proposed.status == 0 && !proposed.output.contains("Nothing that was compared"), "\(next)")
    let why = try CommandRun(["why", "demo/demo.cognate", "A22", "A64"], in: scratch.url)
    try expect(try block(after: "why demo/demo.cognate A22 A64` shows", in: "README.md"), in: why.output)
    let cluster = try CommandRun(["clusters", "demo/demo.cognate", "C1"], in: scratch.url)
    try expect(
      try block(after: "cognate clusters case.cognate C1", in: "Docs/Disclosure.md"), in: cluster.output)
  }
}
