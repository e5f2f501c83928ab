import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct DiscordHTMLTests {
  private typealias Pages = DiscordHTMLPages
  private static let date = "1/17/2023 7:33 PM"
  private static let id = "1064990824305274930"

  static let groups = [
    Pages.message(
      id, date, by: Pages.author("77", "rex", "Rex T"), Pages.text("hello <strong>there</strong>\n&lt;b&gt;"))
      + Pages.message(
        "1064990824305274931", date, by: nil,
        Pages.text(
          "<div class=chatlog__markdown-quote><div class=chatlog__markdown-quote-border></div><div class=chatlog__markdown-quote-content>said so</div></div>mine <img loading=lazy class=chatlog__emoji alt=🐌 title=snail src=e.svg><img class=chatlog__emoji alt=own title=own src=o.png>",
          edited: true)),
    Pages.message(
      "1064990824305274932", date, by: Pages.author("88", "Una#7001", "Una"),
      Pages.text(
        "see <a href=\"https://example.org/a?b&amp;c\">this</a> <a href=https://example.org/>https://example.org/</a>"
      ) + Pages.parts,
      before: Pages.reply),
    Pages.message(
      "1064990824305274933", date, by: Pages.author("66", "dice#1111", "Dice", "BOT"),
      Pages.text("Your turn!")),
    Pages.message(
      "1064990824305274934", date, by: Pages.author("55", "rex", "rex", "BOT"), Pages.text("I am rex")),
    Pages.message("1064990824305274935", date, by: Pages.author("77", "rex", "Rex T"), Pages.forwarded),
    Pages.notice("1064990824305274936", date, "rex", "join-icon", "joined the server.")
      + Pages.notice("1064990824305274937", date, "rex", "call-icon", "started a call that lasted 2 minutes"),
    Pages.message(
      "1064990824305274938", date, by: Pages.author("456226577798135808", "Deleted User", "Deleted User"),
      Pages.text("gone")),
    Pages.message("5", date, by: Pages.author("77", "rex", "Rex T"), Pages.text("when")),
  ]
  static let page = DiscordHTMLPages.page(groups, count: 10)

  private static func unit(_ text: String, _ name: String = "a.html") throws -> ReadOutcome.Unit {
    let outcome = try ReadOutcome.reading(text, named: name)
    #expect(outcome.units.map(\.format) == ["discord-html"])
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    return unit
  }

  @Test func wholePage() throws {
    let unit = try Self.unit(Self.page, "Snail Club - Text - general [600].html")
    let title = "Text / general [Snail Club]"
    #expect(
      unit.records.map { "\($0.channel) \($0.account.dropFirst(20)): \($0.text)" } == [
        "\(title) (group) 77: hello there\n<b>", "\(title) (group) 77: > said so\nmine 🐌:own:",
        "\(title) (group) 88: see this https://example.org/", "\(title) (via bot) 66: Your turn!",
        "\(title) (via bot) 55: I am rex", "\(title) (forwarded) 77: not his own",
        "\(title) (group) 77: call",
      ])
    #expect(unit.records.last?.recordClass == .call)
    #expect(unit.records[0].time.zone == .known && unit.records[0].writtenTime == Self.date)
    #expect(unit.records[0].time.microseconds == 1_673_983_999_087_000)
    #expect(
      unit.identifiers.map {
        "\($0.account.dropFirst(20)) \($0.kind.rawValue) \($0.value) \($0.assertion.rawValue)"
      } == [
        "77 platform-id 77 platform", "77 handle rex platform", "77 display-name Rex T user",
        "88 platform-id 88 platform", "88 handle Una#7001 platform", "88 display-name Una user",
        "88 url https://example.org/a?b&c user", "66 platform-id 66 platform", "66 handle dice#1111 platform",
        "66 display-name Dice user", "55 platform-id 55 platform", "55 display-name rex user",
        "77 display-name rex user",
      ])
    #expect(unit.counts("message") == [9, 6, 3] && unit.counts("call") == [1, 1, 0])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "attachment media 2", "embed embed 1", "reaction reaction 3", "message system 1",
        "message no-author 1",
        "message bad-time 1",
      ])
    #expect(unit.notes.isEmpty)
  }

  /// chat-exporter writes the words that were passed on among the message's own.
  @Test func forwardedInPagesOfBots() throws {
    let author = Pages.author("77", "rex#7001", "Rex T")
    let snapshot =
      "<div class=\"chatlog__forwarded-snapshot\"><div class=\"chatlog__markdown-preserve\">not his</div></div>"
    let unit = try Self.unit(
      Pages.page(
        [
          Pages.message(
            "1064990824305274930", Self.date, by: author, Pages.text("look \(snapshot)")),
          Pages.message(
            "1064990824305274931", Self.date, by: author, Pages.text("his"),
            before:
              "<div class=chatlog__followup><span class=chatlog__reference-forwarded><em>Forwarded</em></span></div>"
          ),
          Pages.message(
            "1064990824305274932", Self.date, by: author, Pages.text("his own")),
        ], count: 3))
    #expect(
      unit.records.map { $0.channel.hasSuffix(" (forwarded)") } == [true, true, false])
  }

  /// chat-exporter shows what a message answers as it showed it there, with the marks of what was passed on and of programs.
  @Test func answersInPagesOfBots() throws {
    let author = Pages.author("77", "rex#7001", "Rex T")
    let answered =
      "<div class=chatlog__followup><span class=chatlog__bot-tag>BOT</span><div class=chatlog__followup-author>Una</div>"
      + "<div class=chatlog__followup-content><span class=chatlog__reference-link><div class=chatlog__forwarded-snapshot>"
      + "<div class=chatlog__markdown-preserve>not his</div></div></span></div></div>"
    let unit = try Self.unit(
      Pages.page(
        [
          Pages.message(
            "1064990824305274930", Self.date, by: author, Pages.text("his own"), before: answered)
        ], count: 1))
    #expect(unit.records.map(\.text) == ["his own"])
    #expect(unit.records.map(\.channel) == ["Text / general [Snail Club] (group)"])
  }

  @Test func pagesOf2020() throws {
    let unit = try Self.unit(DiscordHTMLPages.old)
    #expect(unit.records.map(\.text) == ["hello\nthere", "> q\nmine"])
    #expect(
      unit.records.allSatisfy {
        $0.account == "discord platform-id 77" && $0.channel == "Text / general [Snail Club] (group)"
      })
    #expect(unit.identifiers.map(\.value) == ["77", "rex#7001", "Rex T"])
    #expect(unit.records[0].time.microseconds == 1_546_624_359_762_000)
    #expect(unit.counts("message") == [2, 2, 0])
  }

  @Test func countsThatDisagree() throws {
    let unit = try Self.unit(DiscordHTMLPages.page(Self.groups, count: 11))
    #expect(unit.notes == ["a.html: says that it holds 11 messages and holds 10."])
  }

  /// Exported as both, each message lies there twice.
  @Test func aPageBesideItsJSONIsNotRead() throws {
    let folder = try ScratchFolder()
    for (path, text) in [
      ("a/general [600].json", DiscordChatTests.export()), ("a/general [600].html", Self.page),
      ("a/other [601].html", Self.page), ("b/general [600].html", Self.page),
    ] { _ = try folder.write(text, to: path) }
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.unrecognised == ["a/general [600].html"])
    #expect(outcome.unread.map(\.count) == [1] && outcome.refused.isEmpty)
    #expect(
      outcome.units.map { "\($0.format) \($0.root)" }.sorted() == [
        "discord-chat a/general [600].json", "discord-html a", "discord-html b",
      ])
  }

  @Test func truncation() throws {
    try expectPrefixes(of: Array(Self.page.utf8), named: "a.html")
    try expectPrefixes(of: Array(DiscordHTMLPages.old.utf8), named: "a.html")
  }

  @Test func otherPagesStayUnread() throws {
    let outcome = try ReadOutcome.reading(
      "<html><body><div class=\"chatlog__message\">x</div></body></html>", named: "a.html")
    #expect(outcome.units.isEmpty && outcome.unread.first?.isOfExport == true)
  }

  @Test func hostile() throws {
    let unit = try Self.unit(
      "<div class=chatlog__message-group><div class=chatlog__message-container data-message-id=1><span class=chatlog__author>x</span>"
        + "<div id=chatlog__message-container- class=chatlog__message-container></div>"
        + "<div id=chatlog__message-container-99999999999999999999999 class=chatlog__message-container><span class=chatlog__author data-user-id=77>x</span></div>"
        + "<div id=chatlog__message-container-1064990824305274930 class='chatlog__message-container'><span class=chatlog__author data-user-id=-1>x</span></div>"
        + "<div class=chatlog__reactions><span class=chatlog__reaction-count>99999999999999999999</span>")
    #expect(unit.records.isEmpty && unit.counts("message") == [4, 0, 4])
    #expect(unit.setAside.contains { $0.reason == .truncated })
  }
}
