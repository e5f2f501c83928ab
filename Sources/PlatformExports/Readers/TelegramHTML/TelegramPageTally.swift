/// Counts the messages of a page and the entries of a list by the tags in its raw bytes, apart from the parser. It knows no
/// nesting, quotes or comments.
final class TelegramPageTally {
  /// Messages that somebody sent, calls among them, and the platform's notices.
  private(set) var messages = 0
  private(set) var calls = 0
  /// Contact cards.
  private(set) var cards = 0
  private(set) var entries = 0
  private var tags = TagBytes(limit: 512)

  func feed(_ bytes: UnsafeBufferPointer<UInt8>) { tags.feed(bytes) { count($0) } }

  private func count(_ tag: [UInt8]) {
    guard tag.first != UInt8(ascii: "/"), tag.contains(UInt8(ascii: "=")) else { return }
    let words = String(decoding: tag, as: UTF8.self)
    guard let start = words.firstRange(ofBytes: "class=") else { return }
    let classes = words[start.upperBound...].dropFirst().prefix { $0 != "\"" && $0 != "'" }.split(
      separator: " ")
    switch classes.first {
    case "message" where words.hasPrefix("div"): if !isDate(words, classes) { messages += 1 }
    case "media":
      if classes.contains("media_call") { calls += 1 }
      if classes.contains("media_contact") { cards += 1 }
    case "entry": entries += 1
    default: break
    }
  }

  /// A date between messages counts down from -1.
  private func isDate(_ words: String, _ classes: [Substring]) -> Bool {
    guard classes.contains("service"), let start = words.firstRange(ofBytes: "message-") else { return false }
    return words[start.upperBound...].prefix { $0.isNumber }.count < 9
  }
}
