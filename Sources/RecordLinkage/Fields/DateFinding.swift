/// What became of the values of a column of dates, in records.
public struct DateFinding: Sendable, Codable, Hashable {
  /// Values.
  public private(set) var filled = 0
  /// Values that are no date that can be read, and count as empty.
  public private(set) var unread = 0
  /// The id of the first record that has one.
  public private(set) var firstUnread: String?
  /// Years alone where others say the day, which count as empty.
  public private(set) var yearsAlone = 0
  /// Months of a year without their day.
  public private(set) var months = 0
  /// Days that are not in the calendar, which are compared by their digits.
  public private(set) var slips = 0
  /// Days that may be months and the other way round, where nothing in the column tells.
  public private(set) var ambiguous = 0
  /// Whether such days were taken to stand before months.
  public private(set) var isDayFirst = true
  /// Years of two digits, taken for those of one hundred years.
  public private(set) var shortYears = 0

  private enum CodingKeys: String, CodingKey {
    case filled, unread, months, slips, ambiguous, isDayFirst = "day_first", firstUnread = "first_unread"
    case yearsAlone = "years_alone", shortYears = "short_years"
  }

  /// Counts the records of a column as it was read; `id` is asked for the id of a record.
  init(_ values: Packed<UInt32>, _ readings: DateReadings, id: (Int) -> String) {
    let layout = readings.layout
    isDayFirst = layout.order != .monthFirst
    for record in 0..<values.count {
      let date = readings.dates[Int(values[record])]
      if date.extent == .missing { continue }
      filled += 1
      if date.hasShortYear, date.extent != .none { shortYears += 1 }
      switch date.extent {
      case .day: ambiguous += date.isAmbiguous && !layout.holdsYears ? 1 : 0
      case .month: months += layout.holdsYears ? 0 : 1
      case .year: yearsAlone += layout.holdsYears ? 0 : 1
      case .slip: slips += 1
      case .missing: break
      case .none:
        if unread == 0 { firstUnread = id(record) }
        unread += 1
      }
    }
  }

  /// All that a reader of the result must know, in words, with counts.
  public var remarks: [String] {
    var remarks: [String] = []
    func add(_ count: Int, _ one: String, _ several: String) {
      if count > 0 { remarks.append("\(count) \(count == 1 ? one : several)") }
    }
    let first = firstUnread.map { ", the first in record \(VisibleName.quote($0))" } ?? ""
    add(
      unread, "value is no date that can be read and counts as empty\(first)",
      "of \(filled) values are no dates that can be read and count as empty\(first)")
    add(
      yearsAlone, "value is a year alone and counts as empty, as others say the day",
      "values are years alone and count as empty, as others say the day")
    add(months, "value says a month and no day", "values say a month and no day")
    add(
      slips, "value is no day of the calendar and is compared by its digits",
      "values are no days of the calendar and are compared by their digits")
    let order = isDayFirst ? "day before month" : "month before day"
    add(
      ambiguous,
      "value may be read with day or month first and was read \(order); date_order in a schema settles it",
      "values may be read with day or month first and were read \(order); date_order in a schema settles it")
    add(
      shortYears, "year of two digits was taken for one from 1926 to 2025",
      "years of two digits were taken for those from 1926 to 2025")
    return remarks
  }
}
