import Foundation

/// Bank holidays of England and Wales: dated data with a span, never a formula, as a proclamation can move them.
public struct BankHolidays: Hashable, Sendable {
  /// What is wrong with a calendar.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file is not in the form of gov.uk/bank-holidays.json: why.
    case malformed(String)
    /// A date lies beyond the years that the calendar covers.
    case beyondSpan(CivilDate, covered: ClosedRange<CivilDate>)

    /// What is wrong, and what to do.
    public var description: String {
      switch self {
      case .malformed(let why): "the calendar of bank holidays cannot be read: \(why)"
      case .beyondSpan(let date, let covered):
        "\(date) is not covered by the calendar of bank holidays (\(covered.lowerBound) to \(covered.upperBound)); give a newer one"
      }
    }
  }

  /// Where the dates come from.
  public let source: String
  /// The days that the calendar speaks of: whole years.
  public let span: ClosedRange<CivilDate>
  /// The holidays.
  public let days: Set<CivilDate>

  /// Takes dates. The span runs from the first day of the first year to the last day of the last.
  ///
  /// - Throws: `Failure.malformed` when there are none.
  public init(source: String, days: some Sequence<CivilDate>) throws(Failure) {
    let sorted = days.sorted()
    guard let first = sorted.first, let last = sorted.last,
      let start = CivilDate(year: first.parts.year, month: 1, day: 1),
      let end = CivilDate(year: last.parts.year, month: 12, day: 31)
    else { throw .malformed("it holds no dates") }
    self.source = source
    self.days = Set(sorted)
    span = start...end
  }

  /// Reads JSON in the form of gov.uk/bank-holidays.json, where England and Wales hold `events` or are a list of them.
  ///
  /// - Throws: `Failure.malformed`.
  public init(json bytes: [UInt8]) throws(Failure) {
    struct Event: Decodable { var date: String }
    struct Division: Decodable {
      var events: [Event]
      init(from decoder: any Decoder) throws {
        if let list = try? [Event](from: decoder) {
          events = list
        } else {
          events = try decoder.container(keyedBy: Key.self).decode([Event].self, forKey: .events)
        }
      }
      enum Key: String, CodingKey { case events }
    }
    struct File: Decodable {
      var source: String?
      var englandAndWales: Division
      enum CodingKeys: String, CodingKey { case source, englandAndWales = "england-and-wales" }
    }
    let file: File
    do { file = try JSONDecoder().decode(File.self, from: Data(bytes)) } catch {
      throw .malformed(
        "it is not JSON in the form of gov.uk/bank-holidays.json, with england-and-wales in it")
    }
    var days: [CivilDate] = []
    for event in file.englandAndWales.events {
      guard let date = CivilDate(event.date) else { throw .malformed("\(event.date) is not a date") }
      days.append(date)
    }
    try self.init(source: file.source ?? "gov.uk", days: days)
  }

  /// Whether people work on a day: Monday to Friday and no bank holiday.
  ///
  /// - Throws: `Failure.beyondSpan`.
  public func isWorkingDay(_ date: CivilDate) throws(Failure) -> Bool {
    guard span.contains(date) else { throw .beyondSpan(date, covered: span) }
    return date.weekday <= 5 && !days.contains(date)
  }
}
