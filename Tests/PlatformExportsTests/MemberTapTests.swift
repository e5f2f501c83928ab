import PlatformExports
import Testing

@Suite struct MemberTapTests {
  /// Whenever it is set, a tap sees every byte that was not consumed, once and in order.
  @Test(arguments: [1, 3, 1000])
  func seesEveryByteOnce(_ block: Int) throws {
    let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var position = 0
    let input = MemberInput(path: "t", member: 0) { buffer in
      let count = min(buffer.count, bytes.count - position, block)
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
      position += count
      return count
    }
    try input.fill(atLeast: 10)
    input.consume(3)
    var seen: [UInt8] = []
    input.tap { seen.append(contentsOf: $0) }
    while try input.fillMore() { input.consume(input.window.count / 2) }
    #expect(seen == Array(bytes[3...]))
  }
}
