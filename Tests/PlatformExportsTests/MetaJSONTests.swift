import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct MetaJSONTests {
  @Test(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
  func facebookSample() throws {
    let outcome = try ReadOutcome(reading: SharedMaterial.export("facebook/shape-2026/facebook.zip"))
    #expect(outcome.units.count == 1)
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "meta-json" && unit.root == "facebook-zoefictional-2026-09-15-AbCdEf12")
    #expect(unit.tally("message") == [24, 24, 0])
    #expect(unit.tally("login") == [30, 30, 0])
    #expect(unit.tally("session") == [3, 3, 0])
    #expect(unit.tally("contact") == [3, 3, 0])
    #expect(unit.tally("profile") == [1, 1, 0])
    #expect(unit.setAside.isEmpty)
    #expect(Set(unit.records(.message).map(\.channel)).count == 3)
    let owner = "facebook handle zoe.fictional"
    #expect(
      Set(unit.records(.message).map(\.account)) == [
        owner, "facebook display-name Łukasz Nowak", "facebook display-name Siân O’Neill",
        "facebook display-name Priya Patel",
      ])
    #expect(unit.records(.login).allSatisfy { $0.account == owner })
    #expect(unit.records(.message).contains { $0.text == "Café at 8? ☕" })
    #expect(!unit.records.contains { $0.text.contains("\u{C3}") })
    let own = unit.identifiers.filter { $0.account == owner }
    #expect(
      own.filter { $0.kind == .email }.map { "\($0.label) \($0.value)" } == [
        " zoe@example.org", "previous old.zoe@example.net",
      ])
    #expect(own.filter { $0.kind == .phone }.map(\.value) == ["+447700900123"])
    #expect(own.filter { $0.kind == .cookie }.map(\.label) == ["datr", "datr", "datr"])
    #expect(own.filter { $0.kind == .ip }.count == 33)
    #expect(own.contains { $0.kind == .dateOfBirth && $0.value == "1996-04-12" })
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
  }

  @Test(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
  func instagramSample() throws {
    let outcome = try ReadOutcome(reading: SharedMaterial.export("instagram/chat-miner/test_export.json"))
    let unit = try #require(outcome.units.first)
    #expect(unit.tally("message") == [2, 2, 0])
    #expect(
      unit.records.map(\.account) == [
        "instagram display-name John Doe", "instagram display-name Jane Doe",
      ])
    #expect(unit.records.map(\.time.microseconds) == [1_579_294_140_000_000, 1_577_186_580_000_000])
  }

  /// An Instagram download with the traps of its format.
  static let instagram: [(String, String)] = [
    (
      "your_instagram_activity/messages/inbox/rex_17/message_1.json",
      #"""
      {"participants":[{"name":"Rex"},{"name":"Hilda \u00f0\u009f\u0090\u008c"}],
       "messages":[
        {"sender_name":"Rex","timestamp_ms":1700000000000,"content":"Caf\u00c3\u00a9","share":{"link":"https://example.org/p/1","share_text":"not Rex's"}},
        {"sender_name":"Hilda \u00f0\u009f\u0090\u008c","timestamp_ms":1700000001000,"photos":[{"uri":"a.jpg"}]},
        {"sender_name":"Instagram User","timestamp_ms":1700000002000,"content":"gone"},
        {"sender_name":"Rex","timestamp_ms":1700000003000,"content":"oops","is_unsent":true},
        {"sender_name":"Rex","timestamp_ms":-5,"content":"when"},
        {"sender_name":"Rex","timestamp_ms":1700000004000,"content":"Audio call ended","call_duration":61},
        {"sender_name":"Rex","timestamp_ms":1700000005000,"content":"caf\u00e9 correct \u2019"}
       ],"title":"Rex","thread_path":"inbox/rex_17","magic_words":[]}
      """#
    ),
    (
      "your_instagram_activity/messages/inbox/twin_18/message_1.json",
      #"""
      {"participants":[{"name":"Hilda \u00f0\u009f\u0090\u008c"},{"name":"Hilda \u00f0\u009f\u0090\u008c"}],
       "messages":[{"sender_name":"Hilda \u00f0\u009f\u0090\u008c","timestamp_ms":1700000000000,"content":"which?"}]}
      """#
    ),
    (
      "security_and_login_information/login_and_profile_creation/login_activity.json",
      #"""
      {"account_history_login_history":[
       {"title":"2026-01-02T10:00:00+00:00","media_map_data":{},"string_map_data":{"Cookie Name":{"value":"****abc"},
        "IP Address":{"value":"192.0.2.9"},"Port":{"value":"51234"},"Time":{"value":"","timestamp":1767348000},
        "User Agent":{"value":"Instagram 300.0 Android"}}},
       {"title":"2026-01-03T10:00:00+00:00","string_map_data":{"IP-Adresse":{"value":"2001:db8::7"},"Puerto":{"value":"443"}}},
       {"title":"","string_map_data":{"IP \uc8fc\uc18c":{"value":"192.0.2.10"}}}
      ]}
      """#
    ),
    (
      "personal_information/personal_information/personal_information.json",
      #"""
      {"profile_user":[{"title":"","string_map_data":{"Email":{"value":"hilda@example.org"},"Telefon":{"value":"+447700900005"},
       "Username":{"value":"hilda.snail"},"Name":{"value":"Hilda \u00f0\u009f\u0090\u008c"},"Odd":{"value":"thing"},"Bio":{"value":"slow"},
       "Date of birth":{"value":"1990-03-04"}}}]}
      """#
    ),
    (
      "connections/followers_and_following/following.json",
      #"""
      {"relationships_following":[{"title":"rex.tyrant","string_list_data":[{"href":"https://www.instagram.com/_u/rex.tyrant","timestamp":1690000000}]}]}
      """#
    ),
    (
      "connections/followers_and_following/followers_1.json",
      #"""
      [{"title":"","string_list_data":[{"href":"https://www.instagram.com/una_x","value":"una_x","timestamp":1690000000}]}]
      """#
    ),
    (
      "connections/followers_and_following/blocked_profiles.json",
      #"""
      {"relationships_blocked_users":[{"title":"bad.actor","string_list_data":[{"href":"https://www.instagram.com/bad.actor","timestamp":1695000000}]}]}
      """#
    ),
    (
      "personal_information/personal_information/profile_changes.json",
      #"""
      {"profile_profile_change":[{"string_map_data":{"Changed":{"value":"Username"},"Previous Value":{"value":"hilda.old"},
       "New Value":{"value":"hilda.snail"},"Change Date":{"timestamp":1600000000}}}]}
      """#
    ),
    (
      "personal_information/device_information/devices.json",
      #"""
      [{"timestamp":1767348000,"media":[],"label_values":[{"label":"User agent","value":"Instagram 300.0 Android"},
       {"label":"Device ID","value":"android-1234"},{"label":"Ort","dict":[{"label":"IP","value":"192.0.2.44:443"}]}],"fbid":"1"}]
      """#
    ),
  ]

  /// A biography may be nothing but an address, and what it is called is in the account's language.
  @Test func whatTheOwnerTypedIsNotThePlatformsWord() throws {
    let folder = "personal_information/personal_information"
    let unit = try #require(
      try Self.download([
        (
          "\(folder)/personal_information.json",
          #"""
          {"profile_user":[{"title":"","string_map_data":{"Email":{"value":"hilda@example.org"},
           "Username":{"value":"hilda.snail"},"Steckbrief":{"value":"rex@example.org"}}}]}
          """#
        ),
        (
          "\(folder)/profile_changes.json",
          #"""
          {"profile_profile_change":[
           {"string_map_data":{"Changed":{"value":"Profile Bio Text"},"Previous Value":{"value":"+447700900111"},
            "New Value":{"value":"una@example.org"},"Change Date":{"timestamp":1600000000}}},
           {"string_map_data":{"Changed":{"value":"Gender"},"Previous Value":{"value":"sam@example.org"},
            "New Value":{"value":""},"Change Date":{"timestamp":1600000000}}},
           {"string_map_data":{"Changed":{"value":"Email"},"Previous Value":{"value":"old@example.org"},
            "New Value":{"value":"hilda@example.org"},"Change Date":{"timestamp":1600000000}}}]}
          """#
        ),
      ]).units.first)
    let own = unit.identifiers.filter { $0.kind == .email || $0.kind == .phone }
    #expect(
      own.map { "\($0.value) \($0.assertion)" } == [
        "hilda@example.org platform", "rex@example.org claimed", "+447700900111 claimed",
        "una@example.org claimed",
        "old@example.org platform", "hilda@example.org platform",
      ])
  }

  /// Labels of the profile are in the account's language: French and Turkish.
  @Test(arguments: [("Nom de profil", "Nom"), ("Kullan\u{131}c\u{131} ad\u{131}", "Ad")])
  func profilesAreReadInTheirLanguage(_ handle: String, _ name: String) throws {
    let unit = try #require(
      try Self.download([
        (
          "personal_information/personal_information/personal_information.json",
          #"{"profile_user":[{"string_map_data":{"\#(handle)":{"value":"hilda.snail"},"\#(name)":{"value":"Hilda"}}}]}"#
        )
      ]).units.first)
    #expect(unit.records(.profile).map(\.account) == ["instagram handle hilda.snail"])
    #expect(unit.identifiers.filter { $0.kind == .displayName }.map(\.value) == ["Hilda"])
    #expect(unit.setAside.isEmpty)
  }

  /// A profile of two accounts gives the owner the first one's names and addresses alone.
  @Test func anEntryOfAnotherAccountIsNotTheOwners() throws {
    func entry(_ handle: String, _ mail: String) -> String {
      #"{"title":"","string_map_data":{"Username":{"value":"\#(handle)"},"Email":{"value":"\#(mail)"}}}"#
    }
    let entries = [entry("hilda.snail", "hilda@example.org"), entry("rex.tyrant", "rex@example.org")]
    let profile = "{\"profile_user\":[\(entries.joined(separator: ","))]}"
    let path = "personal_information/personal_information/personal_information.json"
    let unit = try #require(try Self.download([(path, profile)]).units.first)
    #expect(unit.identifiers.filter { $0.kind == .email }.map(\.value) == ["hilda@example.org"])
    #expect(unit.tally("profile") == [2, 1, 1] && unit.setAside.map(\.reason.code) == ["another-name"])
  }

  static func download(_ files: [(String, String)], under root: String = "instagram-x/") throws -> ReadOutcome
  {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: root + path) }
    return try ReadOutcome(reading: folder.url)
  }

  @Test func instagramDownload() throws {
    let outcome = try Self.download(Self.instagram)
    #expect(outcome.units.count == 1 && outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.root == "instagram-x")
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
    #expect(unit.tally("message") == [7, 3, 4])
    #expect(unit.tally("call") == [1, 1, 0])
    #expect(unit.tally("login") == [3, 2, 1])
    #expect(unit.tally("session") == [1, 1, 0])
    #expect(unit.tally("contact") == [2, 2, 0])
    #expect(unit.tally("block") == [1, 1, 0])

    let owner = "instagram handle hilda.snail"
    let messages = unit.records(.message)
    #expect(messages.map(\.text) == ["Café", "", "café correct ’"])
    #expect(
      messages.map(\.account) == [
        "instagram display-name Rex", owner, "instagram display-name Rex",
      ])
    #expect(messages[0].channel == "inbox/rex_17")
    #expect(unit.records(.call).map(\.other) == [owner])
    #expect(unit.records(.block).map(\.other) == ["instagram handle bad.actor"])
    #expect(unit.records(.block)[0].time.microseconds == 1_695_000_000_000_000)
    #expect(
      Set(unit.records(.contact).map { "\($0.text) \($0.other)" }) == [
        "following instagram handle rex.tyrant", "follower instagram handle una_x",
      ])
    func values(_ kind: IdentifierKind) -> [String] {
      unit.identifiers.filter { $0.account == owner && $0.kind == kind }.map { "\($0.label) \($0.value)" }
        .sorted()
    }
    #expect(values(.ip) == [" 192.0.2.44:443", " 192.0.2.9:51234", " [2001:db8::7]:443"])
    #expect(values(.email) == [" hilda@example.org"])
    #expect(values(.phone) == [" +447700900005"])
    #expect(values(.handle) == [" hilda.snail", " hilda.snail", "previous hilda.old"])
    #expect(values(.dateOfBirth) == [" 1990-03-04"])
    #expect(values(.cookie) == ["session-masked ****abc"])
    #expect(values(.device) == ["device-id android-1234"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code)" }) == [
        "message no-author", "message unsent", "message bad-time", "message ambiguous-author",
        "attachment media", "shared text shared",
        "login bad-time",
        "profile field unknown-label",
      ])
    // The slug of a thread's folder never becomes a handle.
    #expect(!unit.identifiers.contains { $0.kind == .handle && $0.value == "rex" })
  }

  @Test func ownerIsInferredFromThreads() throws {
    func thread(_ other: String) -> String {
      #"{"participants":[{"name":"\#(other)"},{"name":"Zoe"}],"messages":[{"sender_name":"Zoe","timestamp_ms":1700000000000,"content":"hi"}]}"#
    }
    let one = try Self.download([("messages/inbox/a_1/message_1.json", thread("Ann"))], under: "facebook-z/")
    #expect(one.units[0].accounts.allSatisfy { $0.role != .owner })
    let same = try Self.download(
      [
        ("messages/inbox/a_1/message_1.json", thread("Ann")),
        ("messages/inbox/a_1/message_2.json", thread("Ann")),
      ], under: "facebook-z/")
    #expect(same.units[0].accounts.allSatisfy { $0.role != .owner })
    let two = try Self.download(
      [
        ("messages/inbox/a_1/message_1.json", thread("Ann")),
        ("messages/inbox/b_2/message_1.json", thread("Bob")),
      ], under: "facebook-z/")
    let owners = two.units[0].accounts.filter { $0.role == .owner && $0.sameAs == nil }
    #expect(owners.compactMap { $0.key?.value } == ["Zoe"])
    #expect(two.units[0].identifiers.contains { $0.label == "owner" && $0.assertion == .inferred })
    #expect(two.units[0].notes.count == 1)
  }

  @Test func secureStorageIsNotMojibake() throws {
    let text = #"""
      {"participants":["Zoë","Ã© fan"],"threadName":"Zoë_1","messages":[
       {"senderName":"Zoë","timestamp":1700000000000,"text":"ÃƒÂ© Ã©","isUnsent":false,"media":[],"reactions":[],"type":"text"},
       {"senderName":"Ã© fan","timestamp":1700000001000,"text":"","isUnsent":true,"media":[],"type":"text"}]}
      """#
    let unit = try #require(ReadOutcome.reading(text, named: "Zoë_1.json").units.first)
    #expect(unit.records(.message).map(\.text) == ["ÃƒÂ© Ã©"])
    #expect(unit.records(.message).map(\.account) == ["facebook display-name Zoë"])
    #expect(unit.tally("message") == [2, 1, 1])
  }

  /// A title is a handle only where Instagram writes handles there.
  /// Labels are in the language of the account: what a change says under unknown ones is taken by its look, or counted.
  @Test func changesUnderUnknownLabels() throws {
    let text = #"""
      {"profile_profile_change":[
       {"string_map_data":{"Zmieniono":{"value":"E-mail"},"Poprzednia":{"value":"old@example.org"},
        "Nowa":{"value":"new@example.org"},"Data":{"timestamp":1600000000}}},
       {"string_map_data":{"Zmieniono":{"value":"Nazwa"},"Poprzednia":{"value":"hilda.old"},
        "Nowa":{"value":"hilda.new"},"Data":{"timestamp":1600000001}}}]}
      """#
    let unit = try #require(ReadOutcome.reading(text, named: "profile_changes.json").units.first)
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.label) \($0.value)" } == [
        "email changed old@example.org", "email changed new@example.org",
      ])
    #expect(unit.tally("profile") == [2, 2, 0] && unit.tally("profile field") == [-1, 0, 4])
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
  }

  @Test func titlesAreNotHandles() throws {
    let text = #"""
      {"relationships_following":[
       {"title":"Rex","label_values":[{"label":"URL","href":"https://www.instagram.com/rex.tyrant"}],"timestamp":1690000000},
       {"title":"Una","label_values":[{"label":"Benutzername","value":"una_x"}],"timestamp":1690000000},
       {"title":"Bob","label_values":[{"label":"Notiz","value":"hello"}],"timestamp":1690000000}]}
      """#
    let unit = try #require(ReadOutcome.reading(text, named: "following.json").units.first)
    #expect(unit.records(.contact).map(\.other) == ["instagram handle rex.tyrant", "instagram handle una_x"])
    #expect(unit.tally("contact") == [3, 2, 1])
  }

  @Test func otherJSONIsLeftAlone() throws {
    for text in [
      #"[{"timestamp":"2020-01-17T20:49:00","author":"John","message":"Hello"}]"#,
      #"{"messages":[{"author":{"id":"1"},"timestamp":"2020","content":"x"}]}"#, "[]", "{}", "",
    ] {
      #expect(try ReadOutcome.reading(text, named: "target.json").units.isEmpty)
    }
  }

  /// What lacks a key is set aside, and the second count sees it all the same.
  @Test func messagesWithoutSenderOrTimeAreCounted() throws {
    let text = #"""
      {"participants":[{"name":"A"},{"name":"B"}],"messages":[
       {"sender_name":"A","timestamp_ms":1700000000000,"content":"x"},{"sender_name":"A","content":"no time"},
       {"timestamp_ms":1700000000000,"content":"no sender"},{"timestamp_ms":1700000000000,"call_duration":5},{}]}
      """#
    let unit = try #require(ReadOutcome.reading(text, named: "message_1.json").units.first)
    #expect(unit.tally("message") == [4, 1, 3] && unit.tally("call") == [1, 0, 1])
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
  }

  @Test func unsettledPlatform() throws {
    let text = #"{"messages":[{"sender_name":"A","timestamp_ms":1700000000000,"content":"x"}]}"#
    let open = try #require(ReadOutcome.reading(text, named: "message_1.json").units.first)
    #expect(open.records.map(\.account) == ["meta display-name A"])
    #expect(open.notes.count == 1)
    var options = ReaderOptions()
    options.format = "instagram-json"
    let said = try #require(ReadOutcome.reading(text, named: "m.json", options: options).units.first)
    #expect(said.records.map(\.account) == ["instagram display-name A"])
  }

  @Test(arguments: MetaJSONTests.instagram.indices)
  func truncation(_ index: Int) throws {
    let (path, text) = Self.instagram[index]
    let name = "instagram " + (path.split(separator: "/").last ?? "")
    try expectPrefixes(of: Array(text.utf8), named: name)
  }

  @Test func recordsDoNotDependOnTheOrderOfMembers() throws {
    let forward = try Self.download(Self.instagram).units[0]
    // Without its folder the thread comes before the profile that names the owner.
    let moved = Self.instagram.map { path, text in
      (path.replacingOccurrences(of: "your_instagram_activity/", with: ""), text)
    }
    let swapped = try Self.download(moved).units[0]
    #expect(forward.records.first?.recordClass != .message)
    func plain(_ unit: ReadOutcome.Unit) -> [String] {
      unit.records.map { "\($0.recordClass) \($0.account) \($0.other) \($0.time) \($0.text)" }.sorted()
    }
    #expect(plain(forward) == plain(swapped))
    #expect(
      swapped.records.contains { $0.account == "instagram handle hilda.snail" && $0.recordClass == .message })
  }
}
