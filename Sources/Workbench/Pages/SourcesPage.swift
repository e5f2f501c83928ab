import Charts
import Cognate
import Foundation
import PlatformExports

/// What was imported, each source with its reconciliation, and what was set aside and why; and importing more.
enum SourcesPage {
  static func response(_ bench: Workbench) throws -> WorkbenchResponse {
    let sources = try bench.opened.sources()
    let body =
      sources.isEmpty
      ? "<p>Nothing was imported yet.</p>\n"
      : "<p>Of each unit a second count, taken by other means, must equal what was imported and what was set aside. <a href=\"#import\">Import more.</a></p>\n"
        + sources.map(html).joined()
    return try PageFrame.page(bench, .sources, title: "Sources", body: body + form(bench))
  }

  // MARK: - Importing

  private static func form(_ bench: Workbench) -> String {
    let orders = ReaderOptions.DateOrder.allCases.map {
      "<option value=\"\($0.rawValue)\">\($0.rawValue)</option>"
    }.joined()
    return "<h2 id=\"import\">Import</h2>\n"
      + PageFrame.form(
        bench, to: "/import",
        """
        <fieldset><legend>Files, folders and archives of this machine</legend>
        <label class="wide">Paths, one a line <textarea name="paths" required></textarea></label>
        <label class="wide">Accounts of victims and witnesses (<code>--protect</code>), one a line: <code>owner</code> for the owner of each export, else <code>platform:value</code> <textarea name="protect"></textarea></label>
        <label class="wide">Authorisation, for communications data (<code>--authorisation</code>) <input type="text" name="authorisation"></label>
        <details><summary>Where a source leaves something open: a refusal names the option</summary>
        <label class="wide">Order of day and month (<code>--date-order</code>) <select name="order"><option value="">as the source tells</option>\(orders)</select></label>
        <label class="wide">Zone of local times (<code>--time-zone</code>) <input type="text" name="zone" placeholder="Europe/London"></label>
        <label class="wide">Telephone number of the phone that a backup or chat came from (<code>--owner</code>) <input type="text" name="phone"></label>
        <label class="wide">Country of numbers without a country code (<code>--region</code>) <input type="text" name="region" value="GB" size="3"></label></details>
        <button>Import</button></fieldset>
        """)
      + "<p class=\"soft\">Formats are recognised by content; each source is stored whole or not at all, and once. A table needs a mapping of its columns: <code>cognate import --mapping</code>.</p>\n"
  }

  /// What a form asks for that cannot be done.
  struct Misfit: Error {
    let reason: String
  }

  /// What a form asks for.
  static func request(_ form: FormFields) throws(Misfit) -> ImportRequest {
    let paths = lines(form["paths"])
    if let path = paths.first(where: { !$0.hasPrefix("/") }) {
      throw Misfit(reason: "\(path) does not begin with /: give whole paths.")
    }
    if paths.isEmpty { throw Misfit(reason: "Name at least one file, folder or archive.") }
    var request = ImportRequest(paths: paths.map { URL(fileURLWithPath: $0) })
    request.protected = lines(form["protect"])
    if let text = request.protected.first(where: { $0 != "owner" && !$0.contains(":") }) {
      throw Misfit(reason: "\(text) is not written platform:value (or owner).")
    }
    request.authorisation = form["authorisation"]
    request.options.dateOrder = form["order"].flatMap(ReaderOptions.DateOrder.init)
    request.options.ownerPhone = form["phone"]
    if let zone = form["zone"] {
      guard ZonedClock.isZone(zone) else {
        throw Misfit(reason: "There is no time zone \(zone). Use a name such as Europe/London.")
      }
      request.options.timeZone = zone
    }
    if let region = form["region"] {
      guard ImportRequest.isRegion(region) else {
        throw Misfit(reason: "There is no country \(region). Use its two letters, such as GB or IE.")
      }
      request.options.defaultRegion = region
    }
    return request
  }

  private static func lines(_ text: String?) -> [String] {
    (text ?? "").split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  /// Which accounts became protected, as a sentence; nothing where none did.
  private static func protected(_ accounts: [String]) -> String {
    if accounts.isEmpty { return "" }
    let more = accounts.count > 20 ? " and \(accounts.count - 20) more" : ""
    return " Protected: \(accounts.prefix(20).joined(separator: ", "))\(more)."
  }

  /// What became of an import, in sentences.
  static func notices(_ report: ImportReport) -> [PageFrame.Notice] {
    var notices: [PageFrame.Notice] = report.sources.map { source in
      switch source.outcome {
      case .refused: .init(source.refusal ?? "\(source.name) was refused.", isWarning: true)
      case .alreadyImported:
        .init("\(source.name) was imported before: nothing was added.\(protected(source.protected))")
      case .imported:
        .init(
          "\(source.name): \(PageParts.count(source.records, "record")) of \(PageParts.count(source.accounts, "account")) imported; what was set aside stands under Sources.\(source.isPartial ? " Not all of it could be read." : "")\(protected(source.protected))",
          isWarning: source.isPartial)
      }
    }
    if !report.protected.isEmpty {
      notices.append(.init("Of earlier imports:\(protected(report.protected))"))
    }
    let warnings =
      report.sources.flatMap(\.warnings) + report.warnings + report.unread
      + report.refusedMembers.map { "Never read: \($0)" }
    notices += warnings.prefix(20).map { .init($0, isWarning: true) }
    if warnings.count > 20 { notices.append(.init("And \(warnings.count - 20) more.", isWarning: true)) }
    if !report.unrecognised.isEmpty {
      let more = report.unrecognised.count > 5 ? ", …" : ""
      notices.append(
        .init(
          "No reader recognised \(PageParts.count(report.unrecognised.count, "file")): \(report.unrecognised.prefix(5).joined(separator: ", "))\(more)"
        ))
    }
    if let why = report.stoppedBy {
      notices.append(.init("The import stopped before its end. \(why)", isWarning: true))
    }
    return notices
  }

  // MARK: - What is in

  private static func html(_ source: StoredSource) -> String {
    var html =
      "<h2 id=\"\(source.id)\">\(source.id) \(HTMLText.value(source.name))</h2>\n"
      + "<p>\(HTMLText.escape(source.format)), \(PageParts.count(source.bytes, "byte")), \(PageParts.count(source.accounts, "account")), imported \(HTMLText.escape(source.importedAt))\(source.authorisation.map { ", authorisation \(HTMLText.value($0))" } ?? "")<br><span class=\"code\">SHA-256 \(HTMLText.escape(source.sha256))</span></p>\n"
    if !source.counts.isEmpty {
      html +=
        PageParts.table(["unit", "#seen", "#imported", "#set aside", ""])
        + source.counts.map { count in
          "<tr><td>\(HTMLText.escape(count.unit))</td><td class=\"n\">\(count.seen.map(Figure.grouped) ?? "–")</td><td class=\"n\">\(Figure.grouped(count.imported))</td>"
            + "<td class=\"n\">\(Figure.grouped(count.setAside))</td><td>\(count.agrees ? "" : "<b>does not add up</b>")</td></tr>\n"
        }.joined() + PageParts.tableEnd
    }
    if !source.setAside.isEmpty {
      html +=
        PageParts.table(["set aside", "why", "#how many", "for example"], isWide: true)
        + source.setAside.map { one in
          "<tr><td>\(HTMLText.escape(one.unit))</td><td>\(one.isFault ? "<b>fault</b> " : "")\(HTMLText.escape(one.explanation))</td><td class=\"n\">\(Figure.grouped(one.count))</td>"
            + "<td class=\"place\">\(one.examples.prefix(3).map { HTMLText.value($0) }.joined(separator: "<br>"))</td></tr>\n"
        }.joined() + PageParts.tableEnd
    }
    if source.isWithheld {
      html +=
        "<p class=\"soft\">An account of this source was restricted or erased: remarks and examples, which may quote it, are not shown.</p>\n"
    }
    return html + source.notes.map { "<p class=\"soft\">\(HTMLText.escape($0, limit: 1_000))</p>\n" }.joined()
  }
}
