import PlatformExports
import Testing

@Suite struct MojibakeTests {
  /// As Meta writes it: each byte of the UTF-8 as one character.
  static func encoded(_ text: String) -> String {
    String(String.UnicodeScalarView(text.utf8.map { Unicode.Scalar($0) }))
  }

  @Test(arguments: ["Zoë Brontë", "Łukasz", "Siân O’Neill", "😍 haha", "plain", "", "é", "北京", "\u{0}\u{7F}é"])
  func undoesTheEncoding(_ text: String) {
    #expect(Mojibake.repaired(Self.encoded(text)) == text)
  }

  @Test(arguments: [
    "café", "naïve", "Zoë", "Ÿ", "Łukasz", "O’Neill", "😍", "Ã", "Ã and é", "\u{C2}", "mixed Ã© and ☕",
  ])
  func leavesRightTextAlone(_ text: String) {
    #expect(Mojibake.repaired(text) == text)
    #expect(Mojibake.repaired(Mojibake.repaired(text)) == text)
  }

  /// Random text, from a fixed seed: encoding is undone, and what was mended is not mended again.
  @Test func roundTripsAndIsIdempotent() {
    var state: UInt64 = 42
    func next(_ bound: UInt32) -> UInt32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt32(state >> 33) % bound
    }
    for _ in 0..<2000 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<next(12) {
        let value = next(4) == 0 ? 0x20 + next(0x60) : next(0x11000)
        if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
      }
      scalars.append("\u{2019}")
      let text = String(scalars)
      let once = Mojibake.repaired(Self.encoded(text))
      #expect(once == text)
      #expect(Mojibake.repaired(once) == once)
    }
  }
}
