/// What is timed.
public enum ClockKind: String, Sendable, Codable, CaseIterable {
  /// From the confirmation to the first decision.
  case decision
  /// From the decision to the disclosure.
  case delivery
  /// From a deferral to its review.
  case deferralReview = "deferral-review"
  /// From an arrest, interview, release or change of bail to telling the victim (Victims' Code, right 6).
  case right6 = "right-6"
  /// From the application to the disclosure, under the Domestic Violence Disclosure Scheme.
  case domesticViolenceScheme = "dvds"
  /// From the service of a stalking protection order to telling the victim.
  case protectionOrder = "spo-notification"
  /// From the day an error is known to telling all who were told.
  case correction
  /// From the confirmation to the disclosure: reported, without a limit.
  case endToEnd = "end-to-end"
}

/// A clock: it starts, may pause, and stops.
public struct Clock: Hashable, Sendable {
  /// A time in which the clock stood, with the reason.
  public struct Pause: Hashable, Sendable {
    /// From, in seconds since 1970 UTC.
    public let from: Int64
    /// To; nil while it lasts.
    public let to: Int64?
    /// Why.
    public let reason: String

    /// Records a pause.
    public init(from: Int64, to: Int64?, reason: String) {
      self.from = from
      self.to = to
      self.reason = reason
    }
  }

  /// What is timed.
  public let kind: ClockKind
  /// When it started, in seconds since 1970 UTC.
  public let start: Int64
  /// When it stopped; nil while it runs.
  public let stop: Int64?
  /// When it stood, in order of time.
  public let pauses: [Pause]

  /// Makes a clock.
  public init(_ kind: ClockKind, start: Int64, stop: Int64? = nil, pauses: [Pause] = []) {
    self.kind = kind
    self.start = start
    self.stop = stop
    self.pauses = pauses.sorted { $0.from < $1.from }
  }

  /// Seconds since the start, pauses included.
  public func elapsed(now: Int64) -> Int64 { max((stop ?? now) - start, 0) }

  /// Seconds in which the clock stood; pauses that overlap count once.
  public func paused(now: Int64) -> Int64 {
    let end = stop ?? now
    var total: Int64 = 0
    var reached = start
    for pause in pauses {
      let (from, to) = (max(pause.from, reached), min(pause.to ?? end, end))
      if to > from {
        total += to - from
        reached = to
      }
    }
    return total
  }

  /// When the limit ends; nil for a clock without a limit. A day at whose end the clock stood does not count.
  ///
  /// - Parameters:
  ///   - limit: the limit of the rule set.
  ///   - now: a pause that lasts is taken to end now.
  /// - Throws: `BankHolidays.Failure.beyondSpan`.
  public func due(
    _ limit: TimeLimit?, now: Int64, _ holidays: BankHolidays
  ) throws(BankHolidays.Failure) -> Int64? {
    guard let limit else { return nil }
    return try limit.due(from: start, holidays) { day in
      let end = LondonTime.end(of: day)
      return pauses.contains { $0.from <= end && end < ($0.to ?? now) }
    }
  }

  /// Whether the limit has passed: at the stop, or now while the clock runs.
  ///
  /// - Throws: `BankHolidays.Failure.beyondSpan`.
  public func isOverdue(
    _ limit: TimeLimit?, now: Int64, _ holidays: BankHolidays
  ) throws(BankHolidays.Failure) -> Bool {
    guard let due = try due(limit, now: now, holidays) else { return false }
    return (stop ?? now) > due
  }
}
