import Charts
package import Disclosure

/// The auditor's report as one page: no script, no network, no name of anybody; the same figures give the same bytes.
public enum AuditPage {
  /// The page.
  public static func html(_ figures: AuditFigures) -> String {
    let sections: [ReportPage.Section] = [
      ("zero", "What must be zero", mustBeZero(figures)),
      ("states", "Where disclosures stand", states(figures)),
      ("time", "From confirmation to disclosure", endToEnd(figures)),
      ("clocks", "Clocks", clocks(figures.all)),
      ("units", "By unit", units(figures)),
      ("right6", "Victims’ Code, right 6", right6(figures)),
      ("deferrals", "Deferrals", deferrals(figures)),
      ("identifications", "Identifications", identifications(figures)),
      ("logs", "Logs", logs(figures)),
      ("meaning", "What the figures mean", meaning(figures)),
    ]
    return ReportPage(
      title: "Identification and disclosure: auditor’s report",
      heading: "Identification and disclosure: auditor’s report", summary: summary(figures),
      sections: sections,
      footer:
        "No person is named in this report. Made by cognate audit report; this page asks for nothing from any network."
    ).html
  }

  // MARK: - The beginning

  private static func summary(_ figures: AuditFigures) -> String {
    let all = figures.all
    let told = all.timing(.endToEnd)
    let found = figures.mustBeZero.reduce(0) { $0 + $1.count }
    let overdue = all.timings.reduce(0) { $0 + $1.overdue }
    var text =
      "<p class=\"lead\">As at \(AuditTime.london(figures.asAt)), London time: \(PageParts.count(all.disclosures, "disclosure")) in "
      + "\(PageParts.count(figures.cases, "case")) of \(PageParts.count(figures.units.count, "unit")).</p>\n"
    text +=
      found == 0
      ? "<p>Nothing was found that must not be.</p>\n"
      : "<p class=\"warn\"><b>\(Figure.grouped(found))</b> \(found == 1 ? "thing was" : "things were") found that must not be: see <a href=\"#zero\">below</a>.</p>\n"
    let unsound = figures.logs.filter { !$0.isSound }.count
    if unsound > 0 {
      text +=
        "<p class=\"warn\"><b>\(PageParts.count(unsound, "log"))</b> \(unsound == 1 ? "does" : "do") not hold: see <a href=\"#logs\">Logs</a>.</p>\n"
    }
    if !figures.unreplayable.isEmpty {
      text +=
        "<p class=\"warn\">\(PageParts.count(figures.unreplayable.count, "record")) cannot be taken through the rules again, as a line breaks them or was erased. They are counted by what is stored: \(names(figures.unreplayable, limit: 12)).</p>\n"
    }
    if !figures.beyondCalendar.isEmpty {
      text +=
        "<p class=\"warn\">\(PageParts.count(figures.beyondCalendar.count, "record")) \(figures.beyondCalendar.count == 1 ? "has" : "have") a due date beyond the calendar of bank holidays, by which nothing counts as in time, late or overdue: \(names(figures.beyondCalendar, limit: 12)).</p>\n"
    }
    if !figures.withoutLimit.isEmpty {
      text +=
        "<p class=\"warn\">\(PageParts.count(figures.withoutLimit.count, "record")) \(figures.withoutLimit.count == 1 ? "waits" : "wait") without a limit, for longer than a deferral may: a clock stands, or what was deferred, refused or declined was taken up again and is not decided: \(names(figures.withoutLimit, limit: 12)).</p>\n"
    }
    if !figures.withoutDisclosure.isEmpty {
      let count = figures.withoutDisclosure.count
      text +=
        "<p class=\"warn\">Of \(PageParts.count(count, "identification")) that \(count == 1 ? "stands" : "stand") confirmed no disclosure was begun, so that no clock runs: \(names(figures.withoutDisclosure, limit: 12)).</p>\n"
    }
    let facts: [(String, String)] = [
      ("told", Figure.grouped(told?.met ?? 0)), ("median, days", days(told?.medianSeconds)),
      ("90th percentile, days", days(told?.percentile90Seconds)), ("overdue now", Figure.grouped(overdue)),
      ("right 6 in time", all.right6.share.map(Figure.percent) ?? "–"),
      ("deferrals without end", Figure.grouped(all.deferralsWithoutEnd)),
    ]
    return text + PageParts.facts(facts)
  }

  private static func mustBeZero(_ figures: AuditFigures) -> String {
    var html = PageParts.table(["check", "#found", "where"], isWide: true)
    for check in figures.mustBeZero {
      html +=
        "<tr><td>\(HTMLText.escape(check.meaning))</td><td class=\"n\">\(check.count == 0 ? "0" : "<b>\(Figure.grouped(check.count))</b>")</td>"
        + "<td>\(check.found.isEmpty ? "–" : names(check.found))</td></tr>\n"
    }
    return html + PageParts.tableEnd
  }

  /// Cases and ids, so that a reader can look them up.
  private static func names(_ list: [String], limit: Int = 40) -> String {
    let shown = list.prefix(limit).map { HTMLText.value($0, limit: 80) }.joined(separator: ", ")
    return list.count > limit ? "\(shown) and \(Figure.grouped(list.count - limit)) more" : shown
  }

  // MARK: - States and times

  private static func states(_ figures: AuditFigures) -> String {
    let all = Double(max(figures.all.disclosures, 1))
    var html = PageParts.table(["state", "#disclosures", ".share"], isWide: true)
    for state in DisclosureState.allCases {
      guard let number = figures.all.states[state.rawValue] else { continue }
      html +=
        "<tr><td class=\"name\">\(words(state.rawValue))</td><td class=\"n\">\(Figure.grouped(number))</td>"
        + "<td class=\"plot\">\(RowBar.share(Double(number) / all, style: "for"))</td></tr>\n"
    }
    return html + PageParts.tableEnd
  }

  private static func endToEnd(_ figures: AuditFigures) -> String {
    guard let most = figures.daysToDisclosure.last, let told = figures.all.timing(.endToEnd) else {
      return ""
    }
    // Bins of whole days, forty over three times what nine of ten need; all that took longer is in the last.
    let wide = Int((told.percentile90Seconds ?? 0) / 86_400 * 3) + 1
    let step = max(1, (min(most, wide) + 39) / 40)
    var counts = Array(repeating: 0, count: min(most, wide) / step + 1)
    for day in figures.daysToDisclosure { counts[min(day / step, counts.count - 1)] += 1 }
    let last = (counts.count - 1) * step
    let tail =
      most >= last + step
      ? " The last bar holds all that took \(last) days or more; the longest took \(most)." : ""
    var chart = Histogram(
      start: 0, step: Double(step), counts: counts, axis: "days from confirmation to disclosure",
      noun: "disclosures")
    chart.mark = told.medianSeconds.map { ($0 / 86_400, "median \(days($0))") }
    return
      "<p>Of \(PageParts.count(told.started, "disclosure")) that came due, \(Figure.grouped(told.met)) \(told.met == 1 ? "was" : "were") made: half within \(days(told.medianSeconds)) days, nine of ten within \(days(told.percentile90Seconds)). "
      + "\(Figure.grouped(told.running)) \(told.running == 1 ? "is" : "are") open, and \(Figure.grouped(told.endedOtherwise)) ended without one. The law sets no limit for the whole; heights are on a scale of square roots.\(tail)</p>\n"
      + "<figure class=\"scroll\">\(chart.svg())</figure>\n"
  }

  private static func clocks(_ unit: AuditFigures.Unit) -> String {
    var html = PageParts.table([
      "clock", "#started", "#met", "#late", "#ended otherwise", "#running", "#overdue", "#median, days",
      "#90th percentile", "#median without pauses", "#90th without pauses", "#paused, days",
    ])
    for timing in unit.timings {
      let hasLimit = timing.clock != .endToEnd
      html +=
        "<tr><td class=\"name\">\(meaning(of: timing.clock))</td><td class=\"n\">\(Figure.grouped(timing.started))</td>"
        + "<td class=\"n\">\(Figure.grouped(timing.met))</td><td class=\"n\">\(hasLimit ? Figure.grouped(timing.late) : "–")</td>"
        + "<td class=\"n\">\(Figure.grouped(timing.endedOtherwise))</td><td class=\"n\">\(Figure.grouped(timing.running))</td>"
        + "<td class=\"n\">\(hasLimit ? Figure.grouped(timing.overdue) : "–")</td>"
        + "<td class=\"n\">\(days(timing.medianSeconds))</td><td class=\"n\">\(days(timing.percentile90Seconds))</td>"
        + "<td class=\"n\">\(days(timing.medianUnpausedSeconds))</td><td class=\"n\">\(days(timing.percentile90UnpausedSeconds))</td>"
        + "<td class=\"n\">\(days(Double(timing.pausedSeconds)))</td></tr>\n"
    }
    return html + PageParts.tableEnd
  }

  private static func units(_ figures: AuditFigures) -> String {
    let most = Double(max(figures.units.map { overdue($0) }.max() ?? 0, 1))
    var html = PageParts.table([
      "unit", "#disclosures", "#told", "#median, days", "#90th percentile", "#decided late", "#told late",
      "#overdue now", ".overdue",
    ])
    for unit in figures.units {
      let told = unit.timing(.endToEnd)
      html +=
        "<tr><td class=\"name\">\(HTMLText.value(unit.unit, limit: 80))</td><td class=\"n\">\(Figure.grouped(unit.disclosures))</td>"
        + "<td class=\"n\">\(Figure.grouped(told?.met ?? 0))</td><td class=\"n\">\(days(told?.medianSeconds))</td>"
        + "<td class=\"n\">\(days(told?.percentile90Seconds))</td>"
        + "<td class=\"n\">\(Figure.grouped(unit.timing(.decision)?.late ?? 0))</td>"
        + "<td class=\"n\">\(Figure.grouped(unit.timing(.delivery)?.late ?? 0))</td>"
        + "<td class=\"n\">\(Figure.grouped(overdue(unit)))</td>"
        + "<td class=\"plot\">\(RowBar.share(Double(overdue(unit)) / most, style: "against"))</td></tr>\n"
    }
    return html + PageParts.tableEnd
  }

  private static func overdue(_ unit: AuditFigures.Unit) -> Int {
    unit.timings.reduce(0) { $0 + $1.overdue }
  }

  private static func right6(_ figures: AuditFigures) -> String {
    var html = PageParts.table([
      "unit", "#told in time", "#told late", "#overdue", "#not due yet", "#in time", ".share",
    ])
    for unit in [figures.all] + figures.units {
      let right = unit.right6
      html +=
        "<tr><td class=\"name\">\(HTMLText.value(unit.unit, limit: 80))</td><td class=\"n\">\(Figure.grouped(right.inTime))</td>"
        + "<td class=\"n\">\(Figure.grouped(right.late))</td><td class=\"n\">\(Figure.grouped(right.overdue))</td>"
        + "<td class=\"n\">\(Figure.grouped(right.pending))</td><td class=\"n\">\(right.share.map(Figure.percent) ?? "–")</td>"
        + "<td class=\"plot\">\(right.share.map { RowBar.share($0, style: "for") } ?? "")</td></tr>\n"
    }
    return
      "<p>Arrests, interviews, releases and changes of bail, and whether the victim was told within the limit of the rules.</p>\n"
      + html + PageParts.tableEnd
  }

  private static func deferrals(_ figures: AuditFigures) -> String {
    let all = figures.all
    guard all.deferrals > 0 else { return "<p>None.</p>\n" }
    let most = Double(max(all.reasons.map(\.deferrals).max() ?? 0, 1))
    var html =
      "<p>\(PageParts.count(all.deferrals, "deferral")), \(Figure.grouped(all.standingDeferrals)) of them standing, \(Figure.grouped(all.deferralsWithoutEnd)) without an end. "
      + "A deferral with two reasons stands in two rows.</p>\n"
      + PageParts.table(["reason", "", "#deferrals", "#standing", "#without end", ".deferrals"])
    for reason in all.reasons {
      html +=
        "<tr><td>\(HTMLText.escape(reason.code))</td><td class=\"name\">\(words(ofReason: reason.code))</td>"
        + "<td class=\"n\">\(Figure.grouped(reason.deferrals))</td><td class=\"n\">\(Figure.grouped(reason.standing))</td>"
        + "<td class=\"n\">\(Figure.grouped(reason.withoutEnd))</td>"
        + "<td class=\"plot\">\(RowBar.share(Double(reason.deferrals) / most, style: "below"))</td></tr>\n"
    }
    return html + PageParts.tableEnd
  }

  // MARK: - The rest

  private static func identifications(_ figures: AuditFigures) -> String {
    if figures.identifications.isEmpty { return "" }
    var html = PageParts.table(["state", "#identifications"])
    for state in Identification.State.allCases {
      guard let number = figures.identifications[state.rawValue] else { continue }
      html +=
        "<tr><td class=\"name\">\(words(state.rawValue))</td><td class=\"n\">\(Figure.grouped(number))</td></tr>\n"
    }
    return html + PageParts.tableEnd
  }

  private static func logs(_ figures: AuditFigures) -> String {
    if figures.logs.isEmpty { return "" }
    var html = PageParts.table(["case", "#entries", "#signed", "holds", "what does not"])
    for log in figures.logs {
      html +=
        "<tr><td class=\"name\">\(HTMLText.value(log.caseReference, limit: 80))</td><td class=\"n\">\(Figure.grouped(log.entries))</td>"
        + "<td class=\"n\">\(Figure.grouped(log.signed))</td><td>\(log.isSound ? "yes" : "<b>NO</b>")</td>"
        + "<td>\(log.faults.isEmpty ? "–" : log.faults.map { HTMLText.value($0) }.joined(separator: "<br>"))</td></tr>\n"
    }
    let remarks = figures.logs.flatMap { log in
      log.remarks.map {
        "<p class=\"warn\">\(HTMLText.value(log.caseReference, limit: 80)): \(HTMLText.value($0))</p>\n"
      }
    }
    return html + PageParts.tableEnd + remarks.joined()
      + "<p>A log cannot vouch for itself: check it with <code>cognate audit verify</code> against a checkpoint that was handed out.</p>\n"
  }

  private static func meaning(_ figures: AuditFigures) -> String {
    let rules = figures.ruleSets.map { HTMLText.value($0, limit: 80) }.joined(separator: ", ")
    return """
      <ul>
      <li>Dates and due dates are those of London. Each due date is set by the rule set that its record began under: \(rules.isEmpty ? "none" : rules). Bank holidays: \(HTMLText.escape(figures.calendar)).</li>
      <li><b>Met</b>: the clock was stopped by what it waits for; medians and percentiles are of these alone. <b>Late</b>: of these, after the due date. <b>Overdue</b>: the clock runs, and its due date has passed. <b>Ended otherwise</b>: superseded, closed, or the decision was put off.</li>
      <li>A day is 24 hours. The 90th percentile lies linearly between the two nearest values, as in PERCENTILE.INC of spreadsheets; the median is the 50th. “Without pauses” takes off the time in which the clock stood; pauses that overlap count once.</li>
      <li>A deferral is <b>without an end</b> when it stands though its day of review has passed, or does not say what would end it.</li>
      <li>Right 6 <b>in time</b>: told in time, of all that were told or are past due.</li>
      </ul>

      """
  }

  // MARK: - Words

  private static func days(_ seconds: Double?) -> String {
    seconds.map { Figure.fixed($0 / 86_400, 1) } ?? "–"
  }

  private static func words(_ state: String) -> String { state.replacing("-", with: " ") }

  /// A clock in words.
  package static func meaning(of clock: ClockKind) -> String {
    switch clock {
    case .decision: "decision"
    case .delivery: "delivery"
    case .deferralReview: "review of a deferral"
    case .right6: "Victims’ Code, right 6"
    case .domesticViolenceScheme: "disclosure scheme (DVDS)"
    case .protectionOrder: "protection order (SPO)"
    case .correction: "correction"
    case .endToEnd: "end to end"
    }
  }

  /// What a code of why somebody was not told yet stands for.
  package static func words(ofReason code: String) -> String {
    switch ReasonCode(rawValue: code) {
    case .riskToVictim: "risk to the victim or a dependant"
    case .riskToOthers: "risk to the suspect or a third party"
    case .investigation: "prejudice to the investigation"
    case .uncertain: "identification not certain enough"
    case .courtOrder: "court order"
    case .under18: "suspect under 18"
    case .sensitivity: "source, method or communications data"
    case .proceedings: "other proceedings"
    case .victimsWish: "the victim’s wish"
    case .otherAgency: "another agency leads"
    case .noSafeContact: "cannot contact safely"
    case .capacity: "capacity or communication need"
    case .other: "other"
    case nil: "erased"
    }
  }
}
