internal import AccountModel

/// The app that a record is of, as the report names it.
enum CellebriteSource {
  /// The platform of a source's name. Names of the phone's own programs and an empty name are text messages and calls;
  /// an app that is not known is a platform of its own name.
  static func platform(_ name: String) -> Platform {
    let name = DirectionMarks.stripped(name)
    let lowered = name.lowercased()
    if native.contains(lowered) { return .sms }
    if let known = known[lowered] { return known }
    // `iMessage: +44 7700 900123` names the account as well.
    if let colon = lowered.firstIndex(of: ":") {
      let app = String(lowered[..<colon]).trimmingSpaces
      if let known = known[app] { return known }
      let platform = Platform(app)
      if numbered.contains(platform.rawValue) || named.contains(platform.rawValue)
        || byTelephone.contains(platform.rawValue)
      {
        return platform
      }
    }
    return Platform(name)
  }

  /// Whether words on an extraction, in small letters, say that a provider gave it to a legal request.
  static func isReturn(_ words: String) -> Bool {
    // A phone under warranty is none.
    words.replacing("warranty", with: "").replacing("warranties", with: "").contains("warrant")
      || words.contains("legal return")
  }

  /// Platforms that number their accounts.
  static let numbered: Set<String> = [
    "facebook", "instagram", "threads", "x", "telegram", "discord", "tiktok",
  ]

  /// Platforms on which a name without white space names one account.
  static let named: Set<String> = [
    "instagram", "threads", "snapchat", "tiktok", "x", "reddit", "discord", "telegram", "kik", "skype",
    "twitch",
    "youtube", "github",
  ]

  /// Platforms whose accounts are telephone numbers, or addresses of mail.
  static let byTelephone: Set<String> = ["whatsapp", "signal", "imessage", "viber", "sms"]

  /// What the phone's own programs are called.
  private static let native: Set<String> = [
    "", "native", "native messages", "native calls", "native contacts", "messages", "message", "sms", "mms",
    "sms/mms", "text messages", "phone", "phone book", "phonebook", "contacts", "address book", "call log",
    "calls",
    "recents", "android", "android messages", "google messages", "samsung messages", "sim", "sim card",
    "device",
    "telephone",
  ]

  /// Names that apps have in reports and stores beside those of `Platform.otherNames`.
  private static let known: [String: Platform] = [
    "facebook messenger lite": .facebook, "messenger lite": .facebook, "facebook lite": .facebook,
    "telegram messenger": .telegram, "telegram x": .telegram,
    "signal private messenger": .signal, "signal messenger": .signal,
    "instagram direct": .instagram, "instagram lite": .instagram,
    "kik messenger": Platform("kik"), "tik tok": .tiktok, "tiktok lite": .tiktok,
    "viber messenger": Platform("viber"), "skype": Platform("skype"), "imessage": Platform("imessage"),
    "gmail": .email, "mail": .email, "email": .email, "outlook": .email, "android email": .email,
    "apple mail": .email, "samsung email": .email,
  ]
}
