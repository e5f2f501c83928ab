internal import AccountModel
internal import Columns

/// Tells whether a spreadsheet may have taken days for months: of `03/04/2024` and `13/04/2024` one that expects the month
/// first makes the 4th of March, and leaves the other as text.
final class MixedDates {
  /// Dates that are numbers to the spreadsheet, and those that are text.
  private(set) var dates = 0
  private(set) var texts = 0
  private var isOneOrderAlone = true

  /// Dates below which it may be chance.
  private static let least = 5

  /// Counts a date, before a zone is assumed for it.
  func add(_ time: ObservedTime, isText: Bool) {
    // Plausible times lie behind 1970.
    let day = GregorianCalendar.date(days: Int(time.microseconds / CivilTime.day)).day
    if isText { texts += 1 } else { dates += 1 }
    if (day > 12) != isText { isOneOrderAlone = false }
  }

  /// Whether all dates could be read with month and day exchanged, and no text.
  var isSuspect: Bool { isOneOrderAlone && dates > 0 && texts > 0 && dates + texts >= Self.least }
}
