import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct SnapchatJSONTests {
  static let files: [(String, String)] = [
    (
      "json/account.json",
      #"""
      {"Basic Information":{"Username":"zoe.fic","Name":"Zoë","Creation Date":"2019-05-04 10:00:00 UTC",
        "Registration IP":"192.0.2.1","Country":"GB","Last Active":"2026-03-01 08:00:00 UTC","Quest":"x"},
       "Device Information":{"Make":"Google","Model ID":"","Model Name":"Pixel 8","Language":"en","OS Type":"Android",
        "OS Version":"15","Connection Type":"WIFI","User Agent":"Snapchat/12.1 (Pixel 8; Android 15)"},
       "Device History":[{"Make":"Apple","Model":"iPhone12,1","Start Time":"2021-01-01 00:00:00 UTC","Device Type":"PHONE"}],
       "Privacy Policy and Terms of Service Acceptance History":[{"Version":"1"}],
       "Login History":[
        {"IP":"192.0.2.7","Country":"GB","Created":"2026-03-01 08:00:00 UTC","Status":"success","Device":"Snapchat/12.1 (Pixel 8)"},
        {"IP":"198.51.100.9","Country":"NL","Created":"2026-03-02 08:00:00 UTC","Status":"failure","Device":"Mozilla/5.0 (X11)"},
        {"IP":"192.0.2.8","Country":"GB","Created":"","Status":"success","Device":""}]}
      """#
    ),
    (
      "json/account_history.json",
      #"""
      {"Display Name Change":[{"Date":"2020-01-01 00:00:00 UTC","Display Name":"Zo"}],
       "Email Change":[{"Date":"2021-01-01 00:00:00 UTC","Email Address":"old@example.org"}],
       "Mobile Number Change":[{"Date":"2022-01-01 00:00:00 UTC","Old Mobile Number":"+447700900001","New Mobile Number":"+447700900002"}],
       "Username Change":[{"Date":"2022-06-01 00:00:00 UTC","Username":"zoe-old"}],
       "Password Change":[{"Date":"2023-01-01 00:00:00 UTC"}],
       "Snapchat Linked to Bitmoji":[{"Date":"2019-06-01 00:00:00 UTC"}],"Spectacles":[],
       "Two-Factor Authentication":[{"Date":"2022-01-18 20:35:33 UTC","Event":"SMS enabled"}],
       "Download My Data Reports":[{"Date":"2026-03-03 00:00:00 UTC","Status":"PENDING","Email Address":"zoe@example.org"}]}
      """#
    ),
    (
      "json/bitmoji.json",
      #"{"Basic Information":{"Email":"bit@example.org","Phone Number":"+44******02"},"Analytics":{"App Open Count":14,"Avatar Gender":"female"}}"#
    ),
    (
      "json/chat_history.json",
      #"""
      {"rex-t":[
        {"From":"rex-t","Media Type":"TEXT","Created":"2026-03-01 10:00:00 UTC","Content":"I see you","Conversation Title":null,"IsSender":false,"Created(microseconds)":1772359200123,"IsSaved":true,"Media IDs":""},
        {"From":"zoe.fic","Media Type":"TEXT","Created":"2026-03-01 10:01:00 UTC","Content":"no &amp; no","Conversation Title":null,"IsSender":true,"Created(microseconds)":1772359260123},
        {"From":"rex-t","Media Type":"MEDIA","Created":"","Content":null,"Conversation Title":null,"IsSender":false,"Created(microseconds)":1772359320123,"Media IDs":"b~x"},
        {"From":"rex-t","Media Type":"STATUSERASEDMESSAGE","Created":"2026-03-01 10:03:00 UTC","Content":null,"IsSender":false},
        {"From":"rex-t","Media Type":"TEXT","Created":"2026-03-01 10:04:00 UTC","Content":null,"IsSender":false},
        {"From":"","Media Type":"TEXT","Created":"2026-03-01 10:05:00 UTC","Content":"who","IsSender":false}],
       "6f0d8a52-0000-4000-8000-000000000001":[
        {"From":"kim_fic","Media Type":"TEXT","Created":"2026-03-02 10:00:00 UTC","Content":"all","Conversation Title":"Walkers","IsSender":false},
        {"From":"rex-t","Media Type":"STATUSPARTICIPANTREMOVED","Created":"2026-03-02 10:01:00 UTC","Content":null,"Conversation Title":"Walkers","IsSender":false}],
       "teamsnapchat":[{"From":"teamsnapchat","Media Type":"TEXT","Created":"2026-03-02 11:00:00 UTC","Content":"welcome","IsSender":false}],
       "friends":[{"From":"friends","Media Type":"TEXT","Created":"2026-03-02 12:00:00","Content":"named as a list","IsSender":false}]}
      """#
    ),
    (
      "json/friends.json",
      #"""
      {"Friends":[{"Username":"kim_fic","Display Name":"Kim","Creation Timestamp":"2020-01-01 00:00:00 UTC","Last Modified Timestamp":"2021-01-01 00:00:00 UTC","Source":"Added by phone"}],
       "Friend Requests Sent":[{"Username":"una.fic","Display Name":"","Creation Timestamp":"2020-02-01 00:00:00 UTC","Last Modified Timestamp":"2020-02-01 00:00:00 UTC","Source":""}],
       "Blocked Users":[{"Username":"rex-t","Display Name":"Rex","Creation Timestamp":"2026-03-01 11:00:00 UTC"}],
       "Deleted Friends":[{"Username":"old_pal","Display Name":"Old Pal","Creation Timestamp":"never"}],
       "Hidden Friend Suggestions":[{"Username":"stranger","Display Name":"S","Creation Timestamp":"2020-03-01 00:00:00 UTC"}],
       "Ignored Snapchatters":[{"Username":"pest_fic","Display Name":"Pest","Creation Timestamp":"2020-04-01 00:00:00 UTC"}],
       "Pending Requests":[{"Username":"","Creation Timestamp":"2020-05-01 00:00:00 UTC"}],
       "Shortcuts":[{"Shortcut Name":"s","Created":"2020-06-01 00:00:00 UTC"}]}
      """#
    ),
    (
      "json/memories_history.json",
      #"{"Saved Media":[{"Date":"2026-01-01 00:00:00 UTC","Media Type":"Image"}]}"#
    ),
    (
      "json/snap_history.json",
      #"""
      {"Received Snap History":[{"From":"rex-t","Media Type":"IMAGE","Created":"2026-03-04 10:00:00 UTC"}],
       "Sent Snap History":[{"To":"kim_fic","Media Type":"VIDEO","Created":"2026-03-04 11:00:00 UTC"}]}
      """#
    ),
    (
      "json/talk_history.json",
      #"""
      {"Outgoing Calls":[{"Date & Time":"2026-03-05 10:00:00 UTC","Type":"VIDEO","People in Chat":2,"Result":"Call Succeeded","City":"leeds","Country":"GB","Length (sec)":"312","Network":"WIFI"}],
       "Incoming Calls":[{"Date & Time":"2026-03-05 11:00:00 UTC","Type":"AUDIO","Result":"Call Received"}],"Completed Calls":[],"Chat Sessions":[]}
      """#
    ),
    (
      "json/user_profile.json",
      #"{"App Profile":{"Country":"GB","Creation Time":"2019-05-04 10:00:00 UTC","In-app Language":"en"},"Demographics":{"Cohort Age":"AGE_21_TO_24"},"Engagement":[{"Event":"Application Opens","Occurrences":5}]}"#
    ),
  ]

  private static let owner = "snapchat handle zoe.fic"

  private static func download(_ files: [(String, String)] = files) throws -> ReadOutcome {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: "mydata~1/" + path) }
    return try ReadOutcome(reading: folder.url)
  }

  private static func read(_ text: String, _ name: String = "chat_history.json") throws -> ReadOutcome.Unit {
    let unit = try #require(try ReadOutcome.reading(text, named: name).units.first)
    #expect(unit.format == "snapchat-json")
    return unit
  }

  @Test func wholeDownload() throws {
    let outcome = try Self.download()
    #expect(outcome.units.count == 1 && outcome.unread.isEmpty)
    #expect(outcome.unrecognised == ["mydata~1/json/memories_history.json"])
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "snapchat-json" && unit.root == "mydata~1")
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.tally("message") == [12, 7, 5])
    #expect(unit.tally("login") == [3, 2, 1])
    #expect(unit.tally("session") == [1, 1, 0])
    #expect(unit.tally("contact") == [5, 3, 2])
    #expect(unit.tally("block") == [1, 1, 0])
    #expect(unit.tally("call") == [2, 1, 1])
    #expect(
      unit.records(.message).map { "\($0.channel): \($0.account) to \($0.other): \($0.text)" } == [
        "rex-t: snapchat handle rex-t to \(Self.owner): I see you",
        "rex-t: \(Self.owner) to snapchat handle rex-t: no &amp; no",
        "rex-t: snapchat handle rex-t to \(Self.owner): ",
        "Walkers [6f0d8a52-0000-4000-8000-000000000001]: snapchat handle kim_fic to : all",
        "friends: snapchat handle friends to \(Self.owner): named as a list",
        "rex-t: snapchat handle rex-t to \(Self.owner): ",
        "kim_fic: \(Self.owner) to snapchat handle kim_fic: ",
      ])
    #expect(unit.records(.message)[0].time == unit.records(.message)[0].time)
    #expect(unit.records(.message).map(\.time.zone).filter { $0 == .unknown }.count == 1)
    #expect(unit.records(.message)[2].time.microseconds == 1_772_359_320_123_000)
    #expect(unit.records(.message)[0].time.microseconds == 1_772_359_200_000_000)
    #expect(
      unit.records(.contact).map { "\($0.other): \($0.text)" } == [
        "snapchat handle kim_fic: friend; Added by phone; changed 2021-01-01 00:00:00 UTC",
        "snapchat handle una.fic: sent friend request",
        "snapchat handle pest_fic: ignored friend request",
      ])
    #expect(unit.records(.block).map(\.other) == ["snapchat handle rex-t"])
    #expect(
      unit.records(.login).map(\.text) == [
        "success; GB; Snapchat/12.1 (Pixel 8)", "failure; from 198.51.100.9; NL; Mozilla/5.0 (X11)",
      ])
    #expect(unit.records(.session).map(\.text) == ["Apple; iPhone12,1; PHONE"])
    #expect(unit.records(.call).map(\.text) == ["call, 312 s, VIDEO, Call Succeeded, leeds, GB, WIFI"])
    #expect(
      unit.records(.profile).map(\.text) == [
        "created; country: GB; last active: 2026-03-01 08:00:00 UTC",
        "device; Google; Pixel 8; Android; 15; en; WIFI", "changed: display name", "changed: email",
        "changed: mobile number", "changed: username", "changed: password", "snapchat linked to bitmoji",
        "two-factor authentication; SMS enabled", "download my data reports; PENDING; zoe@example.org",
        "bitmoji",
        "created; GB; en",
      ])
    func values(_ kind: IdentifierKind) -> [String] { unit.values(kind, of: Self.owner) }
    #expect(values(.handle) == [" zoe.fic platform", "changed zoe-old platform"])
    #expect(values(.displayName) == [" Zoë user", "changed Zo user"])
    // The address of a login that failed is not the owner's.
    #expect(values(.ip) == ["account-creation 192.0.2.1 platform", " 192.0.2.7 platform"])
    #expect(
      values(.email) == [
        "changed old@example.org platform", "bitmoji bit@example.org platform",
      ])
    #expect(values(.phone) == ["previous +447700900001 platform", " +447700900002 platform"])
    #expect(
      values(.userAgent) == [
        " Snapchat/12.1 (Pixel 8; Android 15) platform", " Snapchat/12.1 (Pixel 8) platform",
      ])
    #expect(
      unit.identifiers.filter { $0.kind == .displayName && $0.account != Self.owner }
        .map { "\($0.account) \($0.label) \($0.value)" } == [
          "snapchat handle kim_fic saved-name Kim", "snapchat handle rex-t saved-name Rex",
          "snapchat handle pest_fic saved-name Pest",
        ])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "profile field unknown-label 1", "other entry other-data 3", "login bad-time 1",
        "identifier masked 1",
        "attachment media 3", "message unsent 1", "message empty 1", "message no-author 1",
        "message system 2",
        "contact bad-time 1", "friend suggestion suggested 1", "contact no-author 1", "call no-author 1",
      ])
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
    #expect(unit.notes.isEmpty, "\(unit.notes)")
  }

  /// Nothing tells whose of the two a friend or a message beside them is.
  @Test func downloadsOfTwoAccounts() throws {
    let account = Self.files[0].1
    let other = account.replacing("zoe.fic", with: "rex-t")
    #expect(throws: ExportRefusal.self) {
      try Self.download([("account.json", other), ("json/account.json", account)])
    }
    let apart = try Self.download([("a/json/account.json", other), ("b/json/account.json", account)])
    #expect(apart.units.map { $0.accounts[0].key?.value } == ["rex-t", "zoe.fic"])
  }

  /// The order of files in an archive means nothing.
  @Test func orderOfMembersDoesNotMatter() throws {
    func plain(_ files: [(String, String)]) throws -> [String] {
      var zip = ZipBuilder()
      for (path, text) in files { zip.add(path, text) }
      let unit = try #require(try ReadOutcome.reading(zip.bytes, named: "mydata~1.zip").units.first)
      return
        (unit.records.map {
          "\($0.recordClass) \($0.account) \($0.other) \($0.channel) \($0.time) \($0.text)"
        }
        + unit.identifiers.map { "\($0.account) \($0.kind) \($0.label) \($0.value)" }
        + unit.reconciliation.map { "\($0)" }).sorted()
    }
    let whole = try plain(Self.files)
    #expect(try plain(Self.files.reversed()) == whole)
    #expect(try plain(Self.files.sorted { $0.1 < $1.1 }) == whole)
  }

  @Test func olderListsSayTheDirection() throws {
    let unit = try Self.read(
      #"""
      {"Received Saved Chat History":[{"From":"rex-t","Media Type":"TEXT","Created":"2021-01-01 12:00:00 UTC","Text":"it&#39;s me"}],
       "Sent Saved Chat History":[{"To":"rex-t","Media Type":"TEXT","Created":"2021-01-01 12:01:00 UTC","Text":"go away"},
        {"From":"rex-t","Media Type":"TEXT","Created":"2021-01-01 12:02:00 UTC","Content":"please","IsSender":true}],
       "Received Unsaved Chat History":[{"From":"kim_fic","Media Type":"IMAGE","Created":"2021-01-01 12:03:00 UTC"}],
       "Sent Unsaved Chat History":[]}
      """#)
    #expect(unit.tally("message") == [4, 4, 0])
    #expect(
      unit.records.map { "\($0.channel): \($0.account) to \($0.other): \($0.text)" } == [
        "rex-t: snapchat handle rex-t to owner?: it's me", "rex-t: owner? to snapchat handle rex-t: go away",
        // Whom a list of what was sent names under `From` is not its author.
        "rex-t: owner? to : please", "kim_fic: snapchat handle kim_fic to owner?: ",
      ])
  }

  @Test func withoutAnAccountFileTheOwnerIsWhoSends() throws {
    func message(_ name: String, _ time: String) -> String {
      #"{"From":"\#(name)","Media Type":"TEXT","Created":"\#(time) UTC","Content":"x","IsSender":true}"#
    }
    let unit = try Self.read(
      #"{"rex-t":[\#(message("zoe_new", "2026-01-02 00:00:00")),\#(message("zoe_old", "2025-01-02 00:00:00"))]}"#
    )
    #expect(unit.records.map(\.account) == ["snapchat handle zoe_new", "snapchat handle zoe_new"])
    #expect(
      unit.identifiers.filter { $0.account == "snapchat handle zoe_new" }.map { "\($0.label) \($0.value)" }
        == [
          " zoe_new", "sender zoe_old",
        ])
    // It may be somebody else's chats that lie there, so the platform does not say it.
    #expect(unit.identifiers.filter { $0.label == "sender" }.map(\.assertion) == [.inferred])
    #expect(unit.notes.contains { $0.contains("\"zoe_old\"") })
  }

  @Test func filesOutsideTheFolderBelongTogetherByTheirNames() throws {
    let folder = try ScratchFolder()
    for (path, text) in Self.files.prefix(2) {
      _ = try folder.write(text, to: "a/" + path.replacing("json/", with: ""))
    }
    _ = try folder.write(Self.files[0].1.replacing("zoe.fic", with: "una.fic"), to: "a/account (1).json")
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.map(\.root).sorted() == ["a", "a/account (1).json"])
  }

  @Test func whatStandsBesideAChangedValueIsNone() throws {
    let unit = try Self.read(
      #"{"Username Change":[{"Date":"2022-01-03 00:00:00 UTC","Old Username":"zoe-old","Changed By":"support"}],"Mobile Number Change":[{"Date":"2022-01-03 00:00:00 UTC","Mobile Number":"+447700900001","Country":"GB"}],"Email Change":[{"Date":"2022-01-03 00:00:00 UTC","Email Address":"z@example.org","Email Verified":"true"}],"Display Name Change":[]}"#,
      "account_history.json")
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.label) \($0.value)" } == [
        "handle previous zoe-old", "phone changed +447700900001", "email changed z@example.org",
      ])
    #expect(unit.records(.profile).map(\.text).first == "changed: username; support")
  }

  @Test(arguments: [
    ("success", true), ("Successful", true), ("SUCCEEDED", true), ("Erfolgreich", false),
    ("unsuccessful", false), ("failure", false),
  ])
  func addressesOfLogins(_ status: String, _ isOwn: Bool) throws {
    let unit = try Self.read(
      #"{"Basic Information":{"Username":"zoe.fic","Creation Date":""},"Device History":[],"Login History":[{"IP":"192.0.2.7","Created":"2026-03-01 08:00:00 UTC","Status":"\#(status)"}]}"#,
      "account.json")
    #expect(unit.identifiers.contains { $0.kind == .ip } == isOwn)
    #expect(unit.records(.login).count == 1)
  }

  @Test func whatIsOfAnotherKindIsSetAside() throws {
    let unit = try Self.read(
      #"{"Basic Information":[1],"Device Information":"x","Login History":[1,null,{"Created":7}],"Friends":{"a":1},"Device History":[{"Start Time":{"a":1}}],"rex-t":[{"Media Type":5,"From":["x"],"IsSender":"yes"}]}"#,
      "account.json")
    #expect(unit.records(.message).isEmpty && unit.tally("message") == [1, 0, 1])
  }

  /// A history of one sort of change alone was not known for what it is.
  @Test func aHistoryOfOneChangeIsRecognised() throws {
    let unit = try Self.read(
      #"{"Email Change":[{"Date":"2021-01-01 00:00:00 UTC","Email Address":"zoe@example.org"}]}"#,
      "account_history.json")
    #expect(unit.identifiers.map(\.value) == ["zoe@example.org"])
  }

  /// With many friends no other list's name stands at the beginning of the file, which has the blocked accounts too.
  @Test func aLongListOfFriendsIsRecognised() throws {
    func entry(_ name: String) -> String {
      #"{"Username":"\#(name)","Display Name":"x","Creation Timestamp":"2020-01-01 10:00:00 UTC","#
        + #""Last Modified Timestamp":"2020-01-01 10:00:00 UTC","Source":"Added by Username"}"#
    }
    let friends = (0..<600).map { entry("friend\($0)x") }.joined(separator: ",")
    #expect(friends.utf8.count > MemberHead.limit)
    let unit = try Self.read(
      #"{"Friends":[\#(friends)],"Deleted Friends":[],"Blocked Users":[\#(entry("rex-t"))]}"#, "friends.json")
    let call =
      #"{"Date & Time":"2026-03-05 10:00:00 UTC","Type":"VIDEO","Result":"Call Succeeded","City":"Leeds"}"#
    let calls = Array(repeating: call, count: 800).joined(separator: ",")
    #expect(calls.utf8.count > MemberHead.limit)
    let talks = try Self.read(#"{"Outgoing Calls":[\#(calls)],"Incoming Calls":[]}"#, "talk_history.json")
    #expect(talks.tally("call") == [800, 800, 0])
    #expect(unit.tally("contact") == [600, 600, 0])
    #expect(unit.records(.block).map(\.other) == ["snapchat handle rex-t"])
  }

  @Test func locatorsReadBack() throws {
    let (path, text) = Self.files[3]
    let bytes = Array(text.utf8)
    let unit = try Self.read(text, path.replacing("json/", with: ""))
    for record in unit.records {
      let offset = try #require(record.locator.split(separator: " ").last.flatMap { Int($0) })
      #expect(bytes[offset] == UInt8(ascii: "{"))
    }
  }

  @Test(arguments: SnapchatJSONTests.files.indices)
  func truncation(_ index: Int) throws {
    let (path, text) = Self.files[index]
    guard !path.hasSuffix("memories_history.json") else { return }
    try expectPrefixes(of: Array(text.utf8), named: path.replacing("json/", with: ""))
  }
}
