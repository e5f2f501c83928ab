import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Times in tables, by the patterns of their mappings.
@Suite struct TableTimeTests {
  @Test func dayAndMonthAreProvedOrAsked() throws {
    let mapping = try TableTests.mapping([("dd/MM/yyyy HH", "xx/xx/yyyy HH")])
    func table(_ dates: String...) -> String {
      "Member ID,Date,IP,Port\n" + dates.map { "1,\($0) 10:00:00,192.0.2.1,\n" }.joined()
    }
    #expect(
      try TableTests.read(table("01/02/2024", "02/13/2024"), mapping).records.map(\.time)
        == ["2024-01-02T10:00:00Z", "2024-02-13T10:00:00Z"].map { TimeText.iso8601($0) })
    #expect(
      try TableTests.read(table("01/02/2024", "13/02/2024"), mapping).records[0].time
        == TimeText.iso8601("2024-02-01T10:00:00Z"))
    let open = #expect(throws: ExportRefusal.self) { try TableTests.read(table("01/02/2024"), mapping) }
    #expect(open?.code == "ambiguous-date-order")
    #expect(
      try TableTests.read(table("01/02/2024"), mapping, order: .monthDayYear).records[0].time
        == TimeText.iso8601("2024-01-02T10:00:00Z"))
    let both = #expect(throws: ExportRefusal.self) {
      try TableTests.read(table("13/02/2024", "02/13/2024"), mapping)
    }
    #expect(both?.code == "inconsistent-dates")
    let unit = try TableTests.read(table("13/02/2024", "31/02/2024"), mapping)
    #expect(unit.count("login")?.counts == [2, 1, 1] && unit.setAside[0].reason == .badTime)
  }

  /// Of a table with the month first all days up to the 12th became months, and the others alone were set aside.
  @Test func datesThatShowTheOtherOrderAreNotRead() throws {
    func table(_ dates: String...) -> String {
      "Member ID,Date,IP,Port\n" + dates.map { "1,\($0) 10:00:00,192.0.2.1,\n" }.joined()
    }
    let refusal = #expect(throws: ExportRefusal.self) {
      try TableTests.read(table("03/04/2024", "03/05/2024", "03/25/2024"))
    }
    #expect(refusal?.code == "inconsistent-dates" && refusal?.what.contains("03/25/2024") == true)
    let both = try TableTests.read(table("03/04/2024", "25/03/2024", "03/25/2024"))
    #expect(both.count("login")?.counts == [3, 2, 1] && both.setAside[0].reason == .badTime)
    #expect(both.notes.contains { $0.contains("1 date is none unless day and month change places") })
    #expect(try TableTests.read(table("03/04/2024", "25/03/2024", "40/13/2024")).notes.isEmpty)
  }

  @Test(arguments: ["3 Aug 2024", "3 August 2024", "3 août 2024", "3 Sierpnia 2024", "3 ago 2024"])
  func monthsByNameInAnyLanguage(_ date: String) throws {
    let mapping = try TableTests.mapping([("dd/MM/yyyy HH:mm:ss", "d MMM yyyy")])
    let unit = try TableTests.read("Member ID,Date,IP,Port\n1,\(date),192.0.2.1,\n", mapping)
    #expect(unit.records.first?.time == TimeText.iso8601("2024-08-03"))
  }

  @Test(arguments: [
    "10:30\u{202F}PM", "10:30\u{A0}pm", "10:30 p. m.", "10:30 \u{2009}p.\u{A0}m.", "10:30  p.m.",
  ])
  func halvesOfTheDayAsProgramsWriteThem(_ clock: String) throws {
    let mapping = try TableTests.mapping([("dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy hh:mm a")])
    let unit = try TableTests.read("Member ID,Date,IP,Port\n1,13/07/2024 \(clock),192.0.2.1,\n", mapping)
    #expect(unit.records.first?.time == TimeText.iso8601("2024-07-13T22:30Z"))
  }

  /// As reports on phones, and returns of Snapchat and TikTok, write them.
  @Test(arguments: [
    ("dd/MM/yyyy HH:mm:ss(z)", "13/06/2021 20:51:33(UTC+3)", "2021-06-13T17:51:33Z"),
    ("dd/MM/yyyy HH:mm:ss(z)", "13/06/2021 20:51:33(UTC+0)", "2021-06-13T20:51:33Z"),
    ("dd/MM/yyyy HH:mm:ss(z)", "13/06/2021 20:51:33(UTC)", "2021-06-13T20:51:33Z"),
    ("dd/MM/yyyy HH:mm:ss(z)", "13/06/2021 20:51:33(UTC-4)", "2021-06-14T00:51:33Z"),
    ("dd/MM/yyyy HH:mm:ss(z)", "13/06/2021 20:51:33(UTC+5:30)", "2021-06-13T15:21:33Z"),
    ("dd/MM/yyyy HH:mm:ss(z)", "13/06/2021 20:51:33(UTC+01:00)", "2021-06-13T19:51:33Z"),
    ("dd/MM/yyyy hh:mm:ssa (z)", "27/07/2026 03:04:43PM (UTC +00)", "2026-07-27T15:04:43Z"),
    ("EEE MMM dd HH:mm:ss z yyyy", "Wed Aug 19 12:00:00 UTC 2021", "2021-08-19T12:00:00Z"),
    ("EEE MMM dd HH:mm:ss z yyyy", "Sun Apr 02 08:04:52 +0000 2023", "2023-04-02T08:04:52Z"),
    ("EEE d MMM yyyy HH:mm z", "sam. 13 juil. 2024 10:30 GMT+2", "2024-07-13T08:30Z"),
  ])
  func zonesAndWeekdaysAsReturnsWriteThem(_ format: String, _ written: String, _ time: String) throws {
    let mapping = try TableTests.mapping([("dd/MM/yyyy HH:mm:ss", format), ("zone = \"UTC\"", "")])
    let unit = try TableTests.read("Member ID,Date,IP,Port\n1,\(written),192.0.2.1,\n", mapping)
    #expect(unit.records.first?.time == TimeText.iso8601(time))
  }

  @Test func aMonthMayBeAbbreviatedWithAFullStop() throws {
    let mapping = try TableTests.mapping([("dd/MM/yyyy HH:mm:ss", "d MMM yyyy")])
    let unit = try TableTests.read(
      "Member ID,Date,IP,Port\n1,13 juil. 2024,192.0.2.1,\n1,13 mai\u{A0}2024,192.0.2.1,\n1,1 Sept.. 2024,192.0.2.1,\n",
      mapping)
    #expect(unit.records.map(\.time) == ["2024-07-13", "2024-05-13"].map { TimeText.iso8601($0) })
    let dotted = try TableTests.mapping([("dd/MM/yyyy HH:mm:ss", "d.MMM.yyyy")])
    let other = try TableTests.read("Member ID,Date,IP,Port\n1,13.Mai.2024,192.0.2.1,\n", dotted)
    #expect(other.records.first?.time == TimeText.iso8601("2024-05-13"))
  }

  @Test func zonesAreNotInvented() throws {
    let row = "Member ID,Date,IP,Port\n1,13/07/2024 10:00:00,192.0.2.1,\n"
    let none = try TableTests.mapping([("zone = \"UTC\"", "")])
    #expect(try TableTests.read(row, none).records[0].time.zone == .unknown)
    let named = try TableTests.mapping([("zone = \"UTC\"", "zone = \"Europe/London\"")])
    let time = try TableTests.read(row, named).records[0].time
    #expect(time.zone == .assumed && time.microseconds == TimeText.iso8601("2024-07-13T09:00Z")?.microseconds)
  }

  /// Returns write times as programs print them.
  @Test(arguments: [
    ("EEE MMM dd HH:mm:ss z yyyy", "Wed Aug 19 12:00:00 UTC 2020"),
    ("EEE, dd MMM yyyy HH:mm:ss z", "mer., 19 août 2020 13:00:00 +01:00"),
    ("EEE dd/MM/yyyy HH:mm:ss z", "Wednesday 19/08/2020 12:00:00 Z"),
  ])
  func daysOfTheWeek(_ format: String, _ written: String) throws {
    var options = ReaderOptions()
    options.mappings = [
      try TableMapping(
        toml: """
          version = 1
          platform = "x"
          [account]
          column = "id"
          kind = "platform-id"
          scope = "platform"
          [record]
          class = "login"
          [time]
          column = "at"
          format = "\(format)"
          """)
    ]
    let text = "id\tat\n7\t\(written)\n8\t19 Aug\n"
    let unit = try #require(try ReadOutcome.reading(text, named: "a.tsv", options: options).units.first)
    #expect(unit.records.map(\.time) == [TimeText.iso8601("2020-08-19T12:00:00Z")])
    #expect(unit.counts("login") == [2, 1, 1])
  }
}
