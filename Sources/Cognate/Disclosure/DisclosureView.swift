internal import CaseFile
internal import Disclosure

/// A disclosure as people and programs are shown it.
public struct DisclosureView: Sendable, Codable, Hashable {
  /// A clock with its limit.
  public struct DueDate: Sendable, Codable, Hashable {
    /// What is timed.
    public var clock: String
    /// The limit in words; nil for a clock without one.
    public var limit: String?
    /// When it started, ISO 8601 in UTC.
    public var startedAt: String
    /// When the limit ends; nil without one.
    public var due: String?
    /// The last day of the limit, in London.
    public var dueOn: String?
    /// When it stopped; nil while it runs.
    public var stoppedAt: String?
    /// Whether it was stopped by what it waits for, and not by the end of the record or a deferral.
    public var isMet: Bool
    /// Seconds in which it stood.
    public var pausedSeconds: Int64
    /// Whether it stands now.
    public var isPaused: Bool
    /// Whether the limit has passed, or had when it stopped.
    public var isOverdue: Bool
    /// Why there is no due date, where the calendar of bank holidays ends before it, or the day that was set was erased.
    public var problem: String?

    enum CodingKeys: String, CodingKey {
      case clock, limit, startedAt = "started_at", due, dueOn = "due_on", stoppedAt = "stopped_at"
      case isMet = "is_met", pausedSeconds = "paused_seconds", isPaused = "is_paused", isOverdue =
        "is_overdue", problem
    }
  }

  /// What a due date was computed by.
  public struct Basis: Sendable, Codable, Hashable {
    /// Version of the rule set, or the source of the calendar.
    public var name: String
    /// SHA-256 of its text.
    public var sha256: String
  }

  /// One line of its record.
  public struct Step: Sendable, Codable, Hashable {
    /// What was done.
    public var action: String
    /// The state after it.
    public var state: String
    /// When it took effect.
    public var at: String
    /// When it was written down.
    public var recordedAt: String
    /// Who did it.
    public var who: String
    /// Whether the log tells of it.
    public var isLogged: Bool
    /// What it says, as it is stored: JSON, whose SHA-256 the entry of the log holds (`content_sha256`). Nil once erased.
    public var content: String?

    enum CodingKeys: String, CodingKey {
      case action, state, at, recordedAt = "recorded_at", who, isLogged = "is_logged", content
    }
  }

  /// A notice that was made.
  public struct Notice: Sendable, Codable, Hashable {
    /// Its number: `N1`.
    public var id: String
    /// Whether it corrects an earlier one.
    public var isCorrection: Bool
    /// SHA-256 of the file.
    public var sha256: String
    /// When it was made.
    public var madeAt: String

    enum CodingKeys: String, CodingKey { case id, isCorrection = "is_correction", sha256, madeAt = "made_at" }
  }

  /// Its id: `D4`.
  public var id: String
  /// The identification that it rests on.
  public var identification: String
  /// The record out of which it came, when it holds what was held back there.
  public var parent: String?
  /// The force's reference of the victim.
  public var victim: String?
  /// The unit that answers for it.
  public var unit: String
  /// How far it has come.
  public var state: String
  /// Whether the victim has enhanced rights.
  public var isEnhanced: Bool
  /// Who was told.
  public var recipients: [String]
  /// The clocks, with the limits of the rule set.
  public var dueDates: [DueDate]
  /// The rule set that it began under.
  public var rules: Basis
  /// The calendar of bank holidays in use.
  public var calendar: Basis
  /// Its record.
  public var steps: [Step]
  /// The notices that were made for it.
  public var notices: [Notice]
  /// What must not be, and is.
  public var violations: [String]
  /// Where something is left to do and no limit runs: since when, in words.
  public var reminder: String?
  /// Whether what it said was erased, so that states, times and staff are all there is.
  public var isErased: Bool
  /// Why its record does not hold, if it does not.
  public var problem: String?
  /// What the last step changed elsewhere, in words.
  public var consequences: [String] = []

  enum CodingKeys: String, CodingKey {
    case id, identification, parent, victim, unit, state, isEnhanced = "is_enhanced", recipients
    case dueDates = "due_dates", rules, calendar, steps, notices, violations, reminder
    case isErased = "is_erased", problem, consequences
  }

  init(
    _ stored: StoredDisclosure, contents: [String?], notices: [Notice],
    calendar: (calendar: BankHolidays, sha256: String),
    now: Int64
  ) {
    let history = stored.history
    id = history.id
    identification = history.basis.id
    parent = history.parent
    victim = stored.victim
    unit = history.unit
    state = history.state.rawValue
    isEnhanced = history.isEnhanced
    recipients = Array(Set(history.record?.recipients ?? [])).sorted()
    rules = Basis(name: history.rules.version, sha256: stored.rulesHash)
    self.calendar = Basis(name: calendar.calendar.source, sha256: calendar.sha256)
    steps = zip(history.entries, contents).map { entry, content in
      Step(
        action: entry.action, state: entry.state.rawValue, at: Instant.text(entry.time),
        recordedAt: Instant.text(entry.recordedAt), who: entry.who, isLogged: entry.isLogged, content: content
      )
    }
    self.notices = notices
    violations = Self.words(history.violations)
    isErased = StepContent.isErased(steps.map { ($0.isLogged, $0.content) })
    problem = isErased ? nil : history.problem
    let (passages, occurrences) = (history.passages, history.occurrences)
    dueDates = history.timed(now: now, calendar.calendar).map { clock, outcome in
      var date = DueDate(
        clock: clock.kind.rawValue,
        limit: history.rules.limit(clock.kind, enhanced: history.isEnhanced)?.description,
        startedAt: Instant.text(clock.start), stoppedAt: clock.stop.map(Instant.text),
        isMet: clock.isMet(passages, occurrences), pausedSeconds: clock.paused(now: now),
        isPaused: clock.pauses.contains { $0.to == nil },
        isOverdue: false)
      switch outcome {
      case .success(let found):
        date.due = found.due.map(Instant.text)
        date.dueOn = found.due.map { LondonTime.date(of: $0).description }
        date.isOverdue = found.isOverdue(now: now)
        if clock.kind == .deferralReview {
          date.limit = found.due.map { _ in "by the day that was set" }
          if found.due == nil { date.problem = "the day that was set for the review was erased" }
        }
      case .failure(let failure): date.problem = "\(failure)"
      }
      return date
    }
    reminder = history.unlimitedSince.flatMap { since in
      let isStanding = dueDates.contains(where: \.isPaused)
      let what = isStanding ? "a clock stands" : "it was taken up again and is not decided"
      guard history.waitsUnlimited(now: now) else {
        // Of a clock that stands its own line says so.
        return isStanding ? nil : "\(what) since \(Instant.text(since)): no clock times that"
      }
      // What was overdue before its clock stood still is.
      let isReminded = dueDates.contains { $0.isOverdue && $0.stoppedAt == nil }
      return
        "\(what) since \(Instant.text(since)), for longer than the \(history.rules.longestDeferral) days that a deferral may wait\(isReminded ? "" : ": no due date reminds of it")"
    }
  }

  private static func words(_ violations: DisclosureHistory.Violations) -> [String] {
    var words: [String] = []
    if violations.contains(.deciderIsAnalyst) { words.append("decided by who linked or proposed") }
    if violations.contains(.toldBeforeConfirmation) { words.append("told while not confirmed") }
    if violations.contains(.refusalWithoutSecondPerson) { words.append("refused without a second person") }
    if violations.contains(.withdrawnWithoutCorrection) {
      words.append("told, and not told since that it was wrong")
    }
    if violations.contains(.outsideLog) { words.append("a line that the log does not tell of") }
    return words
  }
}
