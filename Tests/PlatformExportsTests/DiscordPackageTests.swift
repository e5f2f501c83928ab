import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct DiscordPackageTests {
  static let user = #"""
    {
      "id": "175928847299117063", "username": "HildaM", "discriminator": "0042", "global_name": "Hilda \ud83d\udc0c",
      "avatar_hash": null, "email": "hilda@example.org", "verified": true, "phone": "+447700900101",
      "ip": "192.0.2.1", "settings": {"locale": "en-GB"},
      "connections": [
        {"type": "twitch", "id": "8877", "name": "hilda_streams", "verified": true, "revoked": false},
        {"type": "twitter", "id": "1541815603606036480", "name": "rex_tyrant", "verified": false},
        {"type": "tiktok", "id": "-000abc", "name": "hilda.tok", "verified": true, "revoked": true},
        {"type": "facebook", "id": "10158", "name": "Hilda Marsh", "verified": true},
        {"type": "reddit", "id": "abc9z", "name": "Hilda_M", "verified": true},
        {"type": "domain", "id": "hilda.example", "name": "hilda.example", "verified": true},
        {"type": "contacts", "id": "+447700900101", "name": "contacts"}],
      "relationships": [
        {"id": "530805779645595660", "type": "FRIEND", "nickname": "Rexie", "user": {"id": "530805779645595660",
         "username": "rex", "discriminator": "0", "global_name": "Rex", "avatar": null}},
        {"id": "459136077417021488", "type": 2, "nickname": null, "user": {"id": "459136077417021488",
         "username": "Una", "discriminator": "7001", "avatar": null}},
        {"id": "456226577798135808", "type": 1, "user": {"id": "456226577798135808", "username": "Deleted User",
         "discriminator": "0000"}}],
      "sessions": [{"approx_last_used_time": "2026-01-05T12:00:00.000000+00:00",
        "client_info": {"os": "Windows", "platform": "Desktop", "location": "Leeds", "ip": "192.0.2.2"}}],
      "payments": [{"id": "1", "amount": 499}]
    }
    """#
  static let index = #"{"530805779645595661": "Direct Message with rex#0", "600000000000000001": null}"#
  static let channel =
    #"{"id": "530805779645595661", "type": "DM", "recipients": ["175928847299117063", "530805779645595660"]}"#
  static let guildChannel =
    #"{"id": "600000000000000001", "type": 0, "name": "general", "guild": {"id": "9", "name": "Snail Club"}}"#
  static let messages = #"""
    [{"ID": 530805779645595660, "Timestamp": "2019-01-04 17:52:39", "Contents": "are you <@459136077417021488> \"there\"?\nsay", "Attachments": ""},
     {"ID": "459136077417021488", "Timestamp": "2018-05-20T10:00:00.123000+00:00", "Contents": "", "Attachments": "https://cdn.example.org/a.png https://cdn.example.org/b.png"},
     {"ID": "1064990824305274930", "Timestamp": "soon", "Contents": "x", "Attachments": ""}]
    """#
  static let table =
    "ID,Timestamp,Contents,Attachments\r\n"
    + "1064990824305274930,2023-01-17 19:33:19.087000+00:00,\"one, \"\"two\"\"\r\nthree\",\r\n"
    + "175928847299117063,2016-04-30 11:18:25.796000+00:00,Zoë,https://cdn.example.org/c.png\r\n"
  static let events = #"""
    {"event_type":"app_opened","event_id":"a","event_source":"client","user_id":"175928847299117063","ip":"192.0.2.7","os":"iOS","os_version":"17.1","device":"iPhone14,5","browser":"Discord iOS","browser_user_agent":"Discord/1 CFNetwork","device_vendor_id":"6D92078A-8246-4BA4-AE5B-76104861E7DC","device_advertiser_id":"00000000-0000-0000-0000-000000000000","city":"Leeds","country_code":"GB","isp":"Example Net","timestamp":"\"2023-05-01T10:00:00.123Z\""}
    {"event_type":"guild_viewed","event_id":"b","user_id":"175928847299117063","ip":"192.0.2.7","os":"iOS","os_version":"17.1","device":"iPhone14,5","browser":"Discord iOS","browser_user_agent":"Discord/1 CFNetwork","timestamp":"\"2023-05-01T10:00:30.123Z\""}
    {"event_type":"guild_viewed","event_id":"c","user_id":"175928847299117063","ip":"2001:db8::1","timestamp":"\"2023-05-01T10:00:31.123Z\""}
    {"event_type":"experiment","event_id":"d","user_id":"175928847299117063","timestamp":"\"2023-05-01T10:00:32.123Z\""}
    {"event_type":"app_opened","event_id":"e","user_id":"175928847299117063","ip":"192.0.2.8","client_send_timestamp":"\"2023-05-01T10:05:00.123Z\""}
    {"event_type":"app_opened","event_id":"f","user_id":"175928847299117063","ip":"192.0.2.9","timestamp":"now"}

    """#

  static let owner = "discord platform-id 175928847299117063"

  /// A package as it was before December 2025, or since then.
  static func files(old: Bool = false) -> [(String, String)] {
    func top(_ name: String) -> String { old ? name.lowercased() : name }
    return [
      (top("Account") + "/user.json", user), (top("Messages") + "/index.json", index),
      (top("Messages") + (old ? "/" : "/c") + "530805779645595661/channel.json", channel),
      (top("Messages") + (old ? "/" : "/c") + "530805779645595661/messages.json", messages),
      (top("Messages") + (old ? "/" : "/c") + "600000000000000001/channel.json", guildChannel),
      (top("Messages") + (old ? "/" : "/c") + "600000000000000001/messages.csv", table),
      (top("Activity") + "/analytics/events-2023-00000-of-00001.json", events),
      ("Servers/index.json", #"{"900000000000000001": "Snail Club"}"#),
    ]
  }

  static func read(_ files: [(String, String)]) throws -> ReadOutcome {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: "package/" + path) }
    return try ReadOutcome(reading: folder.url)
  }

  /// A server of the owner's is nobody's account.
  @Test func servers() throws {
    let server = (
      "Servers/900000000000000001/guild.json", #"{"id":"900000000000000001","name":"Snail Club"}"#
    )
    let outcome = try Self.read(Self.files() + [server])
    #expect(outcome.units.map(\.format) == ["discord-package"] && outcome.units.map(\.root) == ["package"])
    let unit = try #require(outcome.units.first)
    #expect(!unit.accounts.contains { $0.key?.value == "900000000000000001" })
    #expect(unit.setAside.contains { $0.unit == "file" && !$0.reason.isFault })
  }

  @Test(arguments: [false, true])
  func wholePackage(old: Bool) throws {
    let outcome = try Self.read(Self.files(old: old))
    #expect(outcome.units.map(\.format) == ["discord-package"] && outcome.units.map(\.root) == ["package"])
    #expect(outcome.unrecognised == ["package/Servers/index.json"] && outcome.unread.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.counts("message") == [5, 4, 1])
    #expect(unit.counts("login") == [6, 3, 3])
    #expect(
      unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.map(\.key?.value) == [
        "175928847299117063"
      ])
    let messages = unit.records(.message)
    #expect(Set(messages.map(\.account)) == [Self.owner])
    let direct = "Direct Message with rex#0 [530805779645595661]"
    let general = "general [Snail Club, 600000000000000001]"
    #expect(
      messages.map { "\($0.channel): \($0.text)" } == [
        "\(direct): are you <@459136077417021488> \"there\"?\nsay", "\(direct): ",
        "\(general): one, \"two\"\r\nthree", "\(general): Zoë",
      ])
    #expect(messages.map(\.time.zone) == [.known, .known, .known, .known])
    #expect(messages[0].time.microseconds == 1_546_624_359_000_000)
    #expect(messages[2].time.microseconds == 1_673_983_999_087_000)
    #expect(messages[2].writtenTime == "2023-01-17 19:33:19.087000+00:00")
    // The id of the second message is of 2018-06-20; nothing is corrected.
    #expect(messages[1].time.microseconds == 1_526_810_400_123_000)
    let check = try #require(unit.notes.first { $0.contains("says another time") })
    #expect(check.hasPrefix("1 message has an id") && check.contains("messages.json $[1] byte "))
    #expect(unit.notes.contains { $0.hasPrefix("1 event carries no time of Discord's") })
  }

  @Test func accountAndWhomItKnows() throws {
    let unit = try #require(try Self.read(Self.files()).units.first)
    func values(_ account: String) -> [String] {
      unit.identifiers.filter { $0.account == account }
        .map { "\($0.kind.rawValue) \($0.label) \($0.value) \($0.assertion)" }
    }
    #expect(
      Set(values(Self.owner)) == [
        "platform-id  175928847299117063 platform", "handle  HildaM#0042 platform",
        "display-name  Hilda 🐌 user",
        "email  hilda@example.org platform", "phone  +447700900101 platform", "ip  192.0.2.1 platform",
        "ip  192.0.2.2 platform", "url connection hilda.example platform", "ip  192.0.2.7 platform",
        "user-agent  Discord/1 CFNetwork platform", "ip  2001:db8::1 platform", "ip  192.0.2.8 platform",
        "device idfa 00000000-0000-0000-0000-000000000000 platform",
        "device idfv 6D92078A-8246-4BA4-AE5B-76104861E7DC platform",
      ])
    #expect(
      values("discord platform-id 530805779645595660") == [
        "platform-id  530805779645595660 platform", "handle  rex platform", "display-name  Rex user",
        "display-name saved-name Rexie user",
      ])
    #expect(values("discord platform-id 459136077417021488").contains("handle  Una#7001 platform"))
    #expect(unit.records(.block).map(\.other) == ["discord platform-id 459136077417021488"])
    #expect(
      unit.records(.contact).map { "\($0.text) \($0.other)" } == [
        "friend discord platform-id 530805779645595660",
        "direct messages discord platform-id 530805779645595660",
      ])
    #expect(unit.records(.session).map(\.text) == ["Desktop; Windows; Leeds"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "contact no-author 1", "payment payment 1", "declared-link other-data 1", "message bad-time 1",
        "attachment media 3", "login same-minute 1", "login no-address 1", "login bad-time 1",
      ])
    #expect(
      unit.records(.login).map(\.text) == [
        "app_opened; iOS 17.1; iPhone14,5; Discord iOS; Leeds, GB; Example Net", "guild_viewed", "app_opened",
      ])
  }

  /// Numbers in another program's log are no accounts of Discord.
  @Test(arguments: [
    (
      "auth.ndjson",
      #"{"event_id":"a","event_type":"login","user_id":42,"ip":"192.0.2.7","timestamp":"2024-01-01T10:00:00Z"}"#
        + "\n"
    ),
    ("log.json", #"[{"ID":1,"Timestamp":"2024-01-01 10:00:00","Contents":"rebooted","Level":"info"}]"#),
  ])
  func logsOfOtherPrograms(_ name: String, _ text: String) throws {
    #expect(try ReadOutcome.reading(text, named: name).units.isEmpty)
  }

  /// Whoever guesses at a password does so from an address of his own.
  @Test func theAddressOfAFailedLoginIsNotTheOwners() throws {
    func event(_ type: String, _ number: Int, from address: Int) -> String {
      #"{"event_type":"\#(type)","event_id":"\#(number)","event_source":"server","user_id":"175928847299117063","ip":"192.0.2.\#(address)","browser_user_agent":"A/\#(address)","timestamp":"\"2023-05-01T10:0\#(address):0\#(number).123Z\""}"#
        + "\n"
    }
    // The owner's own attempt of the same minute does not hide that it succeeded.
    let text =
      event("login_failed", 1, from: 1) + event("login_failed", 2, from: 1)
      + event("login_attempted", 3, from: 3) + event("login_successful", 4, from: 3)
    let unit = try #require(
      try Self.read([("Activity/analytics/events-1.json", text)]).units.first)
    #expect(
      unit.identifiers.filter { $0.kind == .ip || $0.kind == .userAgent }.map(\.value) == [
        "192.0.2.3", "A/3",
      ])
    #expect(
      unit.records(.login).map(\.text) == [
        "login_failed; from 192.0.2.1", "login_attempted; from 192.0.2.3", "login_successful",
      ])
    #expect(unit.counts("login") == [4, 3, 1])
  }

  /// Where a platform gives Discord an id of its own making, that id names nobody elsewhere.
  @Test func connections() throws {
    let unit = try #require(try Self.read(Self.files()).units.first)
    #expect(
      unit.records(.declaredLink).map { "\($0.other): \($0.text) \($0.assertion.map { "\($0)" } ?? "")" } == [
        "twitch platform-id 8877: connected account on twitch platform",
        "x platform-id 1541815603606036480: connected account on twitter user",
        "tiktok handle hilda.tok: connected account on tiktok, revoked platform",
        "facebook platform-id 10158: connected account on facebook platform",
        "reddit handle Hilda_M: connected account on reddit platform",
      ])
    #expect(unit.records(.declaredLink).allSatisfy { $0.account == Self.owner })
    let scopes = unit.accounts.compactMap { $0.key }.filter { $0.platform != .discord }
    #expect(scopes.map(\.scope) == [.platform, .platform, .platform, .source, .platform])
    func names(_ platform: String) -> [String] {
      unit.identifiers.filter { $0.account.hasPrefix(platform) }.map { "\($0.kind.rawValue) \($0.value)" }
    }
    #expect(names("twitch") == ["platform-id 8877", "handle hilda_streams"])
    #expect(names("reddit") == ["handle Hilda_M", "platform-id abc9z"])
    #expect(names("facebook") == ["display-name Hilda Marsh"])
    #expect(unit.identifiers.first { $0.value == "rex_tyrant" }?.assertion == .user)
  }

  /// Whoever collects packages may call the folder as packages call theirs.
  @Test(arguments: ["Messages", "account", "Activity"])
  func packagesOfTwoPeopleInAFolder(_ name: String) throws {
    let folder = try ScratchFolder()
    _ = try folder.write(Self.user, to: "\(name)/hilda/Account/user.json")
    _ = try folder.write(Self.events, to: "\(name)/hilda/Activity/analytics/events-1.json")
    _ = try folder.write(Self.messages, to: "\(name)/rex/Messages/c530805779645595661/messages.json")
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.map(\.root) == ["\(name)/hilda", "\(name)/rex"])
    #expect(Set(outcome.units[1].records(.message).map(\.account)) == ["owner?"])
  }

  /// An archive gives its members in any order.
  @Test func orderOfMembersMeansNothing() throws {
    func summary(_ files: [(String, String)]) throws -> [String] {
      var zip = ZipBuilder()
      for (path, text) in files { zip.add("package/" + path, text) }
      let folder = try ScratchFolder()
      let unit = try #require(try ReadOutcome(reading: folder.write(zip.bytes, to: "p.zip")).units.first)
      let records = unit.records.map {
        "\($0.recordClass) \($0.account) \($0.other) \($0.channel) \($0.time) \($0.text)"
      }
      let identifiers = unit.identifiers.map { "\($0.account) \($0.kind) \($0.label) \($0.value)" }
      return (records + Set(identifiers)).sorted()
    }
    let files = Self.files()
    let whole = try summary(files)
    #expect(try summary(files.reversed()) == whole)
    #expect(try summary(Array(files[3...] + files[..<3])) == whole)
  }

  @Test func keysInAnyOrder() throws {
    let reordered = #"""
      {"avatar_hash":null,"relationships":[{"id":"77","type":1,"user":{"id":"77","username":"rex"}}],
       "discriminator":"0","email":"h@example.org","username":"hilda","id":12345}
      """#
    let unit = try #require(try Self.read([("Account/user.json", reordered)]).units.first)
    #expect(unit.records(.contact).map(\.account) == ["discord platform-id 12345"])
    #expect(unit.identifiers.filter { $0.kind == .handle }.map(\.value) == ["rex", "hilda"])
    // Without the number's key the name is of the new sort.
    let plain = #"{"id":"12345","username":"hilda","global_name":null,"avatar_hash":null}"#
    let second = try #require(try Self.read([("Account/user.json", plain)]).units.first)
    #expect(second.identifiers.filter { $0.kind == .handle }.map(\.value) == ["hilda"])
  }

  /// An address that nobody confirmed is what somebody typed.
  @Test func anUnverifiedAddressIsTheUsersWord() throws {
    let texts = [
      #"{"id":"12345","username":"hilda","global_name":null,"avatar_hash":null,"email":"una@example.org","verified":false}"#,
      #"{"id":"12345","verified":false,"username":"hilda","global_name":null,"avatar_hash":null,"email":"una@example.org"}"#,
      #"{"id":"12345","username":"hilda","global_name":null,"avatar_hash":null,"email":"una@example.org","verified":true}"#,
      #"{"id":"12345","username":"hilda","global_name":null,"avatar_hash":null,"email":"una@example.org"}"#,
    ]
    let said = try texts.map { text in
      let unit = try #require(try Self.read([("Account/user.json", text)]).units.first)
      return unit.identifiers.filter { $0.kind == .email }.map { "\($0.value) \($0.label) \($0.assertion)" }
    }
    #expect(
      said == [
        ["una@example.org unverified claimed"], ["una@example.org unverified claimed"],
        ["una@example.org  platform"], ["una@example.org  platform"],
      ])
  }

  @Test func ownerWithoutUserFile() throws {
    let messages = Self.files().filter { $0.0.contains("Messages") }
    let unknown = try #require(try Self.read(messages).units.first)
    #expect(Set(unknown.records(.message).map(\.account)) == ["owner?"])
    #expect(unknown.records(.contact).isEmpty && unknown.counts("contact") == [nil, 0, 2])
    #expect(unknown.notes.contains { $0.contains("there is no user.json here, so that nothing says") })
    let withEvents = try #require(try Self.read(messages + [Self.files()[6]]).units.first)
    #expect(Set(withEvents.records(.message).map(\.account)) == [Self.owner])
    #expect(withEvents.accounts.contains { $0.role == .owner && $0.key?.value == "175928847299117063" })
    #expect(withEvents.notes.contains { $0.contains("is taken to be the account 175928847299117063") })
    // An event of somebody else is not the owner's, and two names tell nothing.
    let other = Self.events.replacing("175928847299117063", with: "999999999999999999", maxReplacements: 1)
    let two = try #require(
      try Self.read(messages + [("Activity/analytics/events-1.json", other)]).units.first)
    #expect(Set(two.records(.message).map(\.account)) == ["owner?"])
    #expect(two.records(.login).first?.account == "discord platform-id 999999999999999999")
  }

  @Test func packagesOfTwoAccounts() throws {
    let folder = try ScratchFolder()
    for (path, text) in Self.files() { _ = try folder.write(text, to: "a/" + path) }
    for (path, text) in Self.files(old: true) {
      _ = try folder.write(text.replacing("175928847299117063", with: "175928847299117064"), to: "b/" + path)
    }
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.map(\.root) == ["a", "b"])
    for (unit, id) in zip(outcome.units, ["175928847299117063", "175928847299117064"]) {
      #expect(Set(unit.records(.message).map(\.account)) == ["discord platform-id \(id)"])
    }
    // Folders of conversations without the package around them stay apart, too.
    let loose = try ScratchFolder()
    for place in ["a", "b"] {
      _ = try loose.write(Self.table, to: "\(place)/c600000000000000001/messages.csv")
    }
    #expect(try ReadOutcome(reading: loose.url).units.map(\.root) == ["a", "b"])
    // Two that were put into one folder cannot be told apart.
    let mixed = [
      ("Account/user.json", Self.user),
      ("account/user.json", Self.user.replacing(#""id": "175928847299117063""#, with: #""id": "12""#)),
    ]
    #expect(throws: ExportRefusal.self) { try Self.read(mixed) }
  }

  @Test(arguments: [
    ("user.json", user, true), ("messages.json", messages, true), ("messages.csv", table, false),
    ("events-1.json", events, true), ("channel.json", channel, true),
  ])
  func truncation(_ name: String, _ text: String, _ isJSON: Bool) throws {
    try Truncation.check(Array(text.utf8), named: name, mayCutText: !isJSON)
  }

  /// A cut-off name must not become the name of somebody else.
  @Test func cutOffNames() throws {
    let bytes = Array(Self.user.utf8)
    for cut in stride(from: 0, to: bytes.count, by: 3) {
      let outcome = try ReadOutcome.reading(Array(bytes[..<cut]), named: "user.json")
      let handles = outcome.units.flatMap(\.identifiers).filter { $0.kind == .handle }.map(\.value)
      #expect(
        Set(handles).isSubset(of: [
          "HildaM#0042", "rex", "Una#7001", "hilda_streams", "rex_tyrant", "hilda.tok", "Hilda_M",
        ]))
    }
  }

  @Test(arguments: [
    #"[{"ID":1,"Timestamp":{},"Contents":[]}, null, 7, "x", {"ID":null,"Timestamp":"2020-01-01","Contents":"x"}]"#,
    #"[{"ID":18446744073709551615,"Timestamp":"9999-01-01 00:00:00","Contents":"\ud800"}]"#,
  ])
  func hostileMessages(_ text: String) throws {
    let unit = try #require(try ReadOutcome.reading(text, named: "messages.json").units.first)
    #expect(unit.records.isEmpty && !unit.setAside.isEmpty)
  }

  @Test func hostileUser() throws {
    let text = #"""
      {"id":{"a":1},"username":["x"],"discriminator":-7,"avatar_hash":"","relationships":[null,7,{"id":"0"},{"user":[]}],
       "connections":[null,{"type":"steam"},{"type":"steam","id":"null","name":"n/a"},{"type":"","id":"1"}],"sessions":[{"last_used":"x"}]}
      """#
    let unit = try #require(try ReadOutcome.reading(text, named: "user.json").units.first)
    #expect(unit.records.isEmpty)
    #expect(unit.counts("declared-link") == [nil, 0, 4] && unit.counts("contact") == [nil, 0, 4])
  }
}
