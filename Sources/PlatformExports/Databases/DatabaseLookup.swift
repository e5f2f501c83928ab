/// Finds rows of a table by their numbers.
struct DatabaseLookup<Column: DatabaseColumn> {
  private let query: DatabaseQuery

  init(_ table: DatabaseTable<Column>) throws(DatabaseError) { query = try table.row() }

  /// The row of a number; nil when there is none. It lives until the next is asked for.
  func row(_ id: Int64) throws(DatabaseError) -> DatabaseRow<Column>? {
    try query.bind(id)
    return try query.step() ? DatabaseRow(id: id, query: query) : nil
  }
}
