/// Why a table cannot be read or linked.
public enum TableError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be opened or read.
  case unreadable(file: String, reason: String)
  /// The file has no header line or no record.
  case empty(file: String)
  /// The file holds something, and none of it is a record.
  case nothingUsable(file: String, reasons: [String])
  /// The file is not UTF-8 text: what it looks like.
  case notText(file: String, looksLike: String)
  /// The file is a table of another sort that cannot be read, or not be read alone: why, and what to do.
  case refused(file: String, reason: String)
  /// The file is one JSON array of objects.
  case jsonArray(file: String)
  /// A record is longer than the limit, most often because a quote is never closed.
  case recordTooLong(file: String, line: Int, limit: Int)
  /// A quote that is open at the end of the file.
  case unclosedQuote(file: String, line: Int)
  /// Two columns of one name.
  case duplicateColumn(file: String, line: TableLine, name: String)
  /// A column that was asked for is not there.
  case noSuchColumn(file: String, name: String, columns: [String])
  /// No column that could be the record's id.
  case noIDColumn(file: String, columns: [String])
  /// Two records with one id.
  case duplicateID(id: String, file: String, line: TableLine, firstFile: String, firstLine: TableLine)
  /// A record without an id.
  case missingID(file: String, line: TableLine)
  /// A record whose id is no value.
  case lostID(file: String, line: TableLine, why: LostCell)
  /// More columns than are read; how many the file has beside its id and those left out, where it alone has too many.
  case tooManyColumns(file: String, count: Int?, limit: Int)
  /// More records or text than the engine holds.
  case tooLarge(file: String, what: String)
  /// A blocking key was asked for that cannot be made.
  case noSuchKey(name: String, columns: [String])
  /// No column is left that records could be compared by.
  case nothingToCompare(reasons: [String])

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file): cannot be read: \(reason); name a file that exists and can be read"
    case .empty(let file): "\(file): no records; a table is a header line and one line a record"
    case .nothingUsable(let file, let reasons):
      "\(file): no records: \(reasons.joined(separator: "; "))"
    case .notText(let file, let kind): "\(file): looks like \(kind), not UTF-8 text; convert it first"
    case .refused(let file, let reason): "\(file): \(reason)"
    case .jsonArray(let file):
      "\(file): a JSON array; what is wanted is one object a line, which jq -c '.[]' makes of it"
    case .recordTooLong(let file, let line, let limit):
      "\(file), line \(line): a record longer than \(limit >> 20) MiB; most often a quote that is never closed"
    case .unclosedQuote(let file, let line):
      "\(file), line \(line): a quote is opened here and never closed"
    case .duplicateColumn(let file, let line, let name):
      "\(file), \(line): two columns are called \(VisibleName.quote(name)); rename one"
    case .noSuchColumn(let file, let name, let columns):
      "\(file): no column \(VisibleName.quote(name)); there are \(VisibleName.list(columns))"
    case .noIDColumn(let file, let columns):
      "\(file): no column is called unique_id or id; name it with --id. There are \(VisibleName.list(columns))"
    case .duplicateID(let id, let file, let line, let firstFile, let firstLine):
      "\(file), \(line): the id \(VisibleName.quote(id)) is taken by \(firstFile), \(firstLine); ids must differ over all tables"
    case .missingID(let file, let line): "\(file), \(line): the id is empty"
    case .lostID(let file, let line, let why):
      "\(file), \(line): the id \(why.words.one); put it right in a copy"
    case .tooManyColumns(let file, let count, let limit):
      "\(file): \(count.map { "\($0)" } ?? "with it more than \(limit)") columns beside the id, and \(limit) are read at most; keep those that tell records apart in a copy, or leave out the others with --ignore"
    case .tooLarge(let file, let what): "\(file): too large: \(what)"
    case .noSuchKey(let name, let columns):
      "no blocking key can be made of \(VisibleName.quote(name)); there are \(VisibleName.list(columns))"
    case .nothingToCompare(let reasons):
      "no column to compare records by: \(reasons.prefix(8).joined(separator: "; "))"
        + (reasons.count > 8 ? " and \(reasons.count - 8) more" : "")
    }
  }
}

/// Text from tables, shortened for messages.
enum VisibleName {
  static func quote(_ text: String) -> String {
    "\u{201C}\(text.count > 60 ? String(text.prefix(59)) + "…" : text)\u{201D}"
  }

  static func list(_ names: [String]) -> String {
    names.prefix(20).map(quote).joined(separator: ", ")
      + (names.count > 20 ? " and \(names.count - 20) more" : "")
  }
}
