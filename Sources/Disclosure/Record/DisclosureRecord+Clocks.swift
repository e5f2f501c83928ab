/// The clocks that follow from the steps taken.
extension DisclosureRecord {
  /// A due date, with the rules that set it.
  public struct DueDate: Hashable, Sendable {
    /// The clock.
    public let clock: Clock
    /// When its limit ends, in seconds since 1970 UTC; nil for a clock without one.
    public let due: Int64?
    /// Version of the rule set.
    public let rules: String

    /// Whether the limit has passed: at the stop, or now while the clock runs.
    public func isOverdue(now: Int64) -> Bool { due.map { (clock.stop ?? now) > $0 } ?? false }
  }

  /// The clocks of this record: of the decision and from end to end (neither for what was held back), the delivery, each
  /// review of a deferral, the correction, and each occurrence. A withdrawn identification stops them.
  public var clocks: [Clock] { timed.map(\.clock) }

  /// When each clock's limit ends. The review of a deferral is due by the date that was set for it.
  ///
  /// - Parameter now: seconds since 1970 UTC.
  /// - Throws: `BankHolidays.Failure.beyondSpan`.
  public func dueDates(now: Int64, _ holidays: BankHolidays) throws(BankHolidays.Failure) -> [DueDate] {
    var dates: [DueDate] = []
    for one in timed { dates.append(try one.dueDate(rules, enhanced: isEnhanced, now: now, holidays)) }
    return dates
  }

  private var timed: [TimedClock] {
    TimedClock.all(history, confirmedAt: confirmedAt, occurrences: occurrences, pauses: pauses)
  }
}

/// A clock, with the day that was set for its end where one was.
struct TimedClock {
  let clock: Clock
  let reviewBy: CivilDate?

  func dueDate(
    _ rules: RuleSet, enhanced: Bool, now: Int64, _ holidays: BankHolidays
  ) throws(BankHolidays.Failure) -> DisclosureRecord.DueDate {
    // Without the day that was set for it, as its content was erased, nobody can tell when a review was due.
    if clock.kind == .deferralReview {
      return DisclosureRecord.DueDate(
        clock: clock, due: reviewBy.map(LondonTime.end), rules: rules.version)
    }
    return DisclosureRecord.DueDate(
      clock: clock, due: try clock.due(rules.limit(clock.kind, enhanced: enhanced), now: now, holidays),
      rules: rules.version)
  }

  /// The clocks of a record, from the states that it passed through.
  static func all(
    _ history: [DisclosureRecord.Passage], confirmedAt: Int64?, occurrences: [Occurrence],
    pauses: [ClockPause]
  ) -> [TimedClock] {
    var clocks: [TimedClock] = []
    func first(_ from: Int, where matches: (DisclosureState) -> Bool) -> Int64? {
      history[min(from, history.count)...].first { matches($0.state) }?.time
    }
    func add(_ kind: ClockKind, from start: Int64, to stop: Int64?, reviewBy: CivilDate? = nil) {
      let own = pauses.filter { one in
        one.clock == kind && one.pause.from >= start && stop.map { one.pause.from <= $0 } ?? true
      }
      clocks.append(
        TimedClock(clock: Clock(kind, start: start, stop: stop, pauses: own.map(\.pause)), reviewBy: reviewBy)
      )
    }
    let told = first(0) { $0 == .disclosed || $0 == .closed }
    if let confirmedAt {
      // What was held back begins deferred: the first decision was that of the record it came from, and so was the first
      // time that the victim was told. How long the rest waits its reviews and its delivery tell.
      if history.first?.state != .deferred {
        add(
          .decision, from: confirmedAt,
          to: first(0) { $0.isDecision || $0 == .victimDeclined || $0 == .closed })
        add(.endToEnd, from: confirmedAt, to: told)
      }
    }
    for (place, passage) in history.enumerated() {
      switch passage.state {
      case .decidedDisclose, .decidedPartial:
        add(
          .delivery, from: passage.time,
          to: first(place + 1) { $0 == .disclosed || $0 == .deferred || $0 == .closed })
      case .deferred:
        add(
          .deferralReview, from: passage.time, to: first(place + 1) { $0 == .underReview || $0 == .closed },
          reviewBy: passage.reviewBy)
      case .correctionDue:
        add(.correction, from: passage.time, to: first(place + 1) { $0 == .corrected })
      default: break
      }
    }
    for one in occurrences {
      var stop = one.toldAt
      if one.kind == .schemeApplication, let told, told >= one.time { stop = min(stop ?? told, told) }
      add(one.kind.clock, from: one.time, to: stop)
    }
    return clocks
  }
}
