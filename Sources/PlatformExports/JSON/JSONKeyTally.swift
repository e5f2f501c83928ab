/// Counts keys of a JSON stream without parsing it: the second count beside a reader's own.
///
/// It shares nothing with the splitter or the parser: it only follows strings and their escapes, and a string
/// that a colon follows is a key. A pair counts a key whose value is one given string.
public final class JSONKeyTally {
  private var lexer: Lexer

  /// Makes a tally of keys, and of keys with one string value, in that order.
  public init(keys: [String], pairs: [(key: String, value: String)] = []) {
    lexer = Lexer(
      keys.map { Needle(key: Array($0.utf8), value: []) }
        + pairs.map { Needle(key: Array($0.key.utf8), value: Array($0.value.utf8)) })
  }

  /// How often the needle at a position was found.
  public subscript(position: Int) -> Int { lexer.counts[position] }

  /// Reads on.
  public func feed(_ bytes: UnsafeBufferPointer<UInt8>) { lexer.feed(bytes) }

  private struct Needle {
    let key: [UInt8]
    let value: [UInt8]
  }

  /// What stands between quotation marks, as far as it can match; longer tokens match nothing.
  private struct Token {
    private var bytes: [UInt8]
    private var count = 0
    private var isLong = false

    init(longest: Int) { bytes = Array(repeating: 0, count: longest) }

    mutating func clear() {
      count = 0
      isLong = false
    }

    mutating func spoil() { isLong = true }

    mutating func append(_ source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
      guard !isLong, count + range.count <= bytes.count else {
        isLong = true
        return
      }
      for position in range {
        bytes[count] = source[position]
        count += 1
      }
    }

    func matches(_ wanted: [UInt8]) -> Bool {
      guard !isLong, wanted.count == count else { return false }
      var position = 0
      while position < count {
        if bytes[position] != wanted[position] { return false }
        position += 1
      }
      return true
    }
  }

  private struct Lexer {
    private enum State { case outside, inString, escaped, afterString }

    private let needles: [Needle]
    private(set) var counts: [Int]
    private var state = State.outside
    private var token: Token
    /// The last key, while its value has not begun.
    private var key: Token
    private var hasKey = false

    init(_ needles: [Needle]) {
      self.needles = needles
      counts = Array(repeating: 0, count: needles.count)
      let longest = needles.reduce(0) { max($0, $1.key.count, $1.value.count) }
      token = Token(longest: longest)
      key = Token(longest: longest)
    }

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
      var position = 0
      while position < bytes.count {
        switch state {
        case .outside:
          while position < bytes.count, bytes[position] != 0x22 { position += 1 }
          guard position < bytes.count else { return }
          begin()
          position += 1
        case .inString:
          let start = position
          while position < bytes.count, bytes[position] != 0x22, bytes[position] != 0x5C { position += 1 }
          token.append(bytes, start..<position)
          guard position < bytes.count else { return }
          state = bytes[position] == 0x22 ? .afterString : .escaped
          position += 1
        case .escaped:
          // Some programs write each `/` as `\/`.
          if bytes[position] == 0x2F { token.append(bytes, position..<position + 1) } else { token.spoil() }
          state = .inString
          position += 1
        case .afterString:
          let byte = bytes[position]
          position += 1
          if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { continue }
          if byte == 0x3A { endKey() } else { endValue() }
          if byte == 0x22 { begin() } else { state = .outside }
        }
      }
    }

    private mutating func begin() {
      token.clear()
      state = .inString
    }

    private mutating func endKey() {
      hasKey = false
      for position in needles.indices where token.matches(needles[position].key) {
        if needles[position].value.isEmpty {
          counts[position] += 1
        } else {
          hasKey = true
        }
      }
      if hasKey { swap(&key, &token) }
    }

    private mutating func endValue() {
      guard hasKey else { return }
      hasKey = false
      for position in needles.indices
      where !needles[position].value.isEmpty && token.matches(needles[position].value)
        && key.matches(needles[position].key)
      {
        counts[position] += 1
      }
    }
  }
}
