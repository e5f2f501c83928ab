import Foundation
public import GRDB
public import TransparencyLog

/// The tree of the log as the case stores it: commitments in `log_entry`, hashes of complete subtrees above the leaves
/// in `log_node`.
public struct StoredTree: MerkleNodes {
  let database: Database

  /// Reads the tree inside a transaction.
  public init(_ database: Database) { self.database = database }

  /// Entries stored.
  public func size() throws -> UInt64 {
    let statement = try database.cachedStatement(sql: "SELECT coalesce(max(idx) + 1, 0) FROM log_entry")
    return UInt64(try Int64.fetchOne(statement) ?? 0)
  }

  /// What the leaf at an index holds.
  public func commitment(_ index: UInt64) throws -> TransparencyLog.Digest {
    try digest("SELECT commitment FROM log_entry WHERE idx = ?", [Int64(index)], "entry \(index)")
  }

  /// See `MerkleNodes`.
  public func node(level: Int, index: UInt64) throws -> TransparencyLog.Digest {
    if level == 0 { return TreeHash.leaf(try commitment(index).bytes) }
    return try digest(
      "SELECT hash FROM log_node WHERE level = ? AND idx = ?", [level, Int64(index)],
      "node \(index) of level \(level)")
  }

  private func digest(
    _ sql: String, _ arguments: StatementArguments, _ what: String
  ) throws -> TransparencyLog.Digest {
    guard
      let bytes = try Data.fetchOne(try database.cachedStatement(sql: sql), arguments: arguments),
      let digest = TransparencyLog.Digest(bytes: bytes)
    else { throw LogFailure.damaged("\(what) is missing") }
    return digest
  }

  /// Stores a leaf and the subtrees that it completes.
  func append(_ index: UInt64, leaf commitment: TransparencyLog.Digest) throws {
    let insert = try database.cachedStatement(sql: "INSERT INTO log_node VALUES (?, ?, ?)")
    var hash = TreeHash.leaf(commitment.bytes)
    var (level, place) = (0, index)
    while place & 1 == 1 {
      hash = TreeHash.node(try node(level: level, index: place - 1), hash)
      level += 1
      place >>= 1
      try insert.execute(arguments: [level, Int64(place), Data(hash.bytes)])
    }
  }
}
