import PlatformExports
import Testing

@Suite struct JSONValueTests {
  /// Parses and describes a value, so that it outlives its parser.
  static func described(_ bytes: [UInt8]) throws -> (text: String, mended: Int) {
    let parser = try JSONParser()
    return try bytes.withUnsafeBufferPointer { (describe(try parser.parse($0)), parser.mended) }
  }

  static func described(_ text: String) throws -> (text: String, mended: Int) {
    try described(Array(text.utf8))
  }

  static func describe(_ value: JSONValue) -> String {
    switch value.kind {
    case .null: return "null"
    case .bool: return value.bool == true ? "true" : "false"
    case .int64, .uint64: return value.scalarText ?? "?"
    case .double: return "\(value.double ?? .nan)"
    case .string: return "'\(value.string ?? "?")'"
    case .array:
      var parts: [String] = []
      value.forEachElement { parts.append(describe($0)) }
      return "[\(parts.joined(separator: ","))]"
    case .object:
      var parts: [String] = []
      value.forEachField { parts.append("\($0):\(describe($1))") }
      return "{\(parts.joined(separator: ","))}"
    }
  }

  @Test(arguments: [
    (
      #"{"a": [1, -2, 18446744073709551615, 1.5, true, null, "x\u00e9\ud83d\ude00"]}"#,
      "{a:[1,-2,18446744073709551615,1.5,true,null,'xé😀']}"
    ),
    (#"9007199254740993"#, "9007199254740993"),
    (#"-0"#, "0"),
    (#"{"a":1,"a":2}"#, "{a:1,a:2}"),
  ])
  func soundValues(_ text: String, _ expected: String) throws {
    let found = try Self.described(text)
    #expect(found.text == expected && found.mended == 0)
  }

  @Test(arguments: [
    (#"["\ud83d", "\ude00x", "\ud83d\u0041"]"#, "['\u{FFFD}','\u{FFFD}x','\u{FFFD}A']"),
    (
      #"[-80241446968629135069, 123456789012345678901234567890]"#,
      "['-80241446968629135069','123456789012345678901234567890']"
    ),
    (#"[1e999, -1e999, NaN, Infinity, -Infinity, 1]"#, "['1e999','-1e999',null,null,null,1]"),
    (#"{"a": [1, 2, ], }"#, "{a:[1,2]}"),
    ("[\"tab\there\", \"line\nfeed\", \"nul\u{0}\"]", "['tab\there','line\nfeed','nul\u{0}']"),
    (#"["NaN, ]", -5, "1e999 \" ,]"]"#.replacing("-5", with: "NaN"), "['NaN, ]',null,'1e999 \" ,]']"),
  ])
  func damageIsMended(_ text: String, _ expected: String) throws {
    let found = try Self.described(text)
    #expect(found.text == expected && found.mended == 1)
  }

  @Test func invalidUTF8BecomesReplacements() throws {
    let found = try Self.described([0x5B, 0x22, 0x61, 0xFF, 0xC3, 0x22, 0x5D])
    #expect(found.text == "['a\u{FFFD}\u{FFFD}']" && found.mended == 1)
  }

  @Test(arguments: [
    "", "{", "[1", #"{"a"}"#, #"["\x"]"#, "nul", "NaNa", "[1 2]", "-", #"["\ud83d"#, #"["\u12"]"#,
    #"["\u+123"]"#, String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000),
  ])
  func restIsRefused(_ text: String) throws {
    #expect(throws: JSONError.self) { _ = try Self.described(text) }
  }

  /// Cut off anywhere, even damaged text never parses as another value.
  @Test func truncationIsRefused() throws {
    let text = Array(#"{"a": [1e999, "\ud83d", NaN, 123456789012345678901234567890, ], "b": "c\\" }"#.utf8)
    for cut in 0..<text.count {
      #expect(throws: JSONError.self) { _ = try Self.described(Array(text[..<cut])) }
    }
  }

  @Test func lookups() throws {
    let parser = try JSONParser()
    let text = Array(#"{"id": "12", "n": 7.0, "null": null, "big": 18446744073709551615, "s": "abc"}"#.utf8)
    try withExtendedLifetime(parser) {
      try text.withUnsafeBufferPointer { bytes in
        let value = try parser.parse(bytes)
        #expect(value["id"]?.int64 == 12 && value["n"]?.int64 == 7 && value["n"]?.scalarText == "7")
        #expect(value["null"] == nil && value.hasField("null") && !value.hasField("none"))
        #expect(value["big"]?.int64 == nil && value["big"]?.scalarText == "18446744073709551615")
        #expect(value["s"]?.int64 == nil && value["s"]?["x"] == nil)
      }
    }
  }
}

@Suite struct JSONKeyTallyTests {
  static func counts(_ text: String, block: Int = .max) -> [Int] {
    let tally = JSONKeyTally(keys: ["sender_name", "n"], pairs: [("type", "message")])
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: min(block, bytes.count)) {
      bytes[start..<min(bytes.count, start + min(block, bytes.count))].withUnsafeBufferPointer {
        tally.feed($0)
      }
    }
    return [tally[0], tally[1], tally[2]]
  }

  static let text = #"""
    {"sender_name" : "x", "a": "sender_name", "b": "\"sender_name\": \\", "n":1, "nn": 2, "type":"message",
     "c": {"type" : "message" }, "d": "type", "e": ["message", "sender_name"], "type": "messages", "\u006e": 1,
     "f": "a\"b", "type": {"message": 1}, "sender_name"
    :null, "type": "x"}
    """#

  @Test func countsKeysAndNotText() { #expect(Self.counts(Self.text) == [2, 1, 2]) }

  @Test(arguments: 1...40)
  func blocksDoNotMatter(_ block: Int) { #expect(Self.counts(Self.text, block: block) == [2, 1, 2]) }
}
