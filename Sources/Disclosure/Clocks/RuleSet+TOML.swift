internal import Configuration

/// Writing a rule set down, so that what a date was computed by can be kept and read again.
extension RuleSet {
  /// The rule set as TOML, which `init(toml:)` reads back to an equal one; equal sets give equal text.
  public var toml: String {
    var lines = ["version = \(TOMLString.quoted(version))", "longest-deferral-days = \(longestDeferral)"]
    for kind in ClockKind.allCases {
      let usual = limits[kind].map { [Self.line($0)] } ?? []
      let enhanced = enhancedLimits[kind].map { ["enhanced-" + Self.line($0)] } ?? []
      if usual.isEmpty, enhanced.isEmpty { continue }
      lines += ["", "[limits.\(kind.rawValue)]"] + usual + enhanced
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ limit: TimeLimit) -> String {
    switch limit {
    case .workingDays(let count): "working-days = \(count)"
    case .days(let count): "days = \(count)"
    case .daysBeginningWith(let count): "days-beginning-with = \(count)"
    case .withoutDelay: "days = 0"
    }
  }
}

extension TimeLimit: CustomStringConvertible {
  /// The limit in words: `5 working days`.
  public var description: String {
    switch self {
    case .workingDays(let count): "\(count) working day\(count == 1 ? "" : "s")"
    case .days(let count): "\(count) day\(count == 1 ? "" : "s")"
    case .daysBeginningWith(let count): "\(count) day\(count == 1 ? "" : "s") beginning with the event"
    case .withoutDelay: "without delay"
    }
  }
}
