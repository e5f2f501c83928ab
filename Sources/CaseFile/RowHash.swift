internal import Crypto
import GRDB
import GRDBSQLite

/// SHA-256 over rows, of which no two lists have the same bytes: a row is its number of columns and, for each, a byte for
/// what stands there, then 8 bytes for a whole number or the bits of a ratio, or the length of a text and the text.
struct RowHash {
  private var hash = SHA256()
  private var block: [UInt8] = []

  /// Adds the rows of a query, in its order, and their number.
  ///
  /// - Parameter arguments: of the query, by position from 1.
  mutating func add(_ sql: String, _ arguments: [Int64], _ database: Database) throws {
    let statement = try BoundStatement(database, sql)
    for (position, argument) in arguments.enumerated() { statement.bind(Int32(position + 1), argument) }
    var count: UInt64 = 0
    try statement.forEachRow { row in
      count += 1
      block.append(UInt8(truncatingIfNeeded: row.count))
      for column in 0..<row.count { put(row, column) }
      if block.count >= 64 << 10 { flush() }
    }
    put(count)
  }

  /// The hash of all that was added, in hexadecimal.
  mutating func finish() -> String {
    flush()
    return HexText.encode(hash.finalize())
  }

  private mutating func put(_ row: BoundStatement.Row, _ column: Int32) {
    let type = row.type(column)
    block.append(UInt8(truncatingIfNeeded: type))
    switch type {
    case SQLITE_INTEGER: put(UInt64(bitPattern: row.integer(column)))
    case SQLITE_FLOAT: put(row.real(column).bitPattern)
    case SQLITE_NULL: break
    default:
      let bytes = row.bytes(column)
      put(UInt64(bytes.count))
      block.append(contentsOf: bytes)
    }
  }

  private mutating func put(_ bits: UInt64) {
    withUnsafeBytes(of: bits.littleEndian) { block.append(contentsOf: $0) }
  }

  private mutating func flush() {
    hash.update(data: block)
    block.removeAll(keepingCapacity: true)
  }
}
