import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// The order of day, month and year in exported chats.
@Suite struct WhatsAppDateTests {
  @Test func ambiguousDatesAreRefusedUnlessTheOrderIsGiven() throws {
    let text = "01/02/2024, 09:05 - Ann Example: one\n05/03/2024, 09:06 - Bo Example: two\n"
    let refusal = #expect(throws: ExportRefusal.self) { try WhatsAppTextTests.read(text) }
    #expect(refusal?.code == "ambiguous-date-order")
    #expect(refusal?.advice.contains("--date-order dmy|mdy|ymd") == true)
    let day = try WhatsAppTextTests.read(text, order: .dayMonthYear)
    #expect(
      day.records.map(\.time.microseconds)
        == (try ["2024-02-01T09:05", "2024-03-05T09:06"].map(WhatsAppTextTests.micros)))
    let month = try WhatsAppTextTests.read(text, order: .monthDayYear)
    #expect(
      month.records.map(\.time.microseconds)
        == (try ["2024-01-02T09:05", "2024-05-03T09:06"].map(WhatsAppTextTests.micros)))
    let year = try WhatsAppTextTests.read("20/02/03, 09:05 - Ann Example: one\n", order: .yearMonthDay)
    #expect(year.records.first?.time.microseconds == (try WhatsAppTextTests.micros("2020-02-03T09:05")))
  }

  @Test func aDateFarDownDecidesForTheLinesAbove() throws {
    var text = ""
    for line in 0..<3000 { text += "0\(1 + line % 9)/01/2024, 09:05 - Ann Example: padding \(line)\n" }
    let unit = try WhatsAppTextTests.read(text + "13/01/2024, 10:00 - Bo Example: decides\n")
    #expect(unit.records.count == 3001)
    #expect(unit.records[1].time.microseconds == (try WhatsAppTextTests.micros("2024-01-02T09:05")))
    #expect(unit.count("message")?.agrees == true)
  }

  @Test func contradictoryDatesAreRefused() throws {
    let text = "13/02/2024, 09:05 - Ann Example: one\n02/14/2024, 09:06 - Bo Example: two\n"
    #expect(
      #expect(throws: ExportRefusal.self) { try WhatsAppTextTests.read(text) }?.code == "inconsistent-dates")
    let given = "13/02/2024, 09:05 - Ann Example: one\n"
    let refusal = #expect(throws: ExportRefusal.self) {
      try WhatsAppTextTests.read(given, order: .monthDayYear)
    }
    #expect(refusal?.code == "inconsistent-dates")
    // No order holds all three.
    let mixed = "24-01-13, 09:05 - Ann Example: one\n1-14-24, 09:05 - Ann Example: two\n"
    #expect(
      #expect(throws: ExportRefusal.self) { try WhatsAppTextTests.read(mixed) }?.code == "inconsistent-dates")
  }

  static func dated(_ dates: [String], _ separator: String = ", ") -> String {
    dates.map { "\($0)\(separator)09:05 - Ann Example: x\n" }.joined()
  }

  /// A first number over 12 proves no day where years have two digits.
  @Test(arguments: [
    // A day before the ninth would be a year before WhatsApp in the other reading.
    (["19-01-30", "19-02-03"], "2019-01-30"), (["30/01/19", "03/02/19"], "2019-01-30"),
    // In the wrong reading the dates leap back by years.
    (["24. 1. 13", "24. 1. 15", "24. 2. 10"], "2024-01-13"),
    (["24/1/13", "24/1/15", "24/2/10"], "2024-01-13"), (["13/01/24", "15/01/24", "10/02/24"], "2024-01-13"),
    // Several days of one year, not one day of several.
    (["13/01/24", "15/01/24"], "2024-01-13"),
    // No locale has the year first with full stops and without spaces.
    (["13.01.24"], "2024-01-13"), (["13/12/24", "24/12/24", "03/01/25"], "2024-12-13"),
    (["1/13/24"], "2024-01-13"), (["24/12/30", "25/01/02"], "2024-12-30"),
  ])
  func twoDigitYearsAreFoundByAllDates(_ dates: [String], _ first: String) throws {
    let unit = try WhatsAppTextTests.read(Self.dated(dates))
    #expect(unit.records.count == dates.count)
    #expect(unit.records.first?.time.microseconds == (try WhatsAppTextTests.micros("\(first)T09:05")))
  }

  @Test(arguments: [
    ["13/01/24"], ["24-01-13"], ["24/01/13", "24/01/15"], ["24-01-13", "24-01-15", "24-01-31"],
    ["13/01/22", "13/01/23", "13/01/24"], ["10/11/12", "11/11/12"],
  ])
  func twoDigitYearsInEitherPlaceAreAskedFor(_ dates: [String]) throws {
    let refusal = #expect(throws: ExportRefusal.self) { try WhatsAppTextTests.read(Self.dated(dates)) }
    #expect(refusal?.code == "ambiguous-date-order")
    #expect(try WhatsAppTextTests.read(Self.dated(dates), order: .yearMonthDay).records.count == dates.count)
    #expect(try WhatsAppTextTests.read(Self.dated(dates), order: .dayMonthYear).records.count >= 1)
  }

  @Test(arguments: [
    // The Buddhist year 2567, and two exports in one file.
    ["13/01/67", "14/01/67"], ["27/01/24", "08/02/24", "05/02/21"],
  ])
  func timesInTheFutureAndYearsBackAreRefused(_ dates: [String]) throws {
    let refusal = #expect(throws: ExportRefusal.self) { try WhatsAppTextTests.read(Self.dated(dates)) }
    #expect(refusal?.code == "inconsistent-dates")
    // An order that the person gave is believed, but not a time to come.
    let unit = try WhatsAppTextTests.read(Self.dated(dates), order: .dayMonthYear)
    #expect(unit.count("message")?.counts == (dates.count == 2 ? [2, 0, 2] : [3, 3, 0]))
  }

  @Test(arguments: ["13/02/2567", "1402/11/24", "۱۴۰۲/۱۱/۲۴", "03/08/1445"])
  func anotherCalendarIsNamed(_ date: String) throws {
    let refusal = #expect(throws: ExportRefusal.self) {
      try WhatsAppTextTests.read("\(date), 09:05 - Ann Example: one\n", order: .dayMonthYear)
    }
    #expect(refusal?.code == "other-calendar")
    #expect(refusal?.what.contains(date) == true)
  }

  @Test func impossibleDatesAreSetAside() throws {
    let unit = try WhatsAppTextTests.read(
      "13/02/2024, 09:05 - Ann Example: one\n31/02/2024, 09:06 - Bo Example: two\nmore\n"
        + "13/02/2024, 25:00 - Bo Example: three\n13/02/2567, 10:00 - Bo Example: four\n")
    #expect(unit.records.map(\.text) == ["one"])
    #expect(unit.count("message")?.counts == [4, 1, 3])
    #expect(unit.setAside.map(\.reason.code) == ["bad-time"])
  }
}
