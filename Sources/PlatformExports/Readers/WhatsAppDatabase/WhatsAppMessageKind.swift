/// What a message of WhatsApp's is, by its number.
enum WhatsAppMessageKind {
  /// Somebody's words, or pictures and files with a caption.
  case text, media
  /// A contact card or a place, whose text is somebody else's: the card of a person, the name that the map gives.
  case card
  /// The app's own.
  case system
  case takenBack
  /// One that this phone never could decrypt.
  case waiting

  init(_ number: Int64) {
    switch number {
    case 0: self = .text
    case 4, 5, 14: self = .card
    case 7, 8, 10, 36, 90, 112: self = .system
    case 11: self = .waiting
    case 15, 64: self = .takenBack
    default: self = .media
    }
  }

  /// Why it is no record; nil when it is one.
  var reason: SetAsideReason? {
    switch self {
    case .text, .media, .card: nil
    case .system: .system
    case .takenBack: .takenBack
    case .waiting: SetAsideReason("not-decrypted", "was never decrypted by the phone", isFault: false)
    }
  }
}
