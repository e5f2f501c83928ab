import CKernels
import Testing

@Suite("JSON scan kernel")
struct JSONScanTests {
  /// The readable twin: one byte at a time.
  private func endOfValue(_ bytes: [UInt8]) -> Int? {
    guard let first = bytes.first else { return nil }
    if first != UInt8(ascii: "\""), first != UInt8(ascii: "{"), first != UInt8(ascii: "[") {
      return bytes.firstIndex { ",]} \t\n\r".utf8.contains($0) }
    }
    var depth = 0
    var inString = false
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if inString {
        if byte == UInt8(ascii: "\\") {
          position += 2
          continue
        }
        if byte == UInt8(ascii: "\"") {
          inString = false
          if depth == 0 { return position + 1 }
        }
      } else if byte == UInt8(ascii: "\"") {
        inString = true
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        depth += 1
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        depth -= 1
        if depth == 0 { return position + 1 }
      }
      position += 1
    }
    return nil
  }

  private func scan(_ bytes: [UInt8], blocks: [Int]) -> Int? {
    var state = cog_json_scan()
    var position = 0
    var end = 0
    var block = 0
    while end < bytes.count {
      end = min(end + blocks[block % blocks.count], bytes.count)
      block += 1
      position = bytes.withUnsafeBufferPointer { cog_json_scan_value($0.baseAddress, position, end, &state) }
      if state.done != 0 { return position }
    }
    return nil
  }

  @Test("Agrees with the readable twin on random bytes, whatever the blocks")
  func twin() {
    var generator = Generator(state: 7)
    let alphabet = Array("{}[]\",\\ab1 :\n".utf8)
    for _ in 0..<4_000 {
      let count = Int(generator.next() % 90) + 1
      let bytes = (0..<count).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] }
      // A closing bracket cannot begin a value.
      guard let first = bytes.first, !"]},".utf8.contains(first) else { continue }
      let expected = endOfValue(bytes)
      for blocks in [[1], [3, 1, 17], [1_000]] {
        #expect(scan(bytes, blocks: blocks) == expected, "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  private struct Generator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}
