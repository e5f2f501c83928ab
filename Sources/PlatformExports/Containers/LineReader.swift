import Glibc

/// One line of a text member; the bytes are valid until the next line is asked for.
public struct TextLine {
  /// The line without its terminator (`\n` or `\r\n`).
  public let bytes: UnsafeBufferPointer<UInt8>
  /// Byte offset of its first byte.
  public let offset: UInt64
  /// From 1.
  public let number: UInt32
  /// Whether a terminator followed; the last line of a cut-off source has none.
  public let isTerminated: Bool
  /// Whether the line was longer than the limit: `bytes` is then empty.
  public let isCut: Bool
}

/// Lines of a member, streamed.
public struct LineReader {
  private let input: MemberInput
  private let limit: Int
  private var pending = 0
  private var number: UInt32 = 0

  /// Makes a reader; lines longer than `limit` bytes come cut.
  public init(_ input: MemberInput, limit: Int) {
    self.input = input
    self.limit = limit
  }

  /// The next line, or nil at the end.
  public mutating func next() throws -> TextLine? {
    input.consume(pending)
    pending = 0
    var searched = 0
    while true {
      let window = input.window
      if let newline = Self.newline(in: window, from: searched) {
        // Whether a line is too long may not depend on the blocks in which it came.
        if newline > limit { return try cutLine() }
        number &+= 1
        pending = newline + 1
        var count = newline
        if count > 0, window[count - 1] == 0x0D { count -= 1 }
        return TextLine(
          bytes: UnsafeBufferPointer(rebasing: window[..<count]), offset: input.offset, number: number,
          isTerminated: true, isCut: false)
      }
      searched = window.count
      if searched > limit { return try cutLine() }
      if try !input.fillMore() { break }
    }
    let rest = input.window
    guard !rest.isEmpty else { return nil }
    number &+= 1
    pending = rest.count
    var count = rest.count
    if rest[count - 1] == 0x0D { count -= 1 }
    return TextLine(
      bytes: UnsafeBufferPointer(rebasing: rest[..<count]), offset: input.offset, number: number,
      isTerminated: false, isCut: false)
  }

  /// Passes over the rest of an over-long line.
  private mutating func cutLine() throws -> TextLine? {
    number &+= 1
    let offset = input.offset
    var terminated = false
    while true {
      let window = input.window
      if let newline = Self.newline(in: window, from: 0) {
        input.consume(newline + 1)
        terminated = true
        break
      }
      input.consume(window.count)
      if try !input.fillMore() { break }
    }
    return TextLine(
      bytes: UnsafeBufferPointer(start: nil, count: 0), offset: offset, number: number,
      isTerminated: terminated, isCut: true)
  }

  private static func newline(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, 0x0A, bytes.count - start)
    else { return nil }
    return found - UnsafeMutableRawPointer(mutating: base)
  }
}
