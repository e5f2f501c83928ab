import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct CaseUCODamageTests {
  typealias Document = CaseUCODocument

  @Test func aBeginningGivesABeginning() throws {
    try expectPrefixes(of: Array(Document.sample.utf8), named: "case.jsonld")
  }

  /// What is behind the cut may name an account otherwise, so that nothing is made of what is before it.
  @Test func referencesBehindACutAreNobody() throws {
    let whole = Document.document([
      Document.message("m", "x", from: "a", more: Document.inWhatsApp),
      #"{"@id":"kb:a","@type":"o:Account","c:hasFacet":[{"@id":"kb:f"},{"@id":"kb:g"}]}"#,
      #"{"@id":"kb:f","@type":"o:AccountFacet","o:accountIdentifier":"Rose"}"#,
      #"{"@id":"kb:g","@type":"o:PhoneAccountFacet","o:phoneNumber":"+447700900001"}"#,
      Document.app("app", "com.whatsapp"),
    ])
    try expectPrefixes(of: Array(whole.utf8), named: "case.jsonld")
    let end = try #require(whole.firstRange(of: #"{"@id":"kb:g""#)).lowerBound
    let cut = try #require(
      try ReadOutcome.reading(String(whole[..<end]), named: "case.jsonld").units.first)
    #expect(cut.records.isEmpty && cut.identifiers.isEmpty)
    #expect(cut.setAside.contains { $0.reason.code == "dangling" })
    #expect(cut.setAside.contains { $0.reason == .truncated })
  }

  @Test func blocksDoNotMatter() throws {
    let bytes = Array(Document.sample.utf8)
    let whole = try ReadOutcome.reading(bytes, named: "case.jsonld").units.first
    let padded = Array((String(repeating: " ", count: (256 << 10) - 4000) + Document.sample).utf8)
    var options = ReaderOptions()
    options.format = "case-uco"
    let other = try ReadOutcome.reading(padded, named: "case.jsonld", options: options).units.first
    #expect(whole?.withoutOrder == other?.withoutOrder)
  }

  @Test func malformedNodesTakeNothingElseWithThem() throws {
    let text = Document.document([
      Document.account("a", "447700900001@s.whatsapp.net"),
      #"{"@id":"kb:x","@type":"o:Message",oops}"#, "7",
      "null", "[]",
      #"{"@id":7,"@type":{},"c:hasFacet":{"@value":[{}]},"o:from":[[[]]],"o:sentTime":{}}"#,
      #"{"@id":"kb:a","c:hasFacet":{"@id":"kb:a"}}"#, Document.message("m", "x", from: "a"),
      #"{"@id":"kb:s","@type":"o:MessageFacet","c:hasFacet":{"@id":"kb:s"},"o:from":{"@id":"kb:s"}}"#,
    ])
    let unit = try #require(try ReadOutcome.reading(text, named: "case.jsonld").units.first)
    #expect(unit.records(.message).map(\.text) == ["x"])
    #expect(unit.setAside.contains { $0.reason == .malformed && $0.unit == "node" })
  }

  @Test func nestingIsBounded() throws {
    let deep =
      String(repeating: #"{"@id":"kb:n","c:object":["#, count: 400)
      + String(repeating: "]}", count: 400)
    let text = Document.document([
      deep, Document.account("a", "447700900001@s.whatsapp.net"),
      Document.message("m", "x", from: "a"),
    ])
    let unit = try #require(try ReadOutcome.reading(text, named: "case.jsonld").units.first)
    #expect(unit.records(.message).count == 1)
    #expect(unit.setAside.contains { $0.unit == "node" && $0.reason == .malformed })
    let circle = Document.sample.replacing(
      "\"o\":\"\(Document.uco)observable/\"", with: "\"o\":\"p:x\",\"p\":\"o:y\"")
    #expect(
      try ReadOutcome.reading(circle, named: "case.jsonld").units.first?.records(.message).isEmpty
        == true)
  }

  /// A name may have thousands of marks over each letter.
  @Test func longValuesAreCut() throws {
    let zalgo = String(repeating: "e" + String(repeating: "\u{301}", count: 40), count: 1200)
    let unit = try #require(
      try ReadOutcome.reading(
        Document.document([
          Document.account("a", "447700900001@s.whatsapp.net", shown: zalgo),
          Document.account("b", "447700900002@s.whatsapp.net", shown: String(repeating: "é", count: 5000)),
        ]), named: "case.jsonld"
      ).units.first)
    let names = unit.identifiers.filter { $0.kind == .displayName }.map(\.value)
    #expect(names.count == 2 && names[0].utf8.count > 4000 && names[0].utf8.count <= 4096)
    #expect(names.last == String(repeating: "é", count: 500))
  }

  /// A bundle that is larger than one record may be is looked into.
  @Test func aLargeBundleIsEntered() throws {
    let whole = try #require(
      try ReadOutcome.reading(Document.sample, named: "case.jsonld").units.first)
    let start = try #require(Document.sample.firstRange(of: "\"@graph\":")).upperBound
    let nodes = Document.sample[start...].dropLast()
    let bundle = "{\"@id\":\"kb:b\",\"@type\":\"c:Bundle\",\"c:object\":\(nodes)}"
    var options = ReaderOptions()
    options.limits.recordBytes = 2500
    for text in [
      "{\"@context\":\(Document.context),\"@graph\":[\(bundle)]}",
      "{\"@context\":\(Document.context),\"@graph\":\(bundle)}",
    ] {
      let unit = try #require(
        try ReadOutcome.reading(text, named: "case.jsonld", options: options).units.first)
      #expect(unit.withoutOrder == whole.withoutOrder)
      #expect(unit.setAside.allSatisfy { $0.reason != .tooLarge })
    }
    options.limits.recordBytes = 300
    let small = try #require(
      try ReadOutcome.reading(Document.sample, named: "case.jsonld", options: options).units.first)
    #expect(small.setAside.contains { $0.reason == .tooLarge })
  }

  /// What makes a node too large may stand where nothing of a larger one is looked for.
  @Test(arguments: [
    "{\"@id\":\"kb:m\",\"c:hasFacet\":{\"@type\":\"o:MessageFacet\",\"o:messageText\":\"WORDS\"}}",
    "{\"@type\":\"o:MessageFacet\",\"o:messageText\":\"WORDS\"}", "\"WORDS\"",
  ])
  func aLargePartIsCounted(node: String) throws {
    let text = Document.document([node.replacing("WORDS", with: String(repeating: "x", count: 3000))])
    var options = ReaderOptions()
    options.limits.recordBytes = 2500
    let unit = try #require(
      try ReadOutcome.reading(text, named: "case.jsonld", options: options).units.first)
    #expect(unit.setAside.filter { $0.reason == .tooLarge }.map(\.count) == [1])
  }

  @Test func aDocumentThatIsTooLargeSaysWhere() throws {
    var options = ReaderOptions()
    options.limits.heldBytes = 3000
    let unit = try #require(
      try ReadOutcome.reading(Document.sample, named: "case.jsonld", options: options).units.first)
    let group = try #require(unit.setAside.first { $0.unit == "file" && $0.reason == .tooLarge })
    #expect(group.count == 1 && group.examples.first?.locator != nil)
    #expect(unit.records(.message).count < 4)
    let lost = unit.count("message")
    #expect(lost?.seen == 4 && lost?.agrees == true && (lost?.setAside ?? 0) > 0)
  }

  /// Each facet is looked up among all that its thing has.
  @Test(.timeLimit(.minutes(1))) func manyFacetsOfOneThing() throws {
    let facets = String(repeating: #"{"@type":"o:MessageFacet","o:messageText":"x"},"#, count: 8_000)
    let text = Document.document([
      #"{"@id":"kb:m","c:hasFacet":[\#(facets){"@type":"o:CallFacet"}]}"#
    ])
    let unit = try #require(try ReadOutcome.reading(text, named: "case.jsonld").units.first)
    #expect(unit.counts("message") == [8_000, 0, 8_000] && unit.counts("call") == [1, 0, 1])
  }

  /// A message to several is a group's also where no thread says so.
  @Test func messagesToSeveralWithoutAThread() throws {
    let nodes = (1...3).map { Document.account("a\($0)", "44770090000\($0)@s.whatsapp.net") }
    let unit = try #require(
      try ReadOutcome.reading(
        Document.document(
          nodes + [
            Document.message("m", "x", from: "a1", to: ["a2", "a3"]),
            Document.message("n", "y", from: "a2", to: ["a1"]),
          ]), named: "case.jsonld"
      ).units.first)
    #expect(
      unit.records(.message).map(\.channel) == [
        "+447700900001~+447700900002~+447700900003\(GroupConversation.mark)",
        "+447700900001~+447700900002",
      ])
  }

  /// A message may stand in a thread by a relationship, and in a file by another.
  @Test func whatContainsAMessage() throws {
    func within(_ outer: String) -> String {
      #"{"@type":"c:Relationship","c:source":{"@id":"kb:m"},"c:target":{"@id":"kb:\#(outer)"},"c:kindOfRelationship":"Contained_Within"}"#
    }
    let unit = try #require(
      try ReadOutcome.reading(
        Document.document([
          Document.account("a", "447700900001@s.whatsapp.net"), Document.message("m", "x", from: "a"),
          Document.thread("t", "Snails", ["a"], []),
          Document.node("f", [Document.facet("FileFacet", "\"o:fileName\":\"msgstore.db\"")]),
          within("t"), within("f"),
        ]), named: "case.jsonld"
      ).units.first)
    #expect(unit.records(.message).map(\.channel) == ["Snails [whatsapp kb:t]"])
    #expect(unit.count("relationship")?.setAside == 1)
  }

  /// Somebody's own facet is not read, and not passed over in silence.
  @Test func facetsOfOtherVocabulariesAreCounted() throws {
    let own = #"{"@type":["o:MessageFacet","own:ChatFacet"],"o:from":{"@id":"kb:a"},"o:messageText":"x"}"#
    let other = #"{"@type":"https://example.org/ChatFacet"}"#
    let unit = try #require(
      try ReadOutcome.reading(
        Document.document([
          Document.account("a", "447700900001@s.whatsapp.net"), Document.node("m", [own, other]),
        ]), named: "case.jsonld"
      ).units.first)
    #expect(unit.records(.message).count == 1)
    #expect(
      unit.setAside.map { "\($0.unit) \($0.reason.code)" } == [
        "own:ChatFacet not-read", "https://example.org/ChatFacet not-read",
      ])
  }

  /// A context of a node adds to the one around it, however many nodes have one and however much that holds.
  @Test(.timeLimit(.minutes(1))) func contextsInNodes() throws {
    let terms = (0..<4000).map { ",\"t\($0)\":\"https://example.org/\($0)/\"" }.joined()
    let own = "{\"@context\":{\"own\":\"\(Document.uco)observable/\"},\"c:hasFacet\":"
    let message = #"{"@type":"own:MessageFacet","own:messageText":"x","o:from":{"@id":"kb:a"}}}"#
    let nodes = [Document.account("a", "447700900001@s.whatsapp.net"), own + message]
    let text = Document.document(nodes + Array(repeating: own + "[]}", count: 20_000))
    let unit = try #require(
      try ReadOutcome.reading(
        text.replacing("XMLSchema#\"}", with: "XMLSchema#\"\(terms)}"), named: "case.jsonld"
      ).units.first)
    #expect(unit.records(.message).map(\.text) == ["x"])
  }

  /// What stands before the context is kept until it is known, within bounds.
  @Test func aContextBehindTooMuchIsSaidSo() throws {
    let start = try #require(Document.sample.firstRange(of: "\"@graph\":")).upperBound
    let text = "{\"@graph\":\(Document.sample[start...].dropLast()),\"@context\":\(Document.context)}"
    func tooLarge(_ bytes: Int) throws -> [String] {
      var options = ReaderOptions()
      options.format = "case-uco"
      options.limits.heldBytes = bytes
      let unit = try ReadOutcome.reading(text, named: "case.jsonld", options: options).units.first
      return unit?.setAside.filter { $0.reason == .tooLarge }.flatMap(\.examples).map(\.detail) ?? []
    }
    #expect(try tooLarge(1 << 20).isEmpty)
    #expect(try tooLarge(8000).contains { $0.hasPrefix("its context stands behind") })
  }

  /// An account that no app is named for is one of each in which it wrote; a document may name any number of these.
  @Test func anAccountInManyApps() throws {
    let messages = (0..<100).map {
      Document.message("m\($0)", "x", from: "a", more: ",\"o:application\":\"App \($0)\"")
    }
    let unit = try #require(
      try ReadOutcome.reading(
        Document.document([Document.account("a", "hilda")] + messages), named: "case.jsonld"
      ).units.first)
    // One time it is looked at for its profile.
    #expect(unit.counts("message") == [100, 63, 37])
    #expect(unit.setAside.map(\.reason) == [.noAuthor])
  }

  /// Two cards are two, though one thing has both.
  @Test func cardsOfOneThingAreApart() throws {
    let cards = ["447700900001", "447700900002"].map {
      Document.facet("ContactFacet", "\"o:displayName\":\"N\($0.suffix(1))\",\"o:phoneNumber\":\"+\($0)\"")
    }
    let unit = try #require(
      try ReadOutcome.reading(Document.document([Document.node("c", cards)]), named: "case.jsonld")
        .units.first)
    #expect(
      unit.records(.contact).map(\.other) == [
        "sms phone +447700900001", "sms phone +447700900002",
      ])
    #expect(unit.records(.contact).map(\.text) == ["N1", "N2"] && unit.records(.declaredLink).isEmpty)
  }

  // MARK: Recognition

  private static func format(_ text: String, _ name: String = "a.json") throws -> String? {
    try ReadOutcome.reading(text, named: name).units.first?.format
  }

  @Test func otherVocabulariesAreNotClaimed() throws {
    let schema = #"{"@context":"https://schema.org","@graph":[{"@type":"Person","name":"A"}]}"#
    let activity =
      #"{"@context":"https://www.w3.org/ns/activitystreams","@type":"Note","content":"https://ontology.unifiedcyberontology.org/uco/core/"}"#
    let chat =
      #"{"messages":[{"text":"\"@type\":\"uco-observable:MessageFacet\"","@id":"https://caseontology.org/"}]}"#
    let other =
      #"{"@context":{"o":"https://example.org/unifiedcyberontology.org/"},"@graph":[{"@type":"o:MessageFacet"}]}"#
    let near =
      #"{"@context":{"o":"https://notcaseontology.org/x/"},"@graph":[{"@type":"o:MessageFacet"}]}"#
    let provenance =
      #"{"@context":{"prov":"http://www.w3.org/ns/prov#","cognate":"urn:uuid:5e0b5a1c-2f63-4a58-9d0e-771b6c84e239#"},"@graph":[{"@type":"prov:Activity","cognate:runHash":"x"}]}"#
    for text in [schema, activity, chat, other, near, provenance] {
      #expect(try Self.format(text) != "case-uco", "\(text)")
    }
    #expect(try Self.format(Document.sample) == "case-uco")
    #expect(
      try Self.format(#"[{"@type":["https://ontology.unifiedcyberontology.org/uco/core/Bundle"]}]"#)
        == "case-uco")
    #expect(
      try Self.format(#"{"@context":"https://ontology.caseontology.org/c.jsonld","@graph":[]}"#)
        == "case-uco")
  }
}

@Suite(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
struct CaseUCOSamplesTests {
  private static func unit(_ name: String) throws -> ReadOutcome.Unit {
    let file = try SharedMaterial.export("case-uco/ufed-case/\(name)_CASE_1.0.0.json")
    let outcome = try ReadOutcome(reading: file)
    return try #require(outcome.units.first)
  }

  @Test func allAreRead() throws {
    let folder = try SharedMaterial.export("case-uco/ufed-case")
    let outcome = try ReadOutcome(reading: folder)
    #expect(outcome.units.count == 11 && outcome.unrecognised.isEmpty)
    for unit in outcome.units {
      #expect(unit.format == "case-uco")
      #expect(
        unit.setAside.allSatisfy { !$0.reason.isFault } && unit.reconciliation.allSatisfy(\.agrees))
      for identifier in unit.identifiers {
        #expect(!identifier.value.hasPrefix("1900") && !identifier.value.hasPrefix("11111111"))
      }
    }
  }

  @Test func messagesCallsAndMail() throws {
    let chat = try Self.unit("Message")
    #expect(chat.records(.message).count == 2)
    #expect(Set(chat.records(.message).map(\.account)).count == 2)
    #expect(chat.records(.message).allSatisfy { $0.account.hasPrefix("whatsapp phone +3") })
    #expect(Set(chat.records(.message).map(\.channel)).count == 1)
    let call = try Self.unit("Call")
    let made = try #require(call.records(.call).first)
    // Both numbers are written twice or once, and are one number each.
    #expect(
      made.account.count == "sms phone +12025550100".count && made.account.hasPrefix("sms phone +1")
    )
    #expect(made.other.count == made.account.count && made.other.hasPrefix("sms phone +1"))
    #expect(call.identifiers.filter { $0.kind == .displayName }.count == 3)
    #expect(!call.identifiers.contains { $0.kind == .handle })
    let mail = try Self.unit("EMAIL_MESSAGE")
    #expect(mail.records(.message).map { $0.account.hasPrefix("email email ") } == [true])
    let device = try Self.unit("DEVICE")
    #expect(device.identifiers.filter { $0.kind == .device }.count == 6)
  }

  @Test func aBeginningGivesABeginning() throws {
    for name in ["Call", "Message", "EMAIL_MESSAGE", "DEVICE", "ACTION"] {
      let file = try SharedMaterial.export("case-uco/ufed-case/\(name)_CASE_1.0.0.json")
      try expectPrefixes(of: [UInt8](Data(contentsOf: file)), named: "case.json")
    }
  }
}
