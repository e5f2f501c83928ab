import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct MetaRecordTests {
  typealias Markup = MetaRecordMarkup

  func read(
    _ text: String, named name: String = "records.html", options: ReaderOptions = ReaderOptions()
  ) throws -> ReadOutcome.Unit {
    try #require(try ReadOutcome.reading(text, named: name, options: options).units.first)
  }

  func lines(_ unit: ReadOutcome.Unit, _ recordClass: RecordClass) -> [String] {
    unit.records(recordClass).map {
      "\($0.account) > \($0.other) [\($0.channel)] \($0.time.microseconds / 1_000_000) \($0.text)"
    }
  }

  static let instagram = Markup.profile + [Markup.logins, Markup.messages]

  @Test(arguments: Markup.Generation.allCases)
  func instagram(_ generation: Markup.Generation) throws {
    let unit = try read(Markup(generation: generation).page(Self.instagram))
    #expect(unit.format == "meta-record")
    let owner = "instagram platform-id 17840001"
    #expect(unit.accounts.filter { $0.role == .owner }.map { $0.key?.value } == ["17840001"])
    let identifiers = unit.identifiers.filter { $0.account == owner }.map {
      "\($0.kind.rawValue) \($0.label) \($0.value) \($0.assertion) \($0.time.isNone ? 0 : $0.time.microseconds / 1_000_000)"
    }
    #expect(
      identifiers == [
        "platform-id  17840001 platform 0", "handle  rex.marsh platform 0",
        "display-name  Rex & Zoë Marsh user 0",
        "email  rex@example.org platform 0", "email unverified r2@example.org claimed 0",
        "ip registration 192.0.2.1 platform 1557036428", "phone  +447700900123 platform 0",
        "ip  192.0.2.7:51234 platform 1704189600", "ip  [2001:db8::7]:443 platform 1704276000",
        "ip  198.51.100.9:4004 platform 1704362400", "ip  203.0.113.5:2002 platform 1704448800",
        "display-name  rex.marsh user 0", "url share https://example.org/x user 1704189602",
      ])
    #expect(
      lines(unit, .login) == [
        "\(owner) >  [] 1704189600 Login", "\(owner) >  [] 1704276000 ", "\(owner) >  [] 1704362400 Login",
        "\(owner) >  [] 1704448800 ",
      ])
    #expect(unit.records(.login).allSatisfy { $0.time.zone == .known && $0.time.precision == .second })
    // An address that is missing does not take another's time.
    #expect(unit.tally("login") == [5, 4, 1])
    #expect(unit.setAside.first { $0.unit == "login" }?.reason.code == "no-address")
    let ann = "instagram platform-id 17840002"
    let thread = "us & them (thread 5550001)"
    // Where nothing marks labels, each line is a block of its own.
    let empty = generation == .plain ? "" : "\n"
    #expect(
      lines(unit, .message) == [
        "\(ann) >  [\(thread)] 1704189603 one <b> &amp; ééé \u{1F44C}\ntwo\n\(empty)four \"x\"",
        "\(owner) >  [\(thread)] 1704189602 look", "\(owner) >  [\(thread)] 1704189601 ",
      ])
    #expect(lines(unit, .call) == ["\(ann) > \(owner) [\(thread)] 1704189600 call, 61 s"])
    // Whose account was deleted is nobody.
    #expect(unit.tally("message") == [4, 3, 1] && unit.tally("call") == [1, 1, 0])
    #expect(unit.count("attachment")?.setAside == 1)
    if generation != .plain {
      #expect(
        unit.setAside.first { $0.unit == "section" }?.examples.map(\.detail) == ["privacy_settings: 1 field"])
    }
    #expect(unit.setAside.filter { $0.reason.isFault }.map(\.unit) == ["login"])
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
    #expect(unit.notes.isEmpty == (generation != .plain))
  }

  @Test(arguments: Markup.Generation.allCases)
  func whatsApp(_ generation: Markup.Generation) throws {
    let unit = try read(Markup(generation: generation, service: "WhatsApp").page(Markup.whatsApp))
    func number(_ last: Int) -> String { "whatsapp phone +4477009001\(last)" }
    #expect(
      lines(unit, .message) == [
        "\(number(23)) >  [+447700900123 +447700900124] 1767261600 ",
        "\(number(25)) >  [group 1203@g.us (group)] 1767261900 ",
      ])
    #expect(
      lines(unit, .call) == [
        "\(number(25)) > \(number(23)) [+447700900123 +447700900125] 1767265200 audio call, offer, accept, terminate"
      ])
    let addresses = unit.identifiers.filter { $0.kind == .ip }
      .map { "\($0.account) \($0.value) \($0.time.microseconds / 1_000_000)" }
    #expect(
      addresses == [
        "\(number(23)) 203.0.113.7:45000 1767261600", "\(number(25)) [2001:db8::9]:45001 1767261900",
        "\(number(25)) 203.0.113.8:55001 1767265200", "\(number(23)) 203.0.113.7:55002 1767265205",
        "\(number(23)) 203.0.113.10 1767258000", "\(number(23)) 203.0.113.11 1767258300",
        "\(number(23)) 203.0.113.10:55261 1767344400", "\(number(23)) 203.0.113.10:55262 1767344700",
      ])
    #expect(
      lines(unit, .contact) == [
        "\(number(23)) > \(number(24)) [] -9223372036854 symmetric contact",
        "\(number(23)) > \(number(25)) [] -9223372036854 symmetric contact",
        "\(number(23)) > \(number(26)) [] -9223372036854 asymmetric contact",
      ])
    // The address book's numbers are not the owner's.
    #expect(
      unit.identifiers.filter { $0.account == number(23) && $0.kind == .phone }.map(\.value) == [
        "+447700900123"
      ])
    #expect(unit.tally("login") == [4, 4, 0] && unit.tally("message") == [2, 2, 0])
    #expect(unit.tally("call") == [1, 1, 0] && unit.tally("contact") == [3, 3, 0])
    #expect(unit.count("message detail")?.setAside == (generation == .plain ? 1 : 2))
    #expect(unit.setAside.allSatisfy { !$0.reason.isFault } && unit.reconciliation.allSatisfy { $0.agrees })
  }

  /// What stands in brackets behind a name is an id only where it is called one or is long.
  @Test func authors() throws {
    let names = [
      "ann (1990)", "ann (born: 1990)", "Ann Lee (Facebook: 42)", "Bo (100012345)",
      "Facebook User (facebook: 43)",
      "Facebook User", "N/A", "Cy (ID: 77)",
    ]
    let items = names.enumerated().flatMap { number, name -> [Markup.Item] in
      [.field("Author", name), .field("Sent", "2024-01-02 10:00:0\(number) UTC"), .field("Body", "hello")]
    }
    let unit = try read(
      Markup(generation: .minified).page([
        ("request_parameters", Markup.parameters), ("unified_messages", [.field("Thread", "(77)")] + items),
      ]))
    #expect(
      unit.records(.message).map(\.account) == [
        "instagram display-name ann (1990)", "instagram display-name ann (born: 1990)",
        "facebook platform-id 42",
        "instagram platform-id 100012345", "facebook platform-id 43", "instagram platform-id 77",
      ])
    #expect(unit.accounts.filter { $0.key?.kind == .displayName }.allSatisfy { $0.key?.scope == .source })
    #expect(
      unit.identifiers.filter { $0.kind == .displayName }.map(\.value) == [
        "ann (1990)", "ann (born: 1990)", "Ann Lee", "Bo", "Cy",
      ])
  }

  @Test func unknownSectionsAreNamed() throws {
    let markup = Markup(generation: .minified)
    let unit = try read(
      markup.page([
        ("request_parameters", Markup.parameters),
        ("quantum_posts", [.field("Thing", "x"), .field("Other", "y")]),
        ("ip_addresses", [.field("Network", "192.0.2.1"), .field("Moment", "2024-01-01 00:00:00 UTC")]),
        ("logins", [.field("Logins", "No responsive records located")]),
        ("photos", [.field("Photos", "No responsive records")]),
      ]))
    let groups = unit.setAside.map {
      "\($0.unit) \($0.reason.code) \($0.reason.isFault) \($0.examples.map(\.detail))"
    }
    #expect(
      groups == [
        "section unknown-section true [\"quantum_posts: 2 fields\"]",
        "login no-address true [\"Network: 192.0.2.1; Moment: 2024-01-01 00:00:00 UTC\"]",
      ])
    // A page without a field is no success.
    let empty = try read(markup.page([("ip_addresses", [])]))
    #expect(empty.setAside.contains { $0.reason.code == "no-field" && $0.reason.isFault })
    // One that says that nothing was found is.
    let nothing = try read(
      markup.page([("ip_addresses", [.field("Ip Addresses", "No responsive records located")])]))
    #expect(nothing.setAside.isEmpty && nothing.records.isEmpty)
  }

  /// Several returns in a folder stay apart, and preserved copies of one account are one.
  @Test func severalTargets() throws {
    let markup = Markup(generation: .minified)
    let other = Markup.parameters.map { item -> Markup.Item in
      if case .field("Target", _) = item { return .field("Target", "17849999") }
      if case .field("Account Identifier", _) = item { return .field("Account Identifier", "") }
      return item
    }
    let folder = try ScratchFolder()
    let first = [("request_parameters", Markup.parameters), Markup.logins, Markup.messages]
    _ = try folder.write(markup.page(first), to: "a/records.html")
    _ = try folder.write(markup.page([Markup.logins, Markup.messages]), to: "a/preservation-1.html")
    _ = try folder.write(markup.page([("request_parameters", other), Markup.logins]), to: "b/records.html")
    _ = try folder.write(markup.page([("request_parameters", other), Markup.logins]), to: "records (2).html")
    _ = try folder.write("see instructions", to: "a/instructions.txt")
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.map(\.root) == ["a", "b", "records (2).html"])
    #expect(
      outcome.units.map { Set($0.records(.login).map(\.account)) } == [
        ["instagram platform-id 17840001"], ["instagram platform-id 17849999"],
        ["instagram platform-id 17849999"],
      ])
    #expect(outcome.unread.isEmpty)
    // What the preserved copy holds again is counted once.
    let a = try #require(outcome.units.first)
    #expect(a.tally("login") == [10, 4, 6] && a.tally("message") == [8, 3, 5])
    // The owner of a page that does not say whose it is may be any.
    let lone = try read(markup.page([Markup.logins]))
    #expect(Set(lone.records(.login).map(\.account)) == ["owner?"] && lone.notes.count == 1)
  }

  @Test func aLinkedAccountKnownByANameIsOfThisReturnOnly() throws {
    let unit = try read(
      Markup(generation: .minified).page([
        ("request_parameters", Markup.parameters),
        (
          "linked_accounts",
          [
            .field("Service", "Facebook"), .field("Identifier", "John Smith"), .field("Service", "Facebook"),
            .field("Identifier", "john.smith"), .field("Service", "Facebook"), .field("Identifier", "Rex"),
            .field("Service", "Facebook"), .field("Identifier", "Susan"), .field("Service", "Facebook"),
            .field("Identifier", "rexmarsh"),
          ]
        ),
      ]))
    #expect(
      unit.accounts.filter { $0.key?.platform == .facebook }.map {
        "\($0.key?.scope == .source) \($0.key?.value ?? "")"
      }
        == ["true John Smith", "false john.smith", "true Rex", "true Susan", "false rexmarsh"])
  }

  @Test func locatorsReadBack() throws {
    for generation in Markup.Generation.allCases {
      let bytes = Array(Markup(generation: generation).page(Self.instagram).utf8)
      for (recordClass, locator, text) in try RawRead(bytes, named: "records.html").locators
      where !text.isEmpty {
        let part = bytes[Int(locator.offset)..<Int(locator.offset) + Int(locator.length)]
        let words = String(decoding: part, as: UTF8.self)
        switch recordClass {
        case .message: #expect(words.contains("Author") && words.contains("UTC"))
        case .login: #expect(words.contains("IP Address") && words.contains("Login"))
        default: break
        }
      }
    }
  }

  /// Two values are never put together to a third, which would be somebody else's.
  @Test func valuesOfOneTargetAreNotPutTogether() throws {
    func owner(_ target: String, _ identifier: String) throws -> (key: String?, others: [String]) {
      let unit = try read(
        Markup(generation: .minified).page([
          (
            "request_parameters",
            [
              .field("Service", "Instagram"), .field("Target", target),
              .field("Account Identifier", identifier),
            ]
          ), ("vanity", [.field("Vanity Name", "rex.marsh")]),
        ]))
      let account = unit.accounts.first { $0.role == .owner }
      return (account?.key?.value, unit.identifiers.filter { $0.kind != .handle }.map(\.value))
    }
    let two = try owner("17840001<br />17840002", "")
    #expect(two.key == nil && two.others.isEmpty)
    let sorts = try owner("17840001", "rex@example.org<br />+447700900123")
    #expect(sorts.key == "17840001" && sorts.others == ["17840001", "rex@example.org", "+447700900123"])
    let another = try owner("17840001", "https://www.facebook.com/profile.php?id=17840002")
    #expect(another.key == "17840001" && another.others == ["17840001"])
    // A page header stood within it.
    let cut = try owner("17840001", "https://www.insta<br />gram.com/rex.marsh")
    #expect(cut.key == "17840001" && cut.others == ["17840001"])
  }

  /// The address of the account's own page says its name, and no account linked to it.
  @Test func theAddressOfTheOwnPageIsItsName() throws {
    func said(_ service: String, _ target: String, _ link: String) throws -> [String] {
      let unit = try read(
        Markup(generation: .minified).page([
          ("request_parameters", [.field("Service", service), .field("Target", target)]),
          ("profile_uri", [.field("Profile Uri", link)]), ("vanity", [.field("Vanity Name", link)]),
        ]))
      #expect(!unit.setAside.contains { $0.reason.isFault })
      return unit.identifiers.map { "\($0.kind.rawValue) \($0.value)" }
    }
    #expect(
      try said("Instagram", "17840001", "https://www.instagram.com/rex.marsh/") == [
        "platform-id 17840001", "handle rex.marsh",
      ])
    let id = "https://www.facebook.com/profile.php?id="
    #expect(try said("Facebook", "100001", id + "100001") == ["platform-id 100001"])
    #expect(try said("Facebook", "100001", id + "100002") == ["platform-id 100001"])
    // A page of another platform is another account's.
    #expect(
      try said("Instagram", "17840001", "https://www.facebook.com/rex.marsh") == [
        "platform-id 17840001", "profile-link https://www.facebook.com/rex.marsh",
      ])
  }

  @Test func aNumberInANameIsNobodys() throws {
    let unit = try read(
      Markup(generation: .minified).page([
        ("request_parameters", Markup.parameters),
        (
          "followers",
          [
            .field(
              "Followers",
              "Ann (instagram: 555555) (instagram: 17840002), Bob (x) (instagram: 17840003)<br />c (17840004)"
            )
          ]
        ),
      ]))
    #expect(
      unit.records(.contact).map(\.other) == (2...4).map { "instagram platform-id 1784000\($0)" })
    #expect(
      unit.identifiers.filter { $0.kind == .displayName }.map(\.value) == [
        "Ann (instagram: 555555)", "Bob (x)", "c",
      ])
  }
}
