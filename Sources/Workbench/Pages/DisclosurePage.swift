import Charts
import Cognate

/// How far identifications and disclosures have come, and what is due; steps are taken by commands, which two people sign.
enum DisclosurePage {
  static func response(_ bench: Workbench) throws -> WorkbenchResponse {
    let identifications = try bench.opened.identifications()
    let disclosures = try bench.opened.disclosures()
    var html =
      "<p>Steps are taken with <code>cognate identify</code> and <code>cognate disclose</code>, by people who sign in with the role for them.</p>\n<h2>Identifications</h2>\n"
    html +=
      identifications.isEmpty ? "<p>None was opened.</p>\n" : identifications.map(identification).joined()
    html += "<h2>Disclosures</h2>\n"
    html += disclosures.isEmpty ? "<p>None was started.</p>\n" : disclosures.map(disclosure).joined()
    return try PageFrame.page(bench, .disclosure, title: "Identification and disclosure", body: html)
  }

  private static func identification(_ view: IdentificationView) -> String {
    var html =
      "<h3>\(HTMLText.escape(view.id)): \(HTMLText.escape(view.state))</h3>\n<p>\(HTMLText.escape(view.cluster)) of run <span class=\"code\">\(HTMLText.escape(String(view.run.prefix(12))))</span>: "
      + view.members.map { "<a href=\"\(PageFrame.account($0))\">\(HTMLText.escape($0))</a>" }.joined(
        separator: ", ")
      + (view.confirmedAt.map { ". Confirmed (T0) \(HTMLText.escape($0))" } ?? "") + "</p>\n"
    if let person = view.person { html += "<p>Person: \(HTMLText.value(person))</p>\n" }
    if !view.isErased {
      html +=
        view.isUnder18 == true
        ? "<p class=\"warn\"><b>Under 18</b>: stop, a specialist decides.</p>\n"
        : "<p>Age: \(view.isUnder18 == nil ? "not recorded" : "18 or over")</p>\n"
    }
    if !view.openAlerts.isEmpty {
      html +=
        "<p class=\"warn\"><b>Alert</b>: an account of a victim or witness was reached: \(view.openAlerts.map { HTMLText.escape($0) }.joined(separator: ", "))</p>\n"
    }
    return html
      + steps(
        view.steps.map { ($0.at, $0.who, $0.action, $0.state, $0.isLogged, $0.content) },
        isErased: view.isErased, problem: view.problem)
  }

  private static func disclosure(_ view: DisclosureView) -> String {
    var html =
      "<h3>\(HTMLText.escape(view.id)): \(HTMLText.escape(view.state))</h3>\n<p>On \(HTMLText.escape(view.identification)), victim \(HTMLText.value(view.victim ?? "(erased)")), unit \(HTMLText.value(view.unit))\(view.isEnhanced ? ", enhanced rights" : "")\(view.parent.map { ", held back from \(HTMLText.escape($0))" } ?? "")</p>\n"
    if !view.dueDates.isEmpty {
      html +=
        PageParts.table(["clock", "limit", "from", "due", "state"], isWide: true)
        + view.dueDates.map(due).joined() + PageParts.tableEnd
    }
    html += view.notices.map {
      "<p>\(HTMLText.escape($0.id)) \($0.isCorrection ? "correction" : "notice") of \(HTMLText.escape($0.madeAt)), <span class=\"code\">SHA-256 \(HTMLText.escape($0.sha256))</span></p>\n"
    }.joined()
    if !view.recipients.isEmpty {
      html += "<p>Told: \(view.recipients.map { HTMLText.value($0) }.joined(separator: ", "))</p>\n"
    }
    if let reminder = view.reminder {
      html += "<p class=\"warn\"><b>Waits</b>: \(HTMLText.escape(reminder))</p>\n"
    }
    html += view.violations.map { "<p class=\"warn\"><b>Must not be</b>: \(HTMLText.escape($0))</p>\n" }
      .joined()
    return html
      + steps(
        view.steps.map { ($0.at, $0.who, $0.action, $0.state, $0.isLogged, $0.content) },
        isErased: view.isErased, problem: view.problem)
  }

  private static func due(_ date: DisclosureView.DueDate) -> String {
    let progress =
      date.stoppedAt.map {
        (!date.isMet ? "ended " : date.isOverdue ? "<b>late</b>, " : "done ") + HTMLText.escape($0)
      }
      ?? (date.isOverdue
        ? "<b>OVERDUE</b>\(date.isPaused ? ", and stands" : "")" : date.isPaused ? "stands" : "running")
    let state = progress + (date.problem.map { ", <b>no due date</b>: \(HTMLText.escape($0))" } ?? "")
    return
      "<tr><td>\(HTMLText.escape(date.clock))</td><td>\(date.limit.map { HTMLText.escape($0) } ?? "none")</td><td class=\"whole\">\(HTMLText.escape(date.startedAt))</td>"
      + "<td class=\"whole\">\((date.dueOn ?? date.due).map { HTMLText.escape($0) } ?? "–")</td><td>\(state)</td></tr>\n"
  }

  private static func says(_ content: String?) -> String {
    // Nothing of it is left out: what speaks against may stand at its end.
    StepContent.fields(of: content).map {
      "\(HTMLText.escape($0.name)): \(HTMLText.lines($0.value, limit: 20_000))"
    }.joined(separator: "<br>")
  }

  private static func steps(
    _ steps: [(at: String, who: String, action: String, state: String, isLogged: Bool, content: String?)],
    isErased: Bool, problem: String?
  ) -> String {
    var html =
      PageParts.table(["when", "who", "what", "state after it", "", "what it says"], isWide: true)
      + steps.map { step in
        "<tr><td class=\"whole\">\(HTMLText.escape(step.at))</td><td>\(HTMLText.value(step.who))</td><td>\(HTMLText.escape(step.action))</td><td>\(HTMLText.escape(step.state))</td><td>\(step.isLogged ? "" : "<b>not in the log</b>")</td><td class=\"text\">\(says(step.content))</td></tr>\n"
      }.joined() + PageParts.tableEnd
    if isErased { html += "<p>Erased: what was said is gone, who did what and when stays.</p>\n" }
    if let problem { html += "<p class=\"warn\"><b>Does not hold</b>: \(HTMLText.escape(problem))</p>\n" }
    return html
  }
}
