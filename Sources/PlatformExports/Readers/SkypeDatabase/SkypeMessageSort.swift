/// What a message of Skype's database is, by the number of its type.
enum SkypeMessageSort {
  /// Somebody's words, or what somebody does (`/me`).
  case text
  /// A text message to a telephone.
  case textMessage
  /// Files, pictures, video messages and contact cards, with what is said of them.
  case media
  case callBegun, callEnded
  /// Somebody asks to become a contact, lets another see who he is, or blocks another.
  case request, introduction, block
  /// Topics, members, what versions can do, birthdays.
  case system
  case unknown

  init(_ number: Int64) {
    switch number {
    case 60, 61: self = .text
    case 64: self = .textMessage
    case 63, 68, 70, 201, 253: self = .media
    case 30: self = .callBegun
    case 39: self = .callEnded
    case 50: self = .request
    case 51: self = .introduction
    case 53: self = .block
    case 2, 4, 8, 9, 10, 12, 13, 100, 110: self = .system
    default: self = .unknown
    }
  }
}
