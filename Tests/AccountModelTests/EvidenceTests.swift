import AccountModel
import Testing

@Suite("Evidence")
struct EvidenceTests {
  /// ENFSI (2015): lower bounds inclusive, on max(LR, 1/LR).
  @Test(
    "Verbal scale",
    arguments: [
      (0.0, VerbalSupport.none), (0.30, .none), (0.301_029_995_663_981_2, .weak), (0.99, .weak),
      (1, .moderate), (1.99, .moderate), (2, .moderatelyStrong), (2.99, .moderatelyStrong), (3, .strong),
      (3.99, .strong), (4, .veryStrong), (5.99, .veryStrong), (6, .extremelyStrong), (40, .extremelyStrong),
    ])
  func verbalScale(log10LR: Double, support: VerbalSupport) {
    #expect(VerbalSupport(log10LR: log10LR) == support)
    #expect(VerbalSupport(log10LR: -log10LR) == support)
  }

  @Test("A platform's name is trimmed and lower-cased")
  func platformName() {
    #expect(Platform(" WhatsApp\n") == .whatsapp)
    #expect(Platform("X").rawValue == "x")
    #expect(Platform("  ").rawValue.isEmpty)
  }

  @Test("Two names of one service are one platform")
  func otherNames() {
    for name in ["Twitter", " twitter ", "X (Twitter)", "twitter.com"] { #expect(Platform(name) == .x) }
    #expect(Platform("Facebook Messenger") == .facebook)
    #expect(Platform("WhatsApp Messenger") == .whatsapp)
    #expect(Platform("Twitter fans").rawValue == "twitter fans")
  }
}
