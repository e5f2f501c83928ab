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

  /// What the leaves of a range hold.
  public func commitments(_ range: Range<UInt64>) throws -> [TransparencyLog.Digest] {
    try digests(
      "SELECT commitment FROM log_entry WHERE idx >= ? AND idx < ? ORDER BY idx",
      [Int64(range.lowerBound), Int64(range.upperBound)], range, "entries")
  }

  /// See `MerkleNodes`.
  public func node(level: Int, index: UInt64) throws -> TransparencyLog.Digest {
    if level == 0 { return TreeHash.leaf(try commitment(index).bytes) }
    return try digest(
      "SELECT hash FROM log_node WHERE level = ? AND idx = ?", [level, Int64(index)],
      "node \(index) of level \(level)")
  }

  /// See `MerkleNodes`.
  public func nodes(level: Int, _ range: Range<UInt64>) throws -> [TransparencyLog.Digest] {
    if level == 0 { return try commitments(range).map { TreeHash.leaf($0.bytes) } }
    return try digests(
      "SELECT hash FROM log_node WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx",
      [level, Int64(range.lowerBound), Int64(range.upperBound)], range, "nodes of level \(level)")
  }

  private func digests(
    _ sql: String, _ arguments: StatementArguments, _ range: Range<UInt64>, _ what: String
  ) throws -> [TransparencyLog.Digest] {
    let rows = try Row.fetchCursor(try database.cachedStatement(sql: sql), arguments: arguments)
    var digests: [TransparencyLog.Digest] = []
    digests.reserveCapacity(Int(range.upperBound - range.lowerBound))
    while let row = try rows.next() {
      let digest = try row.withUnsafeData(atIndex: 0) { $0.flatMap { TransparencyLog.Digest(bytes: $0) } }
      guard let digest else { throw LogFailure.damaged("one of the \(what) has not 32 bytes") }
      digests.append(digest)
    }
    guard digests.count == Int(range.upperBound - range.lowerBound) else {
      throw LogFailure.damaged("\(what) \(range.lowerBound) to \(range.upperBound - 1) are not all there")
    }
    return digests
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
}
