internal import AccountModel

/// What the `address` or `number` of a message or call is.
enum SMSBackupAddress: Equatable {
  /// Nothing, or words that say that the number was withheld.
  case none
  /// Stands for the phone's own number.
  case owner
  case phone
  case email
  /// Letters in place of a number ("HMRC"): anybody can send under them.
  case alphanumericSender
  /// A few digits, given out by networks and shared.
  case shortCode

  /// Digits of a short code, at most.
  static let shortCodeDigits = 6

  /// Judges trimmed bytes.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var digits = 0
    var letters = 0
    var hasPlus = false
    var hasAt = false
    var isWide = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "+"): hasPlus = true
      case UInt8(ascii: "@"): hasAt = true
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): letters += 1
      case 0x80...: isWide = true
      default: break
      }
    }
    if isWide, !Self.isFormatting(bytes) { letters += 1 }
    if bytes.isEmpty {
      self = .none
    } else if letters == 0, digits == 0 {
      self = .none
    } else if letters == 0, digits == 1, bytes.first == UInt8(ascii: "-") {
      self = .none  // -1 unknown, -2 private, -3 payphone
    } else if Self.ownerToken.elementsEqual(bytes) {
      self = .owner
    } else if hasAt, letters > 0 {
      self = .email
    } else if letters > 0 {
      let lowered = String(decoding: bytes, as: UTF8.self).lowercased()
      self = Self.withheldWords.contains(lowered) ? .none : .alphanumericSender
    } else if !hasPlus, digits <= Self.shortCodeDigits {
      self = .shortCode
    } else {
      self = .phone
    }
  }

  /// The kind and reach of the account, who asserts it, and the label of the identifier.
  var account: (kind: IdentifierKind, scope: AccountScope, assertion: Assertion, label: String)? {
    switch self {
    case .none, .owner: nil
    case .phone: (.phone, .platform, .platform, "")
    case .email: (.email, .platform, .platform, "")
    case .alphanumericSender: (.handle, .source, .claimed, "alphanumeric-sender")
    case .shortCode: (.handle, .source, .platform, "short-code")
    }
  }

  private static let ownerToken = Array("insert-address-token".utf8)
  private static let withheldWords: Set<String> = [
    "null", "unknown", "anonymous", "private", "private number", "withheld", "no caller id", "restricted",
    "unavailable", "payphone", "(unknown)", "blocked",
  ]

  /// Whether all that is not ASCII is spaces and marks that phone books put around digits.
  private static func isFormatting(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy {
      $0.isASCII || $0.properties.isWhitespace || $0.properties.generalCategory == .format
        || $0.properties.generalCategory == .dashPunctuation
    }
  }
}
