import AccountModel
import Identifiers
import TestSupport
import Testing

/// What the person under investigation could write.
@Suite struct HostileInputTests {
  private static let platforms = [
    "x", "facebook", "instagram", "tiktok", "snapchat", "reddit", "telegram", "discord", "mastodon",
    "bluesky",
    "whatsapp", "signal", "youtube", "kik", "skype", "imessage", "email", "somewhere",
  ].map { Platform($0) }
  private static let labels = [
    "", "imei", "mac", "idfa", "imsi", "iccid", "push-token", "datr", "recovery", "a b",
  ]

  /// Pieces that the rules treat in a way of their own.
  private static let pieces = [
    "@", "+", "44", "1990-12-31", "203.0.113.9", "31/12/1990", "0", "7700900123", "hilda", "HILDA", ".", "_",
    "-", "#", "0000", "://", "https", "x.com",
    "t.me", "/",
    "?", "=", "&", "%", "%41", ":", "[", "]", "::", "192.0.2.1", "fe80", "ext", ";ext=5", "e:", "p:", "u/",
    "did:plc:",
    "@s.whatsapp.net", "@lid", "@g.us", "\u{0}", "\u{301}", "\u{200D}", "\u{202E}", "\u{FE0F}", "\u{E0067}",
    "🏴", "👩", "é",
    "е", "İ", "ß", "ﬃ", "\u{3164}", "~", " ", "\u{A0}", "\n", "*", "•", "1E+11", "\u{10FFFF}", "\u{FFFD}",
    "Ǆ", "ͅ", "ᾳ", "(",
    ")", "<", ">", "\"", ",", "1990", "t2_", "user", "8:", "19:", "xn--", "ـ", "ﷺ", "２", "Ⅷ", "rn", "I", "1",
    "|", "²", "̈",
  ]

  private func random(_ generator: inout SplitMix) -> String {
    if generator.next() % 4 == 0 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    let count = Int.random(in: 0...6, using: &generator)
    return (0..<count).compactMap { _ in Self.pieces.randomElement(using: &generator) }.joined()
  }

  @Test(arguments: IdentifierKind.allCases)
  func canonicalFormsAreFixedPoints(kind: IdentifierKind) throws {
    var generator = SplitMix(seed: 42)
    var usable = 0
    for _ in 0..<8_000 {
      let raw = random(&generator)
      let platform = Self.platforms[Int(generator.next() % UInt64(Self.platforms.count))]
      let label = Self.labels[Int(generator.next() % UInt64(Self.labels.count))]
      let first = normaliser.normalise(raw, kind: kind, platform: platform, label: label)
      let escaped = raw.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
      if first.canonical.isEmpty {
        #expect(!first.flags.isEmpty, "\(escaped) is set aside without a reason")
        continue
      }
      usable += 1
      let again = normaliser.normalise(first.canonical, kind: first.kind, platform: platform, label: label)
      #expect(again.canonical == first.canonical, "\(escaped) on \(platform), label \(label)")
      #expect(again.kind == first.kind, "\(escaped) on \(platform)")
      #expect(!first.looseKeys.contains { $0.value == first.canonical || $0.value.unicodeScalars.count < 4 })
      #expect(Set(first.looseKeys.map(\.value)).count == first.looseKeys.count)
    }
    #expect(usable > 20)
  }

  /// A label of one letter was taken for one because of the space behind it, and not again without the space
  /// (found by the identifier fuzzer).
  @Test(arguments: [IdentifierKind.cookie, .device])
  func labelsAreJudgedWithoutTheirSpace(kind: IdentifierKind) {
    for raw in ["d :ath=/", "d\u{0} \u{0}:ath=/", "dd :ath=/", "d d :ath=/"] {
      let first = normaliser.normalise(raw, kind: kind, platform: .facebook)
      let again = normaliser.normalise(first.canonical, kind: kind, platform: .facebook)
      #expect(again.canonical == first.canonical && !first.canonical.isEmpty)
    }
  }

  @Test(arguments: IdentifierKind.allCases)
  func longAndOddTexts(kind: IdentifierKind) {
    let units = [
      "a", "1", "@", ".", "é", "\u{301}", "\u{0}", "+", ":", "/", "👩\u{200D}", "%", " ", "*", "[", "\u{202E}",
      "I",
    ]
    for unit in units {
      for length in [1, 63, 64, 255, 256, 257, 5_000, 100_000] {
        let raw = String(repeating: unit, count: length)
        for platform in [Platform.x, .mastodon, .telegram] {
          let result = normaliser.normalise(raw, kind: kind, platform: platform)
          #expect(!result.canonical.isEmpty || !result.flags.isEmpty)
        }
      }
    }
  }

  @Test func answersDoNotDependOnOrderOrThread() async {
    let raws = [
      "hilda@example.com", "07700 900123", "020 7946 0123", "15555215554", "@h1ld4_99", "192.0.2.7:443",
      "Zoë Marsh", "раураl",
    ]
    let expected = raws.flatMap { raw in IdentifierKind.allCases.map { normalise(raw, $0) } }
    await withTaskGroup(of: [NormalisedIdentifier].self) { group in
      for _ in 0..<8 {
        group.addTask { raws.flatMap { raw in IdentifierKind.allCases.map { normalise(raw, $0) } } }
      }
      for await answers in group { #expect(answers == expected) }
    }
  }
}
