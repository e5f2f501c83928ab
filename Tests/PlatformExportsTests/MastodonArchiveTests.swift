import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct MastodonArchiveTests {
  static let context =
    #""@context":["https://www.w3.org/ns/activitystreams",{"movedTo":{"@id":"as:movedTo","@type":"@id"}}]"#
  static let me = "https://social.example/users/hilda"
  static let rex = "https://other.example/users/rex"
  static let una = "https://social.example/users/una"
  static let owner = "mastodon platform-id \(me)"
  static let everybody = "https://www.w3.org/ns/activitystreams#Public"

  static let actor = """
    {\(context),"id":"\(me)","type":"Person","following":"\(me)/following","followers":"\(me)/followers",
    "inbox":"\(me)/inbox","outbox":"outbox.json","preferredUsername":"Hilda","webfinger":"hilda@example.org",
    "name":"Hilda M","summary":"<p>snails &amp; <a href=\\"https://example.org/?a=1&amp;b=2\\">walks</a></p>",
    "url":"https://social.example/@hilda","published":"2022-11-05T00:00:00Z",
    "alsoKnownAs":["https://old.example/users/hilda_m","at://nowhere"],"movedTo":"https://new.example/users/hilda",
    "attachment":[{"type":"PropertyValue","name":"Website","value":"<a href=\\"https://example.org\\" rel=\\"me\\">\
    <span class=\\"invisible\\">https://</span><span>example.org</span></a>"},
    {"type":"PropertyValue","name":"Alt","value":"<span class=\\"h-card\\"><a href=\\"https://alt.example/@hilda\\" \
    class=\\"u-url mention\\">@<span>hilda</span></a></span>"},
    {"type":"PropertyValue","name":"Mail","value":"hilda@example.org"},
    {"type":"PropertyValue","name":"Phone","value":"+44 7700 900102"},{"type":"IdentityProof","name":"x"}]}
    """

  static func note(
    _ number: String, _ content: String, to: [String] = [everybody], cc: [String] = [me + "/followers"],
    at time: String = "2023-01-24T14:45:51Z", more: String = "", tags: String = "[]"
  ) -> String {
    func list(_ items: [String]) -> String { "[" + items.map { "\"\($0)\"" }.joined(separator: ",") + "]" }
    return """
      {"id":"\(me)/statuses/\(number)/activity","type":"Create","actor":"\(me)","published":"\(time)",
      "to":\(list(to)),"cc":\(list(cc)),"object":{"id":"\(me)/statuses/\(number)","type":"Note","summary":null,
      "published":"\(time)","to":\(list(to)),"cc":\(list(cc)),\(more)"content":"\(content)","tag":\(tags)}}
      """
  }

  static let tagRex =
    #"[{"type":"Mention","href":"\#(rex)","name":"@Rex@other.example"},{"type":"Hashtag","href":"x","name":"y"}]"#
  static let tagUna = #"[{"type":"Mention","href":"\#(una)","name":"@una"}]"#

  static let items = [
    note(
      "109744721228760114",
      #"<p>a <a href=\"https://example.org/long/path\" rel=\"nofollow\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">example.org/long</span><span class=\"invisible\">/path</span></a><br />b</p><p><span class=\"h-card\"><a href=\"https://other.example/@rex\" class=\"u-url mention\">@<span>rex</span></a></span> <a href=\"https://social.example/tags/y\" class=\"mention hashtag\" rel=\"tag\">#<span>y</span></a></p>"#,
      cc: [me + "/followers", rex],
      more: #""attachment":[{"type":"Document","url":"media_attachments/1.png","name":"a canal"}],"#,
      tags: tagRex),
    note("109744721228760115", "<p>followers only</p>", to: [me + "/followers"], cc: []),
    note("109744721228760116", "<p>leave me alone</p>", to: [rex], cc: [], tags: tagRex),
    note("109744721228760117", "<p>both</p>", to: [una, rex], cc: [], tags: tagUna),
    note("109744721228760118", "<p>edited</p>", at: "2021-01-24T14:45:51Z"),
    note("109744721228760119", "<p>when</p>", at: "soon"),
    note(
      "109744721228760120",
      #"<p class=\"quote-inline\">RE: <a href=\"https://x.example\">x</a></p><p>my words</p>"#,
      more: #""oneOf":[{"type":"Note","name":"yes"},{"type":"Note","name":"no"}],"#
    ).replacing("\"summary\":null", with: "\"summary\":\"a warning\""),
    #"{"id":"x","type":"Announce","actor":"\#(me)","published":"2023-01-24T14:45:51Z","object":"\#(rex)/statuses/1"}"#,
    #"{"id":"x","type":"Move","actor":"\#(me)"}"#,
    #"{"id":"x","type":"Create","actor":"\#(me)","object":"bear:?u=x"}"#,
    #"{"id":"x","type":"Create"}"#,
  ]

  static func collection(_ id: String, _ items: [String]) -> String {
    "{\(context),\"id\":\"\(id)\",\"type\":\"OrderedCollection\",\"totalItems\":9,\"orderedItems\":["
      + items.joined(separator: ",") + "]}"
  }

  static let outbox = collection("outbox.json", items)
  static let files: [(String, String)] = [
    ("actor.json", actor), ("bookmarks.json", collection("bookmarks.json", ["\"\(rex)/statuses/2\""])),
    ("likes.json", collection("likes.json", ["\"\(rex)/statuses/3\"", "\"\(rex)/statuses/4\""])),
    ("outbox.json", outbox),
    (
      "following_accounts.csv",
      "Account address,Show boosts,Notify on new posts,Languages\nrex@other.example,true,false,\nivo@third.example,true,false,\"en, cy\"\nnobody,true,false,\n"
    ),
    ("followers.csv", "Account address\nREX@other.example\n"),
    ("muted_accounts.csv", "Account address,Hide notifications\nbot@third.example,true\n"),
    ("blocked_accounts.csv", "Troll@third.example\nuna@social.example\n"),
    ("lists.csv", "friends,rex@other.example\n"),
  ]

  static func read(_ files: [(String, String)]) throws -> ReadOutcome {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: "archive/" + path) }
    return try ReadOutcome(reading: folder.url)
  }

  @Test func wholeArchive() throws {
    let outcome = try Self.read(Self.files)
    #expect(outcome.units.map(\.format) == ["mastodon-archive"] && outcome.units.map(\.root) == ["archive"])
    #expect(outcome.unrecognised == ["archive/lists.csv"] && outcome.unread.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.counts("message") == [11, 6, 5] && unit.counts("profile") == [1, 1, 0])
    #expect(unit.counts("contact") == [5, 4, 1] && unit.counts("block") == [2, 2, 0])
    #expect(
      unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.map(\.key?.value) == [Self.me])
    #expect(
      unit.records(.message).map { "\($0.channel) [\($0.other)] \($0.text)" } == [
        "posts [] a https://example.org/long/path\nb\n@rex #y", "posts to followers [] followers only",
        "direct: Rex@other.example [mastodon platform-id \(Self.rex)] leave me alone",
        "direct: \(Self.rex), una@social.example [] both", "posts [] edited",
        "posts [] a warning\nmy words\nyes\nno",
      ])
    #expect(unit.records(.message).allSatisfy { $0.account == Self.owner })
    let first = try #require(unit.records(.message).first)
    #expect(first.time == ObservedTime(microseconds: 1_674_571_551_000_000, zone: .known, precision: .second))
    #expect(first.locator.contains("outbox.json") && first.writtenTime == "2023-01-24T14:45:51Z")
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "message boost 1", "message other-activity 1", "message malformed 1", "message no-author 1",
        "message bad-time 1", "attachment media 1", "like reaction 2", "bookmark kept 1",
        "contact no-author 1",
        "other account not-an-account 1",
      ])
    #expect(unit.notes.contains { $0.hasPrefix("1 message has an id that says another time") })
  }

  @Test("Lists and mentions name one account")
  func peopleAreOne() throws {
    // Before the lists and behind them.
    for place in ["a.json", "z.json"] {
      let files = Self.files.map { ($0.0 == "outbox.json" ? place : $0.0, $0.1) }
      let unit = try #require(try Self.read(files).units.first)
      let names = unit.accounts.filter { $0.sameAs == nil }.map { $0.key?.value ?? "" }
      #expect(
        Set(names) == [
          Self.me, Self.rex, Self.una, "https://old.example/users/hilda_m", "https://new.example/users/hilda",
          "ivo@third.example", "bot@third.example", "Troll@third.example",
        ])
      #expect(names.count == Set(names).count)
      #expect(
        Set(unit.records(.block).map(\.other)) == [
          "mastodon handle Troll@third.example", "mastodon platform-id \(Self.una)",
        ])
      let handles = unit.identifiers.filter {
        $0.kind == .handle && $0.account == "mastodon platform-id \(Self.rex)"
      }
      #expect(
        handles.allSatisfy { $0.value.lowercased() == "rex@other.example" && $0.assertion == .platform })
      #expect(!handles.isEmpty)
    }
  }

  @Test func whatTheOwnerSaysOfItself() throws {
    let unit = try #require(try Self.read(Self.files).units.first)
    let own = unit.identifiers.filter { $0.account == Self.owner && $0.kind != .platformID }
      .map { "\($0.kind.rawValue) \($0.value) [\($0.label)] \($0.assertion.rawValue)" }
    #expect(
      Set(own) == [
        "handle Hilda@social.example [] platform", "handle hilda@example.org [] platform",
        "display-name Hilda M [] user", "url https://example.org/?a=1&b=2 [bio] user",
        "url https://example.org [Website] user", "profile-link https://alt.example/@hilda [Alt] user",
        "email hilda@example.org [Mail] claimed", "phone +44 7700 900102 [Phone] claimed",
        "profile-link https://old.example/users/hilda_m [also known as] user",
        "profile-link https://new.example/users/hilda [moved to] user",
        "url at://nowhere [also known as] user",
        "url https://example.org/long/path [text-link] user",
      ])
    // A declared link beside the link on the profile would count what a poser writes twice.
    #expect(unit.records(.declaredLink).isEmpty)
    let profile = try #require(unit.records(.profile).first)
    #expect(
      profile.text.hasPrefix(
        "moved to https://new.example/users/hilda\nalso known as https://old.example/users/hilda_m\n"
          + "also known as at://nowhere\nsnails & walks\nWebsite: https://example.org\nAlt: @hilda\n"))
    #expect(profile.time.precision == .day && profile.time.zone == .known)
  }

  @Test("The outbox names its owner without actor.json, and lists alone name nobody")
  func parts() throws {
    let outbox = try #require(try Self.read([("outbox.json", Self.outbox)]).units.first)
    #expect(
      outbox.records(.message).map(\.account).allSatisfy { $0 == Self.owner } && outbox.records.count == 6)
    let lists = try #require(try Self.read(Self.files.filter { $0.0.hasSuffix("s.csv") }).units.first)
    #expect(lists.records.count == 6 && lists.records.allSatisfy { $0.account == "owner?" })
    #expect(lists.notes.contains { $0.contains("nothing here says whose this is") })
  }

  @Test func twoOwners() throws {
    let other = Self.actor.replacing("users/hilda\"", with: "users/somebody\"")
    for order in [["actor.json", "outbox.json"], ["z.json", "outbox.json"]] {
      #expect {
        try Self.read([(order[0], other), (order[1], Self.outbox)])
      } throws: {
        ($0 as? ExportRefusal)?.code == "two-owners"
      }
    }
  }

  @Test func truncatedAtEveryByte() throws {
    let small = Self.collection("outbox.json", Array(Self.items.prefix(3)))
    try expectPrefixes(of: Array(small.utf8), named: "outbox.json")
    try expectPrefixes(of: Array(Self.actor.utf8), named: "actor.json")
  }

  @Test("Half a name at the end of a list is nobody's")
  func cutLists() throws {
    for (name, text) in Self.files where name.hasSuffix("accounts.csv") {
      let whole = try #require(try ReadOutcome.reading(text, named: name).units.first)
      for count in 0..<text.utf8.count {
        let part = String(decoding: Array(text.utf8)[..<count], as: UTF8.self)
        guard let unit = try ReadOutcome.reading(part, named: name).units.first else { continue }
        let known = Set(whole.records.map(\.other))
        #expect(unit.records.allSatisfy { known.contains($0.other) }, "\(name) cut at \(count)")
      }
    }
    let list = "Account address\nann@example.org\nzoe@exam"
    let unit = try #require(try ReadOutcome.reading(list, named: "followers.csv").units.first)
    #expect(unit.records.map(\.other) == ["mastodon handle ann@example.org"])
    #expect(unit.setAside.contains { $0.reason.code == "truncated" && $0.reason.isFault })
  }

  @Test func hostileContents() throws {
    let deep = String(repeating: "<blockquote>", count: 5_000) + "x"
    let many = (0..<3_000).map { "https://s\($0).example/u" }
    let items = [
      Self.note("1", deep), Self.note("2", "<a href='https://example.org'", to: [], cc: []),
      Self.note("3", "x", to: many, cc: []),
      Self.note("4", "<p>y</p>", tags: #"{"type":"Mention","href":"https://e.example/u/e","name":"@e@e@e"}"#),
      Self.note("5", "<p>z</p>", tags: #"[{"type":"Mention","href":"https://a@b/c","name":"@a"},null,7,[]]"#),
    ]
    let unit = try #require(
      try Self.read([("outbox.json", Self.collection("outbox.json", items))]).units.first)
    #expect(unit.counts("message") == [5, 5, 0])
    #expect(unit.records(.message)[1].channel == "direct: nobody")
    #expect(unit.records(.message)[2].channel.hasSuffix(" and 2992 more"))
    #expect(unit.accounts.contains { $0.key?.value == "https://e.example/u/e" })
    #expect(!unit.identifiers.contains { $0.value.contains("e@e@e") || $0.value.contains("a@b") })
  }

  @Test func otherListsAreNotTaken() throws {
    let lists = [
      ("followers.csv", "ann@example.org\nbob@example.org\n"),
      ("blocked_accounts.csv", "name\nann@example.org\n"),
      ("customers.csv", "Account address\n1 High Street\n"),
    ]
    for (name, text) in lists {
      #expect(try ReadOutcome.reading(text, named: name).units.isEmpty, "\(name)")
    }
    #expect(ExportRegistry.formats.contains { $0.id == "mastodon-archive" })
  }

  @Test("What was fetched from a server is nobody's archive")
  func fetchedDocuments() throws {
    let actor = Self.actor.replacing("\"outbox.json\"", with: "\"\(Self.me)/outbox\"")
    let posts = Self.collection("\(Self.me)/outbox", Array(Self.items.prefix(2)))
    for text in [actor, posts] {
      let outcome = try Self.read([("rex.json", text)])
      #expect(outcome.units.isEmpty && outcome.unread.count == 1)
    }
    // Whoever has the account chooses the names of its fields.
    let field = #"{"type":"PropertyValue","name":"outbox.json","value":"likes.json"},"#
    let typed = actor.replacing(#""attachment":["#, with: #""attachment":["# + field)
    #expect(typed != actor)
    #expect(try Self.read([("rex.json", typed)]).units.isEmpty)
    // Beside an archive they do not make it two people's.
    let other = actor.replacing("users/hilda\"", with: "users/somebody\"")
    let unit = try #require(try Self.read(Self.files + [("rex.json", other)]).units.first)
    #expect(unit.records(.profile).count == 1)
  }
}
