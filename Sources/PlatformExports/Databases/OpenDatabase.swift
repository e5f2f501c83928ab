internal import AccountModel

/// An open copy of a database, and where what is read of it goes.
struct OpenDatabase {
  let database: Database
  let writer: RecordWriter
  private let member: UInt32
  private let folder: String
  /// Whether it was cut off: what lay behind the cut reads as zeros.
  let isCut: Bool

  init(_ database: Database, _ writer: RecordWriter, member: UInt32, folder: String, isCut: Bool) {
    self.database = database
    self.writer = writer
    self.member = member
    self.folder = folder
    self.isCut = isCut
  }

  /// The place of the database itself.
  var whole: Locator { Locator(member: member, offset: 0) }

  /// The place of a row: `sms[17]` is the row of table `sms` whose number is 17.
  func locator(_ table: String, _ id: Int64) -> Locator {
    // A number that does not fit is none of an app's, which count from 1; the table is told all the same.
    guard let number = UInt32(exactly: id) else {
      return Locator(member: member, offset: 0, pattern: writer.pattern(table))
    }
    return Locator(member: member, offset: 0, pattern: writer.pattern("\(table)[*]"), index: (number, 0))
  }

  /// A table, or nil when there is none with rows that can be read; `isNeeded` refuses the database then.
  func table<Column: DatabaseColumn>(
    _: Column.Type, isNeeded: Bool = false
  ) throws -> DatabaseTable<Column>? {
    if let table = try DatabaseTable<Column>(database) { return table }
    guard isNeeded else { return nil }
    throw ExportRefusal(
      "no-such-table", what: "has no table \(Column.table) of rows that are stored in it",
      place: writer.members.indices.contains(Int(member)) ? writer.members[Int(member)].path : "",
      advice: "Something else has the table's name, or it was taken out: ask for the database as it was.")
  }

  /// Hands each row of a table to `body`, and accounts for those that cannot be read.
  func each<Column: DatabaseColumn>(
    of table: DatabaseTable<Column>, _ body: (DatabaseRow<Column>) throws -> Void
  ) throws {
    try TableScan(table).read(lost: { report($0, of: Column.table, unit: Column.table) }, body)
  }

  /// Hands each row of a table of records to `body`, which makes one record of it or sets it aside; counts them again, and
  /// accounts for those that cannot be read.
  func eachRecord<Column: DatabaseColumn>(
    _ recordClass: RecordClass, of table: DatabaseTable<Column>,
    _ body: (DatabaseRow<Column>, Locator) throws -> Void
  ) throws {
    var read = 0
    var isDamaged = false
    let lost = { (loss: TableScan<Column>.Loss) in
      isDamaged = true
      if report(loss, of: Column.table, unit: recordClass.name) { read += 1 }
    }
    try TableScan(table).read(lost: lost) { row in
      read += 1
      try body(row, locator(Column.table, row.id))
    }
    guard let seen = try table.count() else { return writer.leaveUncounted(recordClass) }
    writer.count(recordClass, seen: seen)
    if isDamaged, seen > read { writer.setAside(recordClass, .damaged, at: whole, count: seen - read) }
  }

  /// Sets a loss aside.
  ///
  /// - Returns: whether it is one row, and was counted as one.
  @discardableResult
  private func report<Column>(_ loss: TableScan<Column>.Loss, of table: String, unit: String) -> Bool {
    switch loss {
    case .row(let id):
      writer.setAside(unit, .damaged, at: locator(table, id))
      return true
    case .tooLarge(let id):
      writer.setAside(unit, .tooLarge, at: locator(table, id))
      return true
    case .page(let id):
      writer.setAside(
        "page", .damaged, at: locator(table, max(id, 1)), detail: "rows of \(table) from here on")
    case .rest(let id):
      writer.setAside(
        "table", .damaged, at: locator(table, max(id, 1)), detail: "rows of \(table) from here on")
    }
    return false
  }

  /// Sets aside a row of another table that belongs to a record and cannot be read.
  func lose(_ error: DatabaseError, _ table: String, _ id: Int64) throws {
    guard [.damaged, .tooLarge, .tooMuchWork].contains(error.reason) else { throw error }
    writer.setAside(table, error.reason == .tooLarge ? .tooLarge : .damaged, at: locator(table, id))
  }

  /// Makes a list of which rows belong to which, by the two numbers that `pair` finds in each row of a table.
  func links<Column: DatabaseColumn>(
    _ table: DatabaseTable<Column>?, _ pair: (DatabaseRow<Column>) -> (Int64?, Int64?)
  ) throws -> RowLinks? {
    guard let table else { return nil }
    let links = try RowLinks(at: "\(folder)/links-\(Column.table)")
    try each(of: table) { row in
      if case (let one?, let other?) = pair(row) { try links.add(one, other) }
    }
    return links
  }

  /// Whether a text lacks what lay behind a cut.
  func isTorn(_ text: Bytes) -> Bool { isCut && text.contains(0) }
}
