/// The name of a chat as WhatsApp puts it into the name of a file, where some characters cannot stand.
struct WhatsAppChatName {
  /// Letters and digits, which every file name can hold.
  private let plain: String
  /// The name as it is written before the chat's notices, once one of them proved it.
  private var head: [UInt8]?

  init(_ name: String) { plain = Self.plain(name) }

  /// Whether a text is the name, but for what a file name cannot hold.
  private func isWritten(_ text: String) -> Bool { !plain.isEmpty && Self.plain(text) == plain }

  /// Where a notice of the platform's begins that stands under the name of a chat which holds `: ` itself, as iOS writes it.
  /// The first half of such a name would be an account of nobody's.
  ///
  /// The name must be that of the file, and a notice under it have nothing in it but WhatsApp's words: a member who is
  /// called as the first half could type as much, and nothing that anybody said is lost by it. From then on what stands
  /// behind a mark under the same name is the chat's.
  ///
  /// - Parameter first: where the first `: ` of the line stands.
  /// - Returns: where the `: ` stands that ends the chat's name; nil for any other line.
  mutating func noticeColon(in body: UnsafeBufferPointer<UInt8>, behind first: Int) -> Int? {
    var position = first + 2
    while position < body.count,
      let colon = WhatsAppConversation.colon(in: UnsafeBufferPointer(rebasing: body[position...]))
    {
      let next = position + colon
      let after = UnsafeBufferPointer(rebasing: body[(next + 2)...])
      if DirectionMarks.length(after, at: 0) > 0 {
        return isNotice(UnsafeBufferPointer(rebasing: body[..<next]), after) ? next : nil
      }
      position = next + 2
    }
    return nil
  }

  private mutating func isNotice(
    _ head: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    if let known = self.head { return head.elementsEqual(known) }
    let name = DirectionMarks.stripped(head)
    guard isWritten(name),
      WhatsAppMarkedText.isSystem(DirectionMarks.stripped(text), sender: name, isKnown: { _ in false })
    else { return false }
    self.head = Array(head)
    return true
  }

  private static func plain(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let sign = scalar.properties
      // Marks above a letter are compared with it, in whichever form the file's name has them.
      if sign.isAlphabetic || sign.numericType != nil || sign.isEmojiPresentation
        || sign.canonicalCombiningClass != .notReordered
      {
        kept.append(scalar)
      }
    }
    return String(kept)
  }
}
