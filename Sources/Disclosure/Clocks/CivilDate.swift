import Columns

/// A day of the Gregorian calendar, without a time or a zone.
public struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public let day: Int

  /// Takes a day number.
  public init(day: Int) { self.day = day }

  /// Takes year, month and day; nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), GregorianCalendar.contains(year: year, month: month, day: day) else {
      return nil
    }
    self.init(day: GregorianCalendar.days(year: year, month: month, day: day))
  }

  /// Reads `yyyy-mm-dd`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
      text.utf8.allSatisfy({ $0 == 0x2D || $0 &- 0x30 < 10 }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month and day.
  public var parts: (year: Int, month: Int, day: Int) { GregorianCalendar.date(days: day) }

  /// Monday 1 to Sunday 7.
  public var weekday: Int { ((day + 3) % 7 + 7) % 7 + 1 }

  /// The day that many days later.
  public func adding(_ days: Int) -> CivilDate { CivilDate(day: day + days) }

  /// Which comes first.
  public static func < (left: CivilDate, right: CivilDate) -> Bool { left.day < right.day }
}

extension CivilDate: CustomStringConvertible {
  /// `yyyy-mm-dd`.
  public var description: String {
    let (year, month, day) = parts
    func padded(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(width - text.count, 0)) + text
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
