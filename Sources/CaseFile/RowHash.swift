import Columns
internal import Crypto
import GRDB
import GRDBSQLite

/// SHA-256 over rows, of which no two lists have the same bytes: a row is its number of columns and, for each, a byte for
/// what stands there, then 8 bytes for a whole number or the bits of a ratio, or the length of a text and the text.
struct RowHash: ~Copyable {
  private var hash = SHA256()
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 8)
  private var count = 0

  deinit { block.deallocate() }

  /// Adds the rows of a query, in its order, and their number.
  ///
  /// - Parameter arguments: of the query, by position from 1.
  mutating func add(_ sql: String, _ arguments: [Int64], _ database: Database) throws {
    let statement = try BoundStatement(database, sql)
    for (position, argument) in arguments.enumerated() { statement.bind(Int32(position + 1), argument) }
    var rows: UInt64 = 0
    try statement.forEachRow { row in
      rows += 1
      reserve(9 * Int(row.count) + 1)
      put(UInt8(truncatingIfNeeded: row.count))
      for column in 0..<row.count { put(row, column) }
    }
    reserve(8)
    put(rows)
  }

  /// Adds one row that was fetched.
  mutating func add(_ row: Row) {
    reserve(9 * row.count + 1)
    put(UInt8(truncatingIfNeeded: row.count))
    for value in row.databaseValues {
      switch value.storage {
      case .null: put(UInt8(SQLITE_NULL))
      case .int64(let number):
        put(UInt8(SQLITE_INTEGER))
        put(UInt64(bitPattern: number))
      case .double(let number):
        put(UInt8(SQLITE_FLOAT))
        put(number.bitPattern)
      case .string(let text): put(UInt8(SQLITE_TEXT), Array(text.utf8), before: row.count)
      case .blob(let data): put(UInt8(SQLITE_BLOB), Array(data), before: row.count)
      }
    }
  }

  /// A text or blob, with its length.
  private mutating func put(_ type: UInt8, _ bytes: [UInt8], before columns: Int) {
    put(type)
    put(UInt64(bytes.count))
    flush()
    hash.update(data: bytes)
    reserve(9 * columns)
  }

  /// The hash of all that was added, in hexadecimal.
  consuming func finish() -> String {
    flush()
    return HexText.encode(hash.finalize())
  }

  private mutating func put(_ row: borrowing BoundStatement.Row, _ column: Int32) {
    let type = row.type(column)
    put(UInt8(truncatingIfNeeded: type))
    switch type {
    case SQLITE_INTEGER: put(UInt64(bitPattern: row.integer(column)))
    case SQLITE_FLOAT: put(row.real(column).bitPattern)
    case SQLITE_NULL: break
    default:
      let bytes = row.bytes(column)
      put(UInt64(bytes.count))
      // What was reserved for the columns behind this one stays free.
      let needed = bytes.count + 9 * Int(row.count - column)
      if needed > block.count - count { flush() }
      guard needed <= block.count else { return hash.update(bufferPointer: bytes) }
      UnsafeMutableRawBufferPointer(rebasing: block[count...]).copyMemory(from: bytes)
      count += bytes.count
    }
  }

  /// Room was reserved.
  private mutating func put(_ byte: UInt8) {
    block[count] = byte
    count += 1
  }

  /// Room was reserved.
  private mutating func put(_ bits: UInt64) {
    block.storeBytes(of: bits.littleEndian, toByteOffset: count, as: UInt64.self)
    count += 8
  }

  private mutating func reserve(_ bytes: Int) {
    if bytes > block.count - count { flush() }
  }

  private mutating func flush() {
    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: block[..<count]))
    count = 0
  }
}
