import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct TikTokJSONTests {
  /// A download of 2026.
  static let recent = #"""
    {"Ads and data":{"Ad Interests":{"AdInterestCategories":"Cycling"}},
    "Comment":{"Comments":{"App":1,"CommentsList":[
     {"date":"2026-03-01 10:00:00","comment":"nice 😍","photo":"N/A","sticker":"N/A","video":"N/A","url":"",
      "original post link":"https://www.tiktokv.com/share/video/7400000000000000001/"},
     {"date":"2026-03-01 10:01:00","comment":"","photo":"p.jpg","original post link":""},
     {"date":"soon","comment":"when"}]}},
    "Direct Message":{"Direct Messages":{"ChatHistory":{
     "Chat History with rex.t:":[
      {"Date":"2026-03-02 10:00:00","From":"rex.t","Content":"I know where you live"},
      {"Date":"2026-03-02 10:01:00","From":"zoe_fic","Content":"stop"},
      {"Date":"2026-03-02 10:02:00","From":"","Content":"who"},
      {"Date":"2026-03-02 10:03:00","From":"[deleted]","Content":"gone"}],
     "Chat History with Una M:":[{"Date":"2026-03-03T10:00:00Z","From":"Una M","Content":"hi"}]}},
     "Group Chat":{"GroupChat":{"Walkers":[{"Date":"2026-03-04 10:00:00","From":"kim_fic","Content":"all"}]}}},
    "Post":{"Posts":{"VideoList":[
     {"Date":"2026-03-05 10:00:00","Link":"https://example.org/v.mp4","Likes":"3","Title":"my walk"},
     {"Date":"2026-03-05 11:00:00","Link":"https://example.org/w.mp4","Likes":"0","Title":"N/A"}]},
     "Recently Deleted Posts":{"PostList":[{"Date":"2026-03-05 12:00:00"}]}},
    "Profile And Settings":{
     "Autofill":{"PhoneNumber":"+447700900125","Email":"z.autofill@example.org","FirstName":"Zoë","LastName":"Fictional",
      "Address":"1 High Street","ZipCode":"LS1 1AA","Unit":"","City":"Leeds","State":"","Country":"N/A"},
     "Block List":{"App":1,"BlockList":[{"Date":"2026-02-01 09:00:00","UserName":"rex.t"}]},
     "Follower":{"App":1,"FansList":[{"Date":"2026-01-01 09:00:00","UserName":"kim_fic"},{"Date":"2026-01-02 09:00:00","UserName":""}]},
     "Following":{"Following":[{"Date":"2026-01-03 09:00:00","UserName":"una_fic"}]},
     "Profile Info":{"App":1,"ProfileMap":{"userName":"zoe_fic","displayName":"Zoë","bioDescription":"walks",
      "emailAddress":"zoe@example.org","telephoneNumber":"+44******123","birthDate":"12-Apr-1996","accountRegion":"GB",
      "likesReceived":"7","profilePhoto":"x","hobby":"chess","PlatformInfo":[
       {"Platform":"TikTok","Name":"Zoë","Description":""},{"Platform":"Google","Name":"Zoë F."}]}}},
    "Tiktok Live":{"Watch Live History":{"WatchLiveMap":{"77":{"WatchTime":"2026-03-06 10:00:00","Link":"l",
     "Comments":[{"CommentTime":"2026-03-06 10:05:00","CommentContent":"hello live"}],"Questions":null}}}},
    "Your Activity":{
     "Login History":{"LoginHistoryList":[
      {"Date":"2026-03-01 08:00:00","IP":"192.0.2.7","DeviceModel":"Pixel 8","DeviceSystem":"Android 15","NetworkType":"Wi-Fi","Carrier":""},
      {"Date":"2026-03-02 08:00:00","IP":"2001:db8::7","DeviceModel":"iPhone15,3","DeviceSystem":"iOS 18.5","NetworkType":"4G","Carrier":"EE"},
      {"Date":"2201-03-02 08:00:00","IP":"192.0.2.8"}]},
     "Status":{"Status List":[{"Resolution":"1080*2400","App Version":"41.0","IDFA":"00000000-0000-0000-0000-000000000000",
      "GAID":"38400000-8cf0-11bd-b23e-10b96e40000d","Android ID":"9774d56d682e549d","IDFV":"","Web ID":"7400000000000000099"}]},
     "Watch History":{"VideoList":[{"Date":"2026-03-01 08:00:01","Link":"https://www.tiktokv.com/share/video/7400000000000000002/"}]},
     "Moods":{"MoodList":[]}}}
    """#

  /// The same in the layout of earlier years.
  static var earlier: String {
    var text = recent
    for (new, old) in [
      ("\"Your Activity\"", "\"Activity\""),
      ("\"Direct Message\":{\"Direct Messages\"", "\"Direct Messages\":{\"Chat History\""),
      ("\"Post\":{\"Posts\"", "\"Video\":{\"Videos\""), ("\"Autofill\"", "\"Auto Fill\""),
      ("\"Block List\"", "\"Block\""),
      ("\"Follower\"", "\"Follower List\""), ("\"Following\":{", "\"Following List\":{"),
      ("\"Profile Info\"", "\"Profile Information\""), ("\"Watch History\"", "\"Video Browsing History\""),
      ("\"date\"", "\"Date\""), ("\"comment\"", "\"Comment\""), ("\"IP\"", "\"ip\""),
    ] { text = text.replacing(new, with: old) }
    return text
  }

  private static let owner = "tiktok handle zoe_fic"

  private static func read(_ text: String, zone: String? = nil) throws -> ReadOutcome.Unit {
    var options = ReaderOptions()
    options.timeZone = zone
    let outcome = try ReadOutcome.reading(text, named: "user_data_tiktok.json", options: options)
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "tiktok-json")
    return unit
  }

  @Test func wholeDownload() throws {
    let unit = try Self.read(Self.recent)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.tally("message") == [12, 9, 3])
    #expect(unit.tally("login") == [3, 2, 1])
    #expect(unit.tally("session") == [1, 1, 0])
    #expect(unit.tally("contact") == [3, 2, 1])
    #expect(unit.tally("block") == [1, 1, 0])
    #expect(
      unit.records(.message).map { "\($0.channel): \($0.account): \($0.text)" } == [
        "comments on https://www.tiktokv.com/share/video/7400000000000000001/: \(Self.owner): nice 😍",
        "comments: \(Self.owner): ", "chat with rex.t: tiktok handle rex.t: I know where you live",
        "chat with rex.t: \(Self.owner): stop", "chat with Una M: tiktok display-name Una M: hi",
        "group chat Walkers (group): tiktok handle kim_fic: all", "posts: \(Self.owner): my walk",
        "posts: \(Self.owner): ", "live comments: \(Self.owner): hello live",
      ])
    #expect(
      unit.records(.message)[2...5].map(\.other) == [Self.owner, "tiktok handle rex.t", Self.owner, ""])
    #expect(
      unit.records(.login).map(\.text) == ["Pixel 8; Android 15; Wi-Fi", "iPhone15,3; iOS 18.5; 4G; EE"])
    #expect(unit.records(.session).map(\.text) == ["41.0; 1080*2400"])
    #expect(unit.records(.block).map(\.other) == ["tiktok handle rex.t"])
    #expect(
      unit.records(.contact).map { "\($0.text) \($0.other)" } == [
        "follower tiktok handle kim_fic", "following tiktok handle una_fic",
      ])
    #expect(unit.records(.profile).map(\.text) == ["autofill", "walks; region GB; linked platform: Google"])
    func values(_ kind: IdentifierKind) -> [String] { unit.values(kind, of: Self.owner) }
    #expect(values(.handle) == [" zoe_fic platform"])
    #expect(values(.displayName) == [" Zoë user", "linked-platform Zoë F. user"])
    #expect(values(.email) == ["autofill z.autofill@example.org claimed", " zoe@example.org platform"])
    #expect(values(.phone) == ["autofill +447700900125 claimed"])
    #expect(values(.personName) == ["autofill Zoë Fictional user"])
    #expect(values(.postalAddress) == ["autofill 1 High Street, Leeds, LS1 1AA user"])
    #expect(values(.dateOfBirth) == [" 12-Apr-1996 user"])
    #expect(values(.ip) == [" 192.0.2.7 platform", " 2001:db8::7 platform"])
    #expect(
      values(.device) == [
        "gaid 38400000-8cf0-11bd-b23e-10b96e40000d platform", "android-id 9774d56d682e549d platform",
        "web-id 7400000000000000099 platform",
      ])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "message bad-time 1", "message no-author 1", "message no-value 1", "login bad-time 1",
        "contact no-author 1", "identifier masked 1", "profile field unknown-label 1", "attachment media 3",
        "deleted post other-data 1",
      ])
    #expect(unit.setAside.first { $0.unit == "identifier" }?.examples.first?.detail == "phone +44******123")
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
    #expect(unit.notes.contains { $0.contains("not known") && $0.hasSuffix(": Moods") }, "\(unit.notes)")
  }

  @Test func everyLayoutGivesTheSame() throws {
    let whole = try Self.read(Self.recent)
    // Messages of a chat lay in an object of their own for a while; root sections may be missing.
    let nested = Self.recent.replacing(
      "\"Chat History with rex.t:\":[", with: "\"Chat History with rex.t:\":{\"Messages\":["
    )
    .replacing("\"gone\"}],", with: "\"gone\"}]},")
    for text in [Self.earlier, nested] {
      let unit = try Self.read(text)
      #expect(unit.reconciliation == whole.reconciliation)
      func plain(_ unit: ReadOutcome.Unit) -> [String] {
        (unit.records.map {
          "\($0.recordClass) \($0.account) \($0.other) \($0.channel) \($0.time) \($0.text)"
        }
          + unit.identifiers.map {
            "\($0.account) \($0.kind) \($0.label) \($0.value) \($0.assertion) \($0.time)"
          })
      }
      #expect(plain(unit) == plain(whole))
    }
  }

  /// The order of JSON keys means nothing.
  @Test func orderOfSectionsDoesNotMatter() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(Self.recent.utf8)) as? [String: Any])
    let parts = try object.keys.sorted().map { key in
      let value = try JSONSerialization.data(withJSONObject: object[key] as Any, options: .sortedKeys)
      return "\"\(key)\":" + String(decoding: value, as: UTF8.self)
    }
    func plain(_ parts: [String]) throws -> [String] {
      let unit = try Self.read("{" + parts.joined(separator: ",") + "}")
      return
        (unit.records.map {
          "\($0.recordClass) \($0.account) \($0.other) \($0.channel) \($0.time) \($0.text)"
        }
        + unit.identifiers.map { "\($0.account) \($0.kind) \($0.label) \($0.value) \($0.time)" }
        + unit.reconciliation.map { "\($0)" }).sorted()
    }
    #expect(try plain(parts) == plain(parts.reversed()))
  }

  @Test func timesHaveAZoneOnlyWhereOneIsWrittenOrSaid() throws {
    let plain = try Self.read(Self.recent)
    let zones = plain.records(.message).map(\.time.zone)
    #expect(zones.filter { $0 == .known }.count == 1 && zones.filter { $0 == .unknown }.count == 8)
    #expect(plain.records(.login)[0].time.zone == .unknown)
    #expect(plain.records(.login)[0].writtenTime == "2026-03-01 08:00:00")
    #expect(plain.notes.contains { $0.contains("--time-zone UTC") })
    let told = try Self.read(Self.recent, zone: "UTC")
    #expect(told.records(.login)[0].time.zone == .assumed)
    #expect(told.records(.login)[0].time.microseconds == plain.records(.login)[0].time.microseconds)
    #expect(!told.notes.contains { $0.contains("--time-zone") })
  }

  private static func chats(_ chats: [(String, [String])], more: String = "") -> String {
    let body = chats.map { name, authors in
      let messages = authors.map { #"{"Date":"2026-03-02 10:00:00","From":"\#($0)","Content":"x"}"# }
      return #""Chat History with \#(name):":[\#(messages.joined(separator: ","))]"#
    }.joined(separator: ",")
    return #"{"Direct Message":{"Direct Messages":{"ChatHistory":{\#(body)}}}\#(more)}"#
  }

  private static let logins =
    #","Your Activity":{"Login History":{"LoginHistoryList":[{"Date":"2026-03-01 08:00:00","IP":"192.0.2.7"}]}}"#

  @Test func withoutAProfileTheOwnerIsWhoWritesInSeveralChats() throws {
    let text = Self.chats([("a_fic", ["a_fic", "me_fic"]), ("b_fic", ["me_fic"])], more: Self.logins)
    let unit = try Self.read(text)
    #expect(unit.records(.login).map(\.account) == ["tiktok handle me_fic"])
    #expect(
      unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.map { $0.key?.value } == ["me_fic"])
    #expect(
      unit.identifiers.contains { $0.label == "owner" && $0.assertion == .inferred && $0.value == "me_fic" })
    #expect(unit.notes.contains { $0.contains("\"me_fic\"") })
    // A file that is cut off may lack the profile, or a chat in which somebody else writes.
    let cut = try Self.read(String(text.dropLast(2)))
    #expect(cut.records(.login).map(\.account) == ["owner?"])
    #expect(!cut.identifiers.contains { $0.assertion == .inferred })
  }

  private static func profile(_ name: String) -> String {
    #","Profile And Settings":{"Profile Info":{"ProfileMap":{"userName":"\#(name)"}}}"#
  }

  @Test(arguments: ["Zoë.b", "@Zoë.b"])
  func anOwnerWhoseNameIsNotByTheRules(_ written: String) throws {
    let unit = try Self.read(
      Self.chats([("rex.t", ["rex.t", "Zoë.b"])], more: Self.profile(written) + Self.logins))
    let owner = "tiktok handle Zoë.b"
    #expect(unit.records(.message).map(\.account) == ["tiktok handle rex.t", owner])
    #expect(unit.records(.login).map(\.account) == [owner])
    #expect(
      unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.map { $0.key?.value } == ["Zoë.b"])
  }

  /// Nothing proves a former name; that the owner's words may stand under one must not go unsaid.
  @Test func whoWritesUnderAnotherNameThanTheProfiles() throws {
    let unit = try Self.read(
      Self.chats(
        [("a_fic", ["a_fic", "old_fic"]), ("b_fic", ["old_fic"])], more: Self.profile("zoe_fic")))
    #expect(unit.records(.message).map(\.account).last == "tiktok handle old_fic")
    #expect(unit.notes.contains { $0.contains("\"old_fic\"") && $0.contains("former name") })
    let same = try Self.read(
      Self.chats([("a_fic", ["zoe_fic"]), ("b_fic", ["zoe_fic"])], more: Self.profile("zoe_fic")))
    #expect(!same.notes.contains { $0.contains("former name") })
    // Whom the owner blocked is somebody else.
    let blocked = try Self.read(
      Self.chats(
        [("a_fic", ["old_fic"]), ("b_fic", ["old_fic"])],
        more: Self.profile("zoe_fic") + #","More":{"Block List":{"BlockList":[{"UserName":"Old_Fic"}]}}"#))
    #expect(!blocked.notes.contains { $0.contains("former name") })
  }

  /// The other one of a single chat may have changed its name since: it must not become the owner.
  @Test func nobodyIsTakenForTheOwnerOnLess() throws {
    for chats in [
      [("a_fic", ["a_old", "a_fic"])], [("a_fic", ["me_fic"]), ("b_fic", ["b_old", "b_fic"])],
      [("a_fic", ["a_fic"]), ("b_fic", ["b_fic"])],
    ] {
      let unit = try Self.read(Self.chats(chats, more: Self.logins))
      #expect(unit.records(.login).map(\.account) == ["owner?"])
      #expect(unit.notes.contains { $0.contains("nothing says who in the chats is the owner") })
    }
  }

  /// In groups somebody else may be the only one who writes, and nobody blocks or follows itself.
  @Test func neitherGroupsNorTheBlockedNameTheOwner() throws {
    let groups = try Self.read(
      Self.chats([("Family group", ["rex.t"]), ("Work group", ["rex.t"])], more: Self.logins))
    #expect(groups.records(.login).map(\.account) == ["owner?"])
    #expect(groups.notes.contains { $0.contains("nothing says who in the chats is the owner") })
    for list in [
      #""Block List":{"BlockList":[{"UserName":"Rex.T"}]}"#,
      #""Follower":{"FansList":[{"UserName":"rex.t"}]}"#,
    ] {
      let text = Self.chats(
        [("a_fic", ["rex.t"]), ("b_fic", ["rex.t"])],
        more: Self.logins + ",\"Profile And Settings\":{" + list + "}")
      let unit = try Self.read(text)
      #expect(unit.records(.login).map(\.account) == ["owner?"])
      #expect(!unit.identifiers.contains { $0.assertion == .inferred })
    }
  }

  @Test func listsMayBeNull() throws {
    let unit = try Self.read(
      #"{"Profile And Settings":{"Block List":{"BlockList":null},"Follower":{"FansList":null},"Profile Info":{"ProfileMap":{"userName":"zoe_fic","PlatformInfo":null,"bioDescription":null}}},"Comment":{"Comments":{"CommentsList":null}},"Direct Message":{"Direct Messages":{"ChatHistory":null}}}"#
    )
    #expect(unit.records.map(\.recordClass) == [.profile] && unit.setAside.isEmpty)
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
  }

  @Test func aLayoutThatIsNotKnownIsAFault() throws {
    let other = try Self.read(#"{"Ads and data":{"New Section":{"List":[{"Date":"2026-03-01 08:00:00"}]}}}"#)
    #expect(other.setAside.map(\.reason.code) == ["unknown-layout"] && other.setAside[0].reason.isFault)
    let watched = try Self.read(
      #"{"Ads and data":{"Ad Interests":{}},"Your Activity":{"Watch History":{"VideoList":[{"Date":"2026-03-01 08:00:00"}]}}}"#
    )
    #expect(watched.setAside.map(\.reason.code) == ["other-data"] && !watched.setAside[0].reason.isFault)
    // A list that has moved below where it is looked for is found by the second count.
    let moved = try Self.read(
      #"{"Profile And Settings":{"A":{"B":{"C":{"LoginHistoryList":[{"Date":"2026-03-01 08:00:00","IP":"192.0.2.7"}]}}}}}"#
    )
    #expect(moved.tally("login") == [1, 0, 0])
  }

  @Test func whatIsOfAnotherKindIsSetAside() throws {
    let unit = try Self.read(
      #"{"Profile And Settings":{"Profile Info":{"ProfileMap":["x"]},"Follower":{"FansList":[1,null,"a",["b"],{"UserName":5},{"UserName":{"a":1}}]},"Follower":{"FansList":{"a":1}}},"Your Activity":{"Login History":{"LoginHistoryList":"none"},"Status":{"Status List":[{"GAID":["x"],"Web ID":12}]}},"Direct Message":{"Direct Messages":{"ChatHistory":{"a":{"Messages":"x"},"b":"y","c":[[]]}}}}"#
    )
    #expect(unit.setAside.first { $0.unit == "other entry" }?.count == 5)
    #expect(unit.tally("contact") == [2, 1, 1])
    #expect(unit.records(.contact).map(\.other) == ["tiktok handle 5"])
    #expect(unit.identifiers.contains { $0.label == "web-id" && $0.value == "12" })
  }

  @Test func otherFilesAreNotTaken() throws {
    for text in [
      #"{"ChatHistory":[{"role":"user"}]}"#, #"{"ProfileMap":{}}"#, #"[{"Ads and data":1}]"#,
      #"{"VideoList":[]}"#,
    ] {
      #expect(try ReadOutcome.reading(text, named: "user_data.json").units.isEmpty, "\(text)")
    }
  }

  @Test func locatorsReadBack() throws {
    let bytes = Array(Self.recent.utf8)
    let unit = try Self.read(Self.recent)
    for record in unit.records {
      let offset = try #require(record.locator.split(separator: " ").last.flatMap { Int($0) })
      #expect(bytes[offset] == UInt8(ascii: "{"), "\(record.locator)")
    }
    #expect(unit.records(.message)[2].locator.contains("$.*.*.ChatHistory.Chat History with rex.t:[0]"))
  }

  @Test(arguments: [recent, earlier])
  func truncation(_ text: String) throws {
    try expectPrefixes(of: Array(text.utf8), named: "user_data_tiktok.json")
  }

  @Test func aLongListOfCommentsIsRecognised() throws {
    let comments = (0..<1200).map {
      #"{"date":"2026-01-01 10:00:00","comment":"comment \#($0)","photo":"N/A","url":""}"#
    }
    let text =
      #"{"Comment":{"Comments":{"CommentsList":[\#(comments.joined(separator: ","))]}},"#
      + #""Profile":{"Profile Information":{"ProfileMap":{"userName":"zoe_fictional"}}}}"#
    #expect(comments.joined().utf8.count > MemberHead.limit)
    #expect(try Self.read(text).records(.message).count == 1200)
  }

  @Test(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
  func samples() throws {
    for name in ["tiktok_new.zip", "tiktok_old.zip"] {
      let sample = try SharedMaterial.export("tiktok/shape-2026").appendingPathComponent(name)
      let unit = try #require(try ReadOutcome(reading: sample).units.first)
      #expect(unit.format == "tiktok-json" && unit.reconciliation.allSatisfy { $0.agrees })
      #expect(unit.tally("message") == [26, 26, 0])
      #expect(unit.records(.message).filter { $0.channel.hasPrefix("chat with ") }.count == 22)
      #expect(Set(unit.records(.message).map(\.channel).filter { $0.hasPrefix("chat with ") }).count == 3)
      #expect(unit.tally("login") == [10, 10, 0] && unit.tally("contact") == [3, 3, 0])
      #expect(unit.identifiers.filter { $0.kind == .device }.count == 3)
      #expect(
        unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.map { $0.key?.value } == [
          "zoe_fictional"
        ])
    }
  }
}
