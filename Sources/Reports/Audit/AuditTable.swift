internal import Disclosure
internal import Foundation

/// The figures as comma-separated values: a figure a row.
public enum AuditTable {
  /// `section,unit,figure,value`, in a fixed order.
  public static func csv(_ figures: AuditFigures) -> String {
    var text = "section,unit,figure,value\r\n"
    func put(_ section: String, _ unit: String, _ figure: String, _ value: String) {
      text +=
        [section, TableText.field(unit), TableText.field(figure), value].joined(separator: ",") + "\r\n"
    }
    func number(_ value: Double?) -> String { value.map { ExportNumber.tenth($0) } ?? "" }
    put("report", "", "as_at", AuditTime.utc(figures.asAt))
    for version in figures.ruleSets { put("report", "", "rule_set", TableText.field(version)) }
    put("report", "", "calendar", TableText.field(figures.calendar))
    put("report", "", "cases", String(figures.cases))
    for (state, count) in figures.identifications.sorted(by: { $0.key < $1.key }) {
      put("identifications", "", state, String(count))
    }
    for unit in [figures.all] + figures.units {
      let name = unit.unit
      put("disclosures", name, "all", String(unit.disclosures))
      for state in DisclosureState.allCases {
        if let count = unit.states[state.rawValue] { put("disclosures", name, state.rawValue, String(count)) }
      }
      for timing in unit.timings {
        let clock = timing.clock.rawValue
        for (figure, value) in [
          ("started", timing.started), ("met", timing.met), ("late", timing.late),
          ("ended_otherwise", timing.endedOtherwise), ("running", timing.running),
          ("overdue", timing.overdue), ("paused_seconds", Int(timing.pausedSeconds)),
        ] {
          put("clocks", name, "\(clock).\(figure)", String(value))
        }
        put("clocks", name, "\(clock).median_seconds", number(timing.medianSeconds))
        put("clocks", name, "\(clock).p90_seconds", number(timing.percentile90Seconds))
        put("clocks", name, "\(clock).median_unpaused_seconds", number(timing.medianUnpausedSeconds))
        put("clocks", name, "\(clock).p90_unpaused_seconds", number(timing.percentile90UnpausedSeconds))
      }
      put("deferrals", name, "all", String(unit.deferrals))
      put("deferrals", name, "standing", String(unit.standingDeferrals))
      put("deferrals", name, "without_end", String(unit.deferralsWithoutEnd))
      for reason in unit.reasons {
        put("deferrals", name, "\(reason.code).deferrals", String(reason.deferrals))
        put("deferrals", name, "\(reason.code).standing", String(reason.standing))
        put("deferrals", name, "\(reason.code).without_end", String(reason.withoutEnd))
      }
      put("right_6", name, "in_time", String(unit.right6.inTime))
      put("right_6", name, "late", String(unit.right6.late))
      put("right_6", name, "overdue", String(unit.right6.overdue))
      put("right_6", name, "pending", String(unit.right6.pending))
    }
    for check in figures.mustBeZero {
      put("must_be_zero", "", check.check, String(check.count))
      for name in check.found { put("found", "", check.check, TableText.field(name)) }
    }
    for name in figures.unreplayable { put("found", "", "unreplayable", TableText.field(name)) }
    for name in figures.beyondCalendar { put("found", "", "beyond_calendar", TableText.field(name)) }
    for name in figures.withoutLimit { put("found", "", "without_limit", TableText.field(name)) }
    for name in figures.withoutDisclosure {
      put("found", "", "without_disclosure", TableText.field(name))
    }
    for log in figures.logs {
      put("logs", log.caseReference, "entries", String(log.entries))
      put("logs", log.caseReference, "signed", String(log.signed))
      put("logs", log.caseReference, "is_sound", log.isSound ? "yes" : "no")
      for fault in log.faults { put("logs", log.caseReference, "fault", TableText.field(fault)) }
      for remark in log.remarks { put("logs", log.caseReference, "remark", TableText.field(remark)) }
    }
    return text
  }
}

/// Times in a report.
enum AuditTime {
  /// ISO 8601 in UTC.
  static func utc(_ instant: Int64) -> String {
    let (day, rest) = instant.quotientAndRemainder(dividingBy: 86_400)
    let date = CivilDate(day: Int(rest < 0 ? day - 1 : day))
    return "\(date)T\(clock(rest < 0 ? rest + 86_400 : rest))Z"
  }

  /// Date and time of day in London.
  static func london(_ instant: Int64) -> String {
    let date = LondonTime.date(of: instant)
    // The end of the day says what offset the day has.
    let second = 86_399 - (LondonTime.end(of: date) - instant)
    return "\(date) \(clock(max(0, min(second, 86_399))).dropLast(3))"
  }

  private static func clock(_ second: Int64) -> String {
    [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(
      separator: ":")
  }
}
