import GRDB

/// What the database knows of the signing of its log.
struct LogState {
  /// The public key.
  let vkey: String
  /// Entries that are known to be signed; there may be more.
  let signed: UInt64

  /// Reads it; nil when the case has no log yet.
  static func stored(_ database: Database) throws -> LogState? {
    guard let row = try Row.fetchOne(database, sql: "SELECT vkey, signed FROM log_state") else { return nil }
    return LogState(vkey: row["vkey"], signed: UInt64(max(row["signed"] as Int64, 0)))
  }

  init(vkey: String, signed: UInt64) {
    self.vkey = vkey
    self.signed = signed
  }

  /// Reads it.
  ///
  /// - Throws: `LogFailure.damaged` when it is missing.
  init(_ database: Database) throws {
    guard let stored = try Self.stored(database) else { throw LogFailure.damaged("its key is not recorded") }
    self = stored
  }

  /// Stores the key of a new log.
  static func begin(_ vkey: String, in database: Database) throws {
    try database.execute(sql: "INSERT INTO log_state VALUES (1, ?, 0)", arguments: [vkey])
  }

  /// Records how many entries are signed.
  static func record(signed: UInt64, in database: Database) throws {
    let statement = try database.cachedStatement(sql: "UPDATE log_state SET signed = max(signed, ?)")
    try statement.execute(arguments: [Int64(signed)])
  }
}
