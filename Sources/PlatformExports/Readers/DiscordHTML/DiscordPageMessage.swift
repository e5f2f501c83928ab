/// A message of a page, as the page shows it.
struct DiscordPageMessage {
  /// Who stands above a message and those that follow it.
  struct Author {
    /// The id, as written.
    var id: [UInt8] = []
    /// The user name, with its four digits where it has them.
    var fullName: [UInt8] = []
    /// The name that is shown.
    var shown = ""
    /// Whether the page marks it as a program.
    var isBot = false
  }

  /// A sign under the message.
  struct Reaction {
    var sign = ""
    var count = 0
  }

  /// Of its first byte.
  var offset: UInt64 = 0
  /// What its id says behind the last dash.
  var id: [UInt8] = []
  /// The date, as written.
  var written = ""
  var text = QuotingText()
  var links: [TextLink] = []
  var reactions: [Reaction] = []
  var attachments = 0
  var embeds = 0
  var isForwarded = false
  /// Whether Discord wrote it, and what.
  var isNotice = false
  var notice = ""
  var isCall = false
  var isTooLarge = false

  /// Links and signs that are kept at most; Discord allows twenty signs.
  private static let partLimit = 10_000

  mutating func add(_ link: TextLink) {
    if links.count < Self.partLimit { links.append(link) } else { isTooLarge = true }
  }
  mutating func add(_ sign: Reaction) {
    if reactions.count < Self.partLimit { reactions.append(sign) } else { isTooLarge = true }
  }
}
