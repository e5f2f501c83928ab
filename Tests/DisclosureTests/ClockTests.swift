import Disclosure
import Foundation
import TestSupport
import Testing

/// A calendar of two years, enough for tests: real dates of 2026 and 2027.
let holidays: BankHolidays = {
  let days = [
    "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25",
    "2026-12-28",
    "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27",
    "2027-12-28",
  ]
  let dates = days.compactMap { CivilDate($0) }
  guard let calendar = try? BankHolidays(source: "test", days: dates) else { preconditionFailure("no dates") }
  return calendar
}()

func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

/// Seconds since 1970 of a time in UTC, written `2026-01-05T10:00:00Z`.
func instant(_ text: String) throws -> Int64 {
  Int64(try #require(ISO8601DateFormatter().date(from: text)).timeIntervalSince1970)
}

@Suite struct CivilDateTests {
  @Test func daysAndDatesAreOne() throws {
    let formatter = DateFormatter()
    formatter.calendar = Calendar(identifier: .gregorian)
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd"
    for day in stride(from: -30_000, to: 60_000, by: 37) {
      let date = CivilDate(day: day)
      #expect(formatter.string(from: Date(timeIntervalSince1970: Double(day) * 86_400)) == date.description)
      #expect(CivilDate(date.description) == date)
    }
    #expect(try date("1970-01-01").weekday == 4)
    #expect(try date("2026-11-23").weekday == 1)
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-1-1", "2026-00-10", "", "2026-01-01x", "٢٠٢٦-01-01", "20260101",
  ])
  func textsThatAreNoDates(text: String) { #expect(CivilDate(text) == nil) }

  @Test func londonKeepsSummerTime() throws {
    #expect(LondonTime.date(of: try instant("2026-06-30T23:30:00Z")).description == "2026-07-01")
    #expect(LondonTime.date(of: try instant("2026-12-31T23:30:00Z")).description == "2026-12-31")
    #expect(LondonTime.end(of: try date("2026-07-01")) == (try instant("2026-07-01T22:59:59Z")))
    #expect(LondonTime.end(of: try date("2026-03-29")) == (try instant("2026-03-29T22:59:59Z")))
    #expect(LondonTime.end(of: try date("2026-10-25")) == (try instant("2026-10-25T23:59:59Z")))
    // Every day has an end, a second before the next begins.
    for day in 9_497..<25_000 {
      let end = LondonTime.end(of: CivilDate(day: day))
      #expect(LondonTime.date(of: end).day == day && LondonTime.date(of: end + 1).day == day + 1)
    }
  }

  @Test(.enabled(if: TimeZone(identifier: "Europe/London") != nil, "the system has no zone Europe/London"))
  func londonAgreesWithTheZoneDatabase() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "Europe/London"))
    for instant in stride(from: Int64(820_454_400), to: 4_000_000_000, by: 1_803_601) {
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(instant)))
      let found = LondonTime.date(of: instant).parts
      #expect(parts.year == found.year && parts.month == found.month && parts.day == found.day)
    }
  }
}

@Suite struct LimitTests {
  @Test func bothWaysOfCounting() throws {
    let event = try date("2026-12-24")
    #expect(try TimeLimit.workingDays(1).lastDay(from: event, holidays).description == "2026-12-29")
    #expect(try TimeLimit.workingDays(5).lastDay(from: event, holidays).description == "2027-01-05")
    #expect(try TimeLimit.days(28).lastDay(from: event, holidays).description == "2027-01-21")
    #expect(try TimeLimit.daysBeginningWith(3).lastDay(from: event, holidays).description == "2026-12-26")
    #expect(try TimeLimit.withoutDelay.lastDay(from: event, holidays) == event)
  }

  @Test func beyondTheCalendarNothingIsComputed() throws {
    #expect(throws: BankHolidays.Failure.self) {
      try TimeLimit.workingDays(5).lastDay(from: date("2027-12-30"), holidays)
    }
    #expect(throws: BankHolidays.Failure.self) {
      try TimeLimit.workingDays(1).lastDay(from: date("2025-12-24"), holidays)
    }
    #expect(throws: BankHolidays.Failure.self) {
      try TimeLimit.workingDays(1).lastDay(from: date("2027-06-01"), holidays) { _ in true }
    }
    #expect(throws: BankHolidays.Failure.self) { try BankHolidays(source: "none", days: []) }
    let failure = #expect(throws: BankHolidays.Failure.self) { try BankHolidays(json: Array("[]".utf8)) }
    #expect(failure?.description.contains("gov.uk/bank-holidays.json") == true)
    #expect(failure?.description.contains("Decoding") == false)
    let official =
      #"{"england-and-wales":{"division":"x","events":[{"title":"a","date":"2026-01-01","notes":""}]}}"#
    #expect(try BankHolidays(json: Array(official.utf8)).span.upperBound.description == "2026-12-31")
  }

  @Test(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
  func knownDueDates() throws {
    struct Vector: Decodable { var event, due1, due5, due28cal, spo3_last_day: String }
    let folder = try #require(SharedMaterial.root).appendingPathComponent("vectors")
    let calendar = try BankHolidays(
      json: [UInt8](Data(contentsOf: folder.appendingPathComponent("bank_holidays_ew_unofficial.json"))))
    let vectors = try JSONDecoder().decode(
      [Vector].self, from: Data(contentsOf: folder.appendingPathComponent("working_day_vectors.json")))
    #expect(vectors.count == 9)
    for vector in vectors {
      let event = try date(vector.event)
      #expect(try TimeLimit.workingDays(1).lastDay(from: event, calendar).description == vector.due1)
      #expect(try TimeLimit.workingDays(5).lastDay(from: event, calendar).description == vector.due5)
      #expect(try TimeLimit.days(28).lastDay(from: event, calendar).description == vector.due28cal)
      #expect(
        try TimeLimit.daysBeginningWith(3).lastDay(from: event, calendar).description == vector.spo3_last_day)
    }
  }

  @Test func aDayOnWhichTheClockStoodDoesNotCount() throws {
    let start = try instant("2026-06-01T09:00:00Z")
    let pause = Clock.Pause(
      from: try instant("2026-06-02T09:00:00Z"), to: try instant("2026-06-04T09:00:00Z"),
      reason: "in hospital")
    let clock = Clock(.decision, start: start, pauses: [pause])
    let now = try instant("2026-06-08T12:00:00Z")
    #expect(try clock.due(.workingDays(5), now: now, holidays) == instant("2026-06-10T22:59:59Z"))
    #expect(clock.paused(now: now) == 2 * 86_400)
    #expect(clock.elapsed(now: now) == now - start)
    #expect(try !clock.isOverdue(.workingDays(5), now: now, holidays))
    #expect(try clock.isOverdue(.workingDays(1), now: now, holidays))
    #expect(try clock.due(nil, now: now, holidays) == nil)
    // Pauses that overlap count once; one that lasts ends now.
    let overlapping = Clock(
      .decision, start: start,
      pauses: [
        pause, Clock.Pause(from: try instant("2026-06-03T09:00:00Z"), to: nil, reason: "abroad"),
      ])
    #expect(overlapping.paused(now: now) == now - pause.from)
  }
}

@Suite struct RuleSetTests {
  @Test func aFileOfRules() throws {
    let rules = try RuleSet(
      toml: """
        version = "county-2027-01"
        longest-deferral-days = 14
        [limits.decision]
        working-days = 3
        enhanced-working-days = 1
        [limits.spo-notification]
        days-beginning-with = 3
        [limits.correction]
        days = 0
        """)
    #expect(rules.version == "county-2027-01" && rules.longestDeferral == 14)
    #expect(rules.limit(.decision, enhanced: false) == .workingDays(3))
    #expect(rules.limit(.decision, enhanced: true) == .workingDays(1))
    #expect(rules.limit(.protectionOrder, enhanced: true) == .daysBeginningWith(3))
    #expect(rules.limit(.correction, enhanced: false) == .withoutDelay)
    #expect(rules.limit(.endToEnd, enhanced: false) == nil)
  }

  @Test(arguments: [
    "", "version = 1", "version = \"a\"", "version = \"a\"\nlongest-deferral-days = 0",
    "version = \"a\"\nlongest-deferral-days = 9223372036854775807",
    "version = \"a\"\nlongest-deferral-days = 28\nother = 1",
    "version = \"a\"\nlongest-deferral-days = 28\n[limits.nothing]\ndays = 1",
    "version = \"a\"\nlongest-deferral-days = 28\n[limits.decision]\nweeks = 1",
    "version = \"a\"\nlongest-deferral-days = 28\n[limits.decision]\ndays = -1",
    "version = \"a\"\nlongest-deferral-days = 28\n[limits.decision]\ndays = 99999", "version = [",
    "version = \"a\"\nlongest-deferral-days = 28\nlimits = 5",
    "version = \"a\"\nlongest-deferral-days = 28\n[limits.decision]\ndays = 5\nworking-days = 5",
    "version = \"a\"\nlongest-deferral-days = 28\n[limits.decision]\nenhanced-days = 0\nenhanced-working-days = 1",
  ])
  func filesThatAreNone(text: String) { #expect(throws: RuleSet.Failure.self) { try RuleSet(toml: text) } }
}

@Suite struct BuiltInDataTests {
  @Test func theBuiltInCalendarCoversSevenYears() throws {
    let calendar = try BankHolidays.builtIn()
    #expect(calendar.span == (try date("2024-01-01"))...(try date("2030-12-31")))
    // The days of the other calendar of these tests, which was written down by hand.
    for day in holidays.days { #expect(calendar.days.contains(day), "\(day)") }
    for day in calendar.days { #expect(day.weekday <= 5, "\(day) is no working day anyway") }
    // New Year, Good Friday, Easter Monday, May, spring, August, Christmas and Boxing Day of each year.
    #expect(calendar.days.count == 7 * 8)
    #expect(throws: BankHolidays.Failure.self) {
      try TimeLimit.workingDays(5).lastDay(from: date("2030-12-30"), calendar)
    }
  }

  @Test(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
  func theBuiltInCalendarAgreesOnEachWeekdayWithAnother() throws {
    let folder = try #require(SharedMaterial.root).appendingPathComponent("vectors")
    let other = try BankHolidays(
      json: [UInt8](Data(contentsOf: folder.appendingPathComponent("bank_holidays_ew_unofficial.json"))))
    let own = try BankHolidays.builtIn()
    let (from, to) = (try date("2024-01-01").day, try date("2030-12-31").day)
    for day in from...to {
      let one = CivilDate(day: day)
      guard other.span.contains(one) else { continue }
      #expect(try own.isWorkingDay(one) == other.isWorkingDay(one), "\(one)")
    }
  }

  @Test func aRuleSetIsWrittenAsItIsRead() throws {
    #expect(try RuleSet(toml: RuleSet.proposal.toml) == RuleSet.proposal)
    let odd = try RuleSet(
      toml: """
        version = "a \\"b\\" \\u0007 c\\\\"
        longest-deferral-days = 3
        [limits.right-6]
        enhanced-days = 2
        [limits.decision]
        days = 0
        """)
    #expect(try RuleSet(toml: odd.toml) == odd)
  }
}
