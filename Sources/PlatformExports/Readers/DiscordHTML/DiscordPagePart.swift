/// What an element of a page holds.
enum DiscordPagePart {
  case page, entry, ending
  case message, author, time, text, quote, notice, forwarded
  case reactions, count
  case skipped

  /// Whether its words are a field of their own.
  var isField: Bool {
    switch self {
    case .entry, .ending, .author, .time, .notice, .count: true
    default: false
    }
  }

  /// The part that begins with an element whose classes are these, of whatever version; nil for one that begins none.
  static func beginning(_ tag: HTMLTag) -> DiscordPagePart? {
    var found: DiscordPagePart?
    _ = tag.hasClass { name in
      found = parts.first { name == $0.name }?.part
      return found != nil
    }
    return found
  }

  private static let parts: [(name: StaticString, part: DiscordPagePart)] = [
    ("chatlog__author", .author), ("chatlog__author-name", .author),
    ("chatlog__system-notification-author", .author),
    ("chatlog__timestamp", .time), ("chatlog__short-timestamp", .time),
    ("chatlog__system-notification-timestamp", .time), ("chatlog__markdown-preserve", .text),
    ("preserve-whitespace", .text), ("chatlog__forwarded", .forwarded),
    ("chatlog__system-notification-content", .notice), ("chatlog__reactions", .reactions),
    ("chatlog__reply", .skipped), ("chatlog__reference", .skipped), ("chatlog__followup", .skipped),
    ("chatlog__embed", .skipped),
    ("chatlog__attachment", .skipped), ("chatlog__sticker", .skipped),
    ("chatlog__edited-timestamp", .skipped),
    ("chatlog__author-tag", .skipped), ("chatlog__bot-label", .skipped), ("chatlog__bot-tag", .skipped),
    ("chatlog__forwarded-header", .skipped), ("chatlog__forwarded-timestamp", .skipped),
    ("chatlog__forwarded-attachments", .skipped), ("chatlog__poll", .skipped),
    ("chatlog__components", .skipped),
  ]

  /// Classes of what is set off as a quotation.
  static func isQuote(_ tag: HTMLTag) -> Bool {
    tag.hasClass { $0 == "chatlog__markdown-quote" || $0 == "quote" } || tag.isNamed("blockquote")
  }

  /// Classes by which pages of chat-exporter, a program that took over these pages for bots, show that a message was passed on.
  static func isForwardMark(_ tag: HTMLTag) -> Bool {
    tag.hasClass("chatlog__forwarded-snapshot") || isForwardMarkOfReference(tag)
  }

  /// The one of them that stands in the place of what a message answers.
  static func isForwardMarkOfReference(_ tag: HTMLTag) -> Bool {
    tag.hasClass("chatlog__reference-forwarded")
  }

  /// Classes of what is counted as an embed.
  static func isEmbed(_ tag: HTMLTag) -> Bool {
    tag.hasClass("chatlog__embed") || tag.hasClass("chatlog__poll")
  }

  /// Classes of what is counted as an attachment.
  static func isAttachment(_ tag: HTMLTag) -> Bool {
    tag.hasClass("chatlog__attachment") || tag.hasClass("chatlog__sticker")
      || tag.hasClass("chatlog__forwarded-attachments")
  }

  /// Classes of the mark beside the name of a program.
  static func isBotMark(_ tag: HTMLTag) -> Bool {
    tag.hasClass { $0 == "chatlog__author-tag" || $0 == "chatlog__bot-label" || $0 == "chatlog__bot-tag" }
  }
}
