import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct CaseUCOTests {
  typealias Document = CaseUCODocument

  private static func reading(
    _ text: String, options: ReaderOptions = ReaderOptions()
  ) throws -> ReadOutcome.Unit {
    let outcome = try ReadOutcome.reading(text, named: "case.jsonld", options: options)
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "case-uco" && outcome.units.count == 1)
    for line in unit.reconciliation { #expect(line.agrees, "\(line)") }
    return unit
  }

  private static let una = "whatsapp phone +447700900001"
  private static let rex = "whatsapp phone +447700900002"
  private static let sam = "whatsapp platform-id 12345678901234@lid"

  @Test func everything() throws {
    let unit = try Self.reading(Document.sample)
    let messages = unit.records(.message)
    #expect(messages.map(\.text) == ["I see you", "go away", "all of you", "hear & see"])
    #expect(
      messages.map(\.account) == [Self.una, Self.rex, Self.sam, "email email hilda@example.org"])
    #expect(
      messages.map(\.channel) == [
        "Best friends [whatsapp kb:two]", "Best friends [whatsapp kb:two]",
        "Snails [whatsapp kb:three]\(GroupConversation.mark)", "",
      ])
    #expect(messages[1].time.microseconds == 1_767_604_320_500_000)
    #expect(
      messages[1].time.zone == .known && messages[1].writtenTime == "2026-01-05T10:12:00.5+01:00")
    let call = try #require(unit.records(.call).first)
    #expect(call.account == "sms phone +447700900003" && call.other == "sms phone +447700900004")
    #expect(call.text == "incoming, 35 s")
    #expect(unit.counts("message") == [4, 4, 0] && unit.counts("call") == [1, 1, 0])
    #expect(unit.counts("contact") == [1, 1, 0])
    #expect(
      unit.notes.contains(
        "of the records that were taken the document does not call intact: 1 Deleted"))
    // The device is its user's, whom nothing names, and whose book the contact is in.
    let device = unit.records(.profile).filter { $0.text.hasPrefix("device") }
    #expect(
      device.map(\.text) == ["device: Mobile phone, P1"] && device.map(\.account) == ["owner?"])
    #expect(unit.records(.contact).map(\.account) == ["owner?"])
    #expect(unit.records(.contact).map(\.other) == ["sms phone +447700900005"])
    #expect(unit.records(.declaredLink).map(\.other) == ["email email uncle@example.org"])
    #expect(unit.records(.declaredLink).map(\.assertion) == [.user])
    #expect(Set(unit.accounts.map(\.role)).contains(.owner))
    for name in ["FileFacet", "ContentDataFacet"] {
      #expect(unit.count(name)?.setAside == 1, "\(name)")
    }
    #expect(unit.setAside.allSatisfy { !$0.reason.isFault })
  }

  @Test func identifiersAreWhoSaysThem() throws {
    let unit = try Self.reading(Document.sample)
    func of(_ account: String) -> [String] {
      unit.identifiers.filter { $0.account == account }
        .map { "\($0.kind.rawValue) \($0.label) \($0.value) \($0.assertion.rawValue)" }
    }
    #expect(
      of(Self.una) == ["phone  +447700900001 platform", "display-name shown-name Una Lane user"])
    #expect(of(Self.sam) == ["platform-id  12345678901234@lid platform"])
    // What is merely somebody's name is no handle.
    #expect(
      of("sms phone +447700900003") == [
        "phone  +447700900003 platform", "display-name shown-name Rose Marsh user",
      ])
    #expect(
      of("email email hilda@example.org") == [
        "email  hilda@example.org claimed", "display-name shown-name Hilda S. user",
        "ip  192.0.2.7 claimed",
      ])
    #expect(
      Set(of("owner?")) == [
        "device serial PX20260001 platform", "device imei 490154203237518 platform",
        "phone msisdn +447700900006 user", "device mac 02:00:5E:10:00:01 platform",
      ])
    // A number that stands for none, a day in 1900 and a hash of one sign are nobody's.
    #expect(unit.count("value")?.setAside == 1)
    let values = unit.identifiers.map(\.value)
    #expect(
      !values.contains { $0.hasPrefix("1900") || $0.hasPrefix("11111") || $0.hasPrefix("00000") })
    #expect(unit.accounts.allSatisfy { $0.key?.kind != .handle })
  }

  /// The same nodes in every layout that JSON-LD allows for them, and under every name that a prefix may have.
  @Test func layouts() throws {
    let whole = try Self.reading(Document.sample)
    let nodes = try #require(Self.array(of: Document.sample))
    let context = Document.context
    func expectSame(_ text: String, _ what: String) throws {
      let unit = try Self.reading(text)
      #expect(unit.withoutOrder == whole.withoutOrder, "\(what)")
    }
    try expectSame("{\"@context\":\(context),\"c:object\":\(nodes)}", "objects at the root")
    try expectSame("{\"@graph\":\(nodes),\"@context\":\(context)}", "the context behind")
    try expectSame(
      "{\"@context\":\(context),\"@id\":\"kb:b\",\"@type\":\"c:Bundle\",\"c:object\":\(nodes)}",
      "a bundle")
    let bundle = "{\"@id\":\"kb:b\",\"@type\":[\"c:Bundle\"],\"c:object\":\(nodes)}"
    try expectSame("{\"@context\":\(context),\"@graph\":[\(bundle)]}", "a bundle in a graph")
    try expectSame("{\"@context\":\(context),\"@graph\":\(bundle)}", "a bundle as the graph")
    try expectSame("[{\"@context\":\(context),\"@graph\":\(nodes)}]", "a list of documents")
    try expectSame("{\"@context\":[\(context)],\"@graph\":\(nodes)}", "a list of contexts")
    try expectSame(Self.expanded(Document.sample), "expanded")
    try expectSame("[\(Self.expanded(nodes).dropFirst().dropLast())]", "a bare list")
    for (old, new) in [
      (
        "https://ontology.unifiedcyberontology.org/uco/observable/",
        "http://unifiedcyberontology.org/ontology/uco/observable#"
      ),
      (
        "https://ontology.unifiedcyberontology.org/uco/observable/",
        "https://ontology.unifiedcyberontology.org/uco/observable"
      ),
      (
        "https://ontology.unifiedcyberontology.org/uco/core/",
        "https://unifiedcyberontology.org/ontology/uco/core#"
      ),
    ] {
      try expectSame(Document.sample.replacing(old, with: new), new)
    }
    try expectSame(
      Document.sample.replacing(
        "\"o\":\"\(Document.uco)observable/\"",
        with: "\"o\":{\"@id\":\"u:observable/\"},\"u\":\"\(Document.uco)\""),
      "a prefix of a prefix")
    try expectSame(Document.sample.replacing("/", with: "\\/"), "escaped")
  }

  private static func array(of document: String) -> String? {
    document.firstRange(of: "\"@graph\":").map { String(document[$0.upperBound...].dropLast()) }
  }

  private static func expanded(_ text: String) -> String {
    text.replacing("\"o:", with: "\"\(Document.uco)observable/").replacing(
      "\"c:", with: "\"\(Document.uco)core/"
    )
    .replacing("\"t:", with: "\"\(Document.uco)types/").replacing(
      "\"co:", with: "\"http://purl.org/co/")
  }

  @Test func aRemoteContextIsNotFetched() throws {
    let text = Document.sample.replacing(
      Document.context, with: "\"https://example.org/case.jsonld\""
    )
    .replacing("\"o:", with: "\"uco-observable:").replacing("\"c:", with: "\"uco-core:")
    let unit = try Self.reading(text)
    #expect(unit.records(.message).count == 4)
    #expect(unit.notes.contains { $0.contains("https://example.org/case.jsonld is not fetched") })
    let none = try Self.reading(
      text.replacing("\"@context\":\"https://example.org/case.jsonld\",", with: ""))
    #expect(
      none.records(.message).count == 4 && none.notes.contains { $0.contains("gives no context") })
  }

  /// References lead forward and back, facets stand by themselves, and values are one or a list.
  @Test func flattened() throws {
    let text = Document.document([
      #"{"@id":"_:f","@type":["o:MessageFacet","o:SMSMessageFacet"],"o:messageText":"hi","o:from":[{"@id":"kb:a"}],"o:to":"kb:b"}"#,
      #"{"@id":"kb:m","@type":"o:Message","c:hasFacet":{"@id":"_:f"}}"#,
      #"{"@id":"kb:a","@type":"o:PhoneAccount","c:hasFacet":"_:p"}"#,
      #"{"@id":"kb:b","c:hasFacet":[{"@id":"_:q"}]}"#,
      #"{"@id":"_:p","@type":"o:PhoneAccountFacet","o:phoneNumber":{"@value":"+447700900001"}}"#,
      #"{"@id":"_:q","@type":"o:PhoneAccountFacet","o:phoneNumber":["+447700900002"]}"#,
    ])
    let unit = try Self.reading(text)
    let message = try #require(unit.records(.message).first)
    #expect(message.account == "sms phone +447700900001")
    #expect(message.channel == "+447700900001~+447700900002")
    #expect(
      message.locator == "case.jsonld $.@graph[0] byte \(text.utf8Offset(of: #"{"@id":"_:f""#))")
    #expect(unit.counts("message") == [1, 1, 0])
    #expect(unit.notes.contains("messages and calls without a time: 1"))
  }

  @Test func olderNames() throws {
    let text = Document.document([
      #"{"@id":"kb:a","@type":"o:CyberItem","c:facets":[{"@type":"o:PhoneAccount","o:phoneNumber":"+447700900001"}]}"#,
      #"{"@id":"kb:m","@type":"o:CyberItem","c:facets":[{"@type":"o:Message","o:messageText":"hi","o:from":{"@id":"kb:a"}}]}"#,
    ])
    let unit = try Self.reading(text)
    #expect(unit.records(.message).map(\.account) == ["sms phone +447700900001"])
    #expect(unit.count("message")?.seen == nil)
  }

  /// What names an account is what its app makes one account of.
  @Test func keys() throws {
    func key(_ facets: [String], app: String? = nil) throws -> String {
      var nodes = [Document.node("a", facets)]
      if let app {
        nodes = [
          Document.app("app", app),
          Document.node(
            "a",
            facets + [
              Document.facet("ApplicationAccountFacet", "\"o:application\":{\"@id\":\"kb:app\"}")
            ]),
        ]
      }
      let unit = try Self.reading(Document.document(nodes))
      let account = try #require(unit.accounts.first?.key)
      return "\(account.platform) \(account.kind.rawValue) \(account.scope) \(account.value)"
    }
    func account(_ name: String) -> [String] {
      [Document.facet("AccountFacet", "\"o:accountIdentifier\":\"\(name)\"")]
    }
    let phone = Document.facet("PhoneAccountFacet", "\"o:phoneNumber\":\"+447700900001\"")
    #expect(
      try key(account("hilda.snail"), app: "Instagram") == "instagram handle platform hilda.snail")
    #expect(
      try key(account("Hilda Snail"), app: "Instagram")
        == "instagram display-name source Hilda Snail")
    #expect(
      try key(account("123456789"), app: "org.telegram.messenger")
        == "telegram platform-id platform 123456789")
    #expect(
      try key(account("447700900001"), app: "com.whatsapp")
        == "whatsapp phone platform +447700900001")
    #expect(
      try key(account("12345678901234@lid")) == "whatsapp platform-id platform 12345678901234@lid")
    #expect(try key([phone], app: "Signal") == "signal phone platform +447700900001")
    #expect(
      try key(account("hilda") + [phone], app: "Snapchat") == "snapchat handle platform hilda")
    #expect(try key([phone]) == "sms phone platform +447700900001")
    // What a program counts accounts by is no number, though it has as many digits.
    #expect(try key(account("100000000017") + [phone]) == "sms phone platform +447700900001")
    #expect(try key(account("hilda@example.org")) == "email email platform hilda@example.org")
    #expect(try key(account("hilda")) == "unknown app handle source hilda")
    #expect(try key(account("hilda"), app: "Chatter") == "chatter handle source hilda")
    // Two numbers are not one.
    let two = Document.facet(
      "PhoneAccountFacet", "\"o:phoneNumber\":\"+447700900001/+447700900002\"")
    #expect(try !key([two]).contains(" platform "))
  }

  @Test func whatBelongsToNobodyIsSetAside() throws {
    func set(_ nodes: [String]) throws -> [String] {
      try Self.reading(Document.document(nodes)).setAside.map {
        "\($0.unit) \($0.reason.code) \($0.count)"
      }
    }
    #expect(
      try set([
        Document.message("m", "x", from: "nobody"), Document.account("a", "null"),
        Document.account("g", "447700900001-1@g.us"),
        Document.node("t", [Document.facet("MessageFacet", "\"o:messageText\":\"x\"")]),
        Document.node("u", [Document.facet("URLHistoryFacet", "\"o:urlHistoryEntry\":[]")]),
        Document.node(
          "ip", [Document.facet("IPv4AddressFacet", "\"o:addressValue\":\"192.0.2.1\"")]),
        #"{"@id":"kb:r","@type":"c:Relationship","c:source":{"@id":"kb:a"},"c:target":{"@id":"kb:g"},"c:kindOfRelationship":"Knows"}"#,
      ]) == [
        "URLHistoryFacet not-read 1", "message dangling 1", "profile no-author 2",
        "message no-author 1",
        "relationship not-read 1", "address unattached 1",
      ])
    let system = try set([
      Document.account("s", "System Message"), Document.message("m", "x", from: "s"),
      Document.account("b", "447700900001@s.whatsapp.net"),
      Document.message("n", "y", from: "b", at: "1900-01-01T08:00:00+00:00"),
      Document.message("o", "z", from: "b", at: "yesterday"),
    ])
    #expect(
      system == [
        "profile system 1", "message system 1", "time placeholder 1", "message bad-time 1",
      ])
  }

  @Test func relationshipsSayWhatIsWhose() throws {
    func relation(_ source: String, _ kind: String, _ target: String) -> String {
      #"{"@type":"o:ObservableRelationship","c:source":{"@id":"kb:\#(source)"},"c:target":{"@id":"kb:\#(target)"},"c:kindOfRelationship":"\#(kind)"}"#
    }
    let person =
      #"{"@id":"kb:p","@type":"i:Person","c:hasFacet":[{"@type":"i:SimpleNameFacet","i:givenName":"Hilda","i:familyName":"Snail"}]}"#
    let nodes = [
      Document.app("app", "Instagram"), Document.account("a", "hilda.snail", app: "app"), person,
      Document.node("ip", [Document.facet("IPv4AddressFacet", "\"o:addressValue\":\"192.0.2.1\"")]),
      Document.node(
        "e", [Document.facet("EmailAddressFacet", "\"o:addressValue\":\"hilda@example.org\"")]),
      relation("p", "Has_Account", "a"), relation("a", "Has_IP_Address", "ip"),
      relation("e", "Owned_By", "a"),
    ]
    let unit = try Self.reading(Document.document(nodes))
    #expect(
      unit.identifiers.filter { $0.account == "instagram handle hilda.snail" }.map {
        "\($0.kind.rawValue) \($0.value) \($0.assertion.rawValue)"
      } == [
        "handle hilda.snail platform", "ip 192.0.2.1 claimed", "email hilda@example.org claimed",
        "person-name Hilda Snail claimed",
      ])
    // A file of that person's is no account, and what a person has is nothing that an account has.
    let more = try Self.reading(
      Document.document(
        nodes + [
          Document.node(
            "f", [Document.facet("FilePermissionsFacet", "\"o:owner\":{\"@id\":\"kb:p\"}")]),
          relation("p", "Has_IP_Address", "ip"),
        ]))
    #expect(more.identifiers.filter { $0.kind == .personName }.count == 1)
    #expect(more.count("attribution") == nil && more.count("relationship")?.setAside == 1)
    // Of two accounts the document says what somebody found out.
    let two = try Self.reading(
      Document.document(
        nodes + [Document.account("b", "una.lane", app: "app"), relation("p", "Has_Account", "b")]))
    #expect(
      !two.identifiers.contains { $0.kind == .personName } && two.records(.declaredLink).isEmpty)
    #expect(two.count("attribution")?.setAside == 2)
  }

  /// What has no number in common with a telephone is none of its parts, whoever had it.
  @Test func devicesAreApart() throws {
    func device(_ id: String, _ values: String, wifi: String) -> String {
      Document.node(
        id,
        [
          Document.facet("DeviceFacet", "\"o:deviceType\":\"\(id)\"\(values)"),
          Document.facet("WifiAddressFacet", "\"o:addressValue\":\"\(wifi)\""),
        ])
    }
    let imei = ",\"o:IMEI\":\"490154203237518\""
    let phone = device("phone", imei, wifi: "02:00:5E:10:00:01")
    func owners(_ other: String) throws -> Int {
      let unit = try Self.reading(Document.document([phone, other]))
      #expect(unit.records(.profile).count == 2)
      return unit.accounts.count { $0.role == .owner && $0.sameAs == nil }
    }
    #expect(try owners(device("router", "", wifi: "02:00:5E:10:00:02")) == 2)
    #expect(try owners(device("copy", imei, wifi: "02:00:5E:10:00:03")) == 1)
    let card = Document.facet("SIMCardFacet", "\"o:ICCID\":\"8944110000000000017\"")
    #expect(try owners(Document.node("card", [card])) == 2)
  }

  /// An incoming call without a callee is the telephone's; of an outgoing one nobody knows whom it reached.
  @Test func callsWithoutACallee() throws {
    func call(_ type: String, _ role: String) throws -> [String] {
      let facet = Document.facet(
        "CallFacet",
        "\"o:callType\":\"\(type)\",\"o:startTime\":\"2026-01-06T21:38:19Z\",\"o:\(role)\":{\"@id\":\"kb:a\"}"
      )
      let unit = try Self.reading(
        Document.document([
          Document.account("a", "447700900001@s.whatsapp.net"), Document.node("call", [facet]),
        ]))
      return unit.records(.call).flatMap { [$0.account, $0.other] }
    }
    #expect(try call("incoming", "from") == [Self.una, "owner?"])
    #expect(try call("outgoing", "from") == [Self.una, ""])
    #expect(try call("voice", "from") == [Self.una, ""])
    #expect(try call("outgoing", "to") == ["owner?", Self.una])
  }

  @Test func duplicatesAreOne() throws {
    let nodes = [
      Document.account("a", "447700900001@s.whatsapp.net"),
      Document.account("b", "447700900002@s.whatsapp.net"),
    ]
    let one = Document.message("m", "x", from: "a", to: ["b"])
    let unit = try Self.reading(
      Document.document(nodes + [one, Document.message("n", "x", from: "a", to: ["b"])]))
    #expect(unit.counts("message") == [2, 1, 1])
    #expect(unit.notes.contains("1 record stands in the document more than once"))
    let facets = Document.node(
      "m",
      [
        Document.facet("SMSMessageFacet", "\"o:isRead\":true"),
        Document.facet("MessageFacet", "\"o:messageText\":\"x\",\"o:from\":{\"@id\":\"kb:a\"}"),
      ])
    let two = try Self.reading(Document.document(nodes + [facets]))
    #expect(two.counts("message") == [2, 1, 1] && two.records(.message).map(\.text) == ["x"])
  }
}

extension String {
  /// Where a text begins, in bytes.
  fileprivate func utf8Offset(of text: String) -> Int {
    firstRange(of: text).map { utf8.distance(from: startIndex, to: $0.lowerBound) } ?? -1
  }
}
