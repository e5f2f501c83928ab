import CaseFile
import Cognate
import CorpusKit
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite("Workbooks in a case")
struct WorkbookCaseTests {
  /// A provider's return: whose address it was, in a workbook.
  private static let workbook = WorkbookBuilder(
    WorkbookBuilder.Sheet(
      "A",
      [
        ["Member ID", "Date", "IP", "Port"], ["101", "13/02/2024 09:05:07", "192.0.2.7", "443"],
      ].map { $0.map(WorkbookBuilder.Cell.inline) })
  ).bytes

  @Test("A return as a workbook needs an authorisation, and a charity may not hold it")
  func communicationsData() throws {
    func outcome(_ mode: CaseMode, _ authorisation: String?, inZip: Bool) throws -> SourceReport {
      let test = try CaseUnderTest(mode: mode)
      let bytes = Self.workbook
      let file =
        inZip
        ? try test.folder.write(zipFile([(name: "a/return.xlsx", bytes: bytes)]), to: "return.zip")
        : try test.folder.write(bytes, to: "return.xlsx")
      var request = ImportRequest(paths: [file])
      request.authorisation = authorisation
      request.options.mappings = [
        try TableMapping(toml: TableMapping.example.replacing("= false ", with: "= true "))
      ]
      return try #require(try test.opened.importSources(request).sources.first)
    }
    for inZip in [false, true] {
      #expect(try outcome(.force, nil, inZip: inZip).refusalCode == "authorisation")
      #expect(try outcome(.charity, "AUTH/1", inZip: inZip).refusalCode == "communications-data")
      let given = try outcome(.force, "AUTH/1", inZip: inZip)
      #expect(given.outcome == .imported && given.format == "workbook")
    }
  }
}
