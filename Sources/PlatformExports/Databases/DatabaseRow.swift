/// A row of a table, by the columns that a reader knows. It lives until the next step.
struct DatabaseRow<Column: DatabaseColumn> {
  /// The row's number in its table.
  let id: Int64
  let query: DatabaseQuery

  /// The number stands before the columns.
  private func position(_ column: Column) -> Int32 { Int32(truncatingIfNeeded: column.rawValue) + 1 }

  /// Whether a column is without a value, or absent.
  func isNull(_ column: Column) -> Bool { query.isNull(position(column)) }

  /// An integer; nil for none and for anything else.
  func integer(_ column: Column) -> Int64? { query.integer(position(column)) }

  /// A number; nil for none and for anything else.
  func real(_ column: Column) -> Double? { query.real(position(column)) }

  /// A text as bytes; empty for none, nil for what is no text.
  func text(_ column: Column) -> Bytes? { query.text(position(column)) }

  /// A text as bytes; empty for none and for what is no text.
  func optionalText(_ column: Column) -> Bytes { text(column) ?? Bytes(start: nil, count: 0) }

  /// A blob; empty for none and for anything else.
  func blob(_ column: Column) -> Bytes { query.blob(position(column)) }

  /// A text, damage replaced.
  func string(_ column: Column) -> String { String(decoding: optionalText(column), as: UTF8.self) }
}
