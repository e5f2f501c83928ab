import AccountModel
public import GRDB

/// What the accounts of a case wrote.
public enum AccountTexts {
  /// Reads the text of every message and post, by account and then in the order of import, without accounts that were
  /// restricted or erased.
  ///
  /// - Parameter body: called with the case's ids of account and record, and the text.
  public static func forEach(
    _ database: Database, _ body: (_ account: Int64, _ record: Int64, _ text: String) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT appearance.account, record.id, record.text
        FROM record JOIN appearance ON appearance.id = record.appearance
        WHERE record.class = ? AND record.text <> '' AND appearance.account NOT IN (SELECT account FROM withdrawal)
        ORDER BY appearance.account, record.id
        """, arguments: [RecordClass.message.rawValue])
    while let row = try rows.next() { try body(row[0], row[1], row[2]) }
  }
}
