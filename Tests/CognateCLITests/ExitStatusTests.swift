import Foundation
import TestSupport
import Testing

/// The contract of the command line: exit statuses, data on standard output, messages on standard error.
@Suite struct ExitStatusTests {
  @Test func helpIsDone() throws {
    let help = try CommandRun("--help")
    #expect(help.status == 0)
    #expect(help.output.contains("EXIT STATUS"))
    #expect(help.errors.isEmpty)
  }

  @Test func unknownCommandIsUsage() throws {
    let outcome = try CommandRun("no-such-command")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(!outcome.errors.isEmpty)
  }

  @Test func aDomainThatTheModelDoesNotKnowIsUsage() throws {
    let scratch = try ScratchFolder()
    let text = try scratch.write("Well, I never said that, did I?\n", to: "text.txt")
    let outcome = try CommandRun("style", "compare", text.path, text.path, "--domain", "novels")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("only in: blogs, chat"))
  }

  @Test func missingCaseIsFailure() throws {
    let scratch = try ScratchFolder()
    let outcome = try CommandRun("accounts", scratch.url.path)
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("holds no case"))
  }

  @Test func refusedInputIsFour() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let chat = try scratch.write(
      "01/02/2026, 10:00 - Ann: one\n03/02/2026, 10:00 - Ben: two\n", to: "WhatsApp Chat with Ann.txt")
    let outcome = try CommandRun("import", place, chat.path)
    #expect(outcome.status == 4)
    #expect((outcome.output + outcome.errors).contains("--date-order"))
  }

  @Test func importedInPartIsFive() throws {
    let scratch = try ScratchFolder()
    let place = try CommandRun.newCase(in: scratch.url)
    let lines = try scratch.write(
      "{\"id\":\"a1\",\"platform\":\"x\",\"handle\":\"one_handle\"}\nthis is no JSON\n", to: "lines.ndjson")
    let outcome = try CommandRun("import", place, lines.path, "--json")
    #expect(outcome.status == 5)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect((report["sources"] as? [[String: Any]])?.count == 1)
  }
}
