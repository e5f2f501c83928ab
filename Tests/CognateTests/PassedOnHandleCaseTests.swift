import Cognate
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite("Handles that were passed on, in a case")
struct PassedOnHandleCaseTests {
  private static let mapping = """
    version = 1
    platform = "instagram"
    [account]
    column = "ID"
    kind = "platform-id"
    scope = "platform"
    [record]
    class = "profile"
    [[identifier]]
    column = "Username"
    kind = "handle"

    """

  @Test("Two accounts of one service that had one handle in turn are two, and so many hold it")
  func twoAccounts() throws {
    let test = try CaseUnderTest()
    let mapping = try TableMapping(toml: Self.mapping)
    _ = try test.importing(
      "ID,Username\n66010001,dave.pugh\n66010002,dave.pugh\n66010003,una\n", "return.csv"
    ) { $0.options.mappings = [mapping] }
    _ = try test.opened.link()
    #expect(try test.opened.clusters().isEmpty)
    let item = try #require(try test.opened.why("A1", "A2").evidence.first)
    #expect(item.rule == "handle-equal" && item.statement.contains("held by 2 of 3 accounts"))
    #expect(!item.statement.contains("names one account"))
  }
}
