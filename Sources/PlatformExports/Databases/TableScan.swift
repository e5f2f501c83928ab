/// Reads the rows of a table in the order of their numbers, past damage.
///
/// A page that cannot be read hides the rows on it. The pages behind it are found by asking for rows of higher numbers:
/// first ever further on, then by halves back to the first number from which on rows can be read.
struct TableScan<Column: DatabaseColumn> {
  /// What could not be read.
  enum Loss: Equatable {
    /// Rows from a number on, up to the next that was read.
    case page(from: Int64)
    /// One row.
    case row(Int64)
    /// One row that is larger than the limit.
    case tooLarge(Int64)
    /// Everything from a number on: reading it took more steps, or gave more bytes, than a database of this size can need,
    /// or it has too many damaged pages.
    case rest(from: Int64)
  }

  private enum Step {
    case row(Int64)
    case end
    case failed(DatabaseError)
  }

  private let table: DatabaseTable<Column>
  private let place: DatabaseQuery

  /// Losses after which the rest is given up.
  private static var lossLimit: Int { 100_000 }

  init(_ table: DatabaseTable<Column>) throws(DatabaseError) {
    self.table = table
    place = try table.place()
  }

  /// Hands each row to `body`, and each loss to `lost`.
  ///
  /// - Throws: what `body` throws, and `DatabaseError` where memory or the disk failed.
  func read(lost: (Loss) -> Void, _ body: (DatabaseRow<Column>) throws -> Void) throws {
    let rows = try table.rows()
    var next = Int64.min
    var losses = 0
    try rows.bind(next)
    while true {
      switch Self.step(rows, from: next) {
      case .end: return
      case .row(let id):
        try body(DatabaseRow(id: id, query: rows))
        guard id < .max else { return }
        next = id + 1
      case .failed(let error):
        losses += 1
        guard losses <= Self.lossLimit else { return lost(.rest(from: next)) }
        guard let further = try pass(error, next, lost: lost) else { return }
        next = further
        try rows.bind(next)
      }
    }
  }

  /// Moves on. The order of a damaged table may be broken, even into a ring: numbers that do not rise are damage.
  private static func step(_ rows: DatabaseQuery, from next: Int64) -> Step {
    do throws(DatabaseError) {
      guard try rows.step() else { return .end }
      guard let id = rows.integer(0), id >= next else { return .failed(DatabaseError(.damaged)) }
      return .row(id)
    } catch { return .failed(error) }
  }

  /// The first row from a number on, without what is in it.
  private func look(_ number: Int64) throws -> Step {
    try place.bind(number)
    defer { place.reset() }
    return Self.step(place, from: number)
  }

  /// The number from which to go on behind what could not be read; nil when nothing is left.
  private func pass(_ error: DatabaseError, _ next: Int64, lost: (Loss) -> Void) throws -> Int64? {
    guard [.damaged, .tooLarge].contains(error.reason) else {
      guard error.reason == .tooMuchWork else { throw error }
      lost(.rest(from: next))
      return nil
    }
    switch try look(next) {
    case .row(let id):
      lost(error.reason == .tooLarge ? .tooLarge(id) : .row(id))
      return id < .max ? id + 1 : nil
    case .end:
      lost(.page(from: next))
      return nil
    case .failed:
      lost(.page(from: next))
      return try behind(next)
    }
  }

  /// The lowest number from which on rows can be read, above one from which they cannot.
  private func behind(_ number: Int64) throws -> Int64? {
    var unreadable = number
    var readable: Int64?
    // Numbers below 1 are rare, and there are as many of them as above.
    if unreadable < 0 {
      if try isReadable(0) { readable = 0 } else { unreadable = 0 }
    }
    var distance: Int64 = 1
    while readable == nil {
      let (further, isBeyond) = unreadable.addingReportingOverflow(distance)
      guard !isBeyond else { return nil }
      if try isReadable(further) { readable = further } else { unreadable = further }
      distance = distance > .max / 2 ? .max : distance * 2
    }
    guard var readable else { return nil }
    while readable &- unreadable != 1 {
      let middle = unreadable &+ Int64(truncatingIfNeeded: UInt64(bitPattern: readable &- unreadable) / 2)
      if try isReadable(middle) { readable = middle } else { unreadable = middle }
    }
    return readable
  }

  private func isReadable(_ number: Int64) throws -> Bool {
    switch try look(number) {
    case .row, .end: true
    case .failed: false
    }
  }
}
