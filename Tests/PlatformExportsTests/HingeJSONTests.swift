import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct HingeJSONTests {
  static let user = #"""
    {"preferences":{"distance_miles_max":50,"age_min":25,"ethnicity_dealbreaker":false},
     "identity":{"email":"rex@example.org","fbid":"100000000000007","instagram_authorized":true,
      "phone_number":"+447700900123","phone_country_calling_code":"44","phone_carrier":"Fictional Mobile"},
     "account":{"signup_time":"2023-01-02 03:04:05.678","last_pause_time":"","last_seen":"2026-04-01 08:00:00",
      "device_platform":"ios","device_os":"17.4","device_model":"unknown","app_version":"9.40.0",
      "push_notifications_enabled":true,"shoe_size":"44"},
     "installs":[
      {"ip_address":"192.0.2.7","idfa":"00000000-0000-0000-0000-000000000000",
       "idfv":"11111111-2222-4333-8444-555555555555","network_name":"Organic","install_time":"2023-01-02 03:00:00",
       "user_agent":"Hinge/9.1 (iPhone)","adid":"0123456789abcdef0123456789abcdef"},
      {"ip_address":"2001:db8::7","adid":"38400000-8cf0-11bd-b23e-10b96e40000d","install_time":"soon"}],
     "devices":[{"ip_address":"198.51.100.9","device_id":"d-1","device_model":"iPhone12,1","device_platform":"ios",
      "device_os_versions":"17.4","app_version":"9.40.0","install_time":"2024-05-06T07:08:09Z"}],
     "location":{"ip_address":"203.0.113.5","city":"Leeds","region":"England","country":"GB","lat":53.8,"lon":-1.5},
     "profile":{"first_name":"Rex","last_name":"Tallow","age":34,"religions":"[\"Other\"]","job_title":"Baker",
      "workplaces":"[]","workplaces_displayed":true,"gender":"Man","hair":"red"},
     "novelty":{"a":1}}
    """#
  static let matches = #"""
    [{"like":[{"timestamp":"2026-03-01 10:00:00","like":[{"timestamp":"2026-03-01 10:00:00","comment":"Nice dog"}]}],
      "match":[{"timestamp":"2026-03-01 11:00:00"}],
      "chats":[{"body":"Hi, how is Leeds?","timestamp":"2026-03-01 11:05:00"},{"body":"","timestamp":"2026-03-01 11:06:00"},
       {"body":"when","timestamp":"soon"}],
      "we_met":[{"did_meet_subject":"Yes","timestamp":"2026-03-09 10:00:00","was_my_type":true}],
      "voice_notes":[{"url":"https://media.example.org/v","timestamp":"2026-03-01 12:00:00"}],
      "block":[{"block_type":"remove","timestamp":"2026-03-10 10:00:00"}]},
     {"like":[{"timestamp":"2026-03-02 10:00:00","type":"like"}]},
     {"chats":[{"body":"I know where you work 😀","timestamp":"2026-03-03T10:00:00Z"}],"gifts":[{"a":1}]}]
    """#
  static let prompts = #"""
    [{"id":1,"prompt":"I am looking for","type":"text","text":"A walk","user_updated":"2026-02-01 10:00:00",
      "created":"2026-01-01 10:00:00"},
     {"id":2,"prompt":"Two truths","type":"prompt_poll","options":["I bake","I run"],
      "user_updated":"2026-02-02 10:00:00","created":"2026-02-02 10:00:00"},
     {"id":3,"prompt":"Listen","type":"audio","user_updated":"2026-02-03 10:00:00","created":"2026-02-03 10:00:00"}]
    """#
  static let media =
    #"[{"url":"https://media.example.org/1.jpg","type":"photo","prompt":null,"from_social_media":false}]"#
  static let files: [(String, String)] = [
    ("matches.json", matches), ("media.json", media), ("prompts.json", prompts), ("user.json", user),
  ]
  private static let owner = "hinge phone +447700900123"

  static func read(_ files: [(String, String)], options: ReaderOptions = ReaderOptions()) throws
    -> ReadOutcome
  {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: "export/" + path) }
    return try ReadOutcome(reading: folder.url, options: options)
  }

  @Test func wholeDownload() throws {
    let outcome = try Self.read(
      Self.files + [("selfie_verification.json", "[]"), ("subscriptions.json", "[{\"price\":1}]")])
    #expect(outcome.units.map(\.format) == ["hinge-json"] && outcome.units.map(\.root) == ["export"])
    #expect(outcome.unrecognised.count == 2 && outcome.unread.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.tally("message") == [8, 5, 3])
    #expect(unit.tally("profile") == [4, 4, 0] && unit.tally("session") == [3, 3, 0])
    #expect(unit.tally("like") == [1, 0, 1] && unit.tally("match") == [1, 0, 1])
    #expect(unit.tally("block") == [1, 0, 1] && unit.tally("attachment") == [2, 0, 2])
    #expect(
      unit.records(.message).map { "\($0.channel) \($0.account): \($0.text)" } == [
        "match 1 \(Self.owner): Nice dog", "match 1 \(Self.owner): Hi, how is Leeds?",
        "match 3 \(Self.owner): I know where you work 😀", "prompts \(Self.owner): A walk",
        "prompts \(Self.owner): I bake\nI run",
      ])
    // Nobody but the owner comes of matches: the other account is Facebook's number for the owner.
    #expect(
      unit.accounts.filter { $0.sameAs == nil }.compactMap(\.key?.value) == [
        "+447700900123", "100000000000007",
      ])
    #expect(unit.records(.declaredLink).map(\.other) == ["facebook platform-id 100000000000007"])
    #expect(unit.accounts.first { $0.platform == .facebook }?.key?.scope == .source)
    #expect(
      unit.records(.session).map(\.text) == ["Organic", "", "ios; iPhone12,1; 17.4; 9.40.0"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "message empty 2", "message bad-time 1", "like names-nobody 1", "match names-nobody 1",
        "block names-nobody 1", "answer names-nobody 1", "attachment media 2",
        "profile field unknown-label 2",
        "install time bad-time 1",
      ])
  }

  @Test func identifiersOfTheOwner() throws {
    let unit = try #require(try Self.read(Self.files).units.first)
    let own = unit.identifiers.filter { $0.account == Self.owner }
    #expect(
      own.map { "\($0.kind.rawValue) \($0.label) \($0.value) \($0.assertion)" } == [
        "email  rex@example.org user", "phone  +447700900123 platform",
        "device idfv 11111111-2222-4333-8444-555555555555 platform",
        "device adid 0123456789abcdef0123456789abcdef platform", "ip  192.0.2.7 platform",
        "user-agent  Hinge/9.1 (iPhone) platform",
        "device gaid 38400000-8cf0-11bd-b23e-10b96e40000d platform", "ip  2001:db8::7 platform",
        "device device-id d-1 platform", "ip  198.51.100.9 platform",
        "ip location 203.0.113.5 platform", "display-name  Rex user", "person-name  Rex Tallow user",
      ])
    let first = try #require(own.first { $0.value == "192.0.2.7" })
    #expect(
      first.time == ObservedTime(microseconds: 1_672_628_400_000_000, zone: .unknown, precision: .second))
    // A time that cannot be read costs the time, not the address.
    #expect(own.first { $0.value == "2001:db8::7" }?.time.isNone == true)
    #expect(own.first { $0.value == "198.51.100.9" }?.time.zone == .known)
  }

  /// What is nobody's business is not held.
  @Test func beliefAndOriginAreNotHeld() throws {
    let unit = try #require(try Self.read(Self.files).units.first)
    let words = unit.records(.profile).map(\.text)
    #expect(
      words == [
        "identity; Instagram connected; phone_country_calling_code: 44; phone_carrier: Fictional Mobile",
        "created; last_seen: 2026-04-01 08:00:00; device_platform: ios; device_os: 17.4; app_version: 9.40.0",
        "location; Leeds; England; GB", "profile; age: 34; job_title: Baker",
      ])
    #expect(!"\(unit)".contains("Other"))
    #expect(
      unit.setAside.first { $0.unit == "profile field" }?.examples.map(\.detail) == ["shoe_size", "hair"])
    #expect(unit.notes.contains { $0.hasSuffix("were not looked at: novelty") })
    #expect(unit.notes.contains { $0.hasSuffix("were not looked at: gifts") })
  }

  @Test func aZoneIsTakenWhereItIsGiven() throws {
    let plain = try #require(try Self.read(Self.files).units.first)
    #expect(plain.notes.contains { $0.contains("no zone") })
    var options = ReaderOptions()
    options.timeZone = "Europe/London"
    let unit = try #require(try Self.read(Self.files, options: options).units.first)
    #expect(unit.records(.message).map(\.time.zone) == [.assumed, .assumed, .known, .assumed, .assumed])
    #expect(!unit.notes.contains { $0.contains("no zone") })
  }

  /// A number without its country is somebody's in every country.
  @Test(arguments: [
    (
      #"{"identity":{"phone_number":"07700900123","instagram_authorized":false},"account":{"signup_time":""}}"#,
      1
    ),
    (
      #"{"identity":{"phone_number":"+44******123","instagram_authorized":false},"account":{"signup_time":""}}"#,
      0
    ),
  ])
  func onlyAWholeNumberNamesTheOwner(_ text: String, _ phones: Int) throws {
    let unit = try #require(try Self.read([("user.json", text)]).units.first)
    #expect(unit.accounts.map(\.key?.value) == [nil])
    #expect(unit.identifiers.count { $0.kind == .phone } == phones)
    #expect(unit.notes.contains { $0.contains("whose download this is") })
  }

  /// The same digits are other people's numbers in other countries.
  @Test(arguments: [
    (#""2025550123","phone_country_calling_code":"1","phone_country_code":"US""#, "+12025550123"),
    (#""(202) 555-0123","phone_country_calling_code":"+1""#, "+12025550123"),
    (#""07700900123","phone_country_calling_code":44"#, "+4407700900123"),
    (#""447700900123","phone_country_calling_code":"44""#, ""),
    (#""7700900123","phone_country_code":"GB""#, ""),
    (#""7700900123","phone_country_calling_code":"Britain""#, ""),
  ])
  func aNumberIsOfTheCountryBesideIt(_ fields: String, _ number: String) throws {
    let text =
      #"{"identity":{"phone_number":\#(fields),"instagram_authorized":false},"account":{"signup_time":""}}"#
    let unit = try #require(try Self.read([("user.json", text)]).units.first)
    #expect(unit.identifiers.filter { $0.kind == .phone }.map(\.value) == [number].filter { !$0.isEmpty })
    #expect(unit.accounts.map(\.key?.value) == [nil])
    #expect(unit.records(.profile).first?.text.contains("phone_number: ") == number.isEmpty)
  }

  @Test func downloadsOfTwoAreRefused() throws {
    let other = Self.user.replacing("+447700900123", with: "+447700900124")
    let error = #expect(throws: ExportRefusal.self) {
      try Self.read([("User.json", other), ("user.json", Self.user)])
    }
    #expect(error?.code == "two-owners")
  }

  /// Nothing says whose a second list of matches is.
  @Test func filesOfOtherNamesStandAlone() throws {
    let outcome = try Self.read([("matches (1).json", Self.matches), ("user.json", Self.user)])
    #expect(outcome.units.map(\.root) == ["export/matches (1).json", "export"])
    #expect(Set(outcome.units[0].records.map(\.account)) == ["owner?"])
  }

  /// Older downloads give each entry its sort.
  @Test func olderMatches() throws {
    let text = #"""
      [{"block":[{"block_type":"remove","timestamp":"2020-01-01T00:00:00","type":"block"}],
        "chats":[{"body":"Hey!","timestamp":"2020-01-01T00:00:00","type":"chats"}],
        "like":[{"timestamp":"2020-01-01T00:00:00","comment":"Hey","type":"like","content":"[]"}]}]
      """#
    let unit = try #require(try Self.read([("matches.json", text)]).units.first)
    #expect(unit.records(.message).map(\.text) == ["Hey!", "Hey"])
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
  }

  /// What is not the owner's is nobody's, and a fault.
  @Test(arguments: [
    #""from":"match""#, #""from":{"id":5}"#, #""username":"zoe.fic""#, #""sent_by":7"#, #""direction":"in""#,
    #""is_from_me":false"#, #""to":"you""#,
  ])
  func aMessageOfSomebodyElseIsNotTheOwners(_ side: String) throws {
    let text = #"[{"chats":[{"body":"Hey!",\#(side),"timestamp":"2020-01-01T00:00:00"}]}]"#
    let unit = try #require(try Self.read([("matches.json", text)]).units.first)
    #expect(unit.records.isEmpty && unit.setAside.map(\.reason.code) == ["unknown-sender"])
    #expect(unit.setAside.allSatisfy { $0.reason.isFault })
  }

  @Test func aLikeOfSomebodyElseIsNotTheOwners() throws {
    let like = #"{"comment":"Hey!","sender":"match","timestamp":"2020-01-01T00:00:00"}"#
    let text = #"[{"like":[{"timestamp":"2020-01-01T00:00:00","like":[\#(like)]}]}]"#
    let unit = try #require(try Self.read([("matches.json", text)]).units.first)
    #expect(unit.records.isEmpty && unit.setAside.map(\.reason.code) == ["unknown-sender"])
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
  }

  /// Words that stand twice are said once, in their order, however many there are.
  @Test func aLikeOfManyWords() throws {
    let words = (0..<50_000).map { "w\($0)" }
    let likes = (words + words).map { #"{"comment":"\#($0)"}"# }.joined(separator: ",")
    let text = #"[{"like":[{"timestamp":"2020-01-01T00:00:00","comment":"w0","like":[\#(likes)]}]}]"#
    let unit = try #require(try Self.read([("matches.json", text)]).units.first)
    #expect(unit.records(.message).map(\.text) == [words.joined(separator: "\n")])
  }

  @Test func otherFilesAreNotHinges() throws {
    let outcome = try Self.read([
      ("chats.json", #"[{"chats":[{"body":"a","timestamp":"2020-01-01","who":"zoe.fic"}]}]"#),
      ("chain.json", #"[{"block_type":"open","timestamp":"2020-01-01"}]"#),
      ("a.json", #"[{"timestamp":"2020-01-01","like":1,"match":2}]"#),
      ("user.json", #"{"signup_time":"2020-01-01 00:00:00","installs":[]}"#),
      ("media.json", #"[{"url":"https://example.org"}]"#),
    ])
    #expect(outcome.units.isEmpty)
  }

  @Test(arguments: files) func everyBeginning(_ name: String, _ text: String) throws {
    if name == "media.json" { return }
    try expectPrefixes(of: Array(text.utf8), named: name)
  }

  @Test func hostileShapes() throws {
    for text in [
      #"[{"chats":{"body":1},"block_type":3,"timestamp":[]}]"#,
      #"[{"chats":["x",1,null],"block":[{"block_type":1}],"timestamp":1}]"#,
      #"{"identity":[1],"account":"x","installs":[[1]],"signup_time":1,"last_pause_time":2}"#,
      #"[{"like":[{"like":{"comment":"x"},"timestamp":"2020-01-01"}],"block_type":1}]"#,
    ] {
      let outcome = try Self.read([("matches.json", text)])
      #expect(outcome.units.count == 1, "\(text)")
      #expect(outcome.units.allSatisfy { $0.records(.message).isEmpty })
    }
  }
}
