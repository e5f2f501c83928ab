/// How long something may take, and how that is counted.
public enum TimeLimit: Hashable, Sendable {
  /// Within that many working days: the day of the event is day 0, and the limit ends with the last of the days.
  case workingDays(Int)
  /// Within that many days of the calendar: the day of the event is day 0.
  case days(Int)
  /// That many days beginning with the day of the event, which is day 1.
  case daysBeginningWith(Int)
  /// At once: the limit ends with the day of the event.
  case withoutDelay

  /// The last day of the limit.
  ///
  /// - Parameters:
  ///   - event: the day of the event in London.
  ///   - stands: whether the clock stood on a day, which then does not count.
  /// - Throws: `BankHolidays.Failure.beyondSpan` when working days cannot be told.
  public func lastDay(
    from event: CivilDate, _ holidays: BankHolidays, stands: (CivilDate) -> Bool = { _ in false }
  ) throws(BankHolidays.Failure) -> CivilDate {
    var day = event
    var left: Int
    switch self {
    case .workingDays(let count): left = count
    case .days(let count): left = count
    case .daysBeginningWith(let count): left = max(count, 1) - 1
    case .withoutDelay: return event
    }
    while left > 0 {
      day = day.adding(1)
      if stands(day) {
        // A clock that stands for ever is never due; the calendar's span ends the search.
        guard holidays.span.contains(day) else { throw .beyondSpan(day, covered: holidays.span) }
        continue
      }
      if case .workingDays = self, try !holidays.isWorkingDay(day) { continue }
      left -= 1
    }
    return day
  }

  /// When the limit ends: 23:59:59 in London of its last day, in seconds since 1970 UTC.
  ///
  /// - Parameters:
  ///   - event: seconds since 1970 UTC.
  ///   - stands: whether the clock stood on a day.
  /// - Throws: `BankHolidays.Failure.beyondSpan`.
  public func due(
    from event: Int64, _ holidays: BankHolidays, stands: (CivilDate) -> Bool = { _ in false }
  ) throws(BankHolidays.Failure) -> Int64 {
    LondonTime.end(of: try lastDay(from: LondonTime.date(of: event), holidays, stands: stands))
  }
}
