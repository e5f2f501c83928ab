import PlatformExports
import Testing

@Suite struct JSONSplitterTests {
  struct Found: Equatable {
    var pattern: Int
    var first: UInt32
    var second: UInt32
    var key: String
    var offset: UInt64
    var text: String
  }

  struct Delivery: Equatable {
    var values: [Found] = []
    var tooLarge: [UInt64] = []
    var end = JSONEnd.complete
  }

  /// Splits text that comes in blocks of a size.
  static func split(
    _ bytes: [UInt8], _ patterns: [String], block: Int = .max, limits: ImportLimits = ImportLimits()
  ) throws -> Delivery {
    var position = 0
    let input = MemberInput(path: "t", member: 0) { buffer in
      let count = min(buffer.count, bytes.count - position, block)
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
      position += count
      return count
    }
    try input.skipByteOrderMark()
    var delivery = Delivery()
    delivery.end = try JSONSplitter(patterns, limits: limits).forEachValue(
      in: input, tooLarge: { delivery.tooLarge.append($0) },
      { match in
        delivery.values.append(
          Found(
            pattern: match.pattern, first: match.index.0, second: match.index.1, key: match.key,
            offset: match.offset, text: String(decoding: match.bytes, as: UTF8.self)))
      })
    return delivery
  }

  static func split(
    _ text: String, _ patterns: [String], block: Int = .max, limits: ImportLimits = ImportLimits()
  ) throws -> Delivery { try split(Array(text.utf8), patterns, block: block, limits: limits) }

  static let document = #"""
    {"name": "a\"b", "skip": {"x": [1, {"y": "]}"}]}, "n": -1.5e3, "list" : [
      {"id": 1, "messages": [ {"t": "one \\"}, "two", 3 ], "tail": null},
      {"id": 2, "messages": []}, 7,
      {"messages": [[1, [2]], {"deep": {"er": [{}]}}, true], "id": 3}
    ], "caf\u00e9": ["x"], "end": [ ] }
    """#
  static let patterns = [
    "$.name", "$.n", "$.list[*].id", "$.list[*].messages[*]", "$.*[*]",
  ]

  @Test func deliversWhatThePatternsName() throws {
    let delivery = try Self.split(Self.document, ["$.name", "$.n", "$.list[*].id", "$.list[*].messages[*]"])
    #expect(delivery.end == .complete)
    #expect(
      delivery.values.map(\.text) == [
        #""a\"b""#, "-1.5e3", "1", #"{"t": "one \\"}"#, #""two""#, "3", "2", "[1, [2]]",
        #"{"deep": {"er": [{}]}}"#, "true", "3",
      ])
    #expect(delivery.values.map(\.pattern) == [0, 1, 2, 3, 3, 3, 2, 3, 3, 3, 2])
    #expect(delivery.values.map(\.first) == [0, 0, 0, 0, 0, 0, 1, 3, 3, 3, 3])
    #expect(delivery.values.map(\.second) == [0, 0, 0, 0, 1, 2, 0, 0, 1, 2, 0])
    let bytes = Array(Self.document.utf8)
    for value in delivery.values {
      #expect(bytes[Int(value.offset)...].starts(with: value.text.utf8))
    }
  }

  @Test func anyKeyGivesTheKey() throws {
    let delivery = try Self.split(Self.document, ["$.*[*]"])
    #expect(delivery.values.map(\.key) == ["list", "list", "list", "list", "café"])
  }

  @Test func rootsOfEverySort() throws {
    #expect(try Self.split("[1,[2],{}]", ["$[*]"]).values.map(\.text) == ["1", "[2]", "{}"])
    #expect(try Self.split("  42  ", ["$"]).values.map(\.text) == ["42"])
    #expect(try Self.split("\u{FEFF}[1]", ["$[*]"]).values.map(\.offset) == [4])
    #expect(try Self.split("[1];\n", ["$[*]"]).end == .complete)
    #expect(try Self.split("", ["$[*]"]).end == .truncated(at: 0))
    #expect(
      try Self.split("[1] [2]", ["$[*]"]).end
        == .malformed(at: 4, what: "content after the end of the JSON text"))
    #expect(
      try Self.split("[1 2]", ["$[*]"]).end
        == .malformed(at: 3, what: "expected a comma or the end of the container"))
    #expect(
      try Self.split("{1:2}", ["$.a"]).end == .malformed(at: 1, what: "expected a key in quotation marks"))
    #expect(
      try Self.split("{\"a\" 2}", ["$.a"]).end == .malformed(at: 5, what: "expected a colon after a key"))
    #expect(try Self.split("[,1]", ["$[*]"]).end == .malformed(at: 1, what: "expected a value"))
  }

  @Test func trailingCommasLoseNothing() throws {
    let delivery = try Self.split(#"{"a": [1, 2, ], "b": [3 , ] , }"#, ["$.*[*]"])
    #expect(delivery.values.map(\.text) == ["1", "2", "3"] && delivery.end == .complete)
  }

  @Test func duplicateKeysAreAllDelivered() throws {
    let delivery = try Self.split(#"{"a": [1], "a": [2]}"#, ["$.a[*]"])
    #expect(delivery.values.map(\.text) == ["1", "2"])
  }

  /// Wherever a block of input ends, the delivery is the same.
  @Test(arguments: [1, 2, 3, 5, 7, 13, 64])
  func blocksDoNotMatter(_ block: Int) throws {
    for patterns in [Self.patterns, ["$.*[*]"], ["$.list[*].messages[*]"], ["$.nothing"]] {
      let whole = try Self.split(Self.document, patterns)
      #expect(try Self.split(Self.document, patterns, block: block) == whole)
      for cut in 0..<Self.document.utf8.count {
        let bytes = Array(Self.document.utf8.prefix(cut))
        #expect(try Self.split(bytes, patterns, block: block) == Self.split(bytes, patterns))
      }
    }
  }

  /// Cut off anywhere, it delivers a beginning of what the whole delivers, and says that it was cut off.
  @Test func truncationGivesAPrefix() throws {
    let bytes = Array(Self.document.utf8)
    for patterns in [Self.patterns, ["$.*[*]"], ["$.list[*].messages[*]", "$.list[*].id"]] {
      let whole = try Self.split(bytes, patterns).values
      for cut in 0..<bytes.count {
        let delivery = try Self.split(Array(bytes[..<cut]), patterns)
        #expect(delivery.values == Array(whole.prefix(delivery.values.count)))
        if case .truncated = delivery.end {} else { Issue.record("no truncation seen at \(cut)") }
      }
    }
  }

  @Test func hugeValuesArePassedOver() throws {
    var limits = ImportLimits()
    limits.recordBytes = 100
    let long = String(repeating: "x", count: 400_000)
    let text = #"["a", "\#(long)", {"k": "\#(long)"}, "b"]"#
    let delivery = try Self.split(text, ["$[*]"], limits: limits)
    #expect(delivery.values.map(\.text) == [#""a""#, #""b""#])
    #expect(delivery.tooLarge == [6, 400_010] && delivery.end == .complete)
    #expect(try Self.split(text, ["$[*]"], block: 1000, limits: limits) == delivery)
    let exact = #"["\#(String(repeating: "y", count: 98))", 1]"#
    #expect(try Self.split(exact, ["$[*]"], limits: limits).values.count == 2)
    let over = #"["\#(String(repeating: "y", count: 99))", 1]"#
    #expect(try Self.split(over, ["$[*]"], limits: limits).tooLarge == [1])
  }

  @Test func depthIsBounded() throws {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    // Passed over or delivered, depth costs nothing.
    #expect(try Self.split(deep, ["$.a"]).end == .complete)
    #expect(try Self.split("[\(deep)]", ["$[*]"]).values.count == 1)
    // On the way to a pattern it is refused beyond the limit.
    var limits = ImportLimits()
    limits.depth = 3
    let way = "$" + String(repeating: "[*]", count: 5)
    #expect(
      try Self.split("[[[[[1]]]]]", [way], limits: limits).end
        == .malformed(at: 3, what: "nested deeper than 3"))
    #expect(try Self.split("[[[[[1]]]]]", [way]).values.map(\.text) == ["1"])
  }
}
