import CSQLite
import Foundation
import TestSupport

/// A database that a test makes, in a folder of its own.
final class TestDatabase {
  /// A value of a row.
  enum Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(nilLiteral: ()) { self = .null }
  }

  struct Failure: Error { let what: String }

  let folder: ScratchFolder
  let url: URL
  private let handle: OpaquePointer

  init(_ name: String, _ sql: String) throws {
    folder = try ScratchFolder()
    url = folder.url.appendingPathComponent(name)
    guard let handle = cog_sqlite_create(url.path) else { throw Failure(what: name) }
    self.handle = handle
    try run(sql)
  }

  /// Opens one that was made, and perhaps damaged.
  init(_ name: String, bytes: [UInt8]) throws {
    folder = try ScratchFolder()
    url = try folder.write(bytes, to: name)
    guard let handle = cog_sqlite_create(url.path) else { throw Failure(what: name) }
    self.handle = handle
  }

  deinit { cog_sqlite_close(handle) }

  func run(_ sql: String) throws {
    let status = cog_sqlite_run(handle, sql)
    if status != 0 { throw Failure(what: "\(status): \(sql)") }
  }

  /// Adds a row; columns behind the last value are null.
  func insert(_ table: String, _ columns: String, _ values: Value...) throws {
    let names = columns.split(separator: ",").prefix(values.count).joined(separator: ",")
    let marks = (1...values.count).map { "?\($0)" }.joined(separator: ", ")
    try query("INSERT INTO \(table) (\(names)) VALUES (\(marks))", values) { _ in }
  }

  /// Gives a column of a row a value.
  func set(_ table: String, _ column: String, _ value: Value, _ id: Int64) throws {
    try query("UPDATE \(table) SET \(column) = ?1 WHERE ROWID = ?2", [value, .integer(id)]) { _ in }
  }

  /// The first value of the first row.
  func integer(_ sql: String) throws -> Int64 {
    var found: Int64?
    try query(sql, []) { found = found ?? cog_sqlite_integer($0, 0) }
    guard let found else { throw Failure(what: sql) }
    return found
  }

  private func query(_ sql: String, _ values: [Value], _ body: (OpaquePointer) -> Void) throws {
    var status: Int32 = 0
    guard let rows = cog_sqlite_prepare(handle, sql, &status) else {
      throw Failure(what: "\(status): \(sql)")
    }
    defer { cog_sqlite_close_rows(rows) }
    for (number, value) in values.enumerated() {
      let position = Int32(number + 1)
      switch value {
      case .null: break
      case .integer(let value): _ = cog_sqlite_bind_integer(rows, position, value)
      case .text(let value):
        let bytes = Array(value.utf8)
        _ = cog_sqlite_bind_text(rows, position, bytes, bytes.count)
      case .blob(let bytes): _ = cog_sqlite_bind_blob(rows, position, bytes, bytes.count)
      }
    }
    var step = cog_sqlite_step(rows)
    while step == 1 {
      body(rows)
      step = cog_sqlite_step(rows)
    }
    if step != 0 { throw Failure(what: "\(step): \(sql)") }
  }

  /// The bytes of the file, or of one beside it, as they are now.
  func bytes(_ ending: String = "") throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: url.path + ending)))
  }
}
