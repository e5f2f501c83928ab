/// What is like a workbook and none that is read.
extension WorkbookPackage {
  private static let saved =
    "Open it in a spreadsheet program, save a copy as an Excel workbook (.xlsx) or as CSV in UTF-8, and give that."

  /// Opens a workbook; nil for what is neither one nor like one.
  ///
  /// - Throws: `ExportRefusal` for a workbook that is damaged or cannot be copied, and for a workbook or archive of another
  ///   sort.
  convenience init?(workbook input: MemberInput, limits: ImportLimits) throws {
    try input.fill(atLeast: MemberHead.limit)
    let head = MemberHead(
      path: input.path, bytes: UnsafeBufferPointer(rebasing: input.window.prefix(MemberHead.limit)),
      isWhole: input.isExhausted, options: ReaderOptions())
    func refusal(_ what: String, _ advice: String = WorkbookPackage.saved) -> ExportRefusal {
      ExportRefusal("no-workbook", what: "is \(what)", place: input.path, advice: advice)
    }
    if head.bytes.starts(with: FileMark.compoundFile) {
      guard let known = KnownUnread.spreadsheet(head) else {
        throw refusal("a document of Office before 2007")
      }
      throw refusal(known.what, known.advice == KnownUnread.asWorkbook ? Self.saved : known.advice)
    }
    guard head.bytes.starts(with: FileMark.zip) else { return nil }
    let types = Array(head.bytes.dropFirst(30).prefix(100))
    if types.starts(with: "mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8) {
      throw refusal("a workbook of OpenDocument (ODS)")
    }
    let noWorkbook = refusal(
      "a ZIP archive and no workbook", "Unpack it, and give the tables in it.")
    guard Self.mayBeWorkbook(head.bytes, named: input.path) else { throw noWorkbook }
    try self.init(input, limits: limits)
    if parts["xl/workbook.bin"] != nil { throw refusal("a binary workbook of Excel (XLSB)") }
    guard isWorkbook else { throw noWorkbook }
  }
}
