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

  /// Devices for which there was no room were said to hold nothing.
  @Test func devicesBeyondThoseKeptAreCounted() throws {
    let devices = (0..<510).map {
      Document.node("d\($0)", [Document.facet("DeviceFacet", "\"o:serialNumber\":\"SN\(10_000 + $0)\"")])
    }
    let bare = Document.node("bare", [Document.facet("DeviceFacet", "\"o:deviceType\":\"phone\"")])
    let unit = try Self.reading(Document.document(devices + [bare]))
    let found = unit.setAside.filter { $0.unit == "device" }.map { "\($0.reason.code) \($0.count)" }
    #expect(Set(found) == ["further-device 10", "empty 1"] && unit.records(.profile).count == 500)
  }

  /// The account of a network with its number, and the telephone that names it by its id.
  @Test func aMobileAccountIsATelephones() throws {
    let unit = try Self.reading(
      Document.document([
        Document.node("n", [Document.facet("MobileAccountFacet", "\"o:MSISDN\":\"+447700900007\"")]),
        Document.node(
          "d",
          [
            Document.facet("DeviceFacet", "\"o:serialNumber\":\"SN10007\""),
            Document.facet("MobileDeviceFacet", "\"o:MSISDN\":[{\"@id\":\"kb:n\"}]"),
          ]),
      ]))
    #expect(unit.records(.profile).map(\.account).contains("sms phone +447700900007"))
    #expect(unit.identifiers.contains { $0.label == "msisdn" && $0.value == "+447700900007" })
  }

  /// The second text was lost without a word.
  @Test func severalTextsOfOneMessageAreKept() throws {
    let text = Self.talk("447700900001", "447700900002", "one")
      .replacing(
        "\"o:messageText\":\"one\"", with: "\"o:messageText\":[\"one\",{\"@value\":\"two\"},\"one\"]")
    #expect(try Self.reading(text).records(.message).map(\.text) == ["one\ntwo"])
  }

  /// Of several accounts that one relationship gives to a person all but the first were lost without a word, and the first
  /// got the person's name as if it were the only one.
  @Test func aRelationshipMayHaveSeveralEnds() throws {
    func relation(_ sources: [String], _ kind: String, _ targets: [String]) -> String {
      func list(_ ids: [String]) -> String { ids.map { "{\"@id\":\"kb:\($0)\"}" }.joined(separator: ",") }
      return
        #"{"@type":"o:ObservableRelationship","c:source":[\#(list(sources))],"c:target":[\#(list(targets))],"#
        + #""c:kindOfRelationship":"\#(kind)"}"#
    }
    func person(_ id: String, _ name: String) -> String {
      #"{"@id":"kb:\#(id)","@type":"i:Person","c:hasFacet":[{"@type":"i:SimpleNameFacet","i:givenName":"\#(name)"}]}"#
    }
    let nodes = [
      Document.app("app", "Instagram"), Document.account("a", "hilda.snail", app: "app"),
      Document.account("b", "una.lane", app: "app"), person("p", "Hilda"), person("q", "Una"),
      Document.node("e", [Document.facet("EmailAddressFacet", "\"o:addressValue\":\"hilda@example.org\"")]),
      Document.node("f", [Document.facet("EmailAddressFacet", "\"o:addressValue\":\"snail@example.org\"")]),
    ]
    let one = try Self.reading(Document.document(nodes + [relation(["p"], "Has_Account", ["a", "b"])]))
    #expect(one.count("attribution")?.setAside == 2)
    #expect(!one.identifiers.contains { $0.kind == .personName })
    let two = try Self.reading(
      Document.document(
        nodes + [relation(["e", "f"], "Owned_By", ["a"]), relation(["p"], "Met", ["a", "b"])]))
    #expect(
      two.identifiers.filter { $0.kind == .email }.map { "\($0.account) \($0.value)" } == [
        "instagram handle hilda.snail hilda@example.org", "instagram handle hilda.snail snail@example.org",
      ])
    #expect(two.setAside.first { $0.unit == "relationship" }?.count == 2)
    // Two relationships of one id are one to whoever reads them: which account is whose, nobody knows.
    let both = try Self.reading(
      Document.document(nodes + [relation(["p", "q"], "Has_Account", ["a", "b"])]))
    #expect(!both.identifiers.contains { $0.kind == .personName })
    #expect(both.setAside.first { $0.unit == "relationship" }?.reason.isFault == true)
  }
}
