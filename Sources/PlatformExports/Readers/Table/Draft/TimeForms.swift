internal import AccountModel

/// Forms of times that a mapping knows and that tables are often written in.
enum TimeForms {
  /// The form of a mapping that reads dates and times alike.
  static let iso8601 = "iso8601"
  /// Values that are tried.
  private static let valueLimit = 200
  /// Dates alone; `xx` where day and month may stand either way.
  private static let dates =
    ["/", ".", "-"].flatMap { sign in
      ["yyyy\(sign)MM\(sign)dd", "xx\(sign)xx\(sign)yyyy", "xx\(sign)xx\(sign)yy"]
    } + ["dd MMM yyyy", "dd-MMM-yyyy", "dd-MMM-yy", "MMM dd, yyyy", "MMM dd yyyy", "dd/MMM/yyyy"]
  private static let clocks = ["HH:mm:ss", "HH:mm:ss.S", "HH:mm", "hh:mm:ss a", "hh:mm a"]
  private static let whole = [
    "EEE MMM dd HH:mm:ss z yyyy", "EEE, dd MMM yyyy HH:mm:ss z", "EEE MMM dd HH:mm:ss yyyy",
  ]

  /// All patterns, the plainest first.
  private static let patterns: [(text: String, pattern: TimePattern)] = {
    let texts =
      dates
      + dates.flatMap { date in
        [" ", ", "].flatMap { join in
          clocks.flatMap { clock in ["", " z", "(z)"].map { "\(date)\(join)\(clock)\($0)" } }
        }
      } + whole
    return texts.compactMap { text in TimePattern(text).map { (text, $0) } }
  }()

  /// The form in which nineteen of twenty values are times; nil where there is none.
  ///
  /// - Parameters:
  ///   - values: of a column, none of them blank.
  ///   - isNamed: whether the column's name speaks of a time: numbers alone are seconds or milliseconds then.
  static func form(of values: [String], isNamed: Bool) -> String? {
    let values = values.prefix(valueLimit)
    let needed = (values.count * 19 + 19) / 20
    func fits(_ test: (String) -> Bool) -> Bool { !values.isEmpty && values.count(where: test) >= needed }
    if fits({ TimeText.iso8601($0)?.isPlausible ?? false }) { return iso8601 }
    if isNamed {
      // From 2001 on, in either unit.
      if fits({ (1_000_000_000..<5_000_000_000).contains(Int64($0) ?? 0) }) { return "unix-seconds" }
      if fits({ (1_000_000_000_000..<5_000_000_000_000).contains(Int64($0) ?? 0) }) {
        return "unix-milliseconds"
      }
    }
    return patterns.first { one in
      fits { text in
        var text = text
        guard let reading = text.withUTF8({ one.pattern.read($0) }) else { return false }
        let time = reading.time(order: .dayMonthYear) ?? reading.time(order: .monthDayYear)
        return time?.isPlausible ?? false
      }
    }?.text
  }

  /// Whether times of a form are days.
  static func isDate(_ form: String, _ values: [String]) -> Bool {
    form == iso8601 ? values.prefix(valueLimit).allSatisfy { $0.utf8.count <= 10 } : dates.contains(form)
  }

  /// The form in which all values are times of day; nil where there is none.
  static func clock(of values: [String]) -> String? {
    let values = values.prefix(valueLimit)
    return values.isEmpty
      ? nil
      : clocks.first { clock in
        guard let pattern = TimePattern("yyyy-MM-dd \(clock)") else { return false }
        return values.allSatisfy { value in
          var text = "2000-01-01 " + value
          return text.withUTF8 { pattern.read($0) } != nil
        }
      }
  }

  /// Whether times of day stand behind a date as ISO 8601 has them, with two digits for the hour and no AM.
  static func isISOClock(_ values: [String]) -> Bool {
    values.prefix(valueLimit).allSatisfy { TimeText.iso8601("2000-01-01 " + $0) != nil }
  }

  /// Whether times of a form say in which zone they are.
  static func saysZone(_ form: String, _ values: [String]) -> Bool {
    switch form {
    case "unix-seconds", "unix-milliseconds": true
    case iso8601: values.prefix(valueLimit).allSatisfy { TimeText.iso8601($0)?.zone == .known }
    default: form.contains("z")
    }
  }
}
