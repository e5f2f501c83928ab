/// Where the links of a piece of HTML lead to, in their order.
final class HTMLLinks: HTMLTokenHandler {
  /// A link.
  struct Link: Equatable {
    /// As written, with its entities undone.
    let address: String
    /// Whether its classes call it what a server made of a name or a topic, and not an address that somebody wrote.
    let isMention: Bool
    let isTopic: Bool
  }

  private var links: [Link] = []

  /// The links of a text; addresses of `HTMLTokenizer.linkLimit` bytes and more are none.
  static func links(in html: String) -> [Link] {
    guard html.utf8.contains(UInt8(ascii: "<")) else { return [] }
    let handler = HTMLLinks()
    // Nothing throws: the bytes are in memory, and the handler does not.
    _ = try? HTMLTokenizer(textLimit: 0, handler: handler).read(
      MemberInput(path: "", bytes: Array(html.utf8)))
    return handler.links
  }

  func text(_ raw: UnsafeBufferPointer<UInt8>, isCut: Bool) {}

  func tag(_ tag: HTMLTag) {
    guard !tag.isEnd, tag.isNamed("a"), !tag.link.isEmpty, tag.link.count < HTMLTokenizer.linkLimit else {
      return
    }
    var address: [UInt8] = []
    tag.link.withUnsafeBufferPointer { HTMLEntities.decode($0, into: &address) }
    let isTopic = tag.hasClass("hashtag")
    links.append(
      Link(
        address: String(decoding: address, as: UTF8.self),
        isMention: !isTopic && tag.hasClass("mention"),
        isTopic: isTopic))
  }
}
