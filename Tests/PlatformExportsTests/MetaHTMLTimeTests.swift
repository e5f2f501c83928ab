import AccountModel
import PlatformExports
import Testing

/// Times of pages, by language.
@Suite struct MetaHTMLTimeTests {
  private func record(
    _ written: String, _ options: ReaderOptions = ReaderOptions()
  ) throws -> (record: ReadOutcome.Record, unit: ReadOutcome.Unit) {
    let page = MetaPageSamples.page(
      MetaPageSamples.part("Rex", MetaPageSamples.words("x"), written, .new), .new)
    let unit = try #require(ReadOutcome.reading(page, named: "message_1.html", options: options).units.first)
    return (try #require(unit.records.first), unit)
  }

  @Test(arguments: [
    ("Nov 08, 2005 4:19:54 am", "2005-11-08 04:19:54"), ("Oct 04, 2026 12:49 pm", "2026-10-04 12:49"),
    ("Jan 01, 2026 12:30 am", "2026-01-01 00:30"), ("Sep 22, 2017, 6:33 AM", "2017-09-22 06:33"),
    ("oct 28, 2023 4:28:09pm", "2023-10-28 16:28:09"), ("mai 04, 2020 1:29:05pm", "2020-05-04 13:29:05"),
    ("jun 20, 2025 3:24 da manhã", "2025-06-20 03:24"),
    ("mar 19, 2024 12:18 da tarde/noite", "2024-03-19 12:18"),
    ("nov 16, 2025 3:52\u{202F}am", "2025-11-16 03:52"), ("27 Dec 2009, 17:31", "2009-12-27 17:31"),
    ("9 de octubre de 2025, 8:09:15 a. m.", "2025-10-09 08:09:15"),
    ("4 дек 2022 г., 14:05", "2022-12-04 14:05"),
    ("Tháng 10 01, 2025 10:21:24 ch", "2025-10-01 22:21:24"),
    ("Tháng 12 02, 2024 10:15:35 sáng", "2024-12-02 10:15:35"), ("ağu 04, 2022 2:05 ÖS", "2022-08-04 14:05"),
    ("25.12.2018, 18:07", "2018-12-25 18:07"),
    ("2018-12-05 18:07", "2018-12-05 18:07"), ("12/25/2018 6:07 PM", "2018-12-25 18:07"),
  ])
  func read(_ written: String, _ expected: String) throws {
    let (record, unit) = try record(written)
    #expect(record.time.microseconds == TimeText.iso8601(expected)?.microseconds, "\(written)")
    #expect(record.time.zone == .unknown && record.writtenTime == written && unit.setAside.isEmpty)
  }

  /// A word that may be a half of the day, a month that is none, a day that does not exist.
  @Test(arguments: [
    "Nov 08, 2005 4:19:54 xx", "Nov 31, 2005 4:19 am", "Zzz 08, 2005 4:19 am", "Nov 08, 2005 13:19 pm",
    "Nov 08, 2005", "08 2005 10:00", "Tháng 13 01, 2025 10:21:24 ch", "Nov 08, 1905 4:19 am", "4:19",
  ])
  func unread(_ written: String) throws {
    let (record, unit) = try record(written)
    #expect(record.time.isNone && record.text == "x" && record.writtenTime == written)
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code)" } == ["time bad-time"])
    #expect(unit.tally("message") == [1, 1, 0])
  }

  /// Some names of months are those of others in Polish and Czech; other dates of the pages tell, wherever they stand.
  @Test(arguments: [
    (["listopada 05, 2023 4:19 am", "siječnja 02, 2023 4:19 am"], ["2023-10-05 04:19", "2023-01-02 04:19"]),
    (
      ["5. lis 2023, 14:05", "5. srp 2023, 14:05", "1. kol 2023, 14:05"],
      ["2023-10-05 14:05", "2023-07-05 14:05", "2023-08-01 14:05"]
    ),
    (
      ["lip 05, 2023 4:19 am", "pro 05, 2022 4:19 am", "ožu 05, 2022 4:19 am"],
      ["2023-06-05 04:19", "2022-12-05 04:19", "2022-03-05 04:19"]
    ),
    (["lis 05, 2023 4:19 am", "stycznia 02, 2023 4:19 am"], ["2023-11-05 04:19", "2023-01-02 04:19"]),
    (
      ["srp 05, 2023 4:19 am", "lip 05, 2023 4:19 am", "kvě 02, 2023 4:19 am"],
      ["2023-08-05 04:19", "2023-07-05 04:19", "2023-05-02 04:19"]
    ),
    // No other date, one that is the same in both, and dates of two languages.
    (["listopada 05, 2023 4:19 am"], [""]),
    (["lis 05, 2023 4:19 am", "pro 05, 2022 4:19 am"], ["", "2022-12-05 04:19"]),
    (
      ["srp 05, 2023 4:19 am", "kol 05, 2022 4:19 am", "maj 05, 2022 4:19 am"],
      ["", "2022-08-05 04:19", "2022-05-05 04:19"]
    ),
  ])
  func monthsOfSeveralLanguages(_ written: [String], _ expected: [String]) throws {
    let parts = written.map { MetaPageSamples.part("Rex", MetaPageSamples.words("x"), $0, .new) }
    let page = MetaPageSamples.page(parts.joined(), .new)
    let unit = try #require(ReadOutcome.reading(page, named: "message_1.html").units.first)
    #expect(unit.records.map(\.writtenTime) == written)
    #expect(
      unit.records.map { $0.time.isNone ? nil : $0.time.microseconds }
        == expected.map { $0.isEmpty ? nil : TimeText.iso8601($0)?.microseconds })
    let open = expected.count { $0.isEmpty }
    #expect(unit.setAside.reduce(0) { $0 + $1.count } == open)
    #expect(unit.notes.contains { $0.hasPrefix("\(open) dates name a month") } == (open > 0))
  }

  @Test func theOrderOfDayAndMonthIsAskedFor() throws {
    let open = try record("04.05.2019, 18:07")
    #expect(open.record.time.isNone && open.unit.notes.contains { $0.contains("--date-order") })
    for (order, day) in [(ReaderOptions.DateOrder.dayMonthYear, "2019-05-04"), (.monthDayYear, "2019-04-05")]
    {
      var options = ReaderOptions()
      options.dateOrder = order
      let told = try record("04.05.2019, 18:07", options)
      #expect(told.record.time.microseconds == TimeText.iso8601("\(day) 18:07")?.microseconds)
    }
  }

  @Test func aZoneIsTold() throws {
    var options = ReaderOptions()
    options.timeZone = "GMT-8"
    let summer = try record("Aug 09, 2026 9:49 am", options)
    #expect(summer.record.time.microseconds == 1_786_297_740_000_000 && summer.record.time.zone == .assumed)
    options.timeZone = "Europe/London"
    // The hour that the clock shows twice.
    let fold = try record("Oct 25, 2026 1:30 am", options)
    #expect(fold.record.time.zone == .unknown && fold.unit.notes.contains { $0.contains("keep no zone") })
    options.timeZone = "BST"
    #expect(throws: ExportRefusal.self) { try record("Aug 09, 2026 9:49 am", options) }
  }

  @Test func aZoneIsWritten() throws {
    let known = try record("Thursday, 27 June 2019 at 12:55 UTC+07:00")
    #expect(known.record.time.zone == .known)
    #expect(known.record.time.microseconds == TimeText.iso8601("2019-06-27T05:55Z")?.microseconds)
  }
}
