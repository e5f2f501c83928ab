import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct RedditDumpTests {
  /// Comments as dumps of three times give them: with ids; of before 2012, without ids and with the time as text; of 2023,
  /// with keys in order and what was found when they were looked at again.
  static let comments: [String] = [
    #"{"author":"Rex_Marlow","author_fullname":"t2_abc1","body":"&gt; quoted\n\nI &amp; she, &lt;b&gt; &amp;lt;","created_utc":1534896000,"edited":false,"id":"e1","link_id":"t3_9a","parent_id":"t3_9a","permalink":"/r/leeds/comments/9a/x/e1/","retrieved_on":1539000000,"score":2,"subreddit":"leeds","subreddit_id":"t5_1"}"#,
    #"{"ups":3,"subreddit":"snails","author":"rex_marlow","edited":true,"created_utc":"1234567890","link_id":"t3_7x","body":"an old one","id":"c07","parent_id":"t1_c06","subreddit_id":"t5_2","retrieved_on":1425820157}"#,
    #"{"_meta":{"is_edited":true,"removal_type":"deleted","retrieved_2nd_on":1701000000,"was_deleted_later":true},"author":"una","body":"gone later","created_utc":1700000000.0,"edited":1700000100,"id":"k1","link_id":"t3_9b","name":"t1_k1","parent_id":"t1_k0","subreddit":"leeds","subreddit_id":"t5_1"}"#,
    #"{"author":"[deleted]","body":"whose?","created_utc":1700000001,"id":"k2","link_id":"t3_9b","parent_id":"t1_k0","subreddit":"leeds","subreddit_id":"t5_1"}"#,
    #"{"author":"AutoModerator","author_fullname":"t2_6l4z3","body":"I am a bot","created_utc":1700000002,"id":"k3","link_id":"t3_9b","parent_id":"t3_9b","subreddit":"leeds","subreddit_id":"t5_1"}"#,
    #"{"author":"una","body":"[removed]","created_utc":1700000003,"id":"k4","link_id":"t3_9b","parent_id":"t3_9b","subreddit":"leeds","subreddit_id":"t5_1"}"#,
    #"{"author":"una","body":"when","created_utc":"soon","id":"k5","link_id":"t3_9b","parent_id":"t3_9b","subreddit":"leeds","subreddit_id":"t5_1"}"#,
    #"{"author":"UNA","author_fullname":"t2_def2","body":"now with an id","created_utc":1700000004,"id":"k6","link_id":"t3_9b","parent_id":"t3_9b","subreddit":"leeds","subreddit_id":"t5_1"}"#,
    #"{"author":"UNA","author_fullname":"t2_def2","body":"now with an id","created_utc":1700000004,"id":"k6","link_id":"t3_9b","parent_id":"t3_9b","subreddit":"leeds","subreddit_id":"t5_1"}"#,
    #"{"author":"una","body":"without one again","created_utc":1700000005,"id":"k7","link_id":"t3_9b","parent_id":"t3_9b","subreddit":"leeds","subreddit_id":"t5_1"}"#,
    #"{"author":"[deleted]","author_fullname":"t2_def2","body":"known by its id","created_utc":1700000006,"id":"k8","link_id":"t3_9b","parent_id":"t3_9b","subreddit":"leeds","subreddit_id":"t5_1"}"#,
  ]
  static let submissions: [String] = [
    #"{"author":"una","author_fullname":"t2_def2","created_utc":1700000000,"id":"k1","is_self":true,"permalink":"/r/leeds/comments/k1/a/","selftext":"The canal","subreddit":"leeds","subreddit_id":"t5_1","title":"A walk &amp; more","url":"https://example.org/self"}"#,
    #"{"author":"sam-7","created_utc":1700000001,"id":"k2","is_self":false,"selftext":"","subreddit":"leeds","subreddit_id":"t5_1","title":"Look","url":"https://example.org/p?a=1&amp;b=2","crosspost_parent_list":[{"author":"zed","title":"x","subreddit":"y","created_utc":1,"id":"z"}]}"#,
    #"{"author":"sam-7","created_utc":1700000002,"id":"k3","is_self":false,"selftext":"[removed]","subreddit":"leeds","subreddit_id":"t5_1","title":"A picture","url":"https://i.redd.it/a.png"}"#,
    #"{"author":"sam-7","created_utc":1700000003,"id":"k4","selftext":"[deleted]","subreddit":"leeds","subreddit_id":"t5_1","title":"[ Removed by Reddit ]","url":"https://www.reddit.com/r/leeds/comments/k4/"}"#,
  ]
  static let rex: String = "reddit platform-id t2_abc1"
  static let una: String = "reddit platform-id t2_def2"

  static func lines(_ entries: [String]) -> String { entries.map { $0 + "\n" }.joined() }

  static func unit(_ text: String, named name: String = "RC_2023-11") throws -> ReadOutcome.Unit {
    let outcome = try ReadOutcome.reading(text, named: name)
    let unit = try #require(outcome.units.first)
    #expect(outcome.units.count == 1 && unit.format == "reddit-dump")
    return unit
  }

  static func said(_ unit: ReadOutcome.Unit) -> [String] {
    unit.records(.message).map { "\($0.channel) \($0.account): \($0.text)" }
  }

  static func aside(_ unit: ReadOutcome.Unit) -> Set<String> {
    Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count) \($0.reason.isFault)" })
  }

  static let saidInComments: [String] = [
    "r/leeds (group) \(rex): > quoted\n\nI & she, <b> &lt;", "r/snails (group) \(rex): an old one",
    "r/leeds (group) \(una): gone later", "r/leeds (group) \(una): now with an id",
    "r/leeds (group) \(una): without one again", "r/leeds (group) \(una): known by its id",
  ]

  @Test func comments() throws {
    let unit = try Self.unit(Self.lines(Self.comments))
    #expect(Self.said(unit) == Self.saidInComments)
    #expect(unit.counts("message") == [11, 6, 5])
    #expect(
      Self.aside(unit) == [
        "message no-author 1 false", "message automoderator 1 false", "message removed 1 false",
        "message bad-time 1 true", "message duplicate 1 false",
      ])
    let records = unit.records(.message)
    #expect(
      records[1].time == ObservedTime(microseconds: 1_234_567_890_000_000, zone: .known, precision: .second))
    #expect(records.map(\.writtenTime).prefix(3) == ["1534896000", "1234567890", "1700000000"])
    #expect(records[1].locator.hasPrefix("RC_2023-11 line 2 byte "))
    #expect(
      unit.identifiers.map { "\($0.account) \($0.kind.rawValue) \($0.value) \($0.assertion)" } == [
        "\(Self.rex) platform-id t2_abc1 platform", "\(Self.rex) handle Rex_Marlow platform",
        "\(Self.una) handle una platform", "\(Self.una) platform-id t2_def2 platform",
      ])
    #expect(unit.accounts.filter { $0.sameAs == nil }.allSatisfy { $0.key?.scope == .platform })
    #expect(unit.notes.contains { $0.contains("2 comments and submissions were edited") })
    #expect(unit.notes.contains { $0.contains("1 comments and submissions were deleted or removed after") })
  }

  @Test func submissionsAndBothInOneFile() throws {
    let unit = try Self.unit(Self.lines(Self.submissions), named: "leeds_submissions")
    let saidHere = [
      "r/leeds (group) \(Self.una): A walk & more\nThe canal",
      "r/leeds (group) reddit handle sam-7: Look", "r/leeds (group) reddit handle sam-7: A picture",
    ]
    #expect(Self.said(unit) == saidHere)
    #expect(
      unit.values(.url, of: "reddit handle sam-7") == ["share https://example.org/p?a=1&b=2 user"])
    #expect(unit.values(.url, of: Self.una).isEmpty)
    #expect(unit.counts("message") == [4, 3, 1] && Self.aside(unit) == ["message removed 1 false"])
    #expect(unit.notes.contains { $0.contains("1 submissions are their title alone") })
    // A submission and a comment may have one id.
    let both = try Self.unit(Self.lines(Self.comments + Self.submissions), named: "u_una.jsonl")
    #expect(Self.said(both) == Self.saidInComments + saidHere)
    #expect(both.counts("message") == [15, 9, 6])
  }

  /// What the interfaces of Arctic Shift and Pushshift answer, and the list that a script makes of it.
  @Test(arguments: [
    ("{\"data\":[", ",", "]}", "$.data[1]"),
    ("{\n  \"data\": [\n    ", ",\n    ", "\n  ],\n  \"error\": null,\n  \"metadata\": {}\n}\n", "$.data[1]"),
    ("[", ", ", "]", "$[1]"),
  ])
  func answers(_ begin: String, _ between: String, _ end: String, _ place: String) throws {
    let unit = try Self.unit(begin + Self.comments.joined(separator: between) + end, named: "a.json")
    #expect(Self.said(unit) == Self.saidInComments)
    #expect(unit.counts("message") == [11, 6, 5])
    #expect(unit.records(.message)[1].locator.contains(place))
  }

  @Test func packedByZstdOrGzip() throws {
    let text = Array(Self.lines(Self.comments).utf8)
    let outcome = try ReadOutcome.reading(Self.frame(text, window: 0x58), named: "RC_2023-11.zst")
    #expect(outcome.units.first.map(Self.said) == Self.saidInComments)
    #expect(outcome.units.first?.records.first?.locator.hasPrefix("RC_2023-11 line 1") == true)
  }

  /// What `--long=31` makes of more than 128 MiB cannot be unpacked within the memory of an import.
  @Test(arguments: [UInt8(0xA8), 0x89, 0x90])
  func tooLargeAWindowIsRefused(_ window: UInt8) throws {
    let text = Array(Self.lines(Self.comments).utf8)
    let refusal = #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(Self.frame(text, window: window), named: "RC_2023-11.zst")
    }
    #expect(refusal?.code == "zstd-window" && refusal?.advice.contains("--long=31") == true)
    // A later frame, which only unpacking shows.
    let later = #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(
        Self.frame(text, window: 0x58) + Self.frame(text, window: window), named: "RC_2023-11.zst")
    }
    #expect(later?.code == "zstd-window")
  }

  @Test func windowsOfFrames() throws {
    // One segment of 200 MB: the window is what is in it, whatever it was packed with.
    for (head, isRefused) in [
      ([0xA0, 0x00, 0xC2, 0xEB, 0x0B], true), ([0xA0, 0x10, 0, 0, 0], false), ([0x60, 0xFF, 0xFF], false),
    ] as [([UInt8], Bool)] {
      let bytes = [0x28, 0xB5, 0x2F, 0xFD] + head + Array("never unpacked".utf8)
      let refusal = #expect(throws: ExportRefusal.self) { try ReadOutcome.reading(bytes, named: "a.zst") }
      #expect((refusal?.code == "zstd-window") == isRefused, "\(head)")
    }
  }

  /// A frame of zstd (RFC 8878) with a descriptor of its window and one block that is not packed.
  static func frame(_ bytes: [UInt8], window: UInt8) -> [UInt8] {
    let header = UInt32(bytes.count) << 3 | 1
    return [0x28, 0xB5, 0x2F, 0xFD, 0x00, window]
      + [UInt8(header & 0xFF), UInt8(header >> 8 & 0xFF), UInt8(header >> 16 & 0xFF)] + bytes
  }

  @Test func twoAccountsOfOneName() throws {
    func entry(_ id: String, _ author: String, _ fullname: String, _ second: Int) -> String {
      #"{"author":"\#(author)",\#(fullname)"body":"\#(id)","created_utc":\#(second),"id":"\#(id)","link_id":"t3_a","subreddit":"s","subreddit_id":"t5_1"}"#
    }
    let unit = try Self.unit(
      Self.lines([
        entry("a", "rex", #""author_fullname":"t2_a","#, 1_700_000_000),
        entry("b", "Rex", #""author_fullname":"t2_b","#, 1_700_000_001),
        entry("c", "Rex", #""author_fullname":"t2_b","#, 1_700_000_002),
        entry("d", "rex2", #""author_fullname":"t2_b","#, 1_700_000_003),
        entry("e", "REX", #""author_fullname":null,"#, 1_700_000_004),
        entry("f", "deleted", "", 1_700_000_005), entry("g", "no name", "", 1_700_000_006),
        entry("h", "rex", #""author_fullname":"rex","#, 1_700_000_007),
      ]))
    #expect(
      unit.records(.message).map { "\($0.text) \($0.account)" } == [
        "a reddit platform-id t2_a", "b reddit platform-id t2_b", "c reddit platform-id t2_b",
        "d reddit platform-id t2_b", "e reddit platform-id t2_a", "h reddit platform-id t2_a",
      ])
    #expect(unit.values(.handle, of: "reddit platform-id t2_b") == [" Rex platform", " rex2 platform"])
    #expect(unit.notes.contains { $0.contains("1 names are given to accounts with different ids") })
    #expect(Self.aside(unit) == ["message no-author 2 false"])
  }

  @Test(arguments: [
    #"{"id":"a1","platform":"reddit","handle":"rex","posts":[{"text":"a subreddit","at":"2026-01-01T10:00:00Z"}]}"#,
    #"{"author":"rex","text":"hello","subreddit":"leeds","created_utc":1700000000}"#,
    #"{"author":"rex","body":"hello","created_utc":1700000000,"id":"a"}"#,
    #"{"id":"a","author":"rex","title":"x","subreddit":"leeds"}"#,
    #"{"data":[{"kind":"t1","data":{"author":"rex","body":"x","created_utc":1700000000,"id":"a","link_id":"t3_a","subreddit":"s"}}]}"#,
    #"{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"author":"rex","body":"x","created_utc":1700000000,"id":"a","link_id":"t3_a","subreddit":"s"}}]}}"#,
    #"{"data":[]}"#, #"[{"subreddit":"a","created_utc":1}]"#,
    "{\"a\":1}\n\"created_utc\" \"subreddit\"\n",
  ])
  func whatIsNone(_ text: String) throws {
    let outcome = try ReadOutcome.reading(text + "\n", named: "RC_2023-11")
    #expect(outcome.units.allSatisfy { $0.format != "reddit-dump" })
  }

  /// A line that is longer than what is looked at.
  @Test func aLongFirstLine() throws {
    let tail = String(repeating: "x", count: 100_000)
    let long = Self.comments[2].dropLast() + ",\"user_reports\":\"\(tail)\"}"
    let unit = try Self.unit(long + "\n" + Self.comments[0] + "\n")
    #expect(unit.records(.message).count == 2)
  }

  /// Without entries of an account whose id a later one says.
  private static let steady: [String] = [0, 1, 3, 4, 6, 7, 8, 9, 10].map { comments[$0] }

  @Test func truncation() throws {
    let answer = "{\"data\":[" + Self.steady.joined(separator: ",") + "]}"
    for text in [Self.lines(Self.steady), Self.lines(Self.submissions), answer] {
      try Truncation.check(Array(text.utf8), named: "RC_2023-11")
    }
  }

  @Test(arguments: [
    #"{"author":1,"body":2,"created_utc":3,"id":4,"link_id":5,"subreddit":6}"#, "[]", "1", "{", "null",
    #"{"author":"rex","body":"x","created_utc":1e300,"id":"a","link_id":"t3_a","subreddit":"s"}"#,
    #"{"author":"rex","body":"x","created_utc":-5,"id":"a","link_id":"t3_a","subreddit":"s"}"#,
    #"{"author":"rex","body":"x","created_utc":"NaN","id":"a","link_id":"t3_a","subreddit":"s"}"#,
    #"{"author":"rex","body":"x","created_utc":9223372036854775807,"id":"a","link_id":"t3_a","subreddit":"s"}"#,
    #"{"data":[{"author":"rex"}]}"#,
  ])
  func hostile(_ line: String) throws {
    let unit = try Self.unit(Self.comments[0] + "\n" + line + "\n\n \n" + Self.comments[2])
    #expect(Self.said(unit) == [Self.saidInComments[0], "r/leeds (group) reddit handle una: gone later"])
    #expect(unit.counts("message") == [3, 2, 1])
    #expect(unit.setAside.map(\.reason.isFault) == [true])
  }
}
