import Foundation
import TestSupport
import Testing

/// The contract of the command line: exit statuses, data on standard output, messages on standard error.
@Suite struct ExitStatusTests {
  private func newCase(in scratch: ScratchFolder) throws -> String {
    let place = scratch.url.appendingPathComponent("a.cognate").path
    let made = try cognate(
      "new", place, "--mode", "charity", "--basis", "consent", "--purpose", "stalking", "--reference", "R/1",
      "--owner", "A. Analyst", "--reviewer", "R. Reviewer", "--review-by", "2027-01-31", "--dpia", "DPIA/7")
    #expect(made.status == 0, "\(made.errors)")
    return place
  }

  @Test func helpIsDone() throws {
    let help = try cognate("--help")
    #expect(help.status == 0)
    #expect(help.output.contains("EXIT STATUS"))
    #expect(help.errors.isEmpty)
  }

  @Test func unknownCommandIsUsage() throws {
    let outcome = try cognate("no-such-command")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(!outcome.errors.isEmpty)
  }

  @Test func missingCaseIsFailure() throws {
    let scratch = try ScratchFolder()
    let outcome = try cognate("accounts", scratch.url.path)
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("holds no case"))
  }

  @Test func refusedInputIsFour() throws {
    let scratch = try ScratchFolder()
    let place = try newCase(in: scratch)
    let chat = try scratch.write(
      "01/02/2026, 10:00 - Ann: one\n03/02/2026, 10:00 - Ben: two\n", to: "WhatsApp Chat with Ann.txt")
    let outcome = try cognate("import", place, chat.path)
    #expect(outcome.status == 4)
    #expect((outcome.output + outcome.errors).contains("--date-order"))
  }

  @Test func importedInPartIsFive() throws {
    let scratch = try ScratchFolder()
    let place = try newCase(in: scratch)
    let lines = try scratch.write(
      "{\"id\":\"a1\",\"platform\":\"x\",\"handle\":\"one_handle\"}\nthis is no JSON\n", to: "lines.ndjson")
    let outcome = try cognate("import", place, lines.path, "--json")
    #expect(outcome.status == 5)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect((report["sources"] as? [[String: Any]])?.count == 1)
  }
}
