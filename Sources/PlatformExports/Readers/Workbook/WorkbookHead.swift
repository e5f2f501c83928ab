/// What the sheets of a workbook begin with, to tell whether it is read.
struct WorkbookHead {
  /// Whether a mapping knows one of its sheets, or nobody can tell: then the reading says what is wrong with it.
  private(set) var isRead = false
  /// What may be the header rows of its first sheets, for whoever has to write a mapping.
  private(set) var beginning: [String] = []

  /// Sheets whose beginning is shown.
  private static let shownLimit = 3
  /// Bytes of a beginning.
  private static let rowLimit = 200

  /// Looks into a member that is a workbook; nil for any other.
  ///
  /// - Throws: `ExportRefusal` when the member cannot be read, or not be copied.
  init?(_ input: MemberInput, options: ReaderOptions) throws {
    guard let copy = try WorkbookPackage.copy(of: input, limits: options.limits) else { return nil }
    guard !options.mappings.isEmpty else { return }
    do {
      let package = try WorkbookPackage(copy, path: input.path, limits: options.limits)
      let headers = try SheetHeaders(Workbook(package), mappings: options.mappings)
      isRead = !headers.tables.isEmpty || !headers.damage.isEmpty
      beginning = headers.beginnings.prefix(Self.shownLimit).map {
        "“\($0.sheet)” has the row: \($0.row.prefix(Self.rowLimit))"
      }
    } catch is ExportRefusal {
      isRead = true
    }
  }
}
