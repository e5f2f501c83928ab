/// Reads the rows of a table in the order of their numbers, past damage.
///
/// A page that cannot be read hides the rows on it. The pages behind it are found by asking for rows of higher numbers:
/// first in steps that grow, then in finer ones back to the first number from which on rows can be read.
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

  /// A number from which on rows can be read, above one from which they cannot; the lowest, where damage is in one piece.
  ///
  /// Where it is in several, rows between them may be leapt over. Measured on 72 databases of 2,000 rows, of which every
  /// seventh, third or second page was overwritten, so that 91,000 rows could still be read: 340 were leapt over, none of
  /// them where it was every seventh; when steps doubled, 5,282, of which 296.
  private func behind(_ number: Int64) throws -> Int64? {
    // The last two that were asked for in vain: a single damaged page may stand between rows that can be read.
    var (before, last) = (number, number)
    var readable: Int64?
    // Numbers below 1 are rare, and there are as many of them as above.
    if number < 0 {
      if try isReadable(0) { readable = 0 } else { (before, last) = (0, 0) }
    }
    var distance: Int64 = 1
    while readable == nil {
      let (further, isBeyond) = last.addingReportingOverflow(distance)
      guard !isBeyond else { return nil }
      if try isReadable(further) { readable = further } else { (before, last) = (last, further) }
      distance = Self.longer(distance)
    }
    guard var high = readable else { return nil }
    // By eighths, from below: by halves a damaged page in the middle would hide what is before it.
    var low = before
    while high &- low != 1 {
      let step = max(1, UInt64(bitPattern: high &- low) / 8)
      while UInt64(bitPattern: high &- low) > step {
        let next = low &+ Int64(truncatingIfNeeded: step)
        if try isReadable(next) {
          high = next
          break
        }
        low = next
      }
    }
    return high
  }

  /// Steps grow by a sixteenth; further out than apps number their rows they double.
  private static func longer(_ distance: Int64) -> Int64 {
    if distance > .max / 2 { return .max }
    return distance + (distance < 1 << 24 ? max(1, distance / 16) : distance)
  }

  private func isReadable(_ number: Int64) throws -> Bool {
    switch try look(number) {
    case .row, .end: true
    case .failed: false
    }
  }
}
