/// Where a page lies in an export.
///
///     ChatExport_2024-05-01/messages2.html               the export of one chat
///     DataExport_2024-05-01/chats/chat_007/messages.html a chat of a whole account
///     DataExport_2024-05-01/lists/contacts.html
///     DataExport_2024-05-01/export_results.html
struct TelegramPagePath {
  /// The folder of the export.
  let root: String
  /// The folder of the chat; empty for the export of one chat, and for pages of none.
  let chat: String

  init(_ path: String) {
    var folders = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    var chat = ""
    if folders.last == "lists" {
      folders.removeLast()
    } else if let last = folders.last, last.hasPrefix("chat_"),
      folders.dropLast().last?.hasSuffix("chats") == true
    {
      chat = String(last)
      folders.removeLast(2)
    }
    root = folders.joined(separator: "/")
    self.chat = chat
  }

  /// The folder of the chat to which a list leads: `../chats/chat_007/messages.html#allow_back`.
  static func chat(ofAddress address: String) -> String {
    Self(String(address.prefix { $0 != "#" })).chat
  }
}
