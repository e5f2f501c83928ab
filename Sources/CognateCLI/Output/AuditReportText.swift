import Charts
import Disclosure
import Reports

/// The auditor's report for the terminal: what must be zero first.
enum AuditReportText {
  static func text(_ figures: AuditFigures) -> String {
    let all = figures.all
    var lines = [
      "\(Terminal.count(all.disclosures, "disclosure")) in \(Terminal.count(figures.cases, "case")), \(Terminal.count(figures.units.count, "unit"))",
      "", "MUST BE ZERO",
    ]
    lines.append(
      Terminal.table(
        figures.mustBeZero.map { check in
          let number = "\(check.count)"
          return [
            "  " + number, check.meaning,
            check.found.isEmpty
              ? ""
              : Terminal.safe(check.found.prefix(5).joined(separator: ", ") + (check.count > 5 ? ", …" : "")),
          ]
        }))
    lines += ["", "STATES"]
    lines.append(
      Terminal.table(
        DisclosureState.allCases.compactMap { state in
          all.states[state.rawValue].map { ["  \($0)", state.rawValue] }
        }))
    lines += ["", "CLOCKS"]
    lines.append(
      Terminal.table(
        [
          [
            "  clock", "started", "met", "late", "running", "overdue", "median days", "90th percentile",
            "paused days",
          ]
        ]
          + all.timings.map { timing in
            let hasLimit = timing.clock != .endToEnd
            return [
              "  " + AuditPage.meaning(of: timing.clock), "\(timing.started)", "\(timing.met)",
              hasLimit ? "\(timing.late)" : "-", "\(timing.running)", hasLimit ? "\(timing.overdue)" : "-",
              days(timing.medianSeconds), days(timing.percentile90Seconds),
              timing.pausedSeconds > 0 ? days(Double(timing.pausedSeconds)) : "-",
            ]
          }))
    lines += ["", "UNITS"]
    lines.append(
      Terminal.table(
        [["  unit", "disclosures", "told", "median days", "90th percentile", "overdue", "right 6 in time"]]
          + figures.units.map { unit in
            let told = unit.timing(.endToEnd)
            return [
              "  " + Terminal.safe(unit.unit), "\(unit.disclosures)", "\(told?.met ?? 0)",
              days(told?.medianSeconds), days(told?.percentile90Seconds),
              "\(unit.timings.reduce(0) { $0 + $1.overdue })", unit.right6.share.map(Figure.percent) ?? "-",
            ]
          }))
    lines += [
      "",
      "DEFERRALS  \(all.deferrals), \(all.standingDeferrals) standing, \(all.deferralsWithoutEnd) without an end",
    ]
    lines.append(
      Terminal.table(
        all.reasons.map {
          [
            "  " + $0.code, AuditPage.words(ofReason: $0.code), "\($0.deferrals)", "\($0.standing) standing",
            "\($0.withoutEnd) without an end",
          ]
        }))
    for log in figures.logs {
      lines.append(
        "LOG  \(Terminal.safe(log.caseReference)): \(log.entries) entries, \(log.signed) signed, \(log.isSound ? "holds" : Terminal.red("DOES NOT HOLD"))"
      )
      lines += log.faults.map { "  \(Terminal.safe($0))" }
      lines += log.remarks.map { "  \(Terminal.yellow("REMARK")) \(Terminal.safe($0))" }
    }
    if !figures.unreplayable.isEmpty {
      let records = Terminal.count(figures.unreplayable.count, "record")
      let names = figures.unreplayable.prefix(12).joined(separator: ", ")
      lines.append(
        "\(records) cannot be taken through the rules again, as a line breaks them or was erased: \(Terminal.safe(names))\(figures.unreplayable.count > 12 ? ", …" : "")"
      )
    }
    if !figures.beyondCalendar.isEmpty {
      let records = Terminal.count(figures.beyondCalendar.count, "record")
      lines.append("\(records) with due dates beyond the calendar.")
    }
    if !figures.withoutLimit.isEmpty {
      let count = figures.withoutLimit.count
      let names = figures.withoutLimit.prefix(12).joined(separator: ", ")
      lines.append(
        "\(Terminal.count(count, "record")) \(count == 1 ? "waits" : "wait") without a limit, for longer than a deferral may: \(Terminal.safe(names))\(count > 12 ? ", …" : "")"
      )
    }
    if !figures.withoutDisclosure.isEmpty {
      let count = figures.withoutDisclosure.count
      let names = figures.withoutDisclosure.prefix(12).joined(separator: ", ")
      lines.append(
        "Of \(Terminal.count(count, "identification")) that \(count == 1 ? "stands" : "stand") confirmed no disclosure was begun, so that no clock runs: \(Terminal.safe(names))\(count > 12 ? ", …" : "")"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func days(_ seconds: Double?) -> String {
    seconds.map { Figure.fixed($0 / 86_400, 1) } ?? "-"
  }
}
