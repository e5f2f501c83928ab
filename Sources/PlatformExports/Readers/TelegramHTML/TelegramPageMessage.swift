internal import AccountModel

/// A message of a page, as the page shows it.
struct TelegramPageMessage {
  /// Something that stands beside the text.
  struct Media {
    enum Kind { case file, call, contact }

    var kind = Kind.file
    /// What it is called; of a call whom it went to, of a contact card whose it is.
    var title = ""
    /// How a call ended, the number on a contact card, the size of a file.
    var status = ""
  }

  /// A sign under the message.
  struct Reaction {
    var sign = ""
    /// Those of whom a picture is shown.
    var shown = 0
    /// As written, where more people gave it than are shown.
    var count = 0
  }

  /// Of its first byte.
  var offset: UInt64 = 0
  /// Written by the platform.
  var isService = false
  /// Goes on where the message before it ended, whose author is not named again.
  var isJoined = false
  /// What its id says behind `message`; the dates between messages count down from -1.
  var number: [UInt8] = []
  /// As written.
  var time: [UInt8] = []
  /// The author's, as written: it may end in the bot that was called.
  var name: String?
  var isForwarded = false
  var text = QuotingText()
  var links: [TextLink] = []
  var media: [Media] = []
  var reactions: [Reaction] = []
  /// Whether it says which of a channel's people wrote it.
  var isSigned = false
  /// The platform's words.
  var notice = ""
  var isTooLarge = false

  /// Links, media and signs that are kept at most; Telegram allows a hundred of them.
  private static let partLimit = 10_000

  /// Whether there is room for one more of them; a message that has none is too large.
  private mutating func hasRoom() -> Bool {
    if links.count + media.count + reactions.count < Self.partLimit { return true }
    isTooLarge = true
    return false
  }

  mutating func add(_ link: TextLink) { if hasRoom() { links.append(link) } }
  mutating func add(_ part: Media) { if hasRoom() { media.append(part) } }
  mutating func add(_ sign: Reaction) { if hasRoom() { reactions.append(sign) } }

  /// The class of record that it becomes, when it is nobody's notice.
  var recordClass: RecordClass { media.contains { $0.kind == .call } ? .call : .message }

  /// Whether it is a date between messages. Messages of a group that became a supergroup have negative numbers as well:
  /// of nine digits and more.
  var isDate: Bool { isService && number.first == UInt8(ascii: "-") && number.count <= 9 }
}

/// An entry of a list, as the page shows it.
struct TelegramPageEntry {
  /// Of its first byte.
  var offset: UInt64 = 0
  /// The user's, from behind `ID: `.
  var id = ""
  var name = ""
  /// Of a session: device, platform and its version.
  var subname = ""
  /// The date of a contact, the sort of a chat.
  var info = ""
  var details: [String] = []
  /// Where it leads to, as written.
  var address = ""
}
