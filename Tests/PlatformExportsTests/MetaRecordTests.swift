import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct MetaRecordTests {
  typealias Markup = MetaRecordMarkup

  private func read(
    _ text: String, named name: String = "records.html", options: ReaderOptions = ReaderOptions()
  ) throws -> ReadOutcome.Unit {
    try #require(try ReadOutcome.reading(text, named: name, options: options).units.first)
  }

  private func lines(_ unit: ReadOutcome.Unit, _ recordClass: RecordClass) -> [String] {
    unit.records(recordClass).map {
      "\($0.account) > \($0.other) [\($0.channel)] \($0.time.microseconds / 1_000_000) \($0.text)"
    }
  }

  private static let instagram = Markup.profile + [Markup.logins, Markup.messages]

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

  /// Sections and fields that are left open, thousands deep, give what balanced ones give.
  @Test(arguments: [Markup.Generation.nested, .styled, .minified])
  func unbalanced(_ generation: Markup.Generation) throws {
    var markup = Markup(generation: generation)
    let balanced = try read(markup.page(Self.instagram))
    markup.leavesOpen = true
    let open = try read(markup.page(Self.instagram))
    #expect(open.records.map(\.text) == balanced.records.map(\.text))
    #expect(open.identifiers.map(\.value) == balanced.identifiers.map(\.value))
    let rows = (0..<3000).flatMap { number -> [Markup.Item] in
      [
        .field("IP Address", "192.0.2.\(number % 250):\(1000 + number)"),
        .field(
          "Time",
          "2024-01-02 10:\(String(100 + number / 60).dropFirst()):\(String(100 + number % 60).dropFirst()) UTC"
        ),
      ]
    }
    let deep = try read(markup.page([("request_parameters", Markup.parameters), ("ip_addresses", rows)]))
    #expect(deep.tally("login") == [3000, 3000, 0])
  }

  /// A message that reads as a label, a page header or a tag is a message.
  @Test(arguments: [Markup.Generation.table, .nested, .styled, .minified])
  func hostileWords(_ generation: Markup.Generation) throws {
    let words = [
      "Author", "Sent", "Meta Platforms Business Record Page 3",
      "&lt;div class=\"t i\"&gt;Author&lt;div class=\"m\"&gt;x",
      "No responsive records located",
      "<img alt=\"<div class='t i'>Author<div class='m'>eve (instagram: 999)\" src=\"a\">seen",
      "a <3 b", "&amp;lt;", "nul &#0; &#xD800; &unknown; &amp", "x (instagram: 999)",
    ]
    let items = words.enumerated().flatMap { number, text -> [Markup.Item] in
      [
        .field("Author", "eve (instagram: 999) (instagram: 17840002)"),
        .field("Sent", "2024-01-02 10:00:0\(number) UTC"), .field("Body", text),
      ]
    }
    let unit = try read(
      Markup(generation: generation).page([
        ("request_parameters", Markup.parameters), ("unified_messages", [.field("Thread", "(77)")] + items),
      ]))
    #expect(
      unit.records(.message).map(\.text) == [
        "Author", "Sent", "Meta Platforms Business Record Page 3",
        "<div class=\"t i\">Author<div class=\"m\">x",
        "", "seen", "a <3 b", "&lt;", "nul \u{FFFD} \u{FFFD} &unknown; &amp",
        "x (instagram: 999)",
      ])
    // The last number in brackets is the platform's.
    #expect(Set(unit.records(.message).map(\.account)) == ["instagram platform-id 17840002"])
    #expect(unit.tally("message") == [10, 10, 0])
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

  @Test func othersStayOthers() throws {
    let markup = Markup(generation: .minified)
    let unit = try read(
      markup.page([
        ("request_parameters", Markup.parameters),
        (
          "following",
          [.field("Following", "ann (instagram: 17840002)<br />bob, the cat (instagram: 17840003)")]
        ),
        ("followers", [.field("Followers", "cyn (17840004)")]),
        ("shared_access", [.field("Accounts", "dan (instagram: 17840005)")]),
        (
          "machines",
          [
            .field("Cookie", "AbCdEfGh123"), .field("First Seen", "2024-01-01 00:00:00 UTC"),
            .field("Seen Count", "3"),
            .field("User", "rex.marsh (instagram: 17840001)<br />eve (facebook: 100017840006)"),
          ]
        ),
        (
          "linked_accounts",
          [
            .field("Service", "Facebook"), .field("Identifier", "100017840007"),
            .field("Time", "2024-01-01 00:00:00 UTC"),
          ]
        ),
        (
          "devices",
          [
            .field("Type", "Android"), .field("Id", "6d92078a-8246-4ba4-ae5b-76104861e7dc"),
            .field("Active", "true"),
            .field("Type", "Browser"), .field("Id", "7"), .field("Active", "false"),
          ]
        ),
      ]))
    let owner = "instagram platform-id 17840001"
    #expect(
      lines(unit, .contact).map { $0.replacing(" [] -9223372036854", with: "") } == [
        "\(owner) > instagram platform-id 17840002 following",
        "\(owner) > instagram platform-id 17840003 following",
        "\(owner) > instagram platform-id 17840004 follower",
        "\(owner) > instagram platform-id 17840005 has shared access",
      ])
    #expect(unit.tally("contact") == [4, 4, 0])
    let links = unit.records(.declaredLink)
    #expect(links.map { "\($0.account) \($0.other)" } == ["\(owner) facebook platform-id 100017840007"])
    #expect(links.map(\.assertion) == [.platform] && unit.tally("declared-link") == [1, 1, 0])
    // Whoever used the same browser has its cookie, too.
    #expect(
      unit.identifiers.filter { $0.kind == .cookie }.map(\.account) == [
        owner, "facebook platform-id 100017840006",
      ])
    #expect(unit.identifiers.filter { $0.kind == .device }.map(\.label) == ["device-id"])
    #expect(
      unit.records(.session).map(\.text) == [
        "Seen Count: 3", "Type: Android; Active: true", "Type: Browser; Id: 7; Active: false",
      ]
        || unit.records(.session).count == 3)
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

  /// Posts, pictures and comments are their authors', and what a share says is nobody's here.
  @Test func writing() throws {
    let markup = Markup(generation: .styled)
    let unit = try read(
      markup.page([
        ("request_parameters", Markup.parameters),
        (
          "photos",
          [
            .field("Linked Media File:", "linked_media/1.jpg"), .field("Id", "1"), .field("Title", "my cat"),
            .field("Upload Ip", "192.0.2.77"), .field("Uploaded", "2024-01-02 10:00:00 UTC"),
            .field("Author", "rex.marsh (instagram: 17840001)"),
            .group(
              "Comments",
              [
                .field("Author", "ann (instagram: 17840002)"), .field("Time", "2024-01-02 11:00:00 UTC"),
                .field("Text", "sweet"),
              ]),
            .field("Linked Media File:", "linked_media/2.jpg"), .field("Id", "2"), .field("Title", ""),
            .field("Uploaded", "2024-01-03 10:00:00 UTC"),
            .field("Author", "rex.marsh (instagram: 17840001)"),
          ]
        ),
        (
          "comments",
          [
            .field("Date Created", "2024-01-04 10:00:00 UTC"), .field("Status", "active"),
            .field("Text", "whose"),
            .field("Date Created", "2024-01-05 10:00:00 UTC"), .field("Author", "cyn (instagram: 17840004)"),
            .field("Text", "mine"),
          ]
        ),
        (
          "shares",
          [
            .field("Date Created", "2024-01-06 10:00:00 UTC"), .field("Text", "news"),
            .field("Url", "https://example.org/n"),
          ]
        ),
        (
          "wallposts",
          [
            .field("To", "rex (instagram: 17840001)"), .field("From", "Eve (instagram: 17840009)"),
            .field("Id", "5"),
            .field("Time", "2024-01-07 10:00:00 UTC"), .field("Text", "happy birthday"),
          ]
        ),
      ]))
    #expect(
      lines(unit, .message).map { $0.replacing("instagram platform-id 1784000", with: "") } == [
        "1 >  [photos] 1704189600 my cat", "2 >  [photos] 1704193200 sweet",
        "4 >  [comments] 1704448800 mine",
        "9 >  [wallposts] 1704621600 happy birthday",
      ])
    #expect(unit.tally("message") == [6, 4, 2])
    #expect(
      unit.identifiers.filter { $0.kind == .ip || $0.kind == .url }.map { "\($0.label) \($0.value)" } == [
        "upload 192.0.2.77", "share https://example.org/n",
      ])
    #expect(unit.count("shared text")?.setAside == 1 && unit.count("attachment")?.setAside == 2)
  }

  /// Sections in the opposite order, with the parameters last, give the same records of the same accounts.
  @Test func orderOfSections() throws {
    for sections in [Self.instagram, Markup.whatsApp] {
      let markup = Markup(generation: .minified)
      let forward = try read(markup.page(sections))
      let backward = try read(markup.page(sections.reversed()))
      func all(_ unit: ReadOutcome.Unit) -> Set<String> {
        Set(
          unit.records.map {
            "\($0.recordClass) \($0.account) \($0.other) \($0.channel) \($0.time) \($0.text)"
          }
            + unit.identifiers.filter { $0.label != "registration" }.map {
              "\($0.account) \($0.kind) \($0.label) \($0.value) \($0.assertion) \($0.time)"
            })
      }
      #expect(all(forward) == all(backward))
      #expect(backward.identifiers.allSatisfy { $0.account != "owner?" })
    }
  }

  @Test(arguments: Markup.Generation.allCases)
  func truncation(_ generation: Markup.Generation) throws {
    let isInstagram = generation == .table || generation == .minified
    let page = Markup(generation: generation).page(isInstagram ? Self.instagram : Markup.whatsApp)
    try expectPrefixes(of: Array(page.utf8), named: "records.html")
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

  /// What others wrote under a picture is theirs, and the picture with its words and address the owner's.
  @Test(arguments: [Markup.Generation.table, .nested, .minified], [true, false])
  func commentsOnAPicture(_ generation: Markup.Generation, _ authorFirst: Bool) throws {
    func comment(_ name: String, _ id: String, _ text: String, _ day: Int) -> [Markup.Item] {
      let author = Markup.Item.field("User", "\(name) (instagram: \(id))")
      let rest = [
        Markup.Item.field("Text", text), .field("Date Created", "2024-01-0\(day) 11:00:00 UTC"),
      ]
      return authorFirst ? [author] + rest : rest + [author]
    }
    func picture(_ caption: String, _ address: String, _ comments: [Markup.Item]) -> [Markup.Item] {
      [
        .field("Caption", caption), .field("Uploaded", "2024-01-01 10:00:00 UTC"),
        .field("Upload IP", address), .group("Comments", comments),
      ]
    }
    let unit = try read(
      Markup(generation: generation).page([
        ("request_parameters", Markup.parameters),
        (
          "photos",
          picture(
            "mine", "198.51.100.7",
            comment("ann", "17840002", "lovely", 2) + comment("bob", "17840003", "meh", 3))
            + picture("too", "198.51.100.8", comment("bob", "17840003", "again", 4))
        ),
      ]))
    #expect(
      unit.records(.message).map { "\($0.account.suffix(8)) \($0.text) \($0.time.microseconds / 1_000_000)" }
        == [
          "17840001 mine 1704103200", "17840002 lovely 1704193200", "17840003 meh 1704279600",
          "17840001 too 1704103200", "17840003 again 1704366000",
        ])
    #expect(
      unit.identifiers.filter { $0.label == "upload" }.map { "\($0.account.suffix(8)) \($0.value)" } == [
        "17840001 198.51.100.7", "17840001 198.51.100.8",
      ])
  }

  /// Comments may have labels that pictures have as well, and none takes its author from the next one or from the picture.
  @Test(
    arguments: [["User", "Id", "Text", "Date Created"], ["Id", "Text", "Date Created", "User"]],
    [
      ["Id", "Caption", "Uploaded"], ["Text", "Date Created", "Upload IP"], ["Caption", "Uploaded", "Id"],
    ])
  func commentsWithLabelsOfPictures(_ labels: [String], _ ofPictures: [String]) throws {
    func fields(_ labels: [String], _ name: String, _ text: String, _ day: Int) -> [Markup.Item] {
      labels.map { label -> Markup.Item in
        switch label {
        case "User": .field(label, name)
        case "Text", "Caption": .field(label, text)
        case "Date Created", "Uploaded": .field(label, "2024-01-0\(day) 10:00:00 UTC")
        case "Upload IP": .field(label, "198.51.100.\(day)")
        default: .field(label, "90\(day)")
        }
      }
    }
    let ann = fields(labels, "ann (instagram: 17840002)", "of ann", 2)
    let bob = fields(labels, "bob (instagram: 17840003)", "of bob", 3)
    let pictures = [1, 4, 5].map { fields(ofPictures, "", "own \($0)", $0) }
    for comments in [
      [Markup.Item.group("Comments", ann + bob)], [.group("Comments", ann), .group("Comments", bob)],
    ] {
      let items = pictures[0] + comments + pictures[1] + comments + pictures[2]
      let unit = try read(
        Markup(generation: .minified).page([
          ("request_parameters", Markup.parameters), ("photos", [.group("Photos", items)]),
        ]))
      for (record, number) in [("own", 1), ("of ann", 2), ("of bob", 3)] {
        let authors = unit.records(.message).filter { $0.text.hasPrefix(record) }.map(\.account)
        #expect(Set(authors) == ["instagram platform-id 1784000\(number)"], "\(labels) \(ofPictures)")
      }
      #expect(unit.records(.message).filter { $0.text.hasPrefix("own") }.count == 3)
    }
  }

  /// Whatever order comments have their labels in, and where a title stands above none.
  @Test func commentsInOtherOrders() throws {
    func authors(_ items: [Markup.Item]) throws -> [String] {
      let unit = try read(
        Markup(generation: .minified).page([
          ("request_parameters", Markup.parameters), ("photos", [.group("Photos", items)]),
        ]))
      #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
      return unit.records(.message).map {
        "\($0.text) \($0.account.suffix(1)) \($0.time.microseconds / 86_400_000_000)"
      }
    }
    func picture(_ day: Int) -> [Markup.Item] {
      [
        .field("Id", "90\(day)"), .field("Caption", "own"),
        .field("Uploaded", "1970-01-0\(day) 10:00:00 UTC"),
      ]
    }
    func comment(_ name: String, _ number: Int, _ day: Int) -> [Markup.Item] {
      [
        .field("Text", "of \(name)"), .field("Date Created", "1970-01-0\(day) 10:00:00 UTC"),
        .field("Id", "91\(day)"), .field("User", "\(name) (instagram: 1784000\(number))"),
      ]
    }
    let timeFirst: [Markup.Item] = [.field("Date Created", "1970-01-02 10:00:00 UTC"), .field("Text", "own")]
    #expect(
      try authors(timeFirst + [.group("Comments", comment("ann", 2, 3) + comment("bob", 3, 4))] + timeFirst)
        .prefix(3) == ["own 1 1", "of ann 2 2", "of bob 3 3"])
    // A title with nothing below it gives no picture to nobody.
    let none = [Markup.Item.group("Comments", [])]
    #expect(
      try authors(picture(2) + none + picture(3) + none + picture(4)) == ["own 1 1", "own 1 2", "own 1 3"])
    let later = [Markup.Item.group("Comments", comment("ann", 2, 5))]
    #expect(
      try authors(picture(2) + none + picture(3) + later + picture(4))
        == ["own 1 1", "own 1 2", "of ann 2 4", "own 1 3"])
  }

  @Test func textThatIsNoUTF8() throws {
    let markup = Markup(generation: .minified)
    let page = markup.page([("request_parameters", Markup.parameters), ("bio", [.field("Bio", "caf~ 5~")])])
    let bytes = Array(page.utf8).map { $0 == UInt8(ascii: "~") ? 0xE9 : $0 }
    let unit = try #require(try ReadOutcome.reading(bytes, named: "records.html").units.first)
    #expect(unit.records(.profile).last?.text == "café 5é")
    let mended = unit.setAside.first { $0.reason.code == "invalid-utf8" }
    #expect(mended?.reason.explanation.contains("read as CP1252") == true)
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

  /// Values beyond the limit are set aside, and text of over 10 MB comes out whole.
  @Test func largeValues() throws {
    let markup = Markup(generation: .minified)
    let long = String(repeating: "a ", count: 6 << 20)
    let sections: [(id: String, items: [Markup.Item])] = [
      ("request_parameters", Markup.parameters),
      (
        "unified_messages",
        [
          .field("Thread", "(77)"), .field("Author", "ann (instagram: 17840002)"),
          .field("Sent", "2024-01-02 10:00:00 UTC"), .field("Body", long),
        ]
      ),
    ]
    let unit = try read(markup.page(sections))
    #expect(unit.records(.message).map(\.text.utf8.count) == [(12 << 20) - 1])
    var options = ReaderOptions()
    options.limits.recordBytes = 1 << 20
    let cut = try read(markup.page(sections), options: options)
    #expect(cut.records(.message).isEmpty && cut.tally("message") == [1, 0, 1])
    #expect(cut.setAside.contains { $0.reason == .tooLarge })
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

  @Test func recognition() throws {
    #expect(
      try ReadOutcome.reading("<html><title>My Business Record</title></html>", named: "a.html").units.count
        <= 1)
    #expect(try ReadOutcome.reading("<html><body>hello</body></html>", named: "records.html").units.isEmpty)
    #expect(
      try ReadOutcome.reading("<html><body>Our Business Records policy</body></html>", named: "a.html").units
        .isEmpty)
    let outcome = try ReadOutcome.reading(
      Markup(generation: .minified).page(Self.instagram), named: "whatever.htm")
    #expect(outcome.units.map(\.format) == ["meta-record"])
    #expect(ExportRegistry.formats.contains { $0.id == "meta-record" })
    #expect(MetaRecordReader.holdsCommunicationsData)
  }

  /// Where the first login lacks its first label, no address may get its neighbour's time.
  /// Returns write a title above the logins.
  @Test(arguments: [false, true])
  func loginsInAnotherOrder(isTitled: Bool) throws {
    func logins(_ service: String, _ target: String, _ labels: [String]) throws -> ReadOutcome.Unit {
      var count = (ip: 0, time: 0)
      let fields = labels.map { label -> Markup.Item in
        switch label {
        case "IP Address":
          count.ip += 1
          return .field(label, "203.0.113.\(count.ip)")
        case "Time":
          count.time += 1
          return .field(label, "2026-01-0\(count.time) 09:00:00 UTC")
        default: return .field(label, "Login")
        }
      }
      return try read(
        Markup(generation: .minified).page([
          ("request_parameters", [.field("Service", service), .field("Target", target)]),
          ("ip_addresses", isTitled ? [.group("Ip Addresses", fields)] : fields),
        ]))
    }
    func pairs(_ unit: ReadOutcome.Unit) -> [String] {
      unit.identifiers.filter { $0.kind == .ip }.map { "\($0.value) \($0.time.microseconds / 1_000_000)" }
    }
    let day = 86_400
    let first = 1_767_258_000
    let rest = ["IP Address", "Time", "Action"]
    // The action tells that the first address is missing, not each last one.
    let missing = try logins("Instagram", "17840001", ["Time", "Action"] + rest + rest)
    #expect(
      pairs(missing) == ["203.0.113.1 \(first + day)", "203.0.113.2 \(first + 2 * day)"])
    #expect(missing.count("login")?.setAside == 1)
    #expect(missing.reconciliation.allSatisfy { $0.agrees }, "\(missing.reconciliation)")
    // All are whole in the other platform's order.
    let turned = try logins("Instagram", "17840001", ["Time", "IP Address", "Time", "IP Address"])
    #expect(pairs(turned) == ["203.0.113.1 \(first)", "203.0.113.2 \(first + day)"])
    let reverse = try logins("WhatsApp", "+447700900123", rest + rest)
    #expect(pairs(reverse) == ["203.0.113.1 \(first)", "203.0.113.2 \(first + day)"])
    // Nothing tells: none is taken.
    let open = try logins(
      "WhatsApp", "+447700900123", ["IP Address", "Time", "IP Address", "Time", "IP Address"])
    #expect(pairs(open).isEmpty && open.count("login")?.setAside == 3)
    #expect(open.setAside.contains { $0.reason.code == "unordered-login" && $0.reason.isFault })
  }
}
