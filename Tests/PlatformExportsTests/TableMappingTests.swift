import AccountModel
import Foundation
import PlatformExports
import Testing

@Suite struct TableMappingTests {
  @Test func theGuideShowsTheExample() throws {
    let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Docs/TableMapping.md")
    let text = try String(contentsOf: guide, encoding: .utf8)
    #expect(text.contains("```toml\n\(TableMapping.example)\n```"))
  }

  @Test func theExampleIsAMapping() throws {
    let mapping = try TableMapping(toml: TableMapping.example)
    #expect(mapping.name == "Sign-in records of a forum" && !mapping.communicationsData)
    #expect(mapping.platform == .constant(Platform("forum")) && mapping.recordClass == .login)
    #expect(mapping.identifiers.map(\.column) == ["IP", "E-mail"])
    #expect(
      try TableMapping(toml: TableMapping.example.replacing("= false ", with: "= true ")).communicationsData)
  }

  @Test(arguments: [
    ("version = 1", "version = 2", "version", 1),
    ("kind = \"ip\"", "kind = \"ipx\"", "identifier[0].kind", 24),
    ("[record]", "[records]", "records", 14), ("kind = \"platform-id\"", "", "account.kind", 9),
    ("class = \"login\"", "class = \"contact\"", "record.class", 15),
    ("class = \"login\"", "class = \"message\"", "record.text_column", 14),
    ("dd/MM/yyyy HH:mm:ss", "dd/yyyy", "time.format", 19), ("\"UTC\"", "\"Mars/Base\"", "time.zone", 20),
    ("\"platform-id\"", "\"display-name\"", "account.scope", 12),
    ("label = \"registration\"", "lable = \"x\"", "identifier[1].lable", 30),
    ("platform = \"forum\"", "#", "platform", 0),
    ("\"Member ID\", \"Date\"", "1, \"Date\"", "match.headers", 7),
  ])
  func errorsNameKeyAndLine(_ old: String, _ new: String, _ key: String, _ line: Int) throws {
    let text = TableMapping.example.replacing(old, with: new)
    let error = #expect(throws: TableMappingError.self) { try TableMapping(toml: text) }
    #expect(error?.key == key)
    #expect(error?.line == line, "\(error?.description ?? "")")
  }

  /// Whoever passes on or shows the address of an account is not said by the platform to have it.
  @Test func aWebAddressIsAPersonsWordAndInAMessageOnNoProfile() throws {
    func column(_ recordClass: String, _ more: String = "") throws -> TableMapping.IdentifierColumn {
      let mapping = try TableMapping(
        toml: """
          version = 1
          platform = "forum"
          [account]
          column = "Member"
          kind = "handle"
          scope = "platform"
          [record]
          class = "\(recordClass)"
          text_column = "Text"
          [[identifier]]
          column = "Link"
          kind = "url"
          \(more)
          """)
      return try #require(mapping.identifiers.first)
    }
    let (sent, shown) = (try column("message"), try column("profile"))
    #expect(sent.label == "share" && sent.assertion == .user)
    #expect(shown.label.isEmpty && shown.assertion == .user)
    let given = try column("message", "label = \"site\"\nassertion = \"platform\"")
    #expect(given.label == "site" && given.assertion == .platform)
  }

  @Test func textThatIsNoTOMLNamesTheLine() {
    let error = #expect(throws: TableMappingError.self) { try TableMapping(toml: "version = 1\nname = \n") }
    #expect(error?.line == 2)
  }

  @Test func patternsThatGiveNoWholeDateAreRefused() {
    for text in [
      "", "dd/MM", "yyyy-MM-dd hh:mm", "yyyy-MM-dd HH:mm a", "yyyy-MM-dd mm", "xx/yyyy", "dd MM MM yyyy",
    ] {
      #expect(TimePattern(text) == nil, "\(text)")
    }
    #expect(TimePattern("xx.xx.yy HH:mm")?.leavesOrderOpen == true)
    #expect(TimePattern("yyyy-MM-ddTHH:mm:ss.SSSz")?.leavesOrderOpen == false)
  }
}
