import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Drafts of mappings for the sheets of workbooks.
@Suite struct WorkbookDraftTests {
  private static func draft(_ bytes: [UInt8], _ name: String = "return.xlsx") throws -> MappingDraft {
    let folder = try ScratchFolder()
    return try MappingDraft(of: folder.write(bytes, to: name))
  }

  /// A cover and a legend before the table.
  private static var book: WorkbookBuilder {
    let head: [WorkbookBuilder.Cell] = [
      "User Name", "E-mail", "Mobile", "IP Address", "Source Port", "Login Time",
    ].map { .shared($0) }
    var builder = WorkbookBuilder(
      .init("Cover", [[.shared("Return 17")], [.shared("For"), .shared("the force")]]),
      .init(
        "Legend \"1\"",
        [
          [.shared("Field"), .shared("Meaning")], [.shared("User Name"), .shared("of the account")],
          [.shared("IP Address"), .shared("from which it was used")],
        ]),
      .init(
        "Logins",
        [
          [.shared("Sign-ins")], [], head,
          [
            .shared("wren.oak_22"), .shared("wren@example.org"), .number("447700900123"),
            .shared("192.0.2.7"), .number("443"), .number("45335.3785532407", style: 1),
          ],
          [
            .shared("hill_fox"), .empty, .empty, .shared("2001:db8::7"), .empty,
            .number("45336.3785532407", style: 1), .empty,
          ],
          [.shared("wren.oak_22"), .empty, .empty, .shared("192.0.2.8")],
        ]))
    builder.formats = ["22"]
    return builder
  }

  @Test func theSheetWithTheTableIsDrafted() throws {
    let draft = try Self.draft(Self.book.bytes)
    #expect(draft.table.hasSuffix("return.xlsx sheet “Logins”") && draft.rows == 3)
    #expect(
      draft.columns.map(\.suggestion) == [
        "account: handle", "email", "phone", "ip", "port", "time: iso8601",
      ])
    #expect(draft.mapping.contains("# Of the sheet \"Logins\"."))
    #expect(draft.mapping.contains("\"Legend \\\"1\\\"\""))
    let unit = try WorkbookTests.read(Self.book, TableMapping(toml: draft.mapping))
    #expect(unit.accounts.map { $0.key?.value } == ["wren.oak_22", "hill_fox"])
    #expect(unit.records(.login).map(\.text) == ["192.0.2.7:443", "2001:db8::7"])
    #expect(unit.records(.login).first?.time == TimeText.iso8601("2024-02-13T09:05:07"))
  }

  /// The draft said that each other sheet needs a mapping of its own, and read those of the same columns.
  @Test func aSheetOfTheSameColumnsIsReadByTheSameDraft() throws {
    func sheet(_ name: String, _ handle: String) -> WorkbookBuilder.Sheet {
      .init(
        name,
        [
          [.inline("User Name"), .inline("E-mail")], [.inline(handle), .inline("\(handle)@example.org")],
          [.inline("quiet.elm"), .inline("elm@example.org")],
        ])
    }
    let book = WorkbookBuilder(sheet("2024", "wren.oak_22"), sheet("2025", "hill_fox"))
    let draft = try Self.draft(book.bytes)
    #expect(draft.mapping.contains("are read by it where they have the headers below"), "\(draft.mapping)")
    let unit = try WorkbookTests.read(book, TableMapping(toml: draft.mapping))
    #expect(Set(unit.accounts.compactMap { $0.key?.value }) == ["wren.oak_22", "hill_fox", "quiet.elm"])
  }

  @Test func inAnArchiveItIsFound() throws {
    var zip = ZipBuilder()
    zip.add("letter.docx", WorkbookTests.letter)
    zip.add("a/return.xlsx", Self.book.bytes)
    let draft = try Self.draft(zip.bytes, "all.zip")
    #expect(try draft.mapping == Self.draft(Self.book.bytes).mapping)
    #expect(draft.table == "a/return.xlsx sheet “Logins”")
  }

  @Test func aWorkbookWithoutATableIsRefused() throws {
    let refusal = #expect(throws: ExportRefusal.self) {
      try Self.draft(WorkbookBuilder(.init("A", [[.inline("x")], [.inline("y")]])).bytes)
    }
    #expect(refusal?.code == "no-table" && refusal?.what.contains("no sheet") == true)
  }
}
