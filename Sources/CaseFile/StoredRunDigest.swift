internal import Columns
internal import Crypto
import Foundation
public import GRDB

/// SHA-256 over what the case stores of a run, so that the log can say what was found and not only what went in.
///
/// Rows are taken in the order of their keys: 8 bytes for a whole number or a ratio (its bits), text with a zero behind
/// it, a byte of its own where nothing stands.
public struct StoredRunDigest: Sendable, Equatable {
  /// Over pairs with their weights, clusters, merges, merges that were held, and values that were too common; in
  /// hexadecimal. Erasing an account leaves these as they are.
  public let result: String
  /// Over each item of evidence; in hexadecimal. Erasing an account deletes its evidence.
  public let evidence: String

  /// The runs of which an account has evidence, by number.
  public static func runs(withEvidenceOf account: Int64, _ database: Database) throws -> [Int64] {
    try Int64.fetchAll(
      database, sql: "SELECT DISTINCT run FROM evidence WHERE left = :account OR right = :account",
      arguments: ["account": account])
  }

  /// The runs that entries tell of, by number.
  static func runs(toldBy entries: [UInt64], _ database: Database) throws -> [Int64] {
    try entries.compactMap { index in
      try Int64.fetchOne(
        database,
        sql: """
          SELECT run.id FROM log_entry JOIN run ON run.hash = \(PayloadText.at("details.run"))
          WHERE log_entry.idx = ? AND action = 'link'
          """, arguments: [Int64(index)])
    }
  }

  /// Reads runs as they are stored, as the entry of an erasure tells of them: `hash:result:evidence`, between spaces.
  static func statement(ofRuns runs: some Sequence<Int64>, _ database: Database) throws -> String {
    try Set(runs).map { run in
      let digest = try StoredRunDigest(run: run, database)
      return "\(try RunStore.hash(of: run, database)):\(digest.result):\(digest.evidence)"
    }.sorted().joined(separator: " ")
  }

  /// Reads a run as it is stored.
  public init(run: Int64, _ database: Database) throws {
    result = try Self.digest(
      [
        "SELECT left, right, log10_lr FROM pair WHERE run = ? ORDER BY left, right",
        "SELECT account, cluster FROM cluster_member WHERE run = ? ORDER BY account",
        "SELECT * FROM merge WHERE run = ? ORDER BY ordinal",
        "SELECT * FROM held_merge WHERE run = ? ORDER BY ordinal",
        "SELECT * FROM common_key WHERE run = ? ORDER BY ordinal",
      ], run, database)
    evidence = try Self.digest(
      ["SELECT * FROM evidence WHERE run = ? ORDER BY left, right, ordinal"], run, database)
  }

  private static func digest(_ queries: [String], _ run: Int64, _ database: Database) throws -> String {
    var hash = SHA256()
    var block: [UInt8] = []
    func put(_ bits: UInt64) { withUnsafeBytes(of: bits.littleEndian) { block.append(contentsOf: $0) } }
    for query in queries {
      let rows = try Row.fetchCursor(database, sql: query, arguments: [run])
      while let row = try rows.next() {
        // The number of the run is the case's own: two cases that find the same say the same.
        for (name, value) in row where name != "run" {
          switch value.storage {
          case .null: block.append(0xFF)
          case .int64(let number): put(UInt64(bitPattern: number))
          case .double(let number): put(number.bitPattern)
          case .string(let text):
            block.append(contentsOf: text.utf8)
            block.append(0)
          case .blob(let data):
            block.append(contentsOf: data)
            block.append(0)
          }
        }
        if block.count >= 64 << 10 {
          hash.update(data: block)
          block.removeAll(keepingCapacity: true)
        }
      }
      block.append(0xFE)
    }
    hash.update(data: block)
    return HexText.encode(hash.finalize())
  }
}
