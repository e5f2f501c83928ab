import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Which node of a CASE document an id or a relationship is about.
@Suite struct CaseUCOGraphTests {
  typealias Document = CaseUCODocument

  private static func reading(_ text: String) throws -> ReadOutcome.Unit {
    let unit = try #require(try ReadOutcome.reading(text, named: "case.jsonld").units.first)
    #expect(unit.format == "case-uco")
    for line in unit.reconciliation { #expect(line.agrees, "\(line)") }
    return unit
  }

  private static func talk(_ one: String, _ other: String, _ text: String) -> String {
    Document.document([
      Document.account("a", "\(one)@s.whatsapp.net"), Document.account("b", "\(other)@s.whatsapp.net"),
      Document.message("m", text, from: "a", to: ["b"]),
    ])
  }

  /// The accounts of two documents in one list were one by their ids, and the messages of the second were set aside as facets
  /// of those of the first.
  @Test func aPrefixIsWhatItsContextSays() throws {
    let one = Self.talk("447700900001", "447700900002", "one")
    let two = Self.talk("447700900003", "447700900004", "two")
    let other = two.replacing("http://example.org/kb/", with: "http://example.net/kb/")
    let unit = try Self.reading("[\(one),\n\(other)]")
    #expect(unit.records(.message).map(\.text) == ["one", "two"])
    #expect(
      unit.records(.message).map(\.account) == [
        "whatsapp phone +447700900001", "whatsapp phone +447700900003",
      ])
    #expect(!unit.identifiers.contains { $0.label == "account" } && unit.setAside.isEmpty)
    // By another prefix for the same, ids are the same.
    let renamed = other.replacing("\"kb:", with: "\"x:").replacing("\"kb\"", with: "\"x\"")
    #expect(try Self.reading("[\(one),\n\(renamed)]").records(.message).map(\.text) == ["one", "two"])
    let message = Document.message("n", "three", from: "b").replacing("\"kb:", with: "\"x:")
    let joined =
      "{\"@context\":\(Document.context.replacing("\"kb\"", with: "\"x\"")),\"@graph\":[\(message)]}"
    #expect(
      try Self.reading("[\(one),\n\(joined)]").records(.message).map(\.account) == [
        "whatsapp phone +447700900001", "whatsapp phone +447700900002",
      ])
  }
}
