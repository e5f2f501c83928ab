internal import Configuration
public import Foundation

/// A mapping for a table that nobody described yet: for a person to check and to complete before any import.
///
/// What a column is, is suggested by its values, and by its name where these leave it open. It is not more than that, and
/// is never read by itself.
public struct MappingDraft: Sendable, Codable {
  /// A column of the table.
  public struct Column: Sendable, Codable {
    /// Its name.
    public var name: String
    /// Rows in which it has a value, of those that were looked at.
    public var filled: Int
    /// What it seems to be, in words of a mapping; nil for what is not used.
    public var suggestion: String?
  }

  /// The name of the file or member.
  public var table: String
  /// Rows that were looked at, from the beginning.
  public var rows: Int
  /// The columns, in order.
  public var columns: [Column]
  /// The mapping, in TOML, with remarks.
  public var mapping: String

  /// Drafts a mapping for the table that a file begins with.
  ///
  /// - Parameters:
  ///   - input: the file, from its beginning; a mebibyte of it is read, and all of a workbook.
  ///   - limits: bounds of what a workbook may be.
  /// - Throws: `ExportRefusal` where the file does not begin with a table, and what reading throws.
  public init(_ input: MemberInput, limits: ImportLimits = ImportLimits()) throws {
    try input.skipByteOrderMark()
    try input.fill(atLeast: TableText.lookAhead)
    if ExportContainer.looksLikeArchive(Array(input.window.prefix(512))) {
      guard let book = try WorkbookSamples(input, limits: limits) else { throw Self.noTable(in: input.path) }
      try self.init(book, of: input.path)
      return
    }
    let encoding = TableText.encoding(of: input.window)
    let text = try TableText.utf8(input, encoding)
    try text.fill(atLeast: TableText.lookAhead)
    guard let sample = TableSample(text.window, isWhole: text.isExhausted) else {
      throw Self.noTable(in: input.path)
    }
    try self.init(MappingDraftWriter(sample, of: input.path))
  }

  /// Drafts a mapping for a table in a file, or for the first table in an archive.
  ///
  /// - Throws: `ExportRefusal` for a folder, where there is no table, and for what cannot be opened.
  public init(of url: URL, limits: ImportLimits = ImportLimits()) throws {
    let container = try ExportContainer(url, limits: limits)
    switch container.form {
    case .file:
      guard let member = try container.list().members.first else { throw Self.noTable(in: url.path) }
      try self.init(container.open(member, number: 0), limits: limits)
    case .folder:
      throw ExportRefusal(
        Self.noTable, what: "is a folder", place: url.path, advice: "Name one of the tables in it.")
    case .archive:
      var found: MappingDraft?
      try container.walkArchive(refused: { _ in }) { _, open in
        guard found == nil else { return }
        do { found = try MappingDraft(open(0), limits: limits) } catch let refusal as ExportRefusal
          where refusal.code == Self.noTable
        {}
      }
      guard let found else { throw Self.noTable(in: url.path) }
      self = found
    }
  }

  private static let noTable = "no-table"

  private static func noTable(in place: String) -> ExportRefusal {
    ExportRefusal(
      noTable,
      what: "does not begin with a table: no two rows of its first mebibyte have as many cells, two at least",
      place: place, advice: "Give a table with a row of column names, as CSV or with tabs.")
  }

  /// Drafts a mapping for the sheet of which most columns seem to mean something, since a cover or a legend may stand before
  /// it.
  private init(_ book: WorkbookSamples, of path: String) throws {
    var best: (name: String, writer: MappingDraftWriter, columns: Int)?
    for (name, sample) in book.sheets {
      let writer = MappingDraftWriter(sample, of: path)
      let columns = writer.hasNames ? sample.headers.indices.count { writer.suggestion($0) != nil } : 0
      if best.map({ columns > $0.columns }) ?? true { best = (name, writer, columns) }
    }
    guard let best else {
      throw ExportRefusal(
        Self.noTable, what: "has no sheet that begins with a table, of two rows and two columns at least",
        place: path, advice: "Give a workbook with a row of column names in a sheet.")
    }
    try self.init(best.writer)
    table = "\(path) sheet “\(best.name)”"
    var remark = "# Of the sheet \(TOMLString.quoted(best.name))."
    let others = book.sheets.map(\.name).filter { $0 != best.name }.prefix(Self.namedSheets)
    if !others.isEmpty {
      let names = others.map { TOMLString.quoted($0) }.joined(separator: ", ")
      remark +=
        " Others that begin with a table are read by it where they have the headers below, and by mappings of their own where not: \(names)"
    }
    mapping = remark + "\n" + mapping
  }

  /// Other sheets that are named.
  private static let namedSheets = 20

  private init(_ writer: MappingDraftWriter) throws {
    guard writer.hasNames else {
      throw ExportRefusal(
        "no-column-names", what: "begins with values, and not with names of its columns", place: writer.path,
        advice: "Put a row of names above them, in a copy: each another one.")
    }
    let sample = writer.sample
    table = writer.path
    rows = sample.rows
    mapping = writer.text
    columns = sample.headers.indices.map { column in
      Column(
        name: sample.headers[column], filled: sample.columns[column].count,
        suggestion: writer.suggestion(column))
    }
  }
}
