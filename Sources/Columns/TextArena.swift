/// A slice of a `TextArena`: offset and length in bytes.
public struct TextRef: Hashable, Sendable {
  /// Where it begins.
  public let offset: UInt32
  /// Its bytes.
  public let length: UInt32

  /// Makes a reference.
  @inlinable
  public init(offset: UInt32, length: UInt32) {
    self.offset = offset
    self.length = length
  }

  /// The empty text.
  public static let empty = TextRef(offset: 0, length: 0)

  /// Whether the text has no bytes.
  @inlinable public var isEmpty: Bool { length == 0 }
}

/// UTF-8 text, end to end in one buffer, addressed by 32-bit offsets.
///
///     bytes   h i l d a @ m y h a n d l e
///             0         5
///     refs    (0, 5)    (5, 9)
///
/// Two million handles of 22 bytes take 66 MiB here and 200 MiB as an array of `String`.
public struct TextArena: Sendable {
  /// The bytes; always valid UTF-8 when every append was.
  public private(set) var bytes: [UInt8] = []

  /// Makes an empty arena.
  public init() {}

  /// Bytes in use.
  public var count: Int { bytes.count }

  /// Room that is left before the 32-bit offsets run out.
  public var remaining: Int { Int(UInt32.max) - bytes.count }

  /// Appends bytes that the caller knows to be valid UTF-8, and sees to it that all stay below 4 GiB: a batch is handed on
  /// after a mebibyte, and the record that fills it is of bounded size.
  public mutating func append(_ text: UnsafeBufferPointer<UInt8>) -> TextRef {
    if text.isEmpty { return .empty }
    precondition(text.count <= remaining, "a text arena holds at most 4 GiB")
    let offset = UInt32(bytes.count)
    bytes.append(contentsOf: text)
    return TextRef(offset: offset, length: UInt32(text.count))
  }

  /// Appends the UTF-8 of a string.
  public mutating func append(_ text: String) -> TextRef {
    var copy = text
    return copy.withUTF8 { append($0) }
  }

  /// The text of a reference, copied out.
  public func string(_ ref: TextRef) -> String {
    withBytes(ref) { String(decoding: $0, as: UTF8.self) }
  }

  /// Lends the bytes of a reference.
  @inlinable
  public func withBytes<Result>(
    _ ref: TextRef, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try bytes.withUnsafeBufferPointer { all in
      try body(UnsafeBufferPointer(rebasing: all[Int(ref.offset)..<Int(ref.offset) + Int(ref.length)]))
    }
  }

  /// Forgets the text and keeps the capacity.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
