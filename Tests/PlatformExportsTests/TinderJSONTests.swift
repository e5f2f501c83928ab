import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct TinderJSONTests {
  static let data = #"""
    {"Usage":{"app_opens":{"2021-11-01":3},"swipes_likes":{"2021-11-01":4},"swipes_passes":{},
      "advertising_id":{"2021-11-01":"","2021-11-02":"38400000-8cf0-11bd-b23e-10b96e40000d",
       "2021-11-04":"38400000-8cf0-11bd-b23e-10b96e40000d"},
      "idfa":{"2021-11-01":"00000000-0000-0000-0000-000000000000","2021-11-03":"11111111-2222-4333-8444-555555555555"}},
     "Photos":["a.jpg",{"id":"1","filename":"b.jpg"}],
     "Spotify":{"spotify_connected":true,"spotify_username":"rexspins"},
     "Messages":[
      {"match_id":"Match 2","messages":[
       {"to":1,"from":"You","message":"Don&rsquo;t you like  Leeds?\n\n  &lt;3","sent_date":"Tue, 30 Nov 2021 05:08:21 GMT"},
       {"to":1,"from":"You","message":"https://media.example.org/x.gif","type":"gif","sent_date":"Tue, 30 Nov 2021 05:09:00 GMT"},
       {"to":1,"from":"You","message":"","sent_date":"Tue, 30 Nov 2021 05:10:00 GMT"},
       {"to":1,"from":"You","message":"when","sent_date":"soon"},
       {"to":1,"from":"them","message":"no","sent_date":"Tue, 30 Nov 2021 05:11:00 GMT"}]},
      {"messages":[{"to":0,"from":"You","message":"Hello there","type":1,"sent_date":"2021-12-01T10:00:00.000Z"}],
       "match_id":"Match 1"},
      {"match_id":"Match 0","messages":[]}],
     "User":{"active_time":"2021-12-02T10:00:00.000Z","age_filter_max":40,"age_filter_min":30,"bio":"I bake.",
      "birth_date":"1990-04-03T00:00:00.000Z","create_date":"2019-01-02T03:04:05.678Z","email":"rex@example.org",
      "full_name":"Rex Tallow","gender":"M","name":"Rex","username":"rex.t","phone_id":"447700900123",
      "ip_address":"192.0.2.7","pos":{"lat":53.8,"lon":-1.5},"city":{"name":"Leeds","region":"England"},
      "jobs":[{"company":{"displayed":true,"name":"Tallow Bakery"},"title":{"displayed":true,"name":"Baker"}}],
      "client_registration_info":{"platform":"ios","app_version":3320},
      "instagram":{"username":"rex_bakes","media_count":3},"novelty":{"a":1},"sexual_orientations":["Secret"]}}
    """#
  private static let owner = "tinder handle rex.t"

  static func read(_ text: String, options: ReaderOptions = ReaderOptions()) throws -> ReadOutcome {
    try ReadOutcome.reading(text, named: "data.json", options: options)
  }

  @Test func wholeDownload() throws {
    let outcome = try Self.read(Self.data)
    #expect(outcome.units.map(\.format) == ["tinder-json"])
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.tally("message") == [6, 2, 4] && unit.tally("profile") == [1, 1, 0])
    #expect(
      unit.records(.message).map { "\($0.channel) \($0.account) \($0.other): \($0.text)" } == [
        "Match 2 \(Self.owner) : Don’t you like  Leeds?\n\n  <3", "Match 1 \(Self.owner) : Hello there",
      ])
    #expect(
      unit.records(.message).map(\.time) == [
        ObservedTime(microseconds: 1_638_248_901_000_000, zone: .known, precision: .second),
        ObservedTime(microseconds: 1_638_352_800_000_000, zone: .known, precision: .millisecond),
      ])
    #expect(
      unit.records(.declaredLink).map { "\($0.account) \($0.other) \($0.assertion.map { "\($0)" } ?? "")" }
        == [
          "\(Self.owner) spotify platform-id rexspins platform",
          "\(Self.owner) instagram handle rex_bakes platform",
        ])
    #expect(
      unit.records(.session).map { "\($0.writtenTime) \($0.text)" } == [
        "2021-11-02 advertising-id; until 2021-11-04", "2021-11-03 idfa",
      ])
    #expect(
      unit.records(.profile).map(\.text) == [
        "I bake.; created; active_time: 2021-12-02T10:00:00.000Z; phone_id: 447700900123; Leeds; England; "
          + "Tallow Bakery; Baker; ios; 3320"
      ])
    #expect(!"\(unit)".contains("Secret") && !"\(unit)".contains("53.8"))
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "attachment media 2", "message media 1", "message empty 1", "message bad-time 1",
        "message unknown-sender 1", "profile field unknown-label 1",
      ])
    #expect(unit.notes.isEmpty)
  }

  @Test func identifiersOfTheOwner() throws {
    let unit = try #require(try Self.read(Self.data).units.first)
    #expect(
      unit.identifiers.filter { $0.account == Self.owner }
        .map { "\($0.kind.rawValue) \($0.label) \($0.value) \($0.assertion)" } == [
          "device advertising-id 38400000-8cf0-11bd-b23e-10b96e40000d platform",
          "device idfa 11111111-2222-4333-8444-555555555555 platform", "handle  rex.t platform",
          "date-of-birth  1990-04-03T00:00:00.000Z user", "email  rex@example.org user",
          "display-name  Rex Tallow user", "display-name  Rex user", "ip  192.0.2.7 platform",
        ])
    #expect(unit.accounts.filter { $0.sameAs == nil && $0.role == .owner }.count == 1)
  }

  /// The widest key that a file has names the owner.
  @Test(arguments: [
    (#""_id":"5C2F00000000000000000001","username":"rex.t""#, "tinder platform-id 5c2f00000000000000000001"),
    (#""phone_id":"+447700900123""#, "tinder phone +447700900123"),
    (#""phone_id":"7700900123""#, "owner?"),
  ])
  func theOwnersKey(_ fields: String, _ key: String) throws {
    let text =
      "{\"User\":{\(fields),\"age_filter_min\":20,\"gender_filter\":\"F\",\"email\":\"r@example.org\"}}"
    let unit = try #require(try Self.read(text).units.first)
    #expect(unit.records(.profile).map(\.account) == [key])
    #expect(unit.notes.isEmpty == (key != "owner?"))
  }

  /// Where ids of Tinder's stand beside a message both sides are known by them.
  @Test func idsNameBothSides() throws {
    let (own, other) = ("5c2f00000000000000000001", "5c2f00000000000000000002")
    let text = """
      {"Messages":[{"match_id":"m","messages":[
        {"from":"\(own)","to":"\(other)","message":"one","sent_date":"2021-12-01T10:00:00.000Z"},
        {"from":"\(other)","to":"\(own)","message":"two","sent_date":"2021-12-01T10:01:00.000Z"}]}],
       "User":{"_id":"\(own)","age_filter_min":20,"gender_filter":"F"}}
      """
    let unit = try #require(try Self.read(text).units.first)
    #expect(
      unit.records(.message).map { "\($0.account) \($0.other)" } == [
        "tinder platform-id \(own) tinder platform-id \(other)",
        "tinder platform-id \(other) tinder platform-id \(own)",
      ])
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.compactMap(\.key?.value) == [own])
  }

  /// What is in another shape, or under a name that is not known, is said.
  @Test func nothingIsPassedOverInSilence() throws {
    let text = #"""
      {"Usage":{"app_opens":{},"advertising_id":"38400000-8cf0-11bd-b23e-10b96e40000d","idfa":{"2021-11-01":["x"]}},
       "SwipeNotes":[{"note":"Hi"}],"Purchases":{},
       "User":{"_id":"123","username":"Rex Tallow!","instagram":"rex_bakes","spotify":""}}
      """#
    let unit = try #require(try Self.read(text).units.first)
    #expect(unit.notes.contains { $0.hasSuffix("were not looked at: SwipeNotes, Purchases") })
    #expect(
      unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.examples.map(\.detail))" } == [
        #"profile field unknown-label ["advertising-id", "idfa 2021-11-01", "instagram"]"#
      ])
    #expect(unit.records(.profile).map(\.text) == ["account; _id: 123; username: Rex Tallow!"])
  }

  @Test func aFileOfTwoAccountsIsRefused() throws {
    let error = #expect(throws: ExportRefusal.self) {
      try Self.read(
        #"{"Usage":{"app_opens":{}},"User":{"username":"rex.t"},"User":{"username":"una.fic","email":"una@example.org"}}"#
      )
    }
    #expect(error?.code == "two-owners")
  }

  /// What is to the owner, or to nobody, is not the owner's word.
  @Test(arguments: [
    (#""to":1"#, 1), (#""from":null,"to":"12""#, 1), (#""to":"You""#, 0), (#""from":"","to":"You""#, 0),
    (#""to":"5c2f00000000000000000001""#, 0), (#""to":null"#, 0),
  ])
  func aMessageWithoutASender(_ sides: String, _ count: Int) throws {
    let text =
      #"{"Messages":[{"match_id":"m","messages":[{\#(sides),"message":"Hi","sent_date":"Tue, 30 Nov 2021 05:08:21 GMT"}]}]}"#
    let unit = try #require(try Self.read(text).units.first)
    #expect(unit.records(.message).count == count)
    #expect(unit.setAside.map(\.reason.code) == (count == 0 ? ["unknown-sender"] : []))
  }

  @Test func whatHoldsNothingIsNoFault() throws {
    let unit = try #require(try Self.read(#"{"Usage":{"app_opens":{"2021-11-01":3}}}"#).units.first)
    #expect(unit.setAside.map { "\($0.reason.code) \($0.reason.isFault)" } == ["other-data false"])
    #expect(try Self.read(#"{"Usage":{"tokens":3},"User":{"name":"x"}}"#).units.isEmpty)
  }

  /// Each file is a download of its own: two people's may lie in one folder.
  @Test func filesStandAlone() throws {
    let folder = try ScratchFolder()
    _ = try folder.write(Self.data, to: "rex.json")
    _ = try folder.write(Self.data.replacing("rex.t", with: "una.fic"), to: "una.json")
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(
      outcome.units.map { Set($0.records(.message).map(\.account)) } == [
        [Self.owner], ["tinder handle una.fic"],
      ])
  }

  @Test func everyBeginning() throws {
    var options = ReaderOptions()
    options.format = "tinder-json"
    // A match is called by its place until its own name has been read, so that the name stands first here.
    let late = "{\"messages\":[{\"to\":0"
    let named = Self.data.replacing(late, with: "{\"match_id\":\"Match 1\",\"messages\":[{\"to\":0")
      .replacing("],\n   \"match_id\":\"Match 1\"}", with: "]}")
    #expect(
      named.count { $0 == "{" } == Self.data.count { $0 == "{" } && !named.contains("],\n   \"match_id\""))
    try expectPrefixes(of: Array(named.utf8), named: "data.json", options: options)
  }

  @Test func hostileShapes() throws {
    for text in [
      #"{"Usage":{"app_opens":1,"idfa":[1],"advertising_id":"x"},"Messages":[{"match_id":{},"messages":[1,null,[]]}],"User":[]}"#,
      #"{"Usage":{"app_opens":1},"User":{"instagram":{"username":"no name"},"jobs":[[[[[["x"]]]]]],"birth_date":{}}}"#,
      #"{"Usage":{"app_opens":1},"Messages":{"messages":[{"from":"You"}]},"Spotify":[],"Photos":{}}"#,
    ] {
      let unit = try #require(try Self.read(text).units.first)
      #expect(unit.records(.message).isEmpty)
    }
  }
}
