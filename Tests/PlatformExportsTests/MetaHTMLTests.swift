import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct MetaHTMLTests {
  static func download(
    _ files: [(String, String)], under root: String = "instagram-x/", options: ReaderOptions = ReaderOptions()
  ) throws -> ReadOutcome {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: root + path) }
    return try ReadOutcome(reading: folder.url, options: options)
  }

  static func told(zone: String) -> ReaderOptions {
    var options = ReaderOptions()
    options.timeZone = zone
    return options
  }

  static func wall(_ text: String) throws -> Int64 {
    try #require(TimeText.iso8601(text)).microseconds
  }

  @Test func instagramDownload() throws {
    let outcome = try Self.download(MetaPageSamples.instagram)
    #expect(outcome.units.count == 1 && outcome.unrecognised.isEmpty && outcome.unread.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "meta-html" && unit.root == "instagram-x")
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.tally("message") == [7, 6, 1])
    #expect(unit.tally("login") == [3, 2, 1])
    #expect(unit.tally("session") == [1, 1, 0] && unit.tally("contact") == [2, 2, 0])
    #expect(unit.tally("block") == [1, 1, 0] && unit.tally("profile") == [2, 2, 0])

    let owner = "instagram handle hilda.snail"
    let messages = unit.records(.message)
    let thread = messages.filter { $0.channel == "inbox/rex_17" }
    #expect(thread.map(\.text) == ["Café\n<3", "", "", "when"])
    #expect(
      thread.map(\.account) == [
        "instagram display-name Rex", owner, owner, "instagram display-name Rex",
      ])
    #expect(thread[0].time.microseconds == (try Self.wall("2023-11-14 14:13")))
    #expect(thread[0].time.zone == .unknown && thread[0].time.precision == .minute)
    #expect(thread[0].writtenTime == "Nov 14, 2023 2:13 pm")
    // The words are kept though their time cannot be read.
    #expect(thread[3].time.isNone && thread[3].writtenTime == "soon")
    #expect(
      messages.filter { $0.channel != "inbox/rex_17" }.map { "\($0.channel) | \($0.text) | \($0.account)" }
        == [
          "comments: una_x | what a \"day\" | \(owner)", "posts | by the sea | \(owner)",
        ])
    #expect(unit.records(.login).map(\.time.microseconds) == [1_767_348_005_000_000, 1_767_434_400_000_000])
    #expect(unit.records(.login).allSatisfy { $0.time.zone == .known })
    #expect(unit.records(.login).map(\.text) == ["Login; en", "Login"])
    #expect(unit.records(.block).map(\.other) == ["instagram handle bad.actor"])
    #expect(unit.records(.block)[0].time.microseconds == (try Self.wall("2023-09-17 17:20")))
    #expect(
      Set(unit.records(.contact).map { "\($0.text) \($0.other)" }) == [
        "following instagram handle rex.tyrant", "follower instagram handle una_x",
      ])
    let links = unit.identifiers.filter { $0.kind == .url }
    #expect(links.map(\.value) == ["https://example.org/p/1?a=1&b=2"])
    #expect(links.map(\.account) == ["instagram display-name Rex"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code)" }) == [
        "message no-author", "attachment media", "shared text shared", "reaction reaction", "time bad-time",
        "login bad-time", "profile field unknown-label",
      ])
    #expect(!unit.identifiers.contains { $0.kind == .handle && $0.value == "rex" })
    #expect(
      unit.notes.contains {
        $0 == "logins give their time in UTC and by the clock of the pages, which stood at GMT-8 (2)"
      }, "\(unit.notes)")
    #expect(unit.notes.contains { $0.contains("--time-zone") })
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
  }

  /// The same download in both forms gives the same accounts, identifiers and relations.
  @Test func pagesGiveWhatJSONGives() throws {
    let pages = try #require(
      Self.download(MetaPageSamples.instagram, options: Self.told(zone: "GMT-8")).units.first)
    let json = try #require(MetaJSONTests.download(MetaJSONTests.instagram).units.first)
    func identifiers(_ unit: ReadOutcome.Unit) -> Set<String> {
      Set(
        unit.identifiers.filter { $0.kind != .url && $0.kind != .cookie }.map {
          "\($0.account) \($0.kind) \($0.label) \($0.value) \($0.assertion)"
        })
    }
    #expect(identifiers(pages) == identifiers(json))
    func relations(_ unit: ReadOutcome.Unit) -> Set<String> {
      Set(
        unit.records.filter { [.contact, .block, .session].contains($0.recordClass) }.map {
          "\($0.recordClass) \($0.account) \($0.other) \($0.text) \($0.time.microseconds / 60_000_000)"
        })
    }
    #expect(relations(pages) == relations(json))
    func accounts(_ unit: ReadOutcome.Unit) -> Set<String> {
      Set(unit.accounts.compactMap { $0.key.map { "\($0.kind) \($0.value) \($0.scope)" } })
    }
    #expect(accounts(pages).isSubset(of: accounts(json)))
    #expect(!pages.notes.contains { $0.contains("--time-zone") })
    let first = try #require(pages.records(.message).first { $0.channel == "inbox/rex_17" })
    #expect(first.time.microseconds == 1_699_999_980_000_000 && first.time.zone == .assumed)
  }

  @Test(arguments: [MetaPageSamples.Generation.old, .middle, .new])
  func facebookDownload(_ generation: MetaPageSamples.Generation) throws {
    let outcome = try Self.download(MetaPageSamples.facebook(generation), under: "facebook-z/")
    #expect(outcome.units.count == 1 && outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.root == "facebook-z")
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.tally("message") == [4, 4, 0] && unit.tally("login") == [2, 2, 0])
    #expect(unit.tally("session") == [1, 1, 0] && unit.tally("profile") == [1, 1, 0])
    #expect(unit.tally("contact") == [2, 1, 1])
    let owner = "facebook handle zoe.fictional"
    #expect(
      unit.records(.message).map { "\($0.channel) | \($0.text) | \($0.account)" }.sorted() == [
        "comments: Zoë Fictional commented on Rex's post. | no\nnever | \(owner)",
        "inbox/rex_1a2b | are you in? | facebook display-name Rex", "inbox/rex_1a2b | yes | \(owner)",
        "posts: Zoë Fictional updated her status. | a day out | \(owner)",
      ])
    #expect(unit.records(.login).map(\.text) == ["Login; www.facebook.com", "Log out; www.facebook.com"])
    #expect(
      unit.records(.login).map(\.time.microseconds)
        == (try ["09:00", "09:30"].map { try Self.wall("2019-03-04 \($0)") }))
    let session = try #require(unit.records(.session).first)
    #expect(session.text == "Phone; Leeds, UK")
    #expect(session.time.microseconds == (try Self.wall("2019-03-04 08:30")))
    #expect(unit.records(.contact).map(\.other) == ["facebook display-name Priya Patel"])
    let profile = try #require(unit.records(.profile).first)
    #expect(profile.time.microseconds == (try Self.wall("2009-12-26 03:00")) && profile.time.zone == .known)
    func values(_ kind: IdentifierKind) -> [String] { unit.values(kind, of: owner).sorted() }
    #expect(
      values(.ip) == [
        " 192.0.2.44 platform", " 192.0.2.9 platform", " 2001:db8::7 platform", "signup 192.0.2.77 platform",
        "upload 198.51.100.7 platform",
      ])
    #expect(
      values(.email) == [
        " zoe@example.org platform", "pending new@example.net user", "previous old@example.net platform",
      ])
    #expect(values(.phone) == [" +447700900123 platform"])
    #expect(values(.dateOfBirth) == [" 1996-04-12 user"])
    #expect(Set(values(.displayName)) == [" Zoë Fictional user", "previous Zoe Old user"])
    #expect(values(.cookie) == ["session-masked fw2L******************** platform"])
    #expect(values(.userAgent) == [" Odd/1 [FBAN/EMA;FBDM/{density=2}] platform"])
    #expect(values(.url) == ["share https://example.org/x user"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code)" }) == [
        "thread heading thread-heading", "contact no-author", "profile field unknown-label",
        "attachment media",
        "text system",
      ])
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
  }

  /// Pages without the classes that are known: by the order of headings and times, or not at all.
  @Test func unknownClasses() throws {
    func page(_ parts: String) -> String { MetaPageSamples.page(parts, .new) }
    let plain = page(
      "<div class=\"_zz\"><h2>Rex</h2><div><div>hello</div></div><div>Mar 04, 2019 10:01 am</div></div>"
        + "<div class=\"_zz\"><h2>Una</h2><div><div>hi</div></div><div>Mar 04, 2019 10:00 am</div></div>")
    let read = try #require(ReadOutcome.reading(plain, named: "message_1.html").units.first)
    #expect(read.records.map(\.account).map { $0.suffix(3) } == ["Rex", "Una"])
    #expect(read.records.map(\.text) == ["hello", "hi"])
    #expect(read.tally("message") == [-1, 2, 0])
    // Several in one element cannot be told apart, and nobody is given the words of another.
    let wrapped = page(
      "<div><div><h2>Rex</h2><div>hello</div><div>Mar 04, 2019 10:01 am</div></div>"
        + "<div><h2>Una</h2><div>hi</div><div>Mar 04, 2019 10:00 am</div></div></div>")
    let refused = try #require(ReadOutcome.reading(wrapped, named: "message_1.html").units.first)
    #expect(refused.records.isEmpty)
    #expect(refused.setAside.contains { $0.reason.code == "unknown-structure" && $0.reason.isFault })
    let list = page("<div><p>una_x</p><p>x</p></div><div><p>rex</p><p>y</p></div>")
    let none = try #require(ReadOutcome.reading(list, named: "followers_1.html").units.first)
    #expect(none.records.isEmpty)
    #expect(none.setAside.contains { $0.unit == "file" && $0.reason.code == "unknown-structure" })
    let empty = try #require(
      ReadOutcome.reading(page("<div>No data</div>"), named: "followers_1.html").units.first)
    #expect(
      empty.setAside.map(\.reason.code) == ["unlabelled"] && empty.setAside.allSatisfy { !$0.reason.isFault })
  }

  @Test func pagesOfSecurityAreReadByWhatTheyHold() throws {
    let rows = MetaPageSamples.table(
      [
        ("Zeit", "Mar 04, 2019 10:01 am"), ("Adresse", "192.0.2.5"), ("Ville", "Leeds"),
        ("Ami", "rex@example.org"),
      ], .new)
    let cookie = MetaPageSamples.table(
      [("Keks", "ab12********************"), ("Time", "Mar 05, 2019 10:01 am")], .new)
    let page = MetaPageSamples.page(
      MetaPageSamples.part("Something", rows, nil, .new) + MetaPageSamples.part("Browser", cookie, nil, .new)
        + MetaPageSamples.part("Mail verified", MetaPageSamples.table([("Mail", "x")], .new), nil, .new), .new
    )
    let unit = try #require(
      Self.download(
        [
          ("security_and_login_information/odd_page.html", page),
          (
            "security_and_login_information/logins_and_logouts.html",
            MetaPageSamples.page(MetaPageSamples.part("Login", rows, nil, .new), .new)
          ),
        ], under: "facebook-z/"
      ).units.first)
    // One count for pages that are known and others.
    #expect(unit.tally("login") == [2, 2, 0] && unit.tally("session") == [1, 1, 0])
    #expect(unit.tally("other entry") == [-1, 0, 1])
    #expect(
      Set(unit.records(.login).map(\.text)) == ["Login; Leeds", "Something; Leeds; rex@example.org"])
    // On the page that is known it is the owner's.
    #expect(unit.identifiers.filter { $0.kind == .email }.count == 1)
  }

  @Test func thePlatformMayBeTold() throws {
    let page = MetaPageSamples.page(
      "<div class=\"_a6-g\"><h2>A</h2><div class=\"_a6-p\">x</div><div class=\"_a6-o\">Mar 04, 2019 10:01 am</div></div>",
      .new)
    let open = try #require(ReadOutcome.reading(page, named: "message_1.html").units.first)
    #expect(open.records.map(\.account) == ["meta display-name A"] && open.records.map(\.text) == ["x"])
    #expect(open.notes.contains { $0.contains("--format facebook-html") })
    for (format, platform) in [("instagram-html", "instagram"), ("facebook-html", "facebook")] {
      var options = ReaderOptions()
      options.format = format
      let said = try #require(
        ReadOutcome.reading(page, named: "message_1.html", options: options).units.first)
      #expect(said.records.map(\.account) == ["\(platform) display-name A"] && said.format == format)
      let other = try #require(ReadOutcome.reading("{}", named: "m.json", options: options).units.first)
      #expect(other.setAside.map(\.reason.code) == ["other-data"])
    }
  }

  @Test func registration() {
    for format in ["meta-html", "facebook-html", "instagram-html"] {
      #expect(ExportRegistry.formats.contains { $0.id == format })
      #expect(ExportRegistry.options(of: format) == [.timeZone, .dateOrder])
    }
  }

  /// A download of both forms is a unit for each.
  @Test func bothForms() throws {
    let json = MetaJSONTests.instagram.filter {
      $0.0.contains("messages") || $0.0.contains("personal_information.json")
    }
    let outcome = try Self.download(MetaPageSamples.instagram + json)
    #expect(outcome.units.map(\.format).sorted() == ["meta-html", "meta-json"])
    #expect(outcome.units.allSatisfy { $0.root == "instagram-x" && $0.reconciliation.allSatisfy(\.agrees) })
    #expect(
      outcome.units.allSatisfy { unit in
        unit.records(.message).contains { $0.account == "instagram handle hilda.snail" }
      })
  }

  /// Parts of one download may lie in the folders of several years.
  @Test func folders() throws {
    let thread = MetaPageSamples.facebook(.new).first.map(\.1) ?? ""
    let outcome = try Self.download(
      [
        ("your_activity_across_facebook/messages/inbox/rex_1/message.html", thread),
        (
          "Security_and_Login_Information/where_you\u{2019}re_logged_in.html",
          MetaPageSamples.facebook(.new)[2].1
        ),
      ], under: "facebook-z/")
    #expect(outcome.units.map(\.root) == ["facebook-z"])
    let unit = try #require(outcome.units.first)
    #expect(unit.tally("message") == [2, 2, 0] && unit.tally("session") == [1, 1, 0])
    #expect(unit.records(.message).allSatisfy { $0.channel == "inbox/rex_1" })
  }

  /// Three people of whom two write are no pair: a name there is the same account in other threads.
  @Test func aGroupIsNoPair() throws {
    func thread(_ names: String, _ text: String) -> String {
      MetaPageSamples.page(
        MetaPageSamples.part("Participants: \(names)", nil, nil, .new)
          + MetaPageSamples.part("Sam", MetaPageSamples.words(text), "Mar 04, 2019 10:01:00 am", .new), .new,
        maker: "Generated by Zoë on <time>x</time>")
    }
    let unit = try #require(
      Self.download(
        [
          ("messages/inbox/a_1/message_1.html", thread("Sam, Ann and Zoë", "one")),
          ("messages/inbox/b_2/message_1.html", thread("Sam, Bob and Zoë", "two")),
        ], under: "facebook-z/"
      ).units.first)
    #expect(Set(unit.records.map(\.account)) == ["facebook display-name Sam"])
    #expect(unit.records.map(\.channel) == ["inbox/a_1 (group)", "inbox/b_2 (group)"])
    #expect(unit.tally("message") == [2, 2, 0] && unit.tally("thread heading") == [-1, 0, 2])
  }

  /// Labels outside tables, with parts of their own as values.
  @Test func labelsOutsideTables() throws {
    func field(_ label: String, _ value: String) -> String {
      "<div class=\"_2ph_ _a6_q\">\(label)</div><div><div>\(MetaPageSamples.part(nil, value, nil, .new))</div></div>"
    }
    let page = MetaPageSamples.page(
      MetaPageSamples.part(
        nil,
        MetaPageSamples.part(
          nil, "<div>\(field("Name", "Priya Patel"))\(field("Note", "hello"))</div>", nil, .new),
        "Mar 04, 2019 10:01:00 am", .new), .new)
    let unit = try #require(
      Self.download([("connections/friends/received_friend_requests.html", page)], under: "facebook-z/").units
        .first)
    #expect(unit.records.map(\.other) == ["facebook display-name Priya Patel"])
    #expect(unit.records.map(\.text) == ["received friend request"] && unit.tally("contact") == [1, 1, 0])
    #expect(unit.records[0].time.microseconds == (try Self.wall("2019-03-04 10:01")))
  }

  /// What the platform writes before the words of a comment is none of them.
  @Test(arguments: [MetaPageSamples.Generation.old, .middle, .new])
  func aCommentInAGroup(_ generation: MetaPageSamples.Generation) throws {
    let label = generation == .old ? "_4mp8" : "_a6_m"
    let page = MetaPageSamples.page(
      MetaPageSamples.part(
        "Zoë commented on Rex's post.",
        "<div><div class=\"_2pin\"><div><div class=\"_3-95\"><span class=\"\(label)\">Group: </span>Climbers</div>no <b>way</b></div></div></div>",
        "Mar 04, 2019 10:01:00 am", generation), generation)
    let unit = try #require(ReadOutcome.reading(page, named: "your_comments_in_groups.html").units.first)
    #expect(unit.records.map(\.text) == ["no way"])
    #expect(unit.records.map(\.channel) == ["comments: Zoë commented on Rex's post. [Climbers]"])
    #expect(unit.setAside.map(\.reason.code) == ["captioned"])
  }

  /// A comment with its address first, and with whose picture it stands under in a table of its own.
  @Test func aCommentInALanguageThatIsNotKnown() throws {
    let address = "https://www.instagram.com/p/X/"
    let rows = [
      ("URL", "<div><a href=\"\(address)\">\(address)</a></div>"),
      ("Omistaja", "<table><tr><td>Nimi</td><td>Rex</td></tr></table>"), ("Kommentti", "not so"),
    ].map { "<tr><td>\($0)</td><td>\($1)</td></tr>" }.joined()
    let page = MetaPageSamples.page(
      MetaPageSamples.part(nil, "<table>\(rows)</table>", "Jun 23, 2026 11:11 am", .instagram), .instagram)
    let unit = try #require(ReadOutcome.reading(page, named: "post_comments_1.html").units.first)
    #expect(unit.records.map(\.text) == ["not so"])
    #expect(unit.tally("picture field") == [-1, 0, 2])
  }

  /// Of a comment that is nothing but a link, whose picture it stands under is not the words.
  @Test(arguments: [false, true]) func aCommentThatIsALink(hasAddress: Bool) throws {
    let link = "https://example.org/x"
    let place = [("URL", "https://www.instagram.com/p/X/")]
    let rows = ((hasAddress ? place : []) + [("Kommentti", link), ("Omistaja", "rex.tyrant")])
      .map { "<tr><td>\($0)</td><td>\($1)</td></tr>" }.joined()
    let page = MetaPageSamples.page(
      MetaPageSamples.part(nil, "<table>\(rows)</table>", "Jun 23, 2026 11:11 am", .instagram), .instagram)
    let unit = try #require(ReadOutcome.reading(page, named: "post_comments_1.html").units.first)
    #expect(unit.records.map(\.text) == [link])
    #expect(unit.tally("picture field") == [-1, 0, hasAddress ? 2 : 1])
  }

  /// Somebody may write the time of the message.
  @Test func wordsThatAreATime() throws {
    let time = "Mar 04, 2019 10:01:00 am"
    let page = MetaPageSamples.page(
      MetaPageSamples.part("Rex", MetaPageSamples.words(time), time, .new), .new)
    let unit = try #require(ReadOutcome.reading(page, named: "message_1.html").units.first)
    #expect(unit.records.map(\.text) == [time])
  }
}
