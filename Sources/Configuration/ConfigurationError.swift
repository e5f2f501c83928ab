/// A setting that cannot be used.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Dotted path of the key, for example `account.kind` or `identifier[1].column`; empty for the whole text.
  public let key: String
  /// Line of the key, or of the table that lacks it, from 1; 0 when unknown.
  public let line: Int
  /// What is wrong, and what would be right.
  public let problem: String

  /// Makes an error.
  public init(key: String, line: Int, problem: String) {
    self.key = key
    self.line = line
    self.problem = problem
  }

  /// One line for people.
  public var description: String { describe(in: "the file") }

  /// One line for people: `whole` stands for the place where no line is known.
  public func describe(in whole: String) -> String {
    let place = line > 0 ? "line \(line)" : whole
    return key.isEmpty ? "\(place): \(problem)" : "\(place), \(key): \(problem)"
  }
}
