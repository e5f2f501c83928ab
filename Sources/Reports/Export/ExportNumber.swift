import Charts

/// Numbers in exports, the same on every machine.
enum ExportNumber {
  /// A weight with four decimals and a hyphen for minus, as programs read it.
  static func weight(_ value: Double) -> String { Figure.fixed(value, 4) }

  /// A number of whole tenths with its one decimal.
  static func tenth(_ value: Double) -> String { Figure.fixed(value, 1) }
}
