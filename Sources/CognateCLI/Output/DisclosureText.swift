import Cognate
import Foundation

/// Identifications and disclosures in words.
enum DisclosureText {
  /// - Parameter isFull: with what each line says.
  static func text(_ view: IdentificationView, isFull: Bool = false) -> String {
    var lines = [
      "\(Terminal.bold(view.id)): \(view.state); \(view.cluster) of run \(view.run.prefix(12)): \(view.members.joined(separator: ", "))"
    ]
    if let person = view.person { lines.append("  person: \(Terminal.safe(person))") }
    if let confirmedAt = view.confirmedAt { lines.append("  confirmed (T0): \(confirmedAt)") }
    if !view.isErased {
      lines.append(
        "  age: "
          + (view.isUnder18.map { $0 ? Terminal.red("under 18: stop, a specialist decides") : "18 or over" }
            ?? "not recorded"))
    }
    if !view.openAlerts.isEmpty {
      lines.append(
        "  " + Terminal.red("ALERT")
          + " an account of a victim or witness was reached: \(view.openAlerts.joined(separator: ", "))")
    }
    lines += view.steps.flatMap {
      [line($0.action, $0.state, $0.at, $0.who, nil, $0.isLogged)] + (isFull ? says($0.content) : [])
    }
    lines += standing(view.isErased, view.problem)
    lines += view.consequences.map { "  therefore: \(Terminal.safe($0))" }
    return lines.joined(separator: "\n")
  }

  /// - Parameter isFull: with what each line says.
  static func text(_ view: DisclosureView, isFull: Bool = false) -> String {
    var lines = [
      "\(Terminal.bold(view.id)): \(view.state); on \(view.identification), victim \(Terminal.safe(view.victim ?? "(erased)")), unit \(Terminal.safe(view.unit))"
        + (view.isEnhanced ? ", enhanced rights" : "") + (view.parent.map { ", held back from \($0)" } ?? "")
    ]
    for date in view.dueDates {
      var parts = ["  \(date.clock)"]
      let state =
        date.stoppedAt.map {
          !date.isMet ? "ended \($0)" : date.isOverdue ? Terminal.red("late, \($0)") : "done \($0)"
        }
        ?? (date.isOverdue ? Terminal.red("OVERDUE") : "running")
      if let on = date.dueOn, let due = date.due {
        parts.append("due \(on) (\(due)), \(date.limit ?? "") from \(date.startedAt): \(state)")
      } else if let problem = date.problem {
        let lack = date.stoppedAt == nil ? Terminal.red("no due date") : "no due date"
        parts.append("from \(date.startedAt): \(state), \(lack): \(Terminal.safe(problem))")
      } else {
        parts.append(
          "from \(date.startedAt): " + (date.stoppedAt.map { "ended \($0)" } ?? "running") + ", no limit")
      }
      if date.pausedSeconds > 0 || date.isPaused {
        parts.append("(stood \(date.pausedSeconds / 3600) h\(date.isPaused ? ", and stands" : ""))")
      }
      lines.append(parts.joined(separator: " "))
    }
    if !view.dueDates.isEmpty {
      lines.append(
        "  by rule set \(Terminal.safe(view.rules.name)) (SHA-256 \(view.rules.sha256.prefix(16))…) and bank holidays \(view.calendar.sha256.prefix(16))…"
      )
    }
    lines += view.steps.flatMap {
      [line($0.action, $0.state, $0.at, $0.who, $0.recordedAt, $0.isLogged)]
        + (isFull ? says($0.content) : [])
    }
    lines += view.notices.map {
      "  \($0.id) \($0.isCorrection ? "correction" : "notice") of \($0.madeAt), SHA-256 \($0.sha256)"
    }
    if !view.recipients.isEmpty {
      lines.append("  told: \(view.recipients.map(Terminal.safe).joined(separator: ", "))")
    }
    if let reminder = view.reminder { lines.append("  " + Terminal.yellow("WAITS") + " \(reminder)") }
    lines += view.violations.map { "  " + Terminal.red("MUST NOT BE") + " \($0)" }
    lines += standing(view.isErased, view.problem)
    lines += view.consequences.map { "  therefore: \(Terminal.safe($0))" }
    return lines.joined(separator: "\n")
  }

  /// What keeps a record from a further step, if anything does.
  private static func standing(_ isErased: Bool, _ problem: String?) -> [String] {
    if isErased { return ["  erased: what was said is gone, who did what and when stays"] }
    return problem.map { ["  " + Terminal.red("DOES NOT HOLD") + " \(Terminal.safe($0))"] } ?? []
  }

  private static func says(_ content: String?) -> [String] {
    StepContent.fields(of: content).map { "      \($0.name): \(Terminal.safe($0.value))" }
  }

  private static func line(
    _ action: String, _ state: String, _ at: String, _ who: String, _ recordedAt: String?, _ isLogged: Bool
  ) -> String {
    var line = "  \(at) \(Terminal.safe(who)): \(Terminal.safe(action)) -> \(state)"
    if let recordedAt, recordedAt != at { line += " (written down \(recordedAt))" }
    if !isLogged { line += " " + Terminal.red("NOT IN THE LOG") }
    return line
  }
}
