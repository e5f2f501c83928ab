import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct TelegramHTMLTests {
  private typealias Pages = TelegramHTMLPages

  static let chat = Pages.page(
    "Rex &amp; Una ",
    [
      Pages.service(-1, "26 May 2021"),
      Pages.message(
        7, "26.05.2021 18:03:43 UTC+01:00", from: "Rex ",
        Pages.text(
          "look  <a href=\"https://example.org/a?x=1&amp;y=2\">here</a> &lt;3<br><strong>now</strong>")),
      Pages.message(
        8, "26.05.2021 18:03:50 UTC+01:00", from: nil,
        Pages.text(
          "<a href=\"https://example.org/\">https://example.org/</a> <a href=\"https://t.me/una\">@una</a>")),
      Pages.message(
        9, "26.05.2021 18:04:00 UTC+01:00", from: "Una Lane",
        Pages.text("so:<blockquote>his<br><a href=\"https://example.org/his\">words</a></blockquote>mine")),
      Pages.service(10, "Rex pinned <a href=\"#go_to_message7\">this message</a>"),
      Pages.message(
        11, "26.05.2021 18:05:00 UTC+01:00", from: "Una Lane",
        Pages.forwarded(from: "Rex ", Pages.text("not hers"))),
      Pages.message(
        12, "26.05.2021 18:05:01 UTC+01:00", from: nil, Pages.forwarded(from: nil, Pages.text("nor this"))),
      Pages.message(13, "26.05.2021 18:06:00 UTC+01:00", from: "Rex  via @gif", Pages.text("gif")),
      Pages.message(14, "26.05.2021 18:06:01 UTC+01:00", from: nil, Pages.text("gif too")),
      Pages.message(
        15, "26.05.2021 18:07:00", from: "Rex ", Pages.media("media_photo", "Photo", "1280x960, 97 KB")),
      Pages.message(
        16, "26.05.2021 18:08:00 UTC+01:00", from: "Una Lane",
        Pages.media("media_call success", "Rex", "Outgoing (61 seconds)")),
      Pages.message(
        17, "26.05.2021 18:09:00 UTC+01:00", from: "Una Lane",
        Pages.media("media_contact", "Aunt May", "+44 7700 900003 - vCard")),
      Pages.message(18, "sometime", from: "Rex ", Pages.text("when")),
      Pages.message(19, "26.05.2021 18:10:00 UTC+01:00", from: "Deleted Account", Pages.text("who")),
      Pages.message(20, "26.05.2021 18:10:01 UTC+01:00", from: nil, Pages.text("who again")),
    ].joined())

  private static func unit(_ text: String, named name: String = "messages.html") throws -> ReadOutcome.Unit {
    try #require(ReadOutcome.reading(text, named: name).units.first)
  }

  @Test func chatOfTwo() throws {
    let unit = try Self.unit(Self.chat)
    #expect(unit.format == "telegram-html")
    let messages = unit.records(.message)
    #expect(
      messages.map(\.text) == [
        "look  here <3\nnow", "https://example.org/ @una", "so:\n> his\n> words\nmine", "not hers",
        "nor this",
        "gif", "gif too", "", "",
      ])
    #expect(
      messages.map(\.account)
        == [
          "Rex", "Rex", "Una Lane", "Una Lane", "Una Lane", "Rex", "Rex", "Rex", "Una Lane",
        ].map { "telegram display-name \($0)" })
    #expect(
      messages.map(\.channel)
        == [
          "", "", "", " (forwarded)", " (forwarded)", " (via bot)", " (via bot)", "", "",
        ].map { "Rex & Una\($0)" })
    #expect(
      messages[0].time
        == ObservedTime(microseconds: 1_622_048_623_000_000, zone: .known, precision: .second))
    #expect(messages[0].writtenTime == "26.05.2021 18:03:43 UTC+01:00")
    #expect(
      messages[7].time
        == ObservedTime(microseconds: 1_622_052_420_000_000, zone: .unknown, precision: .second))
    let call = try #require(unit.records(.call).first)
    #expect(call.account == "telegram display-name Una Lane" && call.other == "telegram display-name Rex")
    #expect(call.text == "call, Outgoing (61 seconds)")
    let card = try #require(unit.records(.contact).first)
    #expect(card.other == "telegram phone +44 7700 900003" && card.text == "contact card: Aunt May")
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.value) \($0.assertion.rawValue)" } == [
        "display-name Rex user", "url https://example.org/a?x=1&y=2 user", "display-name Una Lane user",
        "phone +44 7700 900003 user", "display-name Aunt May user",
      ])
    #expect(unit.accounts.allSatisfy { $0.key?.kind == .phone || $0.key?.scope == .source })
    #expect(unit.tally("message") == [13, 9, 4] && unit.tally("call") == [1, 1, 0])
    #expect(unit.tally("contact") == [1, 1, 0])
    #expect(
      unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }.sorted() == [
        "attachment media 1", "message bad-time 1", "message no-author 2", "message system 1",
      ])
  }

  @Test func locatorsReadBack() throws {
    let bytes = Array(Self.chat.utf8)
    for found in try RawRead(bytes, named: "messages.html").locators {
      let text = String(
        decoding: bytes[Int(found.locator.offset)...].prefix(Int(found.locator.length)), as: UTF8.self)
      #expect(text.hasPrefix("<div class=\"message default") && text.hasSuffix("</div>"))
    }
  }

  @Test func truncation() throws {
    try expectPrefixes(of: Array(Self.chat.utf8), named: "messages.html")
  }

  @Test func aZoneThatThePersonNames() throws {
    var options = ReaderOptions()
    options.timeZone = "Europe/London"
    let unit = try #require(
      ReadOutcome.reading(Self.chat, named: "messages.html", options: options).units.first)
    #expect(
      unit.records(.message)[7].time
        == ObservedTime(microseconds: 1_622_048_820_000_000, zone: .assumed, precision: .second))
  }

  @Test func aMessageThatGoesOnFromNoneIsAFault() throws {
    let lost = Pages.message(8, "26.05.2021 18:03:50 UTC+01:00", from: nil, Pages.text("whose"))
    let first = Pages.message(7, "26.05.2021 18:03:43 UTC+01:00", from: "Rex ", Pages.text("mine"))
    for before in ["", first + Pages.service(-1, "26 May 2021"), first + Pages.service(5, "Rex joined")] {
      let unit = try Self.unit(Pages.page("Rex", before + lost))
      #expect(unit.records.map(\.text) == (before.isEmpty ? [] : ["mine"]))
      #expect(unit.setAside.contains { $0.reason == .malformed && $0.count == 1 })
      #expect(unit.reconciliation.allSatisfy { $0.agrees })
    }
  }

  /// Where a piece of a page is missing, who wrote what follows is not known.
  @Test func aMessageInAnotherIsAFault() throws {
    let first = Pages.message(7, "26.05.2021 18:03:43 UTC+01:00", from: "Rex ", Pages.text("mine"))
    let second = Pages.message(8, "26.05.2021 18:03:50 UTC+01:00", from: nil, Pages.text("whose"))
    let third = Pages.message(9, "26.05.2021 18:03:51 UTC+01:00", from: "Una", Pages.text("hers"))
    let cut = String(first.prefix(first.count / 2))
    let unit = try Self.unit(Pages.page("Rex", cut + second + third))
    #expect(unit.records.map(\.text) == ["hers"])
    #expect(unit.tally("message") == [3, 1, 2])
  }

  @Test func notices() throws {
    let unit = try Self.unit(
      Pages.page(
        "Rex",
        Pages.service(-1, "1 May 2024")
          + Pages.service(-999_999_321, "Rex created group &laquo;Us&raquo; with members Una")
          + Pages.service(
            5,
            "This message is not supported by this version of Telegram Desktop. Please update the application."
          )
          + Pages.message(
            -999_999_320, "01.05.2024 10:00:00 UTC+01:00", from: "Rex ", Pages.text("old group"))))
    #expect(unit.records.map(\.text) == ["old group"])
    #expect(unit.records.map(\.channel) == ["Rex (group)"])
    #expect(unit.tally("message") == [3, 1, 2])
    #expect(Set(unit.setAside.map(\.reason.code)) == ["system", "unsupported"])
    #expect(unit.setAside.allSatisfy { !$0.reason.isFault })
  }

  @Test func signsUnderMessages() throws {
    let signs = """
      <span class="reactions">
       <span class="reaction active">
        <span class="emoji">
      x
        </span>
        <span class="userpics">
         <div class="userpic userpic3" style="width: 20px; height: 20px">
          <div class="initials" style="line-height: 20px" title="Una">
      U
          </div>
         </div>
         <a class="userpic_link" href="p.jpg">
          <img class="userpic" src="p.jpg"/>
         </a>
        </span>
       </span>
       <span class="reaction"><span class="emoji">y</span><span class="count">
      12
       </span></span>
      </span>
      """
    let unit = try Self.unit(
      Pages.page(
        "News",
        Pages.message(
          7, "26.05.2021 18:03:43 UTC+01:00", from: "News ",
          Pages.text("a") + "<div class=\"signature details\">Rex</div>", after: signs)))
    #expect(unit.records.map(\.text) == ["a"])
    #expect(unit.counts("reaction") == [nil, 0, 14] && unit.counts("signature") == [nil, 0, 1])
  }

  /// Articles are text in blocks.
  @Test func articles() throws {
    let article = """
      <div class="text rich_message" data-rich-message="7" dir="auto">
       <h2 class="rich_heading">
      Title
       </h2>
       <p class="rich_paragraph" dir="auto">
      one <em>two</em>
       </p>
       <blockquote class="rich_quote">
        <div class="rich_quote_body">
      hers
        </div>
       </blockquote>
       <div class="rich_fallback">
      Unsupported rich content
       </div>
       \(Pages.media("media_photo", "Photo", "1x1"))
       <p>
      three
       </p>
      </div>
      """
    let unit = try Self.unit(
      Pages.page("Rex", Pages.message(7, "26.05.2021 18:03:43 UTC+01:00", from: "Rex ", article)))
    #expect(unit.records.map(\.text) == ["Title\none two\n> hers\nthree"])
    #expect(unit.counts("attachment") == [nil, 0, 1])
  }

  /// In a chat with an account that was deleted, the messages without a name are that account's.
  @Test func aChatWithADeletedAccount() throws {
    let unit = try Self.unit(
      Pages.page(
        "Deleted Account",
        Pages.message(7, "26.05.2021 18:03:43 UTC+01:00", from: "Deleted Account", Pages.text("you"))
          + Pages.message(8, "26.05.2021 18:04:43 UTC+01:00", from: "Una", Pages.text("no"))))
    #expect(unit.records.map(\.text) == ["you", "no"])
    #expect(unit.records[0].account == "telegram platform-id Deleted Account: Deleted Account")
    #expect(unit.identifiers.map(\.value) == ["Una"])
  }

  /// Else whoever names a group could keep what is said there out of every comparison.
  @Test func aChatThatIsCalledAsBorrowedWordsAre() throws {
    let unit = try Self.unit(
      Pages.page(
        "Us (forwarded)", Pages.message(7, "26.05.2021 18:03:43 UTC+01:00", from: "Rex ", Pages.text("a"))))
    #expect(unit.records.map(\.channel) == ["Us (forwarded) [chat]"])
  }

  /// Text that somebody typed to look like a page is text.
  @Test func typedMarkup() throws {
    let typed =
      "&lt;/div&gt;&lt;div class=&quot;message default clearfix&quot;&gt;&lt;div class=&quot;from_name&quot;&gt;Una"
    let unit = try Self.unit(
      Pages.page("Rex", Pages.message(7, "26.05.2021 18:03:43 UTC+01:00", from: "Rex ", Pages.text(typed))))
    #expect(
      unit.records.map(\.text) == [#"</div><div class="message default clearfix"><div class="from_name">Una"#]
    )
    #expect(unit.tally("message") == [1, 1, 0])
  }

  /// What a message holds beside its text is held as well.
  @Test func aMessageOfLinksIsTooLarge() throws {
    let link = "<a href=\"https://example.org/a\">x</a>"
    let time = "26.05.2021 18:03:43 UTC+01:00"
    let unit = try Self.unit(
      Pages.page(
        "Rex",
        Pages.message(7, time, from: "Rex ", Pages.text(String(repeating: link, count: 10_001)))
          + Pages.message(8, time, from: "Rex ", Pages.text("a"))))
    #expect(unit.records.map(\.text) == ["a"] && unit.setAside.map(\.reason.code) == ["too-large"])
    #expect(unit.tally("message") == [2, 1, 1])
  }

  @Test func nestingWithoutEndIsSurvived() throws {
    let deep = String(repeating: "<div>", count: 100_000)
    let unit = try Self.unit(
      Pages.page(
        "Rex", Pages.message(7, "26.05.2021 18:03:43 UTC+01:00", from: "Rex ", Pages.text("a")) + deep))
    #expect(unit.records.map(\.text) == ["a"])
  }
}
