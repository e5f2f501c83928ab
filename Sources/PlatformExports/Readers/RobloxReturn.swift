internal import AccountModel

/// Roblox's return to a law-enforcement request: tables, one for each sort of record.
///
/// Roblox does not publish what they are: columns are those of returns that others have read, each is found by its name,
/// and a table is known by columns that no other has, whatever the file is called.
///
/// Accounts are keyed by their number. Names of columns that end in `utc` say the zone; the days of lists of friends and
/// of walls stand as month, day, year, as another table of the same return says in its header.
public struct RobloxReturnReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "roblox-return", title: "Roblox legal return", version: 1)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]
  /// A return is what the platform gave to a request.
  public static let holdsCommunicationsData = true

  let context: UnitContext
  var times: ZonelessTimes
  var memory = IdentifierMemory()
  /// Accounts whose number was read from a file's name.
  var inferred: Set<String> = []

  /// Judges by the columns, and by the first value of a table that has one column.
  public static func recognise(_ head: MemberHead) -> Recognition {
    let headers = ExportTable.headers(in: head.bytes, isWhole: head.isWhole)
    switch RobloxFile(head.path, headers) {
    case nil: return .no
    case .advertising?:
      // Who advertises numbers what it shows, in files that are called by a day or year.
      let first = head.text.split(whereSeparator: \.isNewline).dropFirst().first ?? ""
      return ValueShape.isUUID(first.filter { $0 != "\"" && $0 != " " }) ? .likely : .no
    default: return .likely
    }
  }

  /// The folder: the tables of a return lie side by side.
  public static func root(of path: String) -> String { folder(of: path) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    self.context = context
    times = try ZonelessTimes(context.options)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let start = Locator(member: input.member, offset: input.offset)
    var table = try ExportTable(input, limit: context.options.limits.recordBytes)
    guard let file = RobloxFile(input.path, table.headers), let unit = file.unit else {
      let isKnown = RobloxFile(input.path, table.headers) != nil
      try input.skipRest()
      return writer.setAside(
        JSONPass.fileUnit, isKnown ? .otherData : .unknownColumns, at: start, detail: input.path)
    }
    let headers = table.headers
    while let row = try table.next(unit, writer) {
      // Rows without any value part conversations.
      if row.isEmpty {
        writer.setAside(unit, .empty, at: row.locator)
        continue
      }
      try take(row, file, headers, into: writer)
    }
    writer.count(unit, seen: table.finish())
  }

  /// Notes how many times have no zone.
  public mutating func finish(into writer: RecordWriter) throws { times.report("Roblox", to: writer) }
}
