import CaseFile
import Charts
import Cognate
import Foundation

/// What every page has around it.
enum PageFrame {
  /// What is said at the head of a page once.
  struct Notice {
    var text: String
    var isWarning: Bool

    init(_ text: String, isWarning: Bool = false) {
      self.text = text
      self.isWarning = isWarning
    }
  }

  /// The parts of the workbench, in the order of work.
  enum Part: String, CaseIterable {
    case overview = "/"
    case accounts = "/accounts"
    case sources = "/sources"
    case judgements = "/judgements"
    case disclosure = "/disclosure"
    case log = "/log"

    var title: String {
      switch self {
      case .overview: "Clusters"
      case .accounts: "Accounts"
      case .sources: "Sources"
      case .judgements: "Judgements"
      case .disclosure: "Disclosure"
      case .log: "Log"
      }
    }
  }

  /// Links of a page of the workbench.
  static let links = PageLinks(
    pair: { pair($0, $1) }, account: { id, text in "<a href=\"\(account(id))\">\(text)</a>" },
    anyPair: "the page of an account leads to any other.", heading: "h2")

  /// The address of an account's page.
  static func account(_ id: String) -> String { "/accounts/\(encoded(id))" }

  /// The address of a pair's page.
  static func pair(_ left: String, _ right: String) -> String { "/pairs/\(encoded(left))/\(encoded(right))" }

  /// The address of a cluster's page.
  static func cluster(_ id: String) -> String { "/clusters/\(encoded(id))" }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }

  /// A page of a case.
  ///
  /// - Parameters:
  ///   - title: not escaped yet.
  ///   - body: HTML.
  static func page(
    _ bench: Workbench, _ part: Part?, title: String, refresh: String? = nil, status: Int = 200, body: String
  ) throws -> WorkbenchResponse {
    let opening = try bench.opened.opening()
    let who = bench.opened.actor
    let place = "Case \(HTMLText.value(opening.reference, limit: 80)) (\(opening.mode.rawValue))"
    let name = "\(HTMLText.value(who.name, limit: 80))\(who.isAuthenticated ? "" : " (unproven)")"
    let nav = Part.allCases.map { one in
      let mark = one == part ? " aria-current=\"page\"" : ""
      return "<a href=\"\(one.rawValue)\"\(mark)>\(one.title)</a>"
    }.joined(separator: " ")
    let notices = bench.takeNotices().map {
      "<p class=\"\($0.isWarning ? "warn" : "told")\" role=\"status\">\(HTMLText.escape($0.text, limit: 2_000))</p>\n"
    }.joined()
    let html = bare(
      title: "\(title) · \(opening.reference)", refresh: refresh,
      body: """
        <header><p class="case">\(place), \(HTMLText.value(opening.purpose, limit: 120)) <span>\(name)</span></p>
        <nav aria-label="Parts of the case">\(nav)</nav></header>
        <main>\(notices)<h1>\(HTMLText.escape(title, limit: 200))</h1>
        \(body)</main>
        <footer>Investigative lead. A human decides. What is looked at here stands in the log of the case.</footer>

        """)
    return WorkbenchResponse(html, status: status)
  }

  /// A page without the case.
  static func bare(title: String, refresh: String? = nil, body: String) -> String {
    let again = refresh.map { "<meta http-equiv=\"refresh\" content=\"\($0)\">" } ?? ""
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">\(again)
      <title>\(HTMLText.plain(title, limit: 160))</title>
      <style>\(PageStyle.sheet)\(LinkGraph.style)\(ClusterPage.style)\(style)</style></head><body>
      \(body)</body></html>

      """
  }

  private static let style = """

    .case{color:var(--soft);margin:0;max-width:none;display:flex;flex-wrap:wrap;gap:0 .4rem}.case span{margin-left:auto}
    header nav{margin:.4rem 0 1rem;padding-bottom:.5rem;border-bottom:1px solid var(--rule)}
    nav a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
    .told{border-left:4px solid var(--series2);padding-left:.7rem}
    form{margin:.6rem 0}fieldset{border:1px solid var(--rule);border-radius:.5rem;padding:.6rem .8rem;margin:0;max-width:46rem}
    legend{font-weight:600;padding:0 .3rem}label{margin-right:1.2rem;white-space:nowrap}label.wide{display:block;margin:.5rem 0;white-space:normal}
    input[type=text],input[type=number],input[type=search],select,textarea{font:inherit;color:var(--ink);background:var(--paper);
    border:1px solid var(--soft);border-radius:.3rem;padding:.25rem .4rem;max-width:100%}textarea{width:100%;min-height:4rem;display:block;margin-top:.2rem}
    button{font:inherit;color:var(--paper);background:var(--for);border:0;border-radius:.3rem;padding:.35rem .9rem;cursor:pointer}
    button.plain{color:var(--ink);background:var(--track)}a:focus-visible,button:focus-visible,input:focus-visible,textarea:focus-visible{outline:3px solid var(--cut);outline-offset:2px}
    td.text{min-width:14rem;max-width:34rem;overflow-wrap:anywhere}td.place{min-width:8rem;max-width:18rem;font-size:.85rem;overflow-wrap:anywhere}
    @media print{form,header nav,.pages{display:none}td.place{font-size:7.5pt}}
    .pages a{margin-right:1rem}details{margin:.4rem 0}summary{cursor:pointer}
    """

  /// A form that changes something; holds what shows that it is one of the workbench.
  static func form(_ bench: Workbench, to address: String, _ fields: String) -> String {
    "<form method=\"post\" action=\"\(address)\"><input type=\"hidden\" name=\"form\" value=\"\(bench.gate.formToken)\">\(fields)</form>\n"
  }

  /// What was done since the last run, as a warning; nothing when it stands.
  static func changed(_ changes: [RunChange]?) -> String {
    guard let changes, !changes.isEmpty else { return "" }
    let shown = changes.prefix(5).map { HTMLText.escape($0.statement) }.joined(separator: "; ")
    let more = changes.count > 5 ? "; and \(PageParts.count(changes.count - 5, "change")) more" : ""
    return
      "<p class=\"warn\">This is of the last run, and since then \(shown)\(more). <a href=\"/#link\">Link the case again.</a></p>\n"
  }
}

/// A page that says why there is no other.
enum ProblemPage {
  /// - Parameter log: whether to lead to the log as well, which some may read who may not read the content.
  static func response(_ reason: String, status: Int, log: Bool = false) -> WorkbenchResponse {
    WorkbenchResponse(
      PageFrame.bare(
        title: "Cognate",
        body:
          "<main><h1>This cannot be done</h1>\n<p class=\"warn\">\(HTMLText.escape(reason, limit: 2_000))</p>\n<p><a href=\"/\">To the case</a>\(log ? ", or to <a href=\"/log\">its log</a>" : "")</p></main>\n"
      ),
      status: status)
  }
}
