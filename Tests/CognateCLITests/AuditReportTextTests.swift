import Foundation
import TestSupport
import Testing

/// The auditor's report on the terminal.
@Suite struct AuditReportTextTests {
  /// One line that was written while a clock was ahead kept everybody from any report.
  @Test func aClockThatWasAheadKeepsNobodyFromReporting() throws {
    let scratch = try ScratchFolder()
    func histories(_ header: String) throws -> String {
      try scratch.write(
        """
        {"histories":1\(header)}
        {"case":"CR/1","id":"D1","unit":"North","authority":"force","rules":"proposal-2026-11","is_enhanced":false,"basis":{"id":"I1"},"entries":[{"action":"requester","state":"not-due","time":4070908800,"recorded_at":4070908800,"who":"a","is_logged":true}]}

        """, to: "h.ndjson"
      ).path
    }
    let report = try CommandRun("audit", "report", "--histories", try histories(""))
    #expect(report.status == 0 && report.output.contains("1 disclosure in 1 case"), "\(report.all)")
    #expect(report.errors.contains("lines of CR/1 D1 are dated after now"))
    let written = try CommandRun("audit", "report", "--histories", try histories(",\"as_at\":1793610000"))
    #expect(written.status == 1 && written.errors.contains("as_at of the histories"), "\(written.all)")
    let named = try CommandRun(
      "audit", "report", "--histories", try histories(""), "--at", "2026-11-28T09:00:00Z")
    #expect(named.status == 2, "\(named.all)")
  }

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
