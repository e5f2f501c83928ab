internal import AccountModel
internal import Columns
internal import GRDB

/// Ids of canonical values, cached; the table in the case is the truth.
struct ValueTable {
  /// Entries after which the cache starts anew, to bound its memory.
  private static let limit = 1 << 20
  private let database: Database
  private let find: BoundStatement
  private let insert: BoundStatement
  private var cache = Interner()
  private var ids: [Int64] = []
  private var scratch: [UInt8] = []

  init(_ database: Database) throws {
    self.database = database
    find = try BoundStatement(
      database, "SELECT id FROM value WHERE kind = ? AND platform = ? AND canonical = ?")
    insert = try BoundStatement(
      database, "INSERT INTO value (kind, platform, canonical, flags) VALUES (?, ?, ?, ?)")
  }

  /// The id of a value, stored when it is new, with what its first spelling showed.
  mutating func id(of identifier: NormalisedIdentifier, platform: Platform?) throws -> Int64 {
    if cache.count > Self.limit {
      cache = Interner()
      ids.removeAll(keepingCapacity: true)
    }
    let kind = identifier.kind.rawValue
    let scope = platform?.rawValue ?? ""
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: kind.utf8)
    scratch.append(0)
    scratch.append(contentsOf: scope.utf8)
    scratch.append(0)
    scratch.append(contentsOf: identifier.canonical.utf8)
    let token = scratch.withUnsafeBufferPointer { cache.intern($0) }
    if Int(token.raw) < ids.count { return ids[Int(token.raw)] }
    let id = try stored(identifier, kind, scope)
    ids.append(id)
    return id
  }

  private func stored(_ identifier: NormalisedIdentifier, _ kind: String, _ scope: String) throws -> Int64 {
    for statement in [find, insert] {
      statement.bind(1, kind)
      statement.bind(2, scope)
      statement.bind(3, identifier.canonical)
    }
    if let known = try find.fetchInteger() { return known }
    insert.bind(4, identifier.flags.joined(separator: " "))
    try insert.execute()
    return database.lastInsertedRowID
  }
}
