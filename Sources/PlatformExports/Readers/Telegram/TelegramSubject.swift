/// Which chat a file of Telegram Desktop's is of, by its beginning.
enum TelegramSubject {
  /// Of none, but of a whole account; no chat is called so.
  static let account = ""

  /// The chat of a page; nil where the page does not say it.
  static func page(_ head: MemberHead) -> String? {
    guard TelegramPagePath(head.path).chat.isEmpty, head.contains("class=\"history\"") else { return account }
    let text = head.text
    guard let start = text.firstRange(ofBytes: "class=\"text bold\">") else { return nil }
    let rest = text[start.upperBound...]
    guard let end = rest.firstRange(ofBytes: "</div>") else { return nil }
    var title = String(rest[..<end.lowerBound])
    var words = HTMLWords()
    title.withUTF8 { words.append($0, keepsLines: false, keepsSpaces: true) }
    return plain(words.string)
  }

  /// The chat of a result in JSON: of a person the first name alone; nil where its beginning does not say it.
  static func result(_ head: MemberHead) -> String? {
    if head.contains("\"personal_information\"") || head.contains("\"frequent_contacts\"") { return account }
    let text = head.text
    guard let messages = text.firstRange(ofBytes: "\"messages\"") else { return nil }
    let fields = text[..<messages.lowerBound]
    if fields.firstRange(ofBytes: "\"chats\"") != nil { return account }
    guard let key = fields.firstRange(ofBytes: "\"name\"") else { return nil }
    let value = fields[key.upperBound...].drop { $0.isWhitespace || $0 == ":" }
    guard value.hasPrefix("\"") else { return nil }
    let name = value.dropFirst().prefix { $0 != "\"" }
    return name.contains("\\") ? nil : plain(String(name))
  }

  /// Whether a result says what a page says, as far as their beginnings tell.
  static func isSame(_ result: String?, _ page: String?) -> Bool {
    guard let result, let page, result != account else { return true }
    return page == result || page.hasPrefix(result + " ")
  }

  /// Nil for a name that says nothing.
  private static func plain(_ name: String) -> String? {
    let name = name.trimmingSpaces
    return name.isEmpty ? nil : name
  }
}
