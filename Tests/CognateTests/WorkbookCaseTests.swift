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
  private static func workbook() throws -> [UInt8] {
    func row(_ cells: String...) -> String {
      "<row>\(cells.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined())</row>"
    }
    let rows = row("Member ID", "Date", "IP", "Port") + row("101", "13/02/2024 09:05:07", "192.0.2.7", "443")
    let parts = [
      (
        "[Content_Types].xml",
        "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
      ),
      (
        "_rels/.rels",
        "<Relationships><Relationship Type=\"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      ("xl/workbook.xml", "<workbook><sheets><sheet name=\"A\" id=\"1\"/></sheets></workbook>"),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"1\" Type=\"/worksheet\" Target=\"sheet1.xml\"/></Relationships>"
      ),
      ("xl/sheet1.xml", "<worksheet><sheetData>\(rows)</sheetData></worksheet>"),
    ]
    return try zipFile(parts.map { (name: $0.0, bytes: Array($0.1.utf8)) })
  }

  @Test("A return as a workbook needs an authorisation, and a charity may not hold it")
  func communicationsData() throws {
    func outcome(_ mode: CaseMode, _ authorisation: String?, inZip: Bool) throws -> SourceReport {
      let test = try CaseUnderTest(mode: mode)
      let bytes = try Self.workbook()
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
