/// Workbooks that no mapping knows, and what no reader opens.
extension KnownUnread {
  static let asWorkbook =
    "Open it in a spreadsheet program, save a copy as an Excel workbook (.xlsx), and give that with --mapping."

  static func spreadsheet(_ head: MemberHead) -> KnownUnread? {
    if let workbook = head.workbook { return self.workbook(workbook, head.options) }
    let name = head.path.lowercased()
    // Other programs write this container as well.
    if head.bytes.starts(with: FileMark.compoundFile) {
      let isModern = [".xlsx", ".xlsm", ".xlsb"].contains { name.hasSuffix($0) }
      if isModern || head.contains("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0") {
        return KnownUnread(
          what: "a document of Office with a password",
          advice: "Open it with its password, save a copy without one, and give that.")
      }
      if name.hasSuffix(".xls") || head.contains("W\0o\0r\0k\0b\0o\0o\0k\0") {
        return KnownUnread(what: "a workbook of Excel before 2007 (XLS)", advice: asWorkbook)
      }
    }
    if name.hasSuffix("xl/workbook.bin") {
      return KnownUnread(what: "a part of a binary workbook of Excel (XLSB)", advice: asWorkbook)
    }
    if name.hasSuffix("xl/workbook.xml") {
      return KnownUnread(
        what: "a part of a workbook that was unpacked",
        advice: "Give the workbook itself (.xlsx), with --mapping.")
    }
    if name == "mimetype", head.bytes.starts(with: "application/vnd.oasis.opendocument.spreadsheet".utf8) {
      return KnownUnread(what: "a part of a workbook of OpenDocument (ODS)", advice: asWorkbook)
    }
    return nil
  }

  private static func workbook(_ workbook: WorkbookHead, _ options: ReaderOptions) -> KnownUnread {
    guard !options.mappings.isEmpty else {
      return KnownUnread(
        what: "a workbook of a spreadsheet program",
        advice:
          "Say what the columns of its sheets mean, with --mapping; `cognate mapping` drafts one (Docs/TableMapping.md)."
      )
    }
    return KnownUnread(
      what: "a workbook in which no row at the beginning of a sheet has \(wanted(options.mappings))",
      advice: (["Correct the mapping's headers."] + workbook.beginning).joined(separator: " "))
  }

  /// The headers of mappings, in words.
  static func wanted(_ mappings: [TableMapping]) -> String {
    if let mapping = mappings.first, mappings.count == 1 {
      return "the headers of the mapping (\(mapping.wantedHeaders.joined(separator: ", ")))"
    }
    return "the headers of any of the \(mappings.count) mappings"
  }
}
