extension WhatsAppMessageKind {
  /// Judges a number as iPhones give it, which is another than Android's; nil for one that is not known.
  init?(iOS number: Int64) {
    switch number {
    // 7 has a link, of which the app shows what its page says beside the words.
    case 0, 7: self = .text
    // Pictures, recordings, files and stickers; 38, 39 and 53 are seen once, 46 is a poll, 54 a video in a circle.
    case 1, 2, 3, 8, 11, 15, 38, 39, 46, 53, 54: self = .media
    // Cards of people, places, goods and invitations; forms that a business filled in, and buttons of theirs that were
    // pressed.
    case 4, 5, 16, 19, 20, 23...27, 30...32, 34, 41, 42: self = .card
    // 6 and 10 are what happened in groups and conversations, 55 in channels; 59 is a call.
    case 6, 10, 28, 55, 59: self = .system
    case 12: self = .waiting
    case 14: self = .takenBack
    default: return nil
    }
  }

  /// Kinds whose words are a caption, and stand with the picture where the message has none.
  static let captioned: Set<Int64> = [1, 2, 11]

  /// Whether what stands in the place of words is somebody's, and not the name of a file or what the app keeps there.
  static func hasWords(iOS number: Int64) -> Bool { [0, 7].contains(number) || captioned.contains(number) }

  /// Whether an entry says that somebody has another number now, by its number and that of the event.
  static func isNumberChange(iOS number: Int64, event: Int64?) -> Bool {
    number == 10 && (event == 5 || event == 6) || number == 6 && event == 9
  }
}
