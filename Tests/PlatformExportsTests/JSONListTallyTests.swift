import PlatformExports
import Testing

@Suite struct JSONListTallyTests {
  private static func tally(
    _ text: String, _ keys: [String], depth: Int = 0, blocks: Int = .max
  ) -> (counts: [Int], names: [String]) {
    let tally = JSONListTally(keys: keys, namesAtDepth: depth)
    let bytes = Array(text.utf8)
    var position = 0
    while position < bytes.count {
      let end = position + min(blocks, bytes.count - position)
      bytes[position..<end].withUnsafeBufferPointer { tally.feed($0) }
      position = end
    }
    return (keys.indices.map { tally[$0] }, tally.names)
  }

  @Test func entriesAreObjectsInArraysBelowAKey() {
    let cases: [(String, Int)] = [
      (#"{"L":[{"a":1},{"a":[{"b":1}]}]}"#, 2), (#"{"x":{"y":{"L":{"k":[{}],"m":{"n":[{},{}]}}}}}"#, 3),
      (#"{"L":null,"M":[{}]}"#, 0), (#"{"L":"[{}]","M":[{}]}"#, 0), (#"{"x":"L","y":[{}]}"#, 0),
      (#"{"L" : [ {} , {} ], "z":[{}]}"#, 2), (#"{"L":{"a":{"b":{}}}}"#, 0), (#"{"L":[1,"{",[{}]]}"#, 1),
      (#"{"L":[{"L":[{},{}]}]}"#, 1), (#"{"L":[{}],"L":[{}]}"#, 2), (#"{"\u004C":[{}]}"#, 0),
      (#"{"L":[{"t":"a\"b}]"},{}]}"#, 2), (#"{"L":5,"x":[{}]}"#, 0), (#"]]}{"L":[{}]"#, 1), ("", 0),
    ]
    for (text, expected) in cases {
      for blocks in [1, 3, .max] {
        #expect(Self.tally(text, ["L"], blocks: blocks).counts == [expected], "\(text)")
      }
    }
  }

  @Test func entriesOfTheOutermostList() {
    for (text, expected) in [
      (#"[{"a":[{}]},{"":[{}]}]"#, 2), ("\u{FEFF} [ {} , 7, {} ]", 2), ("[]", 0), ("", 0), ("[{\"a\":", 1),
    ] {
      let tally = JSONListTally()
      for byte in text.utf8 { withUnsafeBytes(of: byte) { tally.feed($0.bindMemory(to: UInt8.self)) } }
      #expect(tally[0] == expected, "\(text)")
    }
  }

  @Test func keysAtADepthAreGatheredOnce() {
    let text = #"{"a":{"x":1,"y":{"z":2}},"b":{"x":[{"w":1}],"\u0041":2},"c":3}"#
    #expect(Self.tally(text, [], depth: 2).names == ["x", "y"])
    #expect(Self.tally(text, [], depth: 1, blocks: 1).names == ["a", "b", "c"])
    let many = "{" + (0..<1000).map { #""k\#($0)":0"# }.joined(separator: ",") + "}"
    #expect(Self.tally(many, [], depth: 1).names.count == JSONListTally.nameLimit)
  }

  @Test func depthIsBounded() {
    let deep =
      #"{"L":"# + String(repeating: "[", count: 5000) + "{}" + String(repeating: "]", count: 5000) + "}"
    #expect(Self.tally(deep + #","M":[{}]"#, ["L", "M"]).counts == [0, 1])
  }
}
