import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct GoogleTakeoutTests {
  private static let headers =
    "Gaia ID,Activity Timestamp,IP Address,Proxied Host IP Address,Is Non-routable IP Address,Activity Country,Activity Region,Activity City,User Agent String,Product Name,Sub-Product Name,Activity Type,Gmail Access Channel\n"
  static let log =
    headers
    + "123456789012,2026-03-11 02:49:39 UTC,2001:db8::7,,No,GB,England,Leeds,App : YOUTUBE_APP. Os : IOS_OS.,YouTube,,View,\n"
    + "123456789012,2026-03-11T02:33:59Z,10.0.0.1,192.0.2.9,Yes,,,,Mozilla/5.0,Gmail,,Login,WEB\n"
    + "123456789012,soon,192.0.2.7,,No,,,,Mozilla/5.0,Gmail,,,\n"
    + "123456789012,2026-03-11 02:33:59 UTC,,,No,,,,Mozilla/5.0,Gmail,,,\n"
  static let devices =
    "Gaia ID,Device Type,Brand Name,OS,Device First Activity Timestamp,Device Last Activity Timestamp\n"
    + "123456789012,MOBILE,Pixel,Android,2025-01-01 00:00:00 UTC,2026-03-11 02:49:39 UTC\n"
  static let messages = """
    {"messages": [
      {"creator": {"name": "Rex", "email": "Rex.fic@example.org", "user_type": "Human"},
       "created_date": "Wednesday, January 4, 2023 at 10:59:50\u{202F}PM UTC", "text": "I see you", "topic_id": "t", "message_id": "x/1"},
      {"creator": {"name": "Una", "email": "una@example.org", "user_type": "Human"},
       "created_date": "Thursday, 5 January 2023 at 17:13:43 UTC", "text": "", "attached_files": [{"original_name": "a.png", "export_name": "b.png"}],
       "reactions": [{"emoji": {"unicode": "x"}, "reactor_emails": ["rex.fic@example.org", "kim@example.org"]}],
       "quoted_message_metadata": {"creator": {"name": "Rex"}, "text": "I see you"}},
      {"creator": {"name": "Reminder", "user_type": "Bot"}, "created_date": "Thursday, 5 January 2023 at 17:13:44 UTC", "text": "beep"},
      {"creator": {"name": "Una", "email": "una@example.org"}, "deleted_date": "Thursday, 5 January 2023 at 17:13:44 UTC", "message_state": "DELETED"},
      {"created_date": "Thursday, 5 January 2023 at 17:13:44 UTC", "text": "who"},
      {"creator": {"name": "Una", "email": "una@example.org"}, "created_date": "2023年1月5日 17:13:44 UTC", "text": "when"}
    ]}
    """
  static let files: [(String, String)] = [
    ("Takeout/Access Log Activity/Activities - A list of Google services.csv", log),
    ("Takeout/Access Log Activity/Devices - A list of devices.csv", devices),
    ("Takeout/Google Account/rex.SubscriberInfo.html", GoogleReturnTests.page),
    (
      "Takeout/Google Chat/Groups/DM abc/group_info.json",
      #"{"name": "Una and Rex", "members": [{"name": "Una", "email": "una@example.org", "user_type": "Human"}, {"name": "Kim", "email": "kim@example.org"}]}"#
    ),
    ("Takeout/Google Chat/Groups/DM abc/messages.json", messages),
    (
      "Takeout/Google Chat/Users/User 1/user_info.json",
      #"{"user": {"name": "Rex F", "email": "rex.fic@example.org", "user_type": "Human"}, "membership_info": [{"group_id": "DM/abc"}]}"#
    ),
    (
      "Takeout/My Activity/Search/MyActivity.json",
      #"[{"header": "Search", "title": "x", "titleUrl": "https://example.org"}]"#
    ),
    (
      "Takeout/Profile/Profile.json",
      #"{"name": {"givenName": "Rex", "formattedName": "Rex F"}, "displayName": "rexy", "emails": [{"value": "una@example.org"}], "birthday": "1990-04-03"}"#
    ),
  ]
  private static let owner = GoogleReturnTests.owner

  private static func zip(_ files: [(String, String)]) throws -> ReadOutcome {
    var zip = ZipBuilder()
    for (path, text) in files { zip.add(path, text) }
    return try ReadOutcome.reading(zip.bytes, named: "takeout-20260401T000000Z-001.zip")
  }

  @Test func wholeTakeout() throws {
    let outcome = try Self.zip(Self.files)
    let unit = try #require(outcome.units.first)
    #expect(outcome.units.count == 1 && outcome.unread.isEmpty && outcome.unrecognised.isEmpty)
    #expect(unit.format == "google-takeout" && unit.root == "Takeout")
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.notes.map { $0.hasSuffix("not known: Shoe Size") } == [true])
    #expect(unit.tally("login") == [10, 5, 5])
    #expect(unit.tally("message") == [6, 3, 3])
    #expect(unit.tally("session") == [1, 1, 0])
    #expect(
      unit.records(.login).prefix(2).map { "\($0.account): \($0.text)" } == [
        "\(Self.owner): YouTube; View; Leeds, England, GB",
        "\(Self.owner): Gmail; Login; from 10.0.0.1, which is not routed; proxied host 192.0.2.9; WEB",
      ])
    #expect(
      unit.records(.session).map(\.text) == [
        "device type: MOBILE; brand name: Pixel; os: Android; device first activity timestamp: 2025-01-01 00:00:00 UTC"
      ])
    #expect(
      unit.records(.message).map { "\($0.channel): \($0.account): \($0.text)" } == [
        "Una and Rex [DM abc]: \(Self.owner): I see you",
        "Una and Rex [DM abc]: google email una@example.org: ",
        "Una and Rex [DM abc] (via bot): google display-name Reminder: beep",
      ])
    #expect(
      unit.records(.message).map(\.time.microseconds) == [
        1_672_873_190_000_000, 1_672_938_823_000_000, 1_672_938_824_000_000,
      ])
    // Nobody in the chats lends the owner anything, and what the profile shows is what somebody typed.
    let own = unit.identifiers.filter { $0.account == Self.owner }
    #expect(!own.contains { $0.value.hasPrefix("kim") })
    #expect(own.filter { $0.value.hasPrefix("una") }.map(\.assertion) == [.claimed])
    #expect(own.contains { $0.kind == .displayName && $0.value == "rexy" && $0.assertion == .user })
    #expect(!own.contains { $0.kind == .ip && ($0.value == "10.0.0.1" || $0.value == "192.0.2.9") })
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
    #expect(
      Set(
        unit.setAside.filter { $0.unit == "message" || $0.unit == "file" }.map {
          "\($0.unit) \($0.reason.code)"
        }) == [
          "message unsent", "message no-author", "message bad-time", "file other-data",
        ])
  }

  /// A quotation beneath words of one's own is a reply; words that are no more than the quotation are somebody else's.
  @Test func whatWasForwardedIsKeptApart() throws {
    func message(_ text: String, _ quotation: String) -> String {
      #"{"creator": {"name": "Una", "email": "una@example.org", "user_type": "Human"}, "text": "\#(text)","#
        + #" "created_date": "Thursday, 5 January 2023 at 17:13:44 UTC","#
        + #" "quoted_message_metadata": {"creator": {"name": "Rex"}, \#(quotation)}}"#
    }
    let messages = [
      message("no", #""text": "yes""#), message("yes", #""text": "yes""#),
      message("look", #""text": "", "quote_type": "FORWARD""#),
      message("see", #""quoteType": "REPLY", "text": "b""#),
      message("there", #""text": "a", "forwarded_metadata": {"space": "x"}"#),
    ]
    let text = "{\"messages\": [\(messages.joined(separator: ","))]}"
    func channels(_ path: String) throws -> [String] {
      let unit = try #require(try Self.zip([(path, text)]).units.first)
      #expect(unit.tally("message") == [5, 5, 0])
      return unit.records(.message).map(\.channel)
    }
    #expect(
      try channels("Takeout/Google Chat/Groups/DM a/messages.json")
        == ["", " (forwarded)", " (forwarded)", "", " (forwarded)"].map { "DM a" + $0 })
    // What a space is called keeps nobody's words back.
    let name = "gang (forwarded)"
    #expect(
      try channels("Takeout/Google Chat/Groups/\(name)/messages.json")
        == ["", " (forwarded)", " (forwarded)", "", " (forwarded)"].map { "\(name) [chat]" + $0 })
  }

  @Test func orderOfMembersDoesNotMatter() throws {
    func plain(_ files: [(String, String)]) throws -> [String] {
      let unit = try #require(try Self.zip(files).units.first)
      return
        (unit.records.map { "\($0.recordClass) \($0.account) \($0.channel) \($0.time) \($0.text)" }
        + Set(unit.identifiers.map { "\($0.account) \($0.kind) \($0.label) \($0.value.lowercased())" })
        + unit.reconciliation.map { "\($0)" } + unit.notes).sorted()
    }
    let whole = try plain(Self.files)
    for turn in 1..<Self.files.count {
      #expect(try plain(Array(Self.files[turn...] + Self.files[..<turn])) == whole)
    }
    #expect(try plain(Self.files.reversed()) == whole)
  }

  /// A list of those who take part has the owner too.
  @Test func aSpaceOfThreeIsAGroup() throws {
    func member(_ name: String) -> String {
      #"{"name": "\#(name)", "email": "\#(name)@example.org", "user_type": "Human"}"#
    }
    for names in [["una", "rex"], ["una", "rex", "kim"]] {
      let group = #"{"name": "us", "members": [\#(names.map(member).joined(separator: ","))]}"#
      let text =
        #"{"messages": [{"creator": \#(member("una")), "created_date": "2023-01-01 00:00:00 Z", "text": "x"}]}"#
      let files = [
        ("Takeout/Google Chat/Groups/DM a/group_info.json", group),
        ("Takeout/Google Chat/Groups/DM a/messages.json", text),
      ]
      for order in [files, files.reversed()] {
        let unit = try #require(try Self.zip(order).units.first)
        #expect(unit.records(.message).map(\.channel) == ["us [DM a]" + (names.count > 2 ? " (group)" : "")])
      }
    }
  }

  /// Whatever is missing, the owner is one account, by its number where any file gives it.
  @Test func filesMayBeMissing() throws {
    func owners(_ names: String...) throws -> [String] {
      let files = Self.files.filter { file in names.contains { file.0.contains($0) } }
      let unit = try #require(try Self.zip(files).units.first)
      return unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.map { $0.key?.value ?? "?" }
    }
    #expect(try owners("user_info", "Activities", "Profile.json") == ["123456789012"])
    #expect(try owners("user_info", "messages.json", "Profile.json") == ["Rex.fic@example.org"])
    #expect(try owners("Profile.json") == ["?"])
    #expect(try owners("messages.json") == [])
    let files = Self.files.filter { $0.0.contains("user_info") || $0.0.contains("Activities") }
    #expect(try Self.zip(files).units.first?.notes.count == 1)
  }

  /// Chats of two accounts make neither the owner of the other's log.
  @Test func chatsOfTwoAccounts() throws {
    let other = Self.files.filter { $0.0.contains("user_info") }.map {
      ($0.0.replacing("User 1", with: "User 2"), $0.1.replacing("rex.fic", with: "una"))
    }
    let files = Self.files.filter { $0.0.contains("user_info") || $0.0.contains("Activities") }
    let unit = try #require(try Self.zip(files + other).units.first)
    #expect(unit.notes.count == 1)
    #expect(Set(unit.accounts.filter { $0.sameAs == nil }.compactMap(\.key).map(\.value)).count == 3)
    #expect(unit.accounts.filter { $0.role == .owner }.compactMap(\.key).map(\.value) == ["123456789012"])
  }

  /// A table of several users' logins is not one account's.
  @Test func otherProgramsLogs() throws {
    let text =
      "Activity Timestamp,IP Address,User Agent String,User\n2026-03-11 02:49:39,192.0.2.7,A/1,una\n"
      + "2026-03-11 02:50:39,192.0.2.8,A/1,rex\n"
    #expect(try ReadOutcome.reading(text, named: "log.csv").units.isEmpty)
  }

  /// Other programs call who made something so, too.
  @Test func otherProgramsMessages() throws {
    let text =
      #"{"messages": [{"creator": {"name": "A", "email": "a@example.org"}, "created_date": "2023-01-01 00:00:00 Z", "text": "x"}]}"#
    #expect(try ReadOutcome.reading(text, named: "messages.json").units.isEmpty)
  }

  /// Takeouts of two people in folders of other names lend each other nothing.
  @Test func foldersOfTwoPeople() throws {
    var files: [(String, String)] = []
    for name in ["ann", "rex"] {
      for (path, text) in Self.files where path.contains("messages.json") || path.contains("Profile.json") {
        files.append((path.replacing("Takeout", with: name), text.replacing("Rex F", with: name)))
      }
    }
    let units = try Self.zip(files).units
    #expect(units.map(\.root) == ["ann", "rex"])
    #expect(
      units.map { $0.identifiers.filter { $0.kind == .personName }.map(\.value) } == [["ann"], ["rex"]])
  }

  /// Two downloads that were unpacked into one folder are not one account's.
  @Test func twoOwnersAreRefused() throws {
    let other = GoogleReturnTests.page.replacing("123456789012", with: "999999999999")
    #expect(throws: ExportRefusal.self) {
      try Self.zip(Self.files + [("Takeout/Google Account/una.SubscriberInfo.html", other)])
    }
  }

  /// Whoever tried to get in and failed lends the account nothing.
  @Test func failedLoginsOfALog() throws {
    let log = Self.log.replacing("Mozilla/5.0,Gmail,,Login,WEB", with: "Evil/1,Gmail,,Failed login,WEB")
      .replacing("10.0.0.1,192.0.2.9,Yes", with: "198.51.100.9,,No")
    let unit = try #require(try ReadOutcome.reading(log, named: "log.csv").units.first)
    #expect(unit.identifiers.filter { $0.kind == .ip }.map(\.value) == ["2001:db8::7"])
    #expect(!unit.identifiers.contains { $0.value == "Evil/1" })
    #expect(
      unit.records(.login).map(\.text).last == "Gmail; Failed login; from 198.51.100.9; Evil/1; WEB")
    #expect(unit.tally("login") == [4, 2, 2])
  }

  /// An access log in no folder of a Takeout may be a return's.
  @Test func aLogAloneIsAReturns() throws {
    let unit = try #require(try ReadOutcome.reading(Self.log, named: "log.csv").units.first)
    #expect(unit.format == "google-return")
    #expect(unit.records(.login).map(\.account) == [Self.owner, Self.owner])
    let short = "Activity Timestamp,IP Address,User Agent String\n2026-03-11 02:49:39,192.0.2.7,A/1\n"
    let loose = try #require(try ReadOutcome.reading(short, named: "log.csv").units.first)
    #expect(loose.records(.login).map(\.account) == ["owner?"] && loose.notes.count == 1)
    #expect(loose.records(.login).map(\.time.zone) == [.unknown])
    // A number that a spreadsheet spoilt is nobody's.
    let spoilt = Self.log.replacing("123456789012,2026-03-11 02:49", with: "1.23457E+11,2026-03-11 02:49")
    let other = try #require(try ReadOutcome.reading(spoilt, named: "log.csv").units.first)
    #expect(other.tally("login") == [4, 1, 3])
    #expect(other.setAside.contains { $0.reason.code == "bad-number" && $0.reason.isFault })
  }

  @Test(arguments: [
    ("Monday, 5 June 2023 at 10:11:12 UTC", 1_685_959_872),
    ("Montag, 5. Juni 2023 um 10:11:12 UTC", 1_685_959_872),
    ("lundi 5 juin 2023 à 10:11:12 UTC", 1_685_959_872),
    ("Monday, June 5, 2023 at 12:11:12\u{202F}AM UTC", 1_685_923_872),
    ("Monday, June 5, 2023 at 12:11:12 PM UTC", 1_685_967_072),
    ("mar., 7 mar 2023 a las 9:05:00 UTC", 1_678_179_900),
    ("2023-06-05 10:11:12 Z", 1_685_959_872), ("Monday, 5 June 2023 at 10:11:12 UTC+1", 1_685_956_272),
  ])
  func times(text: String, seconds: Int64) throws {
    #expect(
      try Self.time(text) == ObservedTime(microseconds: seconds * 1_000_000, zone: .known, precision: .second)
    )
  }

  /// A folder called so may hold the Takeouts of several people.
  @Test func takeoutsInATakeout() throws {
    let profile = Self.files.filter { $0.0.contains("Profile.json") }
    let others = Self.files.filter { $0.0.contains("user_info") || $0.0.contains("Activities") }
    let units = try Self.zip(
      others.map { ("Takeout/rex/" + $0.0, $0.1) } + profile.map { ("Takeout/una/" + $0.0, $0.1) }
    ).units
    #expect(units.map(\.root) == ["Takeout/rex/Takeout", "Takeout/una/Takeout"])
    #expect(units.map { $0.identifiers.contains { $0.kind == .personName } } == [false, true])
  }

  /// What may be a half of the day in a language that is not known costs the time, not twelve hours.
  @Test(arguments: [
    "Monday, 5 June 2023 at 5:11:12 in the afternoon UTC", "5 June 2023 ÖS 5:11:12 UTC",
    "5 June 2023 at 13:11:12 PM UTC",
    "31 June 2023 at 10:11:12 UTC", "June 2023 at 10:11:12 UTC", "5 June 2023 at 5:11:12 a. m. UTC",
    "5 June July 2023 at 10:11:12 UTC",
  ])
  func noTimes(text: String) throws { #expect(try Self.time(text) == nil) }

  private static func time(_ text: String) throws -> ObservedTime? {
    let message =
      #"{"messages": [{"creator": {"name": "A", "email": "a@example.org", "user_type": "Human"}, "created_date": "\#(text)", "text": "x"}]}"#
    let unit = try #require(try ReadOutcome.reading(message, named: "messages.json").units.first)
    return unit.records(.message).first?.time
  }

  @Test func truncation() throws {
    try expectPrefixes(of: Array(Self.messages.utf8), named: "messages.json")
    try checkTruncations(
      of: Array(Self.log.utf8), named: "log.csv", allowCutLast: true, isDetectable: { _ in false })
  }
}
