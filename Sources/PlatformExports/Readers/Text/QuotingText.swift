/// The text of a message, put together from its pieces.
///
/// A passage that is set as a quotation gets `> ` before each of its lines, as in mail, since its words are another's.
struct QuotingText {
  private(set) var bytes: [UInt8] = []
  /// Whether the text so far ends in the middle of a line that is quoted.
  private var endsInQuote = false

  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: bytes.count < 1 << 20)
    endsInQuote = false
  }

  mutating func append(_ piece: UnsafeBufferPointer<UInt8>, isQuote: Bool) {
    guard let first = piece.first else { return }
    let newline = UInt8(ascii: "\n")
    let needsBreak = isQuote ? bytes.last.map { $0 != newline } ?? false : endsInQuote && first != newline
    if needsBreak { bytes.append(newline) }
    endsInQuote = isQuote && piece.last != newline
    guard isQuote else { return bytes.append(contentsOf: piece) }
    for (number, line) in piece.split(separator: newline, omittingEmptySubsequences: false).enumerated() {
      if number > 0 { bytes.append(newline) }
      if line.isEmpty, line.endIndex == piece.endIndex { continue }
      bytes.append(contentsOf: "> ".utf8)
      bytes.append(contentsOf: line)
    }
  }

  mutating func append(_ words: HTMLWords, isQuote: Bool) {
    words.bytes.withUnsafeBufferPointer { append($0, isQuote: isQuote) }
  }

  /// Without words that a program wrote before the text.
  mutating func drop(prefix: String) {
    if bytes.starts(with: prefix.utf8) { bytes.removeFirst(prefix.utf8.count) }
  }

  /// Without what ends in white space.
  mutating func trimEnd() { while bytes.last?.isSpace == true { bytes.removeLast() } }
}
