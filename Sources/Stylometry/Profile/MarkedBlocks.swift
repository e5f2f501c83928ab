/// Parts of a post between marks of their beginning and end that are no prose of its author: quotations in the markup of
/// forums (`[quote=Ann]…[/quote]`, one within another), code between fences of three backticks, and what programs write
/// between `-----BEGIN …-----` and `-----END …-----`, as keys, signatures and encrypted messages are. A part without an
/// end is none, nor is one that begins within another and does not end there.
struct MarkedBlocks {
  /// Where they stand in the post, ascending and apart, and why each is left out.
  private(set) var blocks: [(bytes: Range<Int>, reason: LeftOut)] = []
  /// Where what has not ended yet begins.
  private var quotations: [Int] = []
  private var fence: Int?
  private var armour: Int?

  /// Finds them in one pass.
  ///
  /// - Parameter quotationsAlone: whether nothing but quotations is looked for.
  init(in post: UnsafeBufferPointer<UInt8>, quotationsAlone: Bool) {
    var place = 0
    while place < post.count {
      let start = place
      place += 1
      switch post[start] {
      case 0x5B:
        if let end = Self.endOfTag("[quote", at: start, in: post) {
          quotations.append(start)
          place = end
        } else if let end = Self.endOfTag("[/quote", at: start, in: post) {
          if let first = quotations.last { add(first..<end, .quoted) }
          place = end
        }
      case 0x60 where !quotationsAlone:
        while place < post.count, post[place] == 0x60 { place += 1 }
        if place - start < 3 { continue }
        if let first = fence { add(first..<place, .code) } else { fence = start }
      case 0x2D where !quotationsAlone && (start == 0 || post[start - 1] == 0x0A):
        if Self.starts("-----begin pgp signed message-----", at: start, in: post) {
          repeat { place = Self.endOfLine(place, in: post) } while Self.starts("hash:", at: place, in: post)
          add(start..<place, .code)
        } else if Self.starts("-----begin ", at: start, in: post) {
          armour = start
        } else if let first = armour, Self.starts("-----end ", at: start, in: post) {
          place = Self.endOfLine(place, in: post)
          add(first..<place, .code)
        }
      default: break
      }
    }
  }

  /// Adds a block that ends behind all others, and takes the place of those within it, ended or not.
  private mutating func add(_ bytes: Range<Int>, _ reason: LeftOut) {
    while let first = quotations.last, first >= bytes.lowerBound { quotations.removeLast() }
    if let first = fence, first >= bytes.lowerBound { fence = nil }
    if let first = armour, first >= bytes.lowerBound { armour = nil }
    var start = bytes.lowerBound
    while let last = blocks.last, last.bytes.upperBound > start {
      start = min(start, last.bytes.lowerBound)
      blocks.removeLast()
    }
    blocks.append((start..<bytes.upperBound, reason))
  }

  /// Counts each and its scalars.
  func count(in post: UnsafeBufferPointer<UInt8>, into leftOut: UnsafeMutablePointer<LeftOutCount>) {
    for (bytes, reason) in blocks {
      leftOut[reason.rawValue].add(post[bytes].count { $0 & 0xC0 != 0x80 })
    }
  }

  /// The post without them. What stands before and behind one is no line together.
  func without(_ post: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(post.count)
    var start = 0
    for (bytes, _) in blocks {
      kept.append(contentsOf: post[start..<bytes.lowerBound])
      start = bytes.upperBound
      guard start < post.count else { break }
      let isLineStart = kept.isEmpty || kept.last == 0x0A
      if isLineStart, post[start] == 0x0A { start += 1 }
      if !isLineStart, post[start] != 0x0A { kept.append(0x0A) }
    }
    kept.append(contentsOf: post[start...])
    return kept
  }

  /// A tag has so many bytes behind its name at most.
  private static let tagLimit = 200

  /// The end of a tag of some name, with or without what it says of the quotation, on one line.
  private static func endOfTag(
    _ name: StaticString, at start: Int, in post: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    guard starts(name, at: start, in: post) else { return nil }
    let first = start + name.utf8CodeUnitCount
    guard first < post.count else { return nil }
    switch post[first] {
    case 0x20, 0x3A, 0x3D, 0x5D: break
    default: return nil
    }
    for place in first..<min(first + tagLimit, post.count) {
      if post[place] == 0x5D { return place + 1 }
      if post[place] == 0x0A { break }
    }
    return nil
  }

  /// Whether a text stands somewhere, in upper or lower case; `text` is in lower case.
  private static func starts(
    _ text: StaticString, at start: Int, in post: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    text.withUTF8Buffer { text in
      guard post.count - start >= text.count else { return false }
      return text.indices.allSatisfy {
        let byte = post[start + $0]
        return ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == text[$0]
      }
    }
  }

  private static func endOfLine(_ start: Int, in post: UnsafeBufferPointer<UInt8>) -> Int {
    var end = start
    while end < post.count, post[end] != 0x0A { end += 1 }
    return min(end + 1, post.count)
  }
}
