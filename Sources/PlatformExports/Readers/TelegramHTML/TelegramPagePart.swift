/// What an element of a page holds.
enum TelegramPagePart {
  case page, header, title, details, row, label, value
  case message, body, name, forwarded, text, quote, media, mediaTitle, mediaStatus
  case reactions, sign, count
  case entry, entryName, subname, info, detail
  case skipped

  /// Whether its words are a field of their own.
  var isField: Bool {
    switch self {
    case .title, .label, .value, .name, .mediaTitle, .mediaStatus, .sign, .count, .entryName, .subname, .info,
      .detail:
      true
    default: false
    }
  }
}
