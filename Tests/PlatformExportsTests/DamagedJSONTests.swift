import AccountModel
import PlatformExports
import TestSupport
import Testing

/// JSON exports with bytes that somebody chose, or that a disk lost.
@Suite struct DamagedJSONTests {
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 16 ^ state << 32
    }
  }

  static let sources: [(text: String, name: String)] =
    [(TelegramJSONTests.account, "result.json")]
    + MetaJSONTests.instagram.map { ($0.1, "instagram " + ($0.0.split(separator: "/").last ?? "")) }
    + XArchiveTests.files.map { ($0.1, String($0.0.split(separator: "/").last ?? "")) }
    + [(XReturnTests.messages, "42-direct-messages.txt")]

  /// Bytes flipped, doubled, lost and put in: it reads to the end, and what it keeps is sound.
  @Test(arguments: sources.indices)
  func randomDamage(_ index: Int) throws {
    var generator = Generator(state: UInt64(index) + 1)
    let sound = Array(Self.sources[index].text.utf8)
    for _ in 0..<60 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2:
          bytes.insert([0x22, 0x5C, 0x7B, 0x5D, 0x00, 0xFF].randomElement(using: &generator) ?? 0, at: place)
        default:
          let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
          bytes.insert(contentsOf: bytes[place..<end], at: place)
        }
      }
      for unit in try ReadOutcome.reading(bytes, named: Self.sources[index].name).units {
        for record in unit.records where !record.time.isNone {
          #expect(ObservedTime.plausible.contains(record.time.microseconds))
        }
        #expect(unit.accounts.allSatisfy { $0.key?.value.isEmpty != true })
      }
    }
  }

  @Test func extremeValues() throws {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let text = """
      {"participants":[{"name":"A"},{"name":"B"}],"messages":[
      {"sender_name":"A","timestamp_ms":1e999,"content":"a"},
      {"sender_name":"A","timestamp_ms":18446744073709551616,"content":"b"},
      {"sender_name":"A","timestamp_ms":9223372036854775807,"content":"c"},
      {"sender_name":"A","timestamp_ms":-62169958800000,"content":"d"},
      {"sender_name":["A"],"timestamp_ms":1700000000000,"content":"e"},
      {"sender_name":"A","timestamp_ms":1700000000000,"content":\(deep)},
      {"sender_name":"A","timestamp_ms":1700000000000.0,"content":"nul\\u0000","content":"twice"},
      {"sender_name":"A","timestamp_ms":1700000000000,"content":{"not":"text"}},
      "no message", null, 5
      ]}
      """
    let outcome = try ReadOutcome.reading("\u{FEFF}" + text, named: "instagram.json")
    let unit = try #require(outcome.units.first)
    #expect(unit.records(.message).map(\.text) == ["nul\u{0}", ""])
    #expect(
      Set(unit.setAside.map { "\($0.reason.code) \($0.count)" }) == [
        "bad-time 4", "no-author 4", "malformed 1",
      ])
  }

  @Test func valuesBeyondTheLimit() throws {
    var options = ReaderOptions()
    options.limits.recordBytes = 1000
    let long = String(repeating: "x", count: 300_000)
    let text = """
      {"name":"c","type":"personal_chat","id":1,"messages":[
      {"type":"message","date_unixtime":"1654077600","from":"A","from_id":"user1","text":"before"},
      {"type":"message","date_unixtime":"1654077600","from":"A","from_id":"user1","text":"\(long)"},
      {"type":"message","date_unixtime":"1654077600","from":"A","from_id":"user1","text":"after"}]}
      """
    let unit = try #require(ReadOutcome.reading(text, named: "result.json", options: options).units.first)
    #expect(unit.records.map(\.text) == ["before", "after"])
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" } == ["file too-large 1"])
    // The message that was not read is missing in the account, and seen to be.
    #expect(unit.tally("message") == [3, 2, 0] && unit.count("message")?.agrees == false)
  }

  @Test func manyKeys() throws {
    let keys = (0..<20_000).map { #""k\#($0)":[{"a":1}]"# }.joined(separator: ",")
    let text = #"{"account_accesses_v2":[{"timestamp":1700000000,"ip_address":"192.0.2.1"}],\#(keys)}"#
    let unit = try #require(ReadOutcome.reading(text, named: "f.json").units.first)
    #expect(unit.tally("login") == [1, 1, 0])
    #expect(unit.count("other entry")?.setAside == 20_000)
  }
}
