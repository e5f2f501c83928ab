import Foundation
import TestSupport
import Testing

/// Printed output, compared with files; `COGNATE_RECORD=1` writes them anew.
@Suite struct GoldenTests {
  private func compare(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let expected = try GoldenFile.expected(name, for: text, beside: #filePath)
    #expect(text == expected, "\(name) differs:\n\(text)", sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    "demo", "new", "import", "mapping", "accounts", "clusters", "link", "why", "how", "judge", "undo",
    "serve",
    "resolve",
    "evaluate", "corpus", "audit", "audit log", "audit verify", "audit prove", "audit export",
    "audit witness",
    "audit timestamp", "erase", "who", "who add", "who list", "who passphrase", "who remove", "identify",
    "identify open", "identify propose", "identify corroborate", "identify age", "identify alert",
    "identify confirm", "identify reject", "identify withdraw", "identify list", "disclose", "disclose start",
    "disclose requester", "disclose review", "disclose decide", "disclose defer", "disclose refuse",
    "disclose decline", "disclose wish", "disclose notice", "disclose schedule", "disclose no-contact",
    "disclose deliver", "disclose acknowledge", "disclose close", "disclose error", "disclose correct",
    "disclose refer", "disclose report", "disclose pause", "disclose resume", "disclose event",
    "disclose told", "disclose calendar", "disclose list", "hold", "hold place", "hold lift", "hold list",
    "review",
    "style", "style compare", "style search", "style train", "style evaluate", "style report",
    "audit report", "export",
  ])
  func help(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try CommandRun(words + ["--help"])
    #expect(outcome.status == 0)
    try compare(outcome.output, "help-\(words.joined(separator: "-")).txt")
    // An example is pasted as it stands: the help wrapped none of its lines.
    checkExamples(outcome.output)
  }

  @Test func examplesOfTheHelpAsAWholeArePastable() throws {
    checkExamples(try CommandRun(["--help"]).output)
  }

  /// Each line of an example begins one or goes on with the one before.
  private func checkExamples(_ help: String) {
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    var isExample = false
    for (line, next) in zip(lines, lines.dropFirst()) {
      if line.hasPrefix("EXAMPLE") { isExample = true }
      if line.isEmpty { isExample = false }
      guard isExample, line.hasPrefix("  ") else { continue }
      #expect(
        line.hasSuffix("\\")
          ? next.hasPrefix("    ") : next.isEmpty || next.hasPrefix("  ") || next.hasPrefix("EX"),
        "\(line)\n\(next)")
    }
  }

  @Test func completions() throws {
    for shell in ["bash", "zsh", "fish"] {
      let outcome = try CommandRun("--generate-completion-script", shell)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("import"))
    }
  }

  /// A case with one link, one impostor and names that would move the cursor.
  @Test func reports() throws {
    let scratch = try ScratchFolder()
    func run(_ arguments: String...) throws -> String {
      let outcome = try CommandRun(arguments, in: scratch.url)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
      return "$ cognate \(arguments.joined(separator: " "))\n\(outcome.output)\n"
    }
    _ = try scratch.write(
      """
      {"id":"1","platform":"x","handle":"grim.reefer","name":"\\u001b]0;owned\\u0007","emails":["g@example.org"],"phones":["+447700900123"]}
      {"id":"2","platform":"telegram","handle":"quiet_otter_77","name":"left \\u202egnikat","emails":["g@example.org"],"ips":[{"ip":"192.0.2.7","port":50001,"at":"2026-01-01T10:00:00Z"}]}
      {"id":"3","platform":"instagram","handle":"gr1m.reefer","name":"zoë <b>"}
      {"id":"4","platform":"facebook","handle":"sian.whitlock","name":"Siân Whitlock","phones":["+447700900124"]}
      {"id":"5","platform":"snapchat","handle":"s1an.whitlock","name":"Siân Whitlock","phones":["07700 900124"]}

      """, to: "accounts.ndjson")
    var text = try run(
      "new", "t.cognate", "--mode", "charity", "--basis", "consent", "--purpose", "stalking", "--reference",
      "R/1",
      "--owner", "A", "--reviewer", "R", "--review-by", "2027-01-31", "--dpia", "D/7")
    text += try run("import", "t.cognate", "accounts.ndjson", "--protect", "facebook:sian.whitlock")
    text += try run("import", "t.cognate", "accounts.ndjson")
    text += try run("accounts", "t.cognate")
    text += try run("accounts", "t.cognate", "A1")
    text += try run("link", "t.cognate", "--no-style")
    text += try run("link", "t.cognate", "--no-style", "--json")
    text += try run("clusters", "t.cognate")
    text += try run("why", "t.cognate", "A1", "telegram:quiet_otter_77")
    text += try run("why", "t.cognate", "A4", "A5")
    text += try run("why", "t.cognate", "A4", "A5", "--json")
    text += try run("how", "t.cognate", "C1")
    text += try run("judge", "t.cognate", "A1", "A2", "different", "--reason", "seen at once")
    text += try run("link", "t.cognate", "--no-style")
    text += try run("undo", "t.cognate")
    text = text.replacing(#/"made_at":"[^"]*"/#, with: "\"made_at\":\"…\"")
    try compare(text, "reports.txt")
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }
}
