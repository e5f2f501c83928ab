import PlatformExports
import Testing

@Suite struct CBORValueTests {
  private func value(_ bytes: [UInt8]) -> CBORValue? { bytes.withUnsafeBufferPointer { CBORValue($0) } }

  /// Examples of RFC 8949, appendix A, as far as DAG-CBOR has them.
  @Test(arguments: [
    ([0x00], CBORValue.integer(0)), ([0x17], .integer(23)), ([0x18, 0x64], .integer(100)),
    ([0x19, 0x03, 0xE8], .integer(1000)), ([0x1A, 0x00, 0x0F, 0x42, 0x40], .integer(1_000_000)),
    ([0x1B, 0x00, 0x00, 0x00, 0xE8, 0xD4, 0xA5, 0x10, 0x00], .integer(1_000_000_000_000)),
    ([0x20], .integer(-1)), ([0x39, 0x03, 0xE7], .integer(-1000)),
    ([0x3B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .integer(.min)),
    ([0xF4], .bool(false)), ([0xF5], .bool(true)), ([0xF6], .null),
    ([0xFB, 0x3F, 0xF1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A], .double(1.1)),
    ([0x44, 1, 2, 3, 4], .bytes([1, 2, 3, 4])), ([0x62, 0xC3, 0xBC], .text("ü")), ([0x60], .text("")),
    ([0x83, 1, 2, 3], .array([.integer(1), .integer(2), .integer(3)])),
    ([0xA1, 0x61, 0x61, 0x01], .map([(key: "a", value: .integer(1))])),
  ]) func known(bytes: [UInt8], expected: CBORValue) {
    #expect(value(bytes) == expected)
    // Neither a beginning of it nor more than it is a value.
    for count in 0..<bytes.count { #expect(value(Array(bytes[..<count])) == nil) }
    #expect(value(bytes + [0]) == nil)
  }

  @Test(
    arguments: [
      [0x1B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
      [0x3B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
      [0x9F, 0xFF], [0x5F, 0xFF], [0xC0, 0x60], [0xD8, 0x2A, 0x41, 0], [0xF7], [0xF9, 0, 0], [0x1C],
      [0xA1, 0x01, 0x01],
      [0x62, 0xC3, 0x28], [0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
      [0xBB, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
      [0x7B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    ] as [[UInt8]]) func refused(bytes: [UInt8])
  { #expect(value(bytes) == nil) }

  @Test func depth() {
    func nested(_ depth: Int) -> [UInt8] { Array(repeating: 0x81, count: depth) + [0xF6] }
    #expect(value(nested(CBORValue.depthLimit - 1)) != nil)
    #expect(value(nested(CBORValue.depthLimit)) == nil)
    #expect(value(nested(100_000)) == nil)
  }

  /// SHA-256 of no bytes and of `abc`, by FIPS 180-4.
  @Test func hashes() {
    func digest(_ text: String) -> String {
      let id = Array(text.utf8).withUnsafeBufferPointer { ContentID(codec: ContentID.raw, of: $0) }
      return id.bytes.dropFirst(4).map { String(UInt16($0) | 0x100, radix: 16).dropFirst() }.joined()
    }
    #expect(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
