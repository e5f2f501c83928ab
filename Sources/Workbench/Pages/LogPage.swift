import CaseFile
import Charts
import Cognate
import TransparencyLog

/// What was done with the case, the newest first, and whether the log holds.
enum LogPage {
  /// Entries on one page.
  private static let perPage = 200

  static func response(_ bench: Workbench, before end: Int?) throws -> WorkbenchResponse {
    let entries = try bench.opened.latestEntries(before: end.map(UInt64.init), count: perPage)
    return try PageFrame.page(
      bench, .log, title: "Log", body: verification(bench, "") + table(entries))
  }

  /// Checks the whole log, and says what came of it.
  static func verified(_ bench: Workbench) throws -> WorkbenchResponse {
    let entries = try bench.opened.latestEntries(count: perPage)
    let report = try CaseLog(of: bench.opened.database.folder).verify()
    return try PageFrame.page(
      bench, .log, title: "Log", body: verification(bench, text(report)) + table(entries))
  }

  private static func verification(_ bench: Workbench, _ outcome: String) -> String {
    outcome
      + PageFrame.form(
        bench, to: "/verify", "<button class=\"plain\">Check every entry against what was signed</button>")
      + "<p class=\"soft\">A log that only its holder signs proves nothing against the holder: <code>cognate audit verify --against</code> compares it with a checkpoint that was kept elsewhere.</p>\n"
  }

  private static func text(_ report: CaseLogReport) -> String {
    let head = report.folder.checkpoint
    var html =
      report.isSound
      ? "<p class=\"told\" role=\"status\"><b>Sound</b>: every file is what was signed. \(Figure.grouped(report.payloads)) of \(Figure.grouped(Int(report.stored))) stored entries say what their leaf commits to.</p>\n"
      : "<p class=\"warn\" role=\"status\"><b>Not sound</b>: \(PageParts.count(max(report.folder.faults.count + report.faults.count, 1), "fault")). Keep the folder as it is.</p>\n"
    if let head {
      html +=
        "<p class=\"code\">\(HTMLText.escape(head.origin)): \(Figure.grouped(Int(head.size))) \(head.size == 1 ? "entry" : "entries"), root \(HTMLText.escape(head.root.base64))</p>\n"
    }
    html += (report.folder.faults + report.faults).prefix(100).map {
      "<p class=\"warn\">\(HTMLText.escape($0.file)): \(HTMLText.escape($0.what))</p>\n"
    }.joined()
    return html + report.remarks.prefix(100).map { "<p class=\"soft\">\(HTMLText.escape($0))</p>\n" }.joined()
  }

  private static func table(_ entries: [LogEntry]) -> String {
    var html = PageParts.table(
      ["#entry", "when (UTC)", "who", "what", "about", "why"], isWide: true)
    for entry in entries {
      html +=
        "<tr><td class=\"n\">\(entry.index)</td><td class=\"whole\">\(HTMLText.escape(entry.at))</td><td>\(HTMLText.value(entry.actor, limit: 80))\(entry.payload?.who.isAuthenticated == false ? " (unproven)" : "")</td>"
        + "<td>\(entry.operation.rawValue): \(HTMLText.escape(entry.action))</td>"
      guard let payload = entry.payload else {
        html += "<td></td><td>erased by entry \(entry.erasedBy.map { "\($0)" } ?? "?")</td></tr>\n"
        continue
      }
      let shown = payload.subjects.prefix(12).map { HTMLText.escape($0) }.joined(separator: " ")
      let more = payload.subjects.count - 12
      html +=
        "<td>\(shown)\(more > 0 ? " and \(Figure.grouped(more)) more" : "")</td><td class=\"text\">\(HTMLText.value(payload.justification))\(payload.isDefaultJustification ? " <span class=\"how\">(the purpose of the case)</span>" : "")</td></tr>\n"
    }
    html += PageParts.tableEnd
    if let last = entries.last, last.index > 0 {
      html += "<p class=\"pages\"><a href=\"/log?before=\(last.index)\">before</a></p>\n"
    }
    return html
  }
}
