import Foundation
import TestSupport
import Testing

/// The auditor's report on the terminal.
@Suite struct AuditReportTextTests {
  /// Codes come with what they stand for, and records that are set apart by name.
  @Test func codesAreExplained() throws {
    let scratch = try ScratchFolder()
    let made = try CommandRun(
      ["corpus", "generate", "force", "--disclosures", "300", "--seed", "3", "-o", "force"], in: scratch.url)
    #expect(made.status == 0, "\(made.all)")
    let report = try CommandRun(
      ["audit", "report", "--histories", "force/histories.ndjson"], in: scratch.url)
    for part in [
      "R05  court order", "R12  capacity or communication need", "  Victims’ Code, right 6  ",
      "  disclosure scheme (DVDS)  ", "as a line breaks them or was erased: CR/",
    ] {
      #expect(report.output.contains(part), "\(part) is not in:\n\(report.all)")
    }
  }
}
