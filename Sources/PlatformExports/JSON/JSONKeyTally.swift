/// Counts keys of a JSON stream without parsing it: the second count beside a reader's own.
///
/// It shares nothing with the splitter or the parser: it only follows strings and their escapes, and a string
/// that a colon follows is a key. A pair counts a key whose value is one given string.
public final class JSONKeyTally {
  private enum State { case outside, inString, escaped, afterString }

  private struct Needle {
    let key: [UInt8]
    let value: [UInt8]
  }

  private let needles: [Needle]
  private var counts: [Int]
  private var state = State.outside
  private var token: [UInt8] = []
  private var isLong = false
  /// The last key, while its value has not begun.
  private var key: [UInt8] = []
  /// Tokens longer than this match nothing.
  private let longest: Int

  /// Makes a tally of keys, and of keys with one string value, in that order.
  public init(keys: [String], pairs: [(key: String, value: String)] = []) {
    needles =
      keys.map { Needle(key: Array($0.utf8), value: []) }
      + pairs.map { Needle(key: Array($0.key.utf8), value: Array($0.value.utf8)) }
    counts = Array(repeating: 0, count: needles.count)
    longest = needles.reduce(0) { max($0, $1.key.count, $1.value.count) }
    token.reserveCapacity(longest + 1)
  }

  /// How often the needle at a position was found.
  public subscript(position: Int) -> Int { counts[position] }

  /// Reads on.
  public func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
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
        collect(bytes, start..<position)
        guard position < bytes.count else { return }
        state = bytes[position] == 0x22 ? .afterString : .escaped
        position += 1
      case .escaped:
        isLong = true
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

  private func begin() {
    token.removeAll(keepingCapacity: true)
    isLong = false
    state = .inString
  }

  private func collect(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    if isLong { return }
    if token.count + range.count > longest {
      isLong = true
    } else {
      token.append(contentsOf: bytes[range])
    }
  }

  private func endKey() {
    key.removeAll(keepingCapacity: true)
    guard !isLong else { return }
    key.append(contentsOf: token)
    for position in needles.indices where needles[position].value.isEmpty && needles[position].key == token {
      counts[position] += 1
    }
  }

  private func endValue() {
    defer { key.removeAll(keepingCapacity: true) }
    guard !isLong, !key.isEmpty else { return }
    for position in needles.indices
    where !needles[position].value.isEmpty && needles[position].value == token && needles[position].key == key
    {
      counts[position] += 1
    }
  }
}
