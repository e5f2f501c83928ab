internal import AccountModel

/// A workbook of a spreadsheet program (Office Open XML, ECMA-376, both editions): each of its sheets is a table under a
/// mapping.
///
/// Without a mapping no sheet is recognised: what a column means is never guessed.
struct WorkbookReader: ExportReader {
  static let format = ExportFormat(id: "workbook", title: "Excel workbook with a mapping", version: 3)
  static let options: Set<ReadingOption> = [.mappings, .dateOrder, .timeZone]

  private let context: UnitContext
  private let optionClock: ZonedClock?

  init(context: UnitContext) throws {
    guard !context.options.mappings.isEmpty else {
      throw ExportRefusal(
        "no-mapping", what: "is a workbook and no mapping was given", place: context.root,
        advice: TableMapping.advice)
    }
    self.context = context
    optionClock = try ZonedClock.make(context.options)
  }

  static func recognise(_ head: MemberHead) -> Recognition { head.workbook?.isRead == true ? .certain : .no }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try input.fill(atLeast: 4)
    guard input.window.starts(with: [0x50, 0x4B]) else {
      throw ExportRefusal(
        "no-workbook", what: "is no workbook", place: input.path, advice: "Leave --format out.")
    }
    let package = try WorkbookPackage(input, limits: context.options.limits)
    let tables = try SheetTables(
      Workbook(package), options: context.options, optionClock: optionClock, channel: context.root,
      member: input.member)
    try tables.read(into: writer)
  }
}
