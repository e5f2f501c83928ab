import Columns
import Foundation
import Testing

@Suite struct GregorianCalendarTests {
  @Test func agreesWithFoundationOverFourCenturies() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    for day in stride(from: -30_000, through: 130_000, by: 37) {
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
      let date = GregorianCalendar.date(days: day)
      #expect([date.year, date.month, date.day] == [parts.year, parts.month, parts.day])
      #expect(GregorianCalendar.days(year: date.year, month: date.month, day: date.day) == day)
    }
  }

  /// Among them years before the first, of which a day is behind the last of the year before as well.
  @Test func everyDayFollowsTheDayBefore() {
    var (year, month, day) = (-401, 2, 27)
    let first = GregorianCalendar.days(year: year, month: month, day: day)
    func next() {
      day += 1
      if day > GregorianCalendar.daysInMonth(year: year, month: month) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    let days = first..<first + 300_000
    let wrong = days.count { number in
      defer { next() }
      return GregorianCalendar.date(days: number) != (year, month, day)
        || !GregorianCalendar.contains(year: year, month: month, day: day)
    }
    #expect(wrong == 0)
  }

  @Test(arguments: [
    (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2026, 11, 30, 20_787), (1, 1, 1, -719_162),
    (9999, 12, 31, 2_932_896),
  ])
  func known(year: Int, month: Int, day: Int, days: Int) {
    #expect(GregorianCalendar.days(year: year, month: month, day: day) == days)
  }

  @Test(arguments: [
    (2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, -1),
    (2026, 12, 32),
  ])
  func noSuchDay(year: Int, month: Int, day: Int) {
    #expect(!GregorianCalendar.contains(year: year, month: month, day: day))
  }
}
