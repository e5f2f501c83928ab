import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct AccountsNDJSONTests {
  static func read(_ text: String, zone: String? = nil) throws -> ReadOutcome.Unit {
    var options = ReaderOptions()
    options.timeZone = zone
    return try #require(try ReadOutcome.reading(text, named: "accounts.ndjson", options: options).units.first)
  }

  static let whole = """
    {"id":"a1","platform":"X","handle":"grey_heron","name":"Ann Example","emails":["ann@example.org",""],"phones":["+44 7700 900123",447700900124],"urls":["https://example.org/a"],"devices":["dev-1"],"ips":[{"ip":"192.0.2.7","port":443,"at":"2026-01-01T10:00:00Z"},{"ip":"2001:db8::7","port":80,"at":"2026-01-01T11:00:00+01:00"},{"ip":"192.0.2.8"}],"posts":[{"at":"2026-01-01T10:00:00+01:00","text":"it is \\"text\\": 🙂","channel":"c1"},{"text":"undated"}]}
    {"id":18446744073709551615,"posts":[{"at":"2026-01-01 10:00","text":"here","channel":"c1"}]}

    """

  @Test func everyFieldArrives() throws {
    let unit = try Self.read(Self.whole)
    #expect(unit.format == "accounts-ndjson")
    #expect(unit.accounts.map { $0.key?.value } == ["grey_heron", "18446744073709551615"])
    #expect(unit.accounts.map { $0.key?.scope } == [.platform, .source])
    #expect(unit.accounts.map { $0.platform } == [.x, Platform("unknown")])
    let first = unit.identifiers.filter { $0.account == "x handle grey_heron" }
    #expect(
      first.map { "\($0.kind.rawValue) \($0.value)" } == [
        "handle grey_heron", "display-name Ann Example", "email ann@example.org",
        "phone +44 7700 900123", "phone 447700900124", "url https://example.org/a", "device dev-1",
        "ip 192.0.2.7:443", "ip [2001:db8::7]:80", "ip 192.0.2.8",
      ])
    let ten = try #require(TimeText.iso8601("2026-01-01T10:00:00Z"))
    #expect(unit.records(.login).map(\.time) == [ten, ten])
    #expect(first.filter { $0.kind == .ip }.map(\.time) == [ten, ten, .none])
    let messages = unit.records(.message)
    #expect(messages.map(\.text) == ["it is \"text\": 🙂", "undated", "here"])
    #expect(messages.map(\.channel) == ["c1", "", "c1"])
    #expect(messages.map(\.time.zone) == [.known, .unknown, .unknown])
    #expect(messages[0].writtenTime == "2026-01-01T10:00:00+01:00" && messages[1].time.isNone)
    #expect(messages[0].locator == "accounts.ndjson $.posts[0] line 1 byte 0")
    #expect(unit.count("profile")?.counts == [2, 2, 0])
    #expect(unit.count("message")?.counts == [3, 3, 0])
    #expect(unit.count("login")?.counts == [3, 2, 1])
    #expect(unit.notes.isEmpty && unit.setAside.allSatisfy { !$0.reason.isFault })
  }

  @Test func aZoneIsAssumedOnlyWhenGiven() throws {
    let unit = try Self.read(Self.whole, zone: "Europe/Paris")
    #expect(unit.records(.message).map(\.time.zone) == [.known, .unknown, .assumed])
    #expect(
      unit.records(.message)[2].time.microseconds == TimeText.iso8601("2026-01-01T09:00Z")?.microseconds)
    let refusal = #expect(throws: ExportRefusal.self) { try Self.read(Self.whole, zone: "Mars/Olympus") }
    #expect(refusal?.code == "unknown-time-zone")
  }

  /// Downloads of Discord hold such a file for each server.
  @Test func aNumberAndANameAloneAreNoAccount() throws {
    let server = #"{"id":"9","name":"Snail keepers"}"#
    #expect(try ReadOutcome.reading(server + "\n", named: "guild.json").units.isEmpty)
    #expect(try Self.read(server + "\n" + server.replacing("9", with: "8")).accounts.count == 2)
    #expect(try Self.read(#"{"id":"9","handle":"rex"}"#).accounts.count == 1)
  }

  /// Lines of everybody without a name were one account.
  @Test func aWordForNoValueIsNobody() throws {
    let unit = try Self.read(
      """
      {"id":"1","platform":"x","handle":"[deleted]","emails":["N/A","ann@example.org"],"phones":["-"],"posts":[{"text":"one"}]}
      {"id":"2","platform":"x","handle":"[deleted]","posts":[{"text":"two"}]}
      {"id":"unknown","platform":"x","posts":[{"text":"three"}],"ips":[{"ip":"192.0.2.7"}]}
      {"id":"NULL","platform":"NULL","handle":"@null"}
      {"id":"5","platform":"x","handle":"none.such"}

      """)
    #expect(unit.accounts.map { $0.key?.value } == ["1", "2", "none.such"])
    #expect(unit.records(.message).map(\.text) == ["one", "two"])
    #expect(
      unit.identifiers.filter { $0.kind == .email || $0.kind == .phone }.map(\.value) == ["ann@example.org"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "handle no-value 2", "email no-value 1", "phone no-value 1", "profile no-value 2",
        "message no-author 1", "login no-author 1", "platform no-value 1",
      ])
    #expect(unit.setAside.allSatisfy { !$0.reason.isFault })
    #expect(unit.count("profile")?.counts == [5, 3, 2])
    #expect(unit.count("message")?.counts == [3, 2, 1])
    #expect(unit.count("login")?.counts == [1, 0, 1])
  }

  @Test func oneBadPartSetsAsideThatPart() throws {
    let unit = try Self.read(
      """
      {"id":"a","platform":"x","handle":{"x":1},"emails":"lone@example.org","phones":[null,true],"ips":[{"ip":"192.0.2.1","port":99999,"at":"2026-01-01T10:00:00Z"},{"ip":"192.0.2.2","at":"yesterday"},{"port":1},7],"posts":[{"at":"2026-02-30T10:00:00Z","text":"bad day"},{"at":1,"text":"bad"},{"text":5},{"text":""},{"at":"2026-01-01T10:00:00Z"},{"text":"good","channel":3}],"extra":1}
      {"id":"b","platform":"x","extra":{"posts":[]},"other":2}
      """)
    #expect(unit.records(.message).map(\.text) == ["good"])
    #expect(unit.records(.login).map(\.text) == ["192.0.2.1"])
    #expect(unit.identifiers.filter { $0.kind == .ip }.map(\.value) == ["192.0.2.1", "192.0.2.2"])
    #expect(unit.count("profile")?.counts == [2, 2, 0])
    #expect(unit.count("message")?.counts == [5, 1, 4])
    #expect(unit.count("login")?.counts == [2, 1, 1])
    let found = Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" })
    #expect(
      found == [
        "handle malformed 1", "email malformed 1", "phone malformed 1", "port malformed 1",
        "login bad-time 1",
        "ips malformed 2", "message bad-time 2", "message malformed 1", "message empty 1", "post empty 1",
        "channel malformed 1",
      ])
    #expect(unit.notes == ["Keys that mean nothing here were passed over: extra, other."])
  }

  @Test func oneBadLineSetsAsideThatLine() throws {
    let deep = String(repeating: "[", count: 100_000)
    let unit = try Self.read(
      """
      {"id":"a","handle":"h"}
      {"id":"b","handle":}
      not json
      [1]

      {"platform":"x","handle":"h"}
      {"id":"c","id":"d","handle":"h"}
      {"id":"e","posts":\(deep)}
      {"id":"f","x":1e999}
      {"id":"g","handle":"\\ud83d","handle":"two"}
      {"id":"a"}

      """)
    #expect(unit.accounts.map { $0.key?.value } == ["a", "f", "g"])
    #expect(unit.identifiers.filter { $0.kind == .handle }.map(\.value) == ["h", "\u{FFFD}", "two"])
    #expect(unit.count("profile")?.counts == [10, 4, 6])
    #expect(unit.setAside.first { $0.reason.code == "malformed" }?.examples.first?.locator?.line == 2)
    #expect(unit.notes.contains("1 lines name the account of an earlier line."))
    #expect(unit.notes.contains { $0.contains("surrogates") })
  }

  @Test func truncationAtEveryByteGivesABeginning() throws {
    try Truncation.check(Array(Self.whole.utf8), named: "a.ndjson", mayCutText: false)
    let cut = try Self.read(String(Self.whole.dropLast(20)))
    #expect(cut.setAside.contains { $0.reason == .truncated && $0.count == 1 })
    #expect(cut.count("profile")?.agrees == true)
  }

  @Test func locatorsReadTheLineAgain() throws {
    let bytes = Array(("\u{FEFF}" + Self.whole).utf8)
    for (_, locator, _) in try RawRead(bytes, named: "a.ndjson").locators {
      let line = bytes[Int(locator.offset)..<Int(locator.offset) + Int(locator.length)]
      #expect(line.first == UInt8(ascii: "{") && line.last == UInt8(ascii: "}"))
    }
  }

  @Test func linesWithManyFurtherKeysAreRecognised() throws {
    let more = ["followers", "created", "verified", "country", "likes"].map { #""\#($0)":1"# }
    let unit = try Self.read(
      #"{"id":"a","platform":"x","handle":"rex",\#(more.joined(separator: ","))}"# + "\n")
    #expect(unit.accounts.map(\.key?.value) == ["rex"])
    #expect(
      unit.notes == [
        "Keys that mean nothing here were passed over: followers, created, verified, country, likes."
      ])
  }

  @Test func otherLinesOfJSONAreNotRecognised() throws {
    for text in [
      #"{"id":"u1","schema":"UserAccount","properties":{"username":["a"]}}"#,
      #"{"id":"abc","author":"kit","body":"hello","subreddit":"x","created_utc":1}"#,
      #"{"name":"Chat","type":"personal_chat","id":1,"messages":[]}"#, #"{"a":1}"#,
    ] {
      #expect(
        try !ReadOutcome.reading(text + "\n", named: "a.ndjson").units.contains {
          $0.format == "accounts-ndjson"
        })
    }
  }

  @Test func aLongFirstLineIsRecognised() throws {
    let text = String(repeating: "x", count: 200_000)
    let unit = try Self.read(#"{"id":"a","handle":"h","posts":[{"text":"\#(text)"}]}"# + "\n")
    #expect(unit.records(.message).first?.text.utf8.count == 200_000)
  }
}
