/// Where a record stands in its file: `line 7`, or `row 7` of a sheet.
public struct TableLine: Sendable, Equatable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// What the places of a file are called.
  public enum Unit: String, Sendable, Codable { case line, row }

  /// From 1.
  public let number: Int
  /// What it is.
  public let unit: Unit

  /// Makes a place.
  public init(_ number: Int, _ unit: Unit = .line) {
    self.number = number
    self.unit = unit
  }

  /// Makes the place of a line.
  public init(integerLiteral number: Int) { self.init(number) }

  /// In words.
  public var description: String { "\(unit) \(number)" }
}
