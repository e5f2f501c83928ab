internal import AccountModel

/// The times of a report: ISO 8601, or the wall clock in the locale of the examiner's machine.
enum CellebriteTime {
  /// What a text is.
  enum Reading {
    case none
    case time(ObservedTime)
    /// A date of which nothing tells the day from the month.
    case open
    case unreadable
  }

  /// Reads a text. A zone is known only where the text has one.
  ///
  /// - Parameter order: of day and month where the date leaves it open; a date with a day over 12 does not.
  static func read(_ text: String, order: ReaderOptions.DateOrder?) -> Reading {
    if text.isEmpty || NoValue.isNamed(by: text) { return .none }
    var copy = text
    return copy.withUTF8 { bytes in
      if let time = TimeText.iso8601(bytes) { return time.isPlausible ? .time(time) : .unreadable }
      for pattern in patterns {
        guard let reading = pattern.read(bytes) else { continue }
        let order = TableTimes.proof((reading.open[0], reading.open[1])) ?? order
        if order == nil, reading.open.allSatisfy({ (1...12).contains($0) }) { return .open }
        guard let time = reading.time(order: order), time.isPlausible else { return .unreadable }
        return .time(time)
      }
      return .unreadable
    }
  }

  private static let patterns: [TimePattern] = {
    var patterns: [TimePattern] = []
    for mark in ["/", ".", "-"] {
      for clock in ["HH:mm:ss", "hh:mm:ss a", "HH:mm", "hh:mm a"] {
        for zone in ["(z)", "", " z"] {
          if let pattern = TimePattern("xx\(mark)xx\(mark)yyyy \(clock)\(zone)") { patterns.append(pattern) }
        }
      }
    }
    return patterns
  }()

  /// Seconds of `00:01:35`, `1.02:03:04` (days first) or a bare number; nil for anything else.
  static func seconds(_ text: String) -> Int? {
    let parts = text.prefix { $0 != "." || text.contains(":") }.split(separator: ":")
    guard (1...3).contains(parts.count) else { return nil }
    var total = 0
    for (position, part) in parts.enumerated() {
      let number: Int
      if position == 0, parts.count == 3, let dot = part.firstIndex(of: ".") {
        guard let days = Int(part[..<dot]), let hours = Int(part[part.index(after: dot)...]),
          (0..<10_000).contains(days), (0...100_000_000).contains(hours)
        else {
          return nil
        }
        number = days * 24 + hours
      } else {
        guard let found = Int(part.prefix { $0 != "." }), (0...100_000_000).contains(found) else {
          return nil
        }
        number = found
      }
      total = total * 60 + number
    }
    return total
  }
}
