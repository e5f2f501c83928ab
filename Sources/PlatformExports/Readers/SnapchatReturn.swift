internal import AccountModel

/// Snapchat's return to a law-enforcement request: CSV files of sections, each a legend, a line of `=`, a row of headers
/// and rows, parted by lines of `-`.
///
/// Columns were added, moved to other files and merged more than once, so that each section is known by its headers and
/// each value by its own header, never by position. A row of more or fewer cells than there are headers is set aside, as
/// nothing says what its cells are.
///
/// The account that was asked for stands at the beginning of each file (`Target username "x" is associated with User ID
/// "y"`), or in the rows on the subscriber. Accounts are keyed by user id where the return has one: user names change.
///
/// `last_active` is in the time of California, and stays in words.
public struct SnapchatReturnReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "snapchat-return", title: "Snapchat legal return", version: 2)
  /// A return is what the platform gave to a request.
  public static let holdsCommunicationsData = true

  let limits: ImportLimits
  var people = SnapchatReturnPeople()
  var statuses = SnapchatStatuses()
  /// Rows on friends of the member at hand that say that one is blocked.
  var blocks = 0

  /// Judges by the line of `=` and what a return says or calls its columns.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard head.contains("=====") else { return .no }
    let marks: [StaticString] = [
      "is associated with User ID", "creation_ip", "sender_username", "recipient_username",
      "first_seen_time", "snap_privacy", "is_bitmoji_user", "former_phone_number",
    ]
    if head.contains("Target username"), head.contains("User ID") { return .certain }
    if marks.contains(where: { head.contains($0) }) { return .certain }
    let hasChanges = head.contains("old_value") && head.contains("new_value")
    let columns: [StaticString] = ["\nip,", "\n\"ip\",", "\nuser_id,", "\n\"user_id\","]
    return hasChanges || columns.contains { head.contains($0) } ? .likely : .no
  }

  /// The folder: the files of a return lie side by side.
  public static func root(of path: String) -> String { folder(of: path) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { limits = context.options.limits }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    people.beginFile()
    blocks = 0
    var counter = SnapchatReturnCount()
    input.tap { counter.add($0) }
    var rows = TableRows(
      input, delimiter: UInt8(ascii: ","), encoding: .utf8, sourceOffset: input.offset,
      limit: limits.recordBytes)
    var section: SnapchatReturnSection?
    var isHeaderNext = false
    /// Lines of one cell below a section's headers: a legend, unless no section follows.
    var loose: Loose?
    // What else ends without a line end: a beginning, a legend or headers of which the rest is missing.
    var cut: Locator?
    while let row = try rows.next() {
      let place = Locator(
        member: input.member, offset: row.offset, length: UInt32(clamping: row.length), line: row.line)
      guard row.condition == .whole else {
        writer.setAside(
          JSONPass.fileUnit, row.condition == .tooLarge ? .tooLarge : .truncated, at: place,
          detail: input.path)
        continue
      }
      if !row.isTerminated { cut = place }
      let cells = rows.scanner.fields.map { $0.value(in: row.bytes, trimmed: true) }
      let filled = cells.filter { !$0.isEmpty }
      guard let only = filled.first else { continue }
      // Not a cell of a row: anybody can send a message of such a line.
      if filled.count == 1, Self.isLine(of: "=", only) {
        isHeaderNext = true
        section = nil
        loose = nil
        continue
      }
      if filled.count == 1, Self.isLine(of: "-", only) {
        Self.setAside(&loose, into: writer)
        section = nil
        isHeaderNext = false
        continue
      }
      if isHeaderNext {
        isHeaderNext = false
        // Nothing was found for the request.
        if cells.count == 1, cells[0].uppercased().contains("NO RESPONSIVE DATA") { continue }
        section = SnapchatReturnSection(cells)
        continue
      }
      guard let current = section, cells.count > 1 || current.headers.count == 1 else {
        if people.banner(cells.joined(separator: ","), place, into: writer) {
          Self.setAside(&loose, into: writer)
          section = nil
        } else if section != nil, !cells[0].uppercased().contains("NO RESPONSIVE DATA") {
          loose = Loose(
            count: (loose?.count ?? 0) + 1, first: loose?.first ?? place, text: loose?.text ?? cells[0])
        }
        continue
      }
      guard cells.count == current.headers.count, !rows.scanner.isMalformed else {
        writer.setAside(
          current.unit, .malformed, at: place,
          detail: "\(cells.count) cells under \(current.headers.count) headers")
        continue
      }
      guard row.isTerminated else {
        // The end of its last cell may be missing, even where it ends in a quote.
        cut = nil
        writer.setAside(current.unit, .truncated, at: place)
        continue
      }
      try take(SnapchatReturnRow(section: current, cells: cells), place, into: writer)
    }
    Self.setAside(&loose, into: writer)
    if let cut { writer.setAside(JSONPass.fileUnit, .truncated, at: cut, detail: input.path) }
    counter.finish()
    for (headers, count) in counter.sections where count > 0 {
      writer.count(SnapchatReturnSection(headers).unit, seen: count)
    }
    if blocks > 0 {
      writer.count(.contact, seen: -blocks)
      writer.count(.block, seen: blocks)
    }
    people.endFile(into: writer)
  }

  /// Lines below the rows of a section that are none.
  private struct Loose {
    let count: Int
    let first: Locator
    let text: String
  }

  private static func setAside(_ loose: inout Loose?, into writer: RecordWriter) {
    guard let lines = loose else { return }
    writer.setAside(
      "line", .malformed, at: lines.first, detail: String(lines.text.prefix(80)), count: lines.count)
    loose = nil
  }

  /// Whether a cell is a line of one sign, as it parts sections.
  static func isLine(of sign: Character, _ text: String) -> Bool {
    text.utf8.count >= 5 && text.allSatisfy { $0 == sign }
  }

  private mutating func take(
    _ row: SnapchatReturnRow, _ place: Locator, into writer: RecordWriter
  ) throws {
    switch row.section.kind {
    case .subscriber: try subscriber(row, place, into: writer)
    case .details: try details(row, place, into: writer)
    case .change: try change(row, place, into: writer)
    case .address: try login(row, place, into: writer)
    case .message: try message(row, place, into: writer)
    case .friend: try friend(row, place, into: writer)
    case .device: try device(row, place, into: writer)
    case .other:
      writer.setAside("other row", .otherEntry, at: place, detail: row.section.headers.joined(separator: ","))
    }
  }

  /// Names the account asked for, and brings together the rows that have a user name alone and those with its id.
  public mutating func finish(into writer: RecordWriter) throws {
    try people.finish(into: writer)
    statuses.report(to: writer)
  }

  /// A time with a zone, in either way of writing; none where there is none to read, nil where it cannot be read.
  static func time(_ written: String) -> ObservedTime? {
    if written.isEmpty || NoValue.isNamed(by: written) { return ObservedTime.none }
    let time = TimeText.plausibleISO8601(written) ?? TimeText.x(written)
    return time?.zone == .known ? time : nil
  }
}
