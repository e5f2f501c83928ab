import Foundation
import Stylometry
import TestSupport
import Testing

@Suite("Encoder of texts")
struct TextEncoderTests {
  private static let encoder = Result { try TextEncoder(trained: Data(InventedEncoder.bytes())) }

  private static func encoded(_ posts: String...) throws -> EncodedText {
    var builder = ProfileBuilder()
    for post in posts { builder.add(post: post) }
    return try #require(try StyleProfiler(encoder: encoder.get()).profile(of: builder).encoded)
  }

  @Test("A text is cut into the longest pieces, without accents and capitals")
  func pieces() throws {
    // A window begins and ends with a piece of its own.
    for (text, count) in [("harbour", 1), ("harbours", 2), ("harbors", 5), ("the harbour.", 3), ("", -2)] {
      #expect(try Self.encoded(text).pieces == count + 2, "\(text)")
    }
    let plain = try Self.encoded("cafe")
    #expect(plain.mean.count == InventedEncoder.width)
    for text in ["caf\u{E9}", "cafe\u{301}"] { #expect(try Self.encoded(text) == plain) }
    // Capitals make another shape of the same pieces.
    let texts = ["harbours", "Harbours", "HARBOURS", "hArbours"]
    let shapes = try texts.map { try Self.encoded($0) }
    #expect(shapes.allSatisfy { $0.pieces == 4 })
    #expect(Set(shapes).count == 4)
    #expect(try Self.encoded("I").pieces == 3)
  }

  @Test("A piece that begins with a mark goes on within a token")
  func marks() throws {
    let names = InventedEncoder.names + ["\u{915}", "##\u{93E}"]
    let profiler = StyleProfiler(encoder: try TextEncoder(trained: Data(InventedEncoder.bytes(names: names))))
    var builder = ProfileBuilder()
    builder.add(post: "\u{915}\u{93E}")
    #expect(try #require(try profiler.profile(of: builder).encoded).pieces == 4)
  }

  @Test("White space before a token counts by its kind alone")
  func gaps() throws {
    let texts = ["the.it", "the. it", "the.\nit", "the.\n\nit"]
    #expect(Set(try texts.map { try Self.encoded($0) }).count == 4)
    #expect(try Self.encoded("the.  \t it") == Self.encoded("the. it"))
    #expect(try Self.encoded("the.\n\n\n it") == Self.encoded("the.\n\nit"))
  }

  @Test("What the vocabulary cannot cover is unknown, and links and mentions are pieces of their own")
  func unknown() throws {
    #expect(try Self.encoded("the \u{4E2D}\u{56FD}") == Self.encoded("the \u{65E5}\u{672C}"))
    #expect(try Self.encoded("the \u{4E2D}\u{56FD}").pieces == 4)
    #expect(try Self.encoded("the \(String(repeating: "a", count: 100))").pieces == 105)
    #expect(try Self.encoded("the \(String(repeating: "a", count: 101))").pieces == 4)
    let link = try Self.encoded("the https://a.example/x it")
    #expect(try link == Self.encoded("the www.b.example it"))
    let mention = try Self.encoded("the @anna it")
    #expect(link.pieces == 5 && mention.pieces == 5 && link != mention)
  }

  @Test("Long texts are cut into windows of one length, and of very long ones a sample is read")
  func windows() throws {
    let words = InventedEncoder.names.filter { $0.allSatisfy(\.isLetter) }
    var random = SplitMix(seed: 2)
    func text(_ count: Int) -> String {
      (0..<count).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined(separator: " ")
    }
    #expect(try Self.encoded(text(62)).pieces == 64)
    #expect(try Self.encoded(text(63)).pieces == 67)
    #expect(try Self.encoded(text(125)).pieces == 131)
    let posts = (0..<400).map { _ in text(60) }
    func encoded(_ posts: [String]) throws -> EncodedText? {
      var builder = ProfileBuilder()
      for post in posts { builder.add(post: post) }
      return try StyleProfiler(encoder: Self.encoder.get()).profile(of: builder).encoded
    }
    let sample = try #require(try encoded(posts))
    #expect(sample.pieces == 35 * 62)
    #expect(try encoded(posts.reversed()) == sample)
    #expect(try encoded(posts.dropLast()) != nil)
    // A word posted over and over is in the sample by its share, a ninth of all pieces: some 230 windows of one piece
    // beside 30 of sixty.
    let repeated = posts + [String](repeating: "it", count: 3000)
    let mixed = try #require(try encoded(repeated))
    #expect((2350...2800).contains(mixed.pieces))
    #expect(try encoded(repeated.reversed()) == mixed)
  }

  @Test("The order of posts is nothing, and merging adds")
  func merging() throws {
    let (one, other) = ("it is the harbour.", "I phone the cafe!")
    #expect(try Self.encoded(one, other) == Self.encoded(other, one))
    func profile(_ post: String) throws -> StyleProfile {
      var builder = ProfileBuilder()
      builder.add(post: post)
      return try StyleProfiler(encoder: Self.encoder.get()).profile(of: builder)
    }
    let merged = try #require(try profile(one).merging(profile(other))?.encoded)
    let both = try Self.encoded(one, other)
    #expect(merged.pieces == both.pieces)
    for (value, wanted) in zip(merged.mean, both.mean) { #expect(abs(value - wanted) < 1e-5) }
  }

  @Test("The built-in encoder gives what Corpora/style/encoder.py gives")
  func asTaught() throws {
    let encoder = try #require(try StyleModel.builtIn().encoder)
    let pairs = (0..<30).map { "word\($0) and McDonald_\($0)\n\n" }.joined(separator: " ")
    for (text, pieces, first, sum) in [
      (
        "We walked down to the harbour after lunch;\nthe boats were in, and Zo\u{EB} PAID for it!", 26,
        [0.2198, -0.0688, -0.0992, 0.0046], 63.938
      ),
      (
        "ok so i was thinking... maybe we shud just go on friday?? see https://a.example @sam", 23,
        [0.1033, -0.7432, 0.287, -0.0673], 66.988
      ),
      (pairs, 186, [0.4165, -0.4626, 0.1531, -0.2008], 95.42),
    ] {
      var builder = ProfileBuilder()
      builder.add(post: text)
      let encoded = try #require(try StyleProfiler(encoder: encoder).profile(of: builder).encoded)
      let mean = encoded.mean
      #expect(encoded.pieces == pieces)
      for (value, wanted) in zip(mean, first) { #expect(abs(Double(value) - wanted) < 2e-4) }
      #expect(abs(mean.reduce(0) { $0 + Double(abs($1)) } - sum) < 0.02)
    }
  }

  @Test("A file that is cut short anywhere, or of another kind, is refused")
  func damaged() throws {
    let bytes = InventedEncoder.bytes(layers: 1)
    #expect(try TextEncoder(trained: Data(bytes)).width == InventedEncoder.width)
    for count in Array(0..<400) + Array(stride(from: 400, to: bytes.count, by: 97)) + [bytes.count - 1] {
      #expect(throws: StyleModelError.self) { try TextEncoder(trained: Data(bytes.prefix(count))) }
    }
    #expect(throws: StyleModelError.damaged) { try TextEncoder(trained: Data(bytes + [0])) }
    #expect(throws: StyleModelError.notAnEncoder) { try TextEncoder(trained: Data("COGSTEM1".utf8)) }
    var odd = [
      InventedEncoder.bytes(names: InventedEncoder.names + ["the"]),
      InventedEncoder.bytes(names: Array(InventedEncoder.names.dropFirst())),
      InventedEncoder.bytes(heads: 3), InventedEncoder.bytes(width: 96, heads: 4),
    ]
    var infinite = bytes
    infinite.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0x80, 0x7F])
    odd.append(infinite)
    for bytes in odd { #expect(throws: StyleModelError.damaged) { try TextEncoder(trained: Data(bytes)) } }
  }
}
