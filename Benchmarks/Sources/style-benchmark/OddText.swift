import Stylometry

/// Posts of a kind that no writer has, which must not cost more than others do.
enum OddText: String, CaseIterable {
  /// One letter.
  case letter
  /// Emoji of four bytes and no word.
  case emoji
  /// Hebrew, with the marks that turn its direction.
  case hebrew
  /// Bytes that are no UTF-8.
  case invalid
  /// One text of some thousand characters, pasted again and again, a post each.
  case pasted
  /// The same as one post, line behind line.
  case lines

  /// Adds as many bytes.
  func add(to builder: inout ProfileBuilder, bytes: Int) {
    switch self {
    case .letter: builder.add(post: Self.repeating([0x61], bytes))
    case .emoji: builder.add(post: Self.repeating(Array("😂🔥🏽👍".utf8), bytes))
    case .hebrew: builder.add(post: Self.repeating(Array("שלום עולם, \u{200F}מה שלומך? ".utf8), bytes))
    case .invalid: builder.add(post: Self.repeating([0xFF, 0xC0, 0xE2, 0x82, 0x20, 0xF0, 0x9F], bytes))
    case .pasted:
      for _ in 0..<bytes / Self.text.count { builder.add(post: Self.text) }
    case .lines: builder.add(post: Self.repeating(Self.text + [0x0A], bytes))
    }
  }

  private static func repeating(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count)
    while result.count + bytes.count <= count { result += bytes }
    result += bytes.prefix(count - result.count)
    return result
  }

  /// Ten thousand of it are a hundred megabytes.
  private static let text: [UInt8] = (0..<10_000).map { (place: Int) -> UInt8 in
    place % 7 == 6 ? 0x20 : 0x61 + UInt8(place * place % 25)
  }
}
