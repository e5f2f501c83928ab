public import GRDB

/// What must be kept, whoever asks for its erasure.
public struct LegalHold: Sendable, Codable, Hashable {
  /// Its id: `H1`.
  public var id: String
  /// What is held: `A3`, `I2`, `D4`, `E17`; empty for the whole case.
  public var subject: String
  /// Why.
  public var reason: String
  /// Whose order or request it is.
  public var reference: String
  /// When it was placed, ISO 8601 in UTC.
  public var placedAt: String
  /// By whom.
  public var placedBy: String
  /// When it was lifted; nil while it stands.
  public var liftedAt: String?
  /// By whom.
  public var liftedBy: String?

  enum CodingKeys: String, CodingKey {
    case id, subject, reason, reference, placedAt = "placed_at", placedBy = "placed_by", liftedAt =
      "lifted_at"
    case liftedBy = "lifted_by"
  }

  /// Every hold that was ever placed, oldest first.
  public static func all(_ database: Database) throws -> [LegalHold] {
    try Row.fetchAll(database, sql: "SELECT * FROM legal_hold ORDER BY id").map { row in
      LegalHold(
        id: "H\(row["id"] as Int64)", subject: row["subject"], reason: row["reason"],
        reference: row["reference"], placedAt: row["placed_at"], placedBy: row["placed_by"],
        liftedAt: row["lifted_at"], liftedBy: row["lifted_by"])
    }
  }

  /// Places a hold.
  ///
  /// - Returns: its id.
  public static func place(
    _ subject: String, reason: String, reference: String, at stamp: String, by who: String,
    _ database: Database
  ) throws -> String {
    try database.execute(
      sql: """
        INSERT INTO legal_hold (subject, reason, reference, placed_at, placed_by) VALUES (?, ?, ?, ?, ?)
        """, arguments: [subject, reason, reference, stamp, who])
    return "H\(database.lastInsertedRowID)"
  }

  /// Lifts a hold that stands.
  ///
  /// - Parameter id: `H1` or `1`.
  /// - Returns: its id, as the log names it.
  /// - Throws: `CaseError` when there is none by that id, or it was lifted.
  public static func lift(
    _ id: String, at stamp: String, by who: String, _ database: Database
  ) throws -> String {
    let number: Int64? = RecordLabel.number(id, letter: "H")
    try database.execute(
      sql: "UPDATE legal_hold SET lifted_at = ?, lifted_by = ? WHERE id = ? AND lifted_at IS NULL",
      arguments: [stamp, who, number])
    guard let number, database.changesCount == 1 else {
      throw CaseError.invalid("No hold \(id) stands. `cognate hold list CASE` lists them.")
    }
    return "H\(number)"
  }
}
