/// What DiscordChatExporter writes into tables and plain text for what Discord itself wrote, under the name of whom it is about.
enum DiscordNotice {
  private static let whole: Set<String> = [
    "Joined the server.", "Pinned a message.", "Started a thread.", "Changed the channel icon.",
    "Left the group.",
    "Added a recipient.", "Removed a recipient.", "Changed the channel name.",
  ]

  /// Whether a text is one of them. Whoever types just these words is taken for it.
  static func isNotice(_ text: String) -> Bool {
    if whole.contains(text) { return true }
    let isOneLine = !text.contains(where: \.isNewline)
    return isOneLine
      && ((text.hasPrefix("Added ") || text.hasPrefix("Removed ")) && text.hasSuffix(" the group.")
        || text.hasPrefix("Changed the channel name: ") || isCall(text))
  }

  /// `Started a call that lasted 2 minutes.`
  static func isCall(_ text: String) -> Bool {
    let (start, end) = ("Started a call that lasted ", " minutes.")
    guard text.hasPrefix(start), text.hasSuffix(end), text.utf8.count > start.utf8.count + end.utf8.count
    else {
      return false
    }
    return text.dropFirst(start.count).dropLast(end.count).utf8.allSatisfy {
      $0.isDigit || ".,".utf8.contains($0)
    }
  }
}
