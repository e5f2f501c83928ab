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
  }

  /// The clocks of this record: of the decision, the delivery, each review of a deferral, the correction, and from end to
  /// end. A withdrawn identification stops them.
  public var clocks: [Clock] {
    var clocks: [Clock] = []
    func first(_ from: Int, where matches: (DisclosureState) -> Bool) -> Int64? {
      history[min(from, history.count)...].first { matches($0.state) }?.time
    }
    if let confirmedAt {
      let told = first(0) { $0 == .disclosed || $0 == .closed }
      clocks.append(
        Clock(
          .decision, start: confirmedAt,
          stop: first(0) { $0.isDecision || $0 == .victimDeclined || $0 == .closed }))
      clocks.append(Clock(.endToEnd, start: confirmedAt, stop: told))
    }
    for (place, passage) in history.enumerated() {
      switch passage.state {
      case .decidedDisclose, .decidedPartial:
        let stop = first(place + 1) { $0 == .disclosed || $0 == .deferred || $0 == .closed }
        clocks.append(Clock(.delivery, start: passage.time, stop: stop))
      case .deferred:
        clocks.append(
          Clock(
            .deferralReview, start: passage.time,
            stop: first(place + 1) { $0 == .underReview || $0 == .closed }))
      case .correctionDue:
        clocks.append(Clock(.correction, start: passage.time, stop: first(place + 1) { $0 == .corrected }))
      default: break
      }
    }
    return clocks
  }

  /// When each clock's limit ends. The review of a deferral is due by the date that was set for it.
  ///
  /// - Parameter now: seconds since 1970 UTC.
  /// - Throws: `BankHolidays.Failure.beyondSpan`.
  public func dueDates(now: Int64, _ holidays: BankHolidays) throws(BankHolidays.Failure) -> [DueDate] {
    var dates: [DueDate] = []
    for clock in clocks {
      var due = try clock.due(rules.limit(clock.kind, enhanced: isEnhanced), now: now, holidays)
      if clock.kind == .deferralReview, clock.stop == nil, let deferral {
        due = LondonTime.end(of: deferral.reviewBy)
      }
      dates.append(DueDate(clock: clock, due: due, rules: rules.version))
    }
    return dates
  }
}
