import Charts
import Cognate
import Foundation

/// The accounts of the case, and one of them.
enum AccountPages {
  /// Accounts, or records, on one page.
  static let perPage = 200

  // MARK: - The list

  static func list(_ bench: Workbench, _ query: FormFields) throws -> WorkbenchResponse {
    let all = try bench.opened.accounts()
    let (text, platform, from) = (query["q"], query["platform"], query.number("from") ?? 0)
    let found = all.filter { account in
      (platform == nil || account.platform == platform)
        && (text.map { isFound($0.lowercased(), in: account) } ?? true)
    }
    let platforms = Set(all.map(\.platform)).sorted().map { name in
      "<option value=\"\(HTMLText.escape(name))\"\(name == platform ? " selected" : "")>\(HTMLText.escape(name))</option>"
    }.joined()
    // Clusters stand beside accounts, and are those of the last run.
    var html =
      all.contains { $0.cluster != nil } ? PageFrame.changed(try bench.opened.changesSinceRun()) : ""
    html += """
      <form method="get" action="/accounts"><label>find <input type="search" name="q" value="\(HTMLText.escape(text ?? ""))"></label>
      <label>on <select name="platform"><option value="">all platforms</option>\(platforms)</select></label> <button class="plain">Show</button></form>
      <p>\(PageParts.count(found.count, "account"))\(found.count == all.count ? "" : " of \(Figure.grouped(all.count))").</p>

      """
    html += PageParts.table(
      ["account", "platform", "name", "shows", "#records", "#sources", "cluster"], isWide: true)
    for account in found.dropFirst(from).prefix(perPage) {
      let marks =
        (account.isLocal ? " <span class=\"how\">named in one source only</span>" : "")
        + (account.isProtected ? " <b>protected</b>" : "")
      let number =
        account.isWithdrawn
        ? account.id : "<a href=\"\(PageFrame.account(account.id))\">\(account.id)</a>"
      html +=
        "<tr><td>\(number)</td><td>\(HTMLText.value(account.platform, limit: 40))</td>"
        + "<td class=\"name\">\(HTMLText.value(account.name, limit: 80))\(marks)</td><td>\(account.shown.map { HTMLText.value($0, limit: 80) } ?? "")</td>"
        + "<td class=\"n\">\(Figure.grouped(account.records))</td><td class=\"n\">\(Figure.grouped(account.sources))</td>"
        + "<td>\(account.cluster.map { "<a href=\"\(PageFrame.cluster($0))\">\($0)</a>" } ?? "")</td></tr>\n"
    }
    html += PageParts.tableEnd
    let kept = [("q", text), ("platform", platform)].compactMap { name, value in value.map { (name, $0) } }
    html += pages(to: "/accounts", kept, from: from, of: found.count)
    return try PageFrame.page(bench, .accounts, title: "Accounts", body: html)
  }

  private static func isFound(_ text: String, in account: AccountSummary) -> Bool {
    account.id.lowercased() == text || account.label.lowercased().contains(text)
      || account.cluster?.lowercased() == text
  }

  // MARK: - One account

  static func one(_ bench: Workbench, _ text: String, from: Int) throws -> WorkbenchResponse {
    let found = try bench.opened.examine(text, records: from, count: perPage)
    let account = found.detail.account
    let cluster =
      account.cluster.map { "in <a href=\"\(PageFrame.cluster($0))\">\($0)</a>" } ?? "in no cluster"
    var html =
      PageFrame.changed(found.changedSince)
      + "<p class=\"lead\">\(HTMLText.value(account.platform, limit: 40)): \(HTMLText.value(account.name, limit: 120))\(account.shown.map { " (\(HTMLText.value($0, limit: 120)))" } ?? "")\(account.isProtected ? " <b>protected</b>" : "")</p>\n"
      + "<p>\(PageParts.count(account.records, "record")) in \(PageParts.count(account.sources, "source")), \(cluster).\(account.isLocal ? " Its name means something in one source only." : "")</p>\n"
    html += "<h2>Compared with</h2>\n" + compared(found)
    html += """
      <form method="get" action="/compare"><input type="hidden" name="left" value="\(account.id)">
      <label>with any other <input type="text" name="right" required placeholder="A9 or platform:name"></label> <button class="plain">Why</button></form>

      """
    html += "<h2>Identifiers</h2>\n" + identifiers(found.detail.identifiers)
    html += "<h2>Records</h2>\n" + records(found, from: from)
    html += pages(to: PageFrame.account(account.id), [], from: from, of: found.recordCount)
    return try PageFrame.page(bench, .accounts, title: account.id, body: html)
  }

  private static func compared(_ found: ExaminedAccount) -> String {
    if !found.isLinked { return "<p>The case was not linked yet: nothing was compared.</p>\n" }
    if found.compared.isEmpty { return "<p>The last run compared it with no other account.</p>\n" }
    let weights = found.compared.map(\.log10LR)
    let scale = min(weights.min() ?? 0, 0)...max(weights.max() ?? 0, 0)
    var html =
      found.compared.count < found.comparedCount
      ? "<p>The \(Figure.grouped(found.compared.count)) of \(Figure.grouped(found.comparedCount)) that weigh most, for or against.</p>\n"
      : ""
    html += PageParts.table(["account", "#log10 LR", ".against 0 for", "in words", ""], isWide: true)
    let id = found.detail.account.id
    for one in found.compared.sorted(by: { $0.log10LR > $1.log10LR }) {
      html +=
        "<tr><td>\(ClusterPage.account(one.other, PageFrame.links))</td>\(ClusterPage.weight(one.log10LR))"
        + "<td class=\"plot\">\(RowBar.weight(one.log10LR, range: one.log10LR...one.log10LR, scale: scale))</td>"
        + "<td>\(ClusterPage.words(one.log10LR))</td><td><a href=\"\(PageFrame.pair(id, one.other.id))\">why</a></td></tr>\n"
    }
    return html + PageParts.tableEnd
  }

  private static func identifiers(_ identifiers: [IdentifierSummary]) -> String {
    if identifiers.isEmpty { return "<p>None but its name.</p>\n" }
    return PageParts.table(["kind", "value", "called", "says who", "#seen", "first place"], isWide: true)
      + identifiers.map { one in
        let written =
          one.written == one.canonical
          ? "" : " <span class=\"how\">written \(HTMLText.value(one.written, limit: 120))</span>"
        return
          "<tr><td>\(HTMLText.escape(one.kind))</td><td class=\"name\">\(HTMLText.value(one.canonical, limit: 120))\(written)</td><td>\(HTMLText.escape(one.label))</td>"
          + "<td>\(HTMLText.escape(one.assertion))</td><td class=\"n\">\(Figure.grouped(one.sightings))</td><td class=\"place\">\(HTMLText.value(one.source))</td></tr>\n"
      }.joined() + PageParts.tableEnd
  }

  private static func records(_ found: ExaminedAccount, from: Int) -> String {
    if found.records.isEmpty {
      return found.recordCount == 0
        ? "<p>The case holds none.</p>\n"
        : "<p>There are \(Figure.grouped(found.recordCount)), and none from here on.</p>\n"
    }
    var html =
      "<p>\(Figure.grouped(from + 1)) to \(Figure.grouped(from + found.records.count)) of \(Figure.grouped(found.recordCount)), in order of time. A time that does not say UTC is of a clock whose zone the source does not tell.</p>\n"
      + PageParts.table(["when", "what", "in or with", "text", "place"], isWide: true)
    for record in found.records {
      let with = [
        record.channel.map { HTMLText.value($0, limit: 120) },
        record.other.map { "<a href=\"\(PageFrame.account($0))\">\($0)</a>" },
      ].compactMap { $0 }.joined(separator: ", ")
      html +=
        "<tr><td class=\"whole\">\(record.at.map { HTMLText.escape($0) + (record.isUTC ? " UTC" : "") } ?? "–")</td><td>\(HTMLText.escape(record.kind))</td>"
        + "<td>\(with)</td><td class=\"text\">\(record.text.map { HTMLText.lines($0, limit: 2_000) } ?? "")</td><td class=\"place\">\(HTMLText.value(record.source))</td></tr>\n"
    }
    return html + PageParts.tableEnd
  }

  // MARK: - Pages of a list

  /// Links to the pages before and behind.
  private static func pages(
    to address: String, _ fields: [(String, String)], from: Int, of count: Int
  ) -> String {
    func link(_ from: Int, _ text: String) -> String {
      let query = (fields + [("from", "\(from)")]).map { name, value in
        "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
      }.joined(separator: "&amp;")
      return "<a href=\"\(address)?\(query)\">\(text)</a>"
    }
    var links: [String] = []
    if from > 0 { links.append(link(max(0, min(from, count) - perPage), "before")) }
    // Any number may stand in an address: what is added to is the smaller side.
    if from < count - perPage { links.append(link(from + perPage, "next")) }
    return links.isEmpty ? "" : "<p class=\"pages\">\(links.joined())</p>\n"
  }
}
