import AccountModel
import Charts
import Cognate

/// What people decided about pairs of accounts, and taking the latest back.
enum JudgementsPage {
  static func response(_ bench: Workbench) throws -> WorkbenchResponse {
    let judgements = try bench.opened.judgements()
    var html =
      judgements.isEmpty
      ? "<p>Nothing was decided yet. The page of a pair has a form for it.</p>\n"
      : PageParts.table(
        ["pair", "account", "and", "judged", "because", "at (UTC)", "taken back"], isWide: true)
        + judgements.reversed().map(row).joined() + PageParts.tableEnd
    if let standing = judgements.last(where: { $0.undoneAt == nil }) {
      let latest = standing.judgement
      // By its number: another may have been recorded, or taken back, since the page was made.
      html += PageFrame.form(
        bench, to: "/undo",
        "<input type=\"hidden\" name=\"judgement\" value=\"\(standing.number)\"><button class=\"plain\">Take back the latest: \(latest.left.id) and \(latest.right.id) \(latest.verdict.rawValue)</button>"
      )
    }
    return try PageFrame.page(bench, .judgements, title: "Judgements", body: html)
  }

  private static func row(_ one: JudgementOnRecord) -> String {
    let judged = one.judgement
    return
      "<tr><td class=\"whole\"><a href=\"\(PageFrame.pair(judged.left.id, judged.right.id))\">why</a></td><td>\(ClusterPage.account(judged.left, PageFrame.links))</td>"
      + "<td>\(ClusterPage.account(judged.right, PageFrame.links))</td><td><b>\(judged.verdict.rawValue)</b></td><td>\(HTMLText.lines(judged.reason, limit: 1_000))</td>"
      + "<td class=\"whole\">\(HTMLText.escape(judged.madeAt))</td><td class=\"whole\">\(one.undoneAt.map { HTMLText.escape($0) } ?? "")</td></tr>\n"
  }
}
