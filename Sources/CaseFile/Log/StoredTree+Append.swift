import Foundation
import GRDB
import TransparencyLog

/// Adds leaves to the stored tree.
///
/// Held in memory are the roots of the complete subtrees that end at the last leaf, one for each bit of the size:
///
///     size 6 = 110:   level 2 covers leaves 0 to 3, level 1 covers leaves 4 and 5
struct StoredTreeAppender {
  /// Leaves.
  private(set) var size: UInt64
  private var frontier: [TransparencyLog.Digest?] = []
  private let insert: Statement

  init(_ database: Database) throws {
    let tree = StoredTree(database)
    size = try tree.size()
    insert = try database.cachedStatement(sql: "INSERT INTO log_node VALUES (?, ?, ?)")
    var level = 0
    while size >> UInt64(level) > 0 {
      let count = size >> UInt64(level)
      frontier.append(count & 1 == 1 ? try tree.node(level: level, index: count - 1) : nil)
      level += 1
    }
  }

  /// Stores the subtrees that a leaf completes; the leaf itself is the caller's.
  mutating func append(leaf commitment: TransparencyLog.Digest) throws {
    var hash = TreeHash.leaf(commitment.bytes)
    var level = 0
    while level < frontier.count, let left = frontier[level] {
      frontier[level] = nil
      hash = TreeHash.node(left, hash)
      level += 1
      try insert.execute(arguments: [level, Int64(size >> UInt64(level)), Data(hash.bytes)])
    }
    if level == frontier.count { frontier.append(hash) } else { frontier[level] = hash }
    size += 1
  }
}
