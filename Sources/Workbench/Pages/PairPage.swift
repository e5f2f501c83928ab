import AccountModel
import CaseFile
import Charts
import Cognate
import Linkage

/// Two accounts: what speaks for and against one controller, where it stands, and what a human decides.
enum PairPage {
  /// As many places of one item of evidence are listed.
  private static let mostPlaces = 20

  static func response(_ bench: Workbench, _ left: String, _ right: String) throws -> WorkbenchResponse {
    let pair: PairExplanation
    do {
      pair = try bench.opened.why(left, right)
    } catch CaseError.neverLinked {
      return try unlinked(bench, left, right)
    }
    let threshold = (try bench.opened.runSettings() ?? LinkageSettings()).threshold
    let together =
      pair.isInOneCluster
      ? "The last run has both in \(pair.left.cluster.map { "<a href=\"\(PageFrame.cluster($0))\">\($0)</a>" } ?? "one cluster")."
      : "The last run does not have them in one cluster."
    let body =
      PageFrame.changed(pair.changedSince)
      + "<p class=\"lead\">\(ClusterPage.account(pair.left, PageFrame.links))<br>\(ClusterPage.account(pair.right, PageFrame.links))</p>\n<p>\(together)</p>\n"
      + PairTable.reading(pair, threshold: threshold, places: mostPlaces)
      + (pair.evidence.isEmpty
        ? ""
        : "<p class=\"soft\">The dashed line is the threshold, log10 LR \(Figure.fixed(threshold, 2)).</p>\n")
      + "<p class=\"soft\">A likelihood ratio weighs this evidence under the two propositions, that \(pair.propositions.map { HTMLText.escape($0) }.joined(separator: ", and that ")). It is not a probability that they are the same.</p>\n"
      + judge(bench, pair.left, pair.right)
    return try PageFrame.page(bench, .overview, title: "\(pair.left.id) and \(pair.right.id)", body: body)
  }

  /// Before there is a run nothing speaks for or against; a human can decide all the same.
  private static func unlinked(_ bench: Workbench, _ left: String, _ right: String) throws
    -> WorkbenchResponse
  {
    let one = try bench.opened.account(left).account
    let other = try bench.opened.account(right).account
    guard one.id != other.id else { throw CaseError.invalid("Both are \(one.id): name two accounts.") }
    let body =
      "<p class=\"lead\">\(ClusterPage.account(one, PageFrame.links))<br>\(ClusterPage.account(other, PageFrame.links))</p>\n<p>The case was not linked yet: nothing was compared.</p>\n"
      + judge(bench, one, other)
    return try PageFrame.page(bench, .overview, title: "\(one.id) and \(other.id)", body: body)
  }

  private static func judge(_ bench: Workbench, _ left: AccountSummary, _ right: AccountSummary) -> String {
    let isProtected = left.isProtected || right.isProtected
    let choices = Judgement.allCases.map { one in
      let isRefused = one == .same && isProtected
      return
        "<label><input type=\"radio\" name=\"verdict\" value=\"\(one.rawValue)\" required\(isRefused ? " disabled" : "")> \(one.rawValue)</label>"
    }.joined(separator: "\n")
    let note =
      isProtected ? "<p class=\"soft\">One of them is protected: nothing may be joined to it.</p>\n" : ""
    return "<h2>Decide</h2>\n"
      + PageFrame.form(
        bench, to: "/judge",
        """
        <input type="hidden" name="left" value="\(left.id)"><input type="hidden" name="right" value="\(right.id)">
        <fieldset><legend>One controller?</legend>
        \(choices)
        <label class="wide">Why <textarea name="reason" required maxlength="4000"></textarea></label>
        \(note)<button>Record</button></fieldset>
        """)
      + "<p class=\"soft\">The next run respects it. It can be taken back, and stays on record.</p>\n"
  }
}
