/// An interned text, by order of first appearance.
public struct TokenID: Hashable, Sendable, Comparable {
  /// Order of first mention.
  public let raw: UInt32
  /// Makes an id.
  @inlinable public init(raw: UInt32) { self.raw = raw }
  /// Orders by first mention.
  @inlinable public static func < (left: TokenID, right: TokenID) -> Bool { left.raw < right.raw }
}

/// Gives each distinct text a number, in order of first appearance.
///
/// Open addressing with linear probing over a power-of-two table of token numbers; a slot that matches by the
/// upper half of the hash is confirmed by its bytes. Insertion and look-up cost one hash and about 1.5 probes.
public struct Interner: Sendable {
  /// All texts, end to end, and where each ends: of all their bytes there may be any number.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  private var slots: [UInt32] = Array(repeating: .max, count: 64)

  /// Makes an empty interner.
  public init() {}

  /// Distinct texts so far.
  public var count: Int { ends.count }

  /// The token of a text, made if it is new.
  public mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> TokenID {
    let hash = stableHash(text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != .max {
      if matches(slots[slot], hash: hash, text) { return TokenID(raw: slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let token = UInt32(ends.count)
    slots[slot] = token
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    hashes.append(hash)
    if ends.count * 3 > slots.count * 2 { grow() }
    return TokenID(raw: token)
  }

  /// The token of a string, made if it is new.
  public mutating func intern(_ text: String) -> TokenID {
    var copy = text
    return copy.withUTF8 { intern($0) }
  }

  /// The token of a text if it has one.
  public func find(_ text: UnsafeBufferPointer<UInt8>) -> TokenID? {
    let hash = stableHash(text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != .max {
      if matches(slots[slot], hash: hash, text) { return TokenID(raw: slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The text of a token.
  public func string(_ token: TokenID) -> String { withBytes(token) { String(decoding: $0, as: UTF8.self) } }

  /// Lends the bytes of a token.
  public func withBytes<Result>(
    _ token: TokenID, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let number = Int(token.raw)
    let start = number == 0 ? 0 : ends[number - 1]
    return try bytes.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[start..<ends[number]]))
    }
  }

  private func matches(_ token: UInt32, hash: UInt64, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard hashes[Int(token)] == hash else { return false }
    return withBytes(TokenID(raw: token)) { $0.elementsEqual(text) }
  }

  private mutating func grow() {
    slots = Array(repeating: .max, count: slots.count * 2)
    for (token, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(token)
    }
  }
}
