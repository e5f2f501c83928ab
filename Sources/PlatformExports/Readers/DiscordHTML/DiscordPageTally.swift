/// Counts the messages of a page by the tags in its raw bytes, apart from the parser. It knows no nesting, quotes or
/// comments.
final class DiscordPageTally {
  /// Messages, calls and the platform's notices.
  private(set) var messages = 0
  private(set) var calls = 0
  private var tags = TagBytes(limit: 512)

  func feed(_ bytes: UnsafeBufferPointer<UInt8>) { tags.feed(bytes) { count($0) } }

  private func count(_ tag: [UInt8]) {
    guard let first = tag.first, first == UInt8(ascii: "d") || first == UInt8(ascii: "u") else { return }
    let words = String(decoding: tag, as: UTF8.self)
    if words.hasPrefix("use "), words.holdsBytes("#call-icon") {
      calls += 1
      return
    }
    guard words.hasPrefix("div "), let start = words.firstRange(ofBytes: "class=") else { return }
    var rest = words[start.upperBound...]
    if let quote = rest.first, quote == "\"" || quote == "'" {
      rest = rest.dropFirst().prefix { $0 != quote }
    } else {
      rest = rest.prefix { $0 != " " }
    }
    let classes = rest.split(separator: " ")
    let isOld = classes.contains("chatlog__message") && words.holdsBytes("id=\"message-")
    if isOld || classes.contains("chatlog__message-container") { messages += 1 }
  }
}
