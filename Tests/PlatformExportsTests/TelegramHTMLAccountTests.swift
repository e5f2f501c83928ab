import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// The export of a whole account as pages.
@Suite struct TelegramHTMLAccountTests {
  private typealias Pages = TelegramHTMLPages

  private static let owner = Pages.owner([
    ("First name", "Hilda"), ("Last name", "Marsh"), ("Phone number", "+44 7700 900001"),
    ("Username", "@hildamarsh"), ("Bio", "walks"),
  ])

  private static func said(_ name: String, _ text: String) -> String {
    Pages.message(7, "26.05.2024 18:03:43 UTC+01:00", from: name, Pages.text(text))
  }

  private static func reading(_ files: [(String, String)]) throws -> ReadOutcome {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: path) }
    return try ReadOutcome(reading: folder.url)
  }

  @Test func wholeAccount() throws {
    let outcome = try Self.reading([
      ("DataExport/export_results.html", Self.owner),
      (
        "DataExport/chats/chat_1/messages.html",
        Pages.page("Rex ", Self.said("Rex ", "one") + Self.said("Hilda Marsh", "two"))
      ),
      ("DataExport/chats/chat_1/messages2.html", Pages.page("Rex ", Self.said("Rex ", "three"))),
      ("DataExport/chats/chat_1/messages10.html", Pages.page("Rex ", Self.said("Hilda Marsh", "four"))),
      ("DataExport/chats/chat_2/messages.html", Pages.page("Rex ", Self.said("Rex ", "another Rex"))),
      (
        "DataExport/chats/chat_3/messages.html", Pages.page("Walkers ", Self.said("Hilda Marsh", "is it she"))
      ),
      ("DataExport/chats/chat_4/messages.html", Pages.page("Runners ", Self.said("Hilda Marsh", "all hers"))),
      ("DataExport/chats/chat_5/messages.html", Pages.page("Hilda Marsh", Self.said("Hilda Marsh", "note"))),
      ("DataExport/chats/chat_6/messages.html", Pages.page("Hilda Marsh", Self.said("Hilda Marsh", "copy"))),
      ("DataExport/chats/chat_7/messages.html", Pages.page("Replies ", Self.said("Hilda Marsh", "reply"))),
      (
        "DataExport/lists/chats.html",
        Pages.page(
          "Chats",
          [
            ("Rex ", "private", "3 messages", 1), ("Rex ", "private", "1 message", 2),
            ("Walkers", "group", "1 message", 3), ("Runners", "group", "1 outgoing message", 4),
            ("Saved messages ", "private", "1 message", 5), ("Hilda Marsh", "private", "1 message", 6),
            ("Replies ", "private", "1 message", 7),
          ].map {
            Pages.entry(
              $0.0, [$0.2], info: $0.1, address: "../chats/chat_\($0.3)/messages.html#allow_back")
          }.joined(), sort: "list_page")
      ),
      (
        "DataExport/lists/contacts.html",
        Pages.page(
          "Contacts",
          Pages.entry("Rex ", ["+44 7700 900002"], info: "01.05.2022 10:00:00", tooltip: "ID: 77")
            + Pages.entry("Aunt May", ["+44 7700 900003"], info: "01.01.1970 01:00:00")
            + Pages.entry("Deleted Account", [], info: "01.05.2022 10:00:00"), sort: "list_page")
      ),
      (
        "DataExport/lists/frequent.html",
        Pages.page(
          "Frequent contacts", Pages.entry("Rex ", ["Rating: 2.5"], info: "people"), sort: "list_page")
      ),
      (
        "DataExport/lists/sessions.html",
        Pages.page(
          "Sessions",
          Pages.entry(
            "Telegram Android 10.2",
            [
              "192.0.2.7 \u{2013} Leeds, UK", "Last active: 02.01.2024 03:04:05",
              "Created: 02.01.2023 03:04:05",
            ],
            subname: "Pixel 7, Android 14"), sort: "list_page")
      ),
      (
        "DataExport/lists/web_sessions.html",
        Pages.page(
          "Web sessions",
          Pages.entry(
            "example.org",
            [
              "198.51.100.4 \u{2013} Leeds", "Last active: 02.01.2024 03:04:05",
              "Created: 02.01.2023 03:04:05",
            ],
            info: "@loginbot", subname: "Linux, Firefox"), sort: "list_page")
      ),
    ])
    #expect(outcome.units.count == 1 && outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "telegram-html" && unit.root == "DataExport")
    let messages = unit.records(.message)
    #expect(
      messages.map { "\($0.text): \($0.account.dropFirst(9))" }.sorted() == [
        "all hers: handle @hildamarsh", "another Rex: platform-id chat_2: Rex",
        "copy: platform-id chat_6: Hilda Marsh", "four: handle @hildamarsh",
        "is it she: platform-id chat_3: Hilda Marsh", "note: platform-id chat_5: Hilda Marsh",
        "one: platform-id chat_1: Rex", "reply: platform-id chat_7: Hilda Marsh",
        "three: platform-id chat_1: Rex", "two: handle @hildamarsh",
      ])
    #expect(messages.first { $0.text == "one" }?.channel == "Rex [chat_1]")
    #expect(unit.notes.contains { $0.hasPrefix("in 4 chats somebody writes under the owner's name") })
    #expect(unit.records(.profile).map(\.text) == ["walks"])
    #expect(unit.tally("message") == [10, 10, 0])
    #expect(unit.tally("contact") == [3, 2, 1] && unit.tally("session") == [2, 2, 0])
    #expect(
      unit.records(.contact).map(\.other) == ["telegram platform-id 77", "telegram phone +44 7700 900003"])
    #expect(unit.records(.contact).map(\.time.isNone) == [false, true])
    #expect(unit.records(.contact).allSatisfy { $0.account == "telegram handle @hildamarsh" })
    #expect(
      unit.records(.session).map(\.text) == [
        "Telegram Android 10.2; Pixel 7; Android 14; Leeds, UK",
        "Firefox; Linux; Leeds; example.org @loginbot",
      ])
    let own = unit.identifiers.filter {
      $0.account == "telegram handle @hildamarsh" && $0.kind != .displayName
    }
    #expect(
      own.map { "\($0.kind.rawValue) \($0.value) \($0.assertion.rawValue)" } == [
        "handle @hildamarsh platform", "phone +44 7700 900001 platform", "ip 192.0.2.7 platform",
        "user-agent Telegram Android 10.2; Pixel 7; Android 14 platform", "ip 198.51.100.4 platform",
      ])
    #expect(own[2].time.zone == .unknown)
    #expect(unit.setAside.map(\.reason.code).sorted() == ["name-only", "no-author"])
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
  }

  @Test func chatsBesideEachOtherAreUnits() throws {
    let outcome = try Self.reading([
      ("ChatExport_1/messages.html", Pages.page("Rex ", Self.said("Rex ", "one"))),
      ("ChatExport_2/messages.html", Pages.page("Rex ", Self.said("Rex ", "two"))),
      ("loose/a.html", Pages.page("Rex ", Self.said("Sam ", "three"))),
      ("loose/b.html", Pages.page("Una ", Self.said("Sam ", "four"))),
    ])
    #expect(outcome.units.map(\.root) == ["ChatExport_1", "ChatExport_2", "loose"])
    #expect(
      outcome.units.flatMap(\.records).map(\.account) == [
        "telegram display-name Rex", "telegram display-name Rex", "telegram platform-id Rex: Sam",
        "telegram platform-id Una: Sam",
      ])
  }

  /// Exported as both, each message lies there twice.
  @Test func pagesBesideTheJSONAreNotRead() throws {
    let json = #"""
      {"name":"Rex","type":"personal_chat","id":77,"messages":[{"id":1,"type":"message","date":"2024-05-26T18:03:43",
       "date_unixtime":"1716743023","from":"Rex","from_id":"user77","text":"one"}]}
      """#
    let page = Pages.page("Rex ", Self.said("Rex ", "one"))
    let outcome = try Self.reading([
      ("ChatExport_1/messages.html", page), ("ChatExport_1/messages2.html", page),
      ("ChatExport_1/result.json", json), ("ChatExport_2/messages.html", page),
    ])
    #expect(outcome.units.map(\.format).sorted() == ["telegram-html", "telegram-json"])
    #expect(outcome.unrecognised == ["ChatExport_1/messages.html", "ChatExport_1/messages2.html"])
    #expect(outcome.refused.isEmpty)
    #expect(outcome.unread.map(\.count) == [2] && outcome.unread.allSatisfy { !$0.isOfExport })
    // Nobody has compared the two.
    #expect(outcome.unread.allSatisfy { $0.advice.contains("where it is whole and of the same chats") })
  }

  /// What is lost of the JSON may stand on the pages, which were passed over: the import is partial and says so.
  @Test func pagesBesideDamagedJSON() throws {
    let json =
      #"{"name":"Rex","type":"personal_chat","id":77,"messages":[{"id":1,"type":"message","date":"2024-0"#
    let outcome = try Self.reading([
      ("ChatExport_1/messages.html", Pages.page("Rex ", Self.said("Rex ", "one"))),
      ("ChatExport_1/result.json", json),
    ])
    let unit = try #require(outcome.units.first)
    #expect(outcome.units.count == 1 && unit.format == "telegram-json" && unit.records.isEmpty)
    #expect(unit.setAside.contains { $0.reason.isFault })
    #expect(unit.notes.contains { $0.contains("result.json is damaged") && $0.contains("messages.html") })
    #expect(outcome.unread.map(\.path) == ["ChatExport_1/messages.html"])
  }

  /// Exports of several chats that somebody put into one folder.
  @Test func pagesOfAnotherChatThanTheJSONAreRead() throws {
    let json = #"""
      {"name":"Rex","type":"personal_chat","id":77,"messages":[{"id":1,"type":"message","date":"2024-05-26T18:03:43",
       "date_unixtime":"1716743023","from":"Rex","from_id":"user77","text":"one"}]}
      """#
    let outcome = try Self.reading([
      ("loose/result.json", json),
      ("loose/messages.html", Pages.page("Sam Hill", Self.said("Sam Hill", "two"))),
      ("loose/messages2.html", Pages.page("Rex Lane", Self.said("Rex Lane", "one"))),
    ])
    #expect(Set(outcome.units.flatMap(\.records).map(\.text)) == ["one", "two"])
    #expect(outcome.unrecognised == ["loose/messages2.html"])
    // The JSON of one chat says little of a whole account.
    let account = try Self.reading([
      ("DataExport/result.json", json), ("DataExport/export_results.html", Self.owner),
      ("DataExport/chats/chat_1/messages.html", Pages.page("Sam ", Self.said("Sam ", "three"))),
    ])
    #expect(Set(account.units.flatMap(\.records).map(\.text)) == ["one", "three", "walks"])
    #expect(account.unrecognised.isEmpty)
  }

  @Test(arguments: ["Contacts", "Sessions", "Holidays"])
  func truncatedLists(_ title: String) throws {
    let page = Pages.page(
      title,
      Pages.entry("Rex ", ["+44 7700 900002"], info: "01.05.2022 10:00:00", tooltip: "ID: 77")
        + Pages.entry("Sam ", ["+44 7700 900004"], info: "01.05.2022 10:00:00"), sort: "list_page")
    if title == "Holidays" {
      let unit = try #require(ReadOutcome.reading(page, named: "x.html").units.first)
      #expect(unit.records.isEmpty && unit.setAside.map(\.reason.code) == ["unknown-list"])
      #expect(unit.setAside.first?.reason.isFault == true && unit.setAside.first?.count == 2)
    } else {
      try expectPrefixes(of: Array(page.utf8), named: "x.html")
    }
  }

  @Test func truncatedDetails() throws {
    try expectPrefixes(of: Array(Self.owner.utf8), named: "export_results.html")
  }

  @Test func pagesOfOthersAreLeftAlone() throws {
    let pages = [
      "<html><body><div class=\"page_wrap\"><div class=\"page_header\"><div class=\"text\">Garden shop</div></div></div></body></html>",
      "<html><body><div id=\"page_wrapper\"><div id=\"page_header_1\">News</div><div class=\"entry_list\"></div></div></body></html>",
    ]
    for page in pages {
      let outcome = try ReadOutcome.reading(page, named: "saved.html")
      #expect(outcome.units.isEmpty && outcome.unrecognised.count == 1)
    }
  }

  @Test func aBlankPageIsAFault() throws {
    var options = ReaderOptions()
    options.format = "telegram-html"
    let unit = try #require(
      ReadOutcome.reading("<html><body>x</body></html>", named: "a.html", options: options).units.first)
    #expect(unit.setAside.contains { $0.reason == .malformed })
  }
}
