public import Disclosure

/// The figures of an auditor's report; no name of anybody is among them. What each means: Docs/AuditReport.md.
public struct AuditFigures: Sendable, Codable, Hashable {
  /// How long something took, and whether it was in time.
  public struct Timing: Sendable, Codable, Hashable {
    /// What is timed.
    public var clock: ClockKind
    /// Clocks that were started.
    public var started = 0
    /// Those stopped by what they wait for.
    public var met = 0
    /// Of those, later than due.
    public var late = 0
    /// Those stopped by something else: superseded, closed, deferred.
    public var endedOtherwise = 0
    /// Those that run.
    public var running = 0
    /// Of those, past their due date.
    public var overdue = 0
    /// Median of the time that the met ones took, in seconds, pauses included.
    public var medianSeconds: Double?
    /// 90th percentile of the same.
    public var percentile90Seconds: Double?
    /// Median without pauses.
    public var medianUnpausedSeconds: Double?
    /// 90th percentile without pauses.
    public var percentile90UnpausedSeconds: Double?
    /// Time in which clocks of this kind stood, all together, in seconds.
    public var pausedSeconds: Int64 = 0

    enum CodingKeys: String, CodingKey {
      case clock, started, met, late, endedOtherwise = "ended_otherwise", running, overdue
      case medianSeconds = "median_seconds", percentile90Seconds = "p90_seconds"
      case medianUnpausedSeconds = "median_unpaused_seconds"
      case percentile90UnpausedSeconds = "p90_unpaused_seconds", pausedSeconds = "paused_seconds"
    }
  }

  /// Deferrals for one reason.
  public struct Reason: Sendable, Codable, Hashable {
    /// The code; `unknown` where the content was erased.
    public var code: String
    /// Deferrals that give it, past and present.
    public var deferrals = 0
    /// Those that last.
    public var standing = 0
    /// Of those, the ones whose day of review has passed, or that do not say what would end them.
    public var withoutEnd = 0

    enum CodingKeys: String, CodingKey { case code, deferrals, standing, withoutEnd = "without_end" }
  }

  /// Right 6 of the Victims' Code.
  public struct Right6: Sendable, Codable, Hashable {
    /// Told in time.
    public var inTime = 0
    /// Told late.
    public var late = 0
    /// Not told, and past due.
    public var overdue = 0
    /// Not told, and not due yet.
    public var pending = 0

    enum CodingKeys: String, CodingKey { case inTime = "in_time", late, overdue, pending }

    /// Share told in time of all that were due; nil when none was.
    public var share: Double? {
      let due = inTime + late + overdue
      return due == 0 ? nil : Double(inTime) / Double(due)
    }
  }

  /// The figures of a unit, or of all.
  public struct Unit: Sendable, Codable, Hashable {
    /// Its name.
    public var unit: String
    /// Its disclosures.
    public var disclosures = 0
    /// How many are in each state.
    public var states: [String: Int] = [:]
    /// Its clocks; those that never ran are left out.
    public var timings: [Timing] = []
    /// Its deferrals.
    public var deferrals = 0
    /// Its deferrals that last.
    public var standingDeferrals = 0
    /// Its deferrals without an end.
    public var deferralsWithoutEnd = 0
    /// Its deferrals by reason; one with two reasons counts under both.
    public var reasons: [Reason] = []
    /// Right 6.
    public var right6 = Right6()

    enum CodingKeys: String, CodingKey {
      case unit, disclosures, states, timings, deferrals, standingDeferrals = "standing_deferrals"
      case deferralsWithoutEnd = "deferrals_without_end", reasons, right6 = "right_6"
    }

    /// The timing of a clock.
    public func timing(_ kind: ClockKind) -> Timing? { timings.first { $0.clock == kind } }
  }

  /// Something that must not be.
  public struct Check: Sendable, Codable, Hashable {
    /// A stable name.
    public var check: String
    /// What is looked for, in words.
    public var meaning: String
    /// Where it was found, as case and id.
    public var found: [String]
    /// How often.
    public var count: Int { found.count }

    enum CodingKeys: String, CodingKey { case check, meaning, found }
  }

  /// When the figures hold, in seconds since 1970 UTC.
  public var asAt: Int64
  /// Versions of the rule sets that set the due dates; one that several different rule sets have says so.
  public var ruleSets: [String]
  /// Where the bank holidays come from; of several cases that have different ones, all of these.
  public var calendar: String
  /// Cases with disclosures, identifications or logs.
  public var cases: Int
  /// How many identifications are in each state.
  public var identifications: [String: Int]
  /// All units together.
  public var all: Unit
  /// By unit, in order of name.
  public var units: [Unit]
  /// What must be zero.
  public var mustBeZero: [Check]
  /// Disclosures whose lines the rules do not accept, or whose content was erased: case and id.
  public var unreplayable: [String]
  /// Disclosures with a due date beyond the calendar's span, by which they cannot be overdue: case and id.
  public var beyondCalendar: [String]
  /// Disclosures in which something is left to do and no limit has run for longer than a deferral may last: case and id.
  public var withoutLimit: [String]
  /// Identifications that stand confirmed and of which no disclosure was begun, so that no clock runs: case and id.
  public var withoutDisclosure: [String]
  /// Days from confirmation to disclosure of each that was told, rounded down, ascending; for the drawing.
  public var daysToDisclosure: [Int]
  /// The logs.
  public var logs: [AuditMaterial.Log]

  enum CodingKeys: String, CodingKey {
    case asAt = "as_at", ruleSets = "rule_sets", calendar, cases, identifications, all, units
    case mustBeZero = "must_be_zero", unreplayable, beyondCalendar = "beyond_calendar"
    case withoutLimit = "without_limit", withoutDisclosure = "without_disclosure"
    case daysToDisclosure = "days_to_disclosure", logs
  }
}
