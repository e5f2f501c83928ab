internal import AccountModel
internal import Identifiers

/// What the identifier of a party, an account or an entry of a contact names.
///
///     447700900123@s.whatsapp.net      WhatsApp's number +447700900123 (a name may stand behind it)
///     12345678901234@lid               WhatsApp's id that hides a number
///     123456789                        Telegram's id; with twelve digits it may be a number: this source only
///     jane.doe (100001234567890)       Facebook's id, and the name before it
///     name_abc@talk.kik.com            Kik's name
///
/// Only what the app's own rule makes one account is of the platform; all else is of this source.
enum CellebriteIdentity: Equatable {
  /// Nothing, or a word for nothing.
  case nothing
  /// A group, a list of recipients or a channel: nobody.
  case group
  /// The app itself.
  case system
  case account(IdentifierKind, AccountScope, value: String, label: String, name: String)

  private static func account(
    _ kind: IdentifierKind, _ scope: AccountScope, _ value: String, label: String = "", name: String = ""
  ) -> Self { .account(kind, scope, value: value, label: label, name: name) }

  /// Whether it names an account of the platform.
  var isOfPlatform: Bool { if case .account(_, .platform, _, _, _) = self { true } else { false } }

  /// How much it says: a permanent id before a name, that before a number or address, that before a name of this source.
  var rank: Int {
    guard case .account(let kind, let scope, _, _, _) = self else { return 0 }
    if scope == .source { return 1 }
    return kind == .platformID ? 4 : kind == .handle ? 3 : 2
  }

  /// Judges an identifier as the app writes them.
  init(_ text: String, _ platform: Platform) {
    let text = DirectionMarks.stripped(text)
    let lowered = text.lowercased()
    if text.isEmpty || NoValue.isNamed(by: text) || text.utf8.count > 1000 {
      self = text.utf8.count > 1000 ? Self.account(.handle, .source, String(text.prefix(200))) : .nothing
    } else if Self.isSystem(lowered) {
      self = .system
    } else if let address = Self.whatsApp(text) {
      self = address
    } else {
      self = Self.byPlatform(text, lowered, platform)
    }
  }

  /// Whether a name is the app's own, which reports write once or twice.
  static func isSystem(_ lowered: String) -> Bool {
    ["system message", "system message system message", "system"].contains(lowered)
  }

  /// An address at one of WhatsApp's servers, with a name behind it perhaps; nil for anything else.
  private static func whatsApp(_ text: String) -> Self? {
    let head = text.prefix { !$0.isWhitespace }
    guard let jid = WhatsAppJID(address: head) else { return nil }
    let name = text[head.endIndex...].trimmingSpaces
    return switch jid.server {
    case .phone:
      jid.number.map { account(.phone, .platform, $0, name: name) } ?? account(.handle, .source, text)
    case .lid:
      jid.hiddenID.map { account(.platformID, .platform, $0, name: name) } ?? account(.handle, .source, text)
    case .group, .list: .group
    }
  }

  private static func byPlatform(_ text: String, _ lowered: String, _ platform: Platform) -> Self {
    let app = platform.rawValue
    if platform == .sms { return sms(text) }
    if platform == .email {
      if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
        let address = String(text[text.index(after: open)...].dropLast())
        let name = text[..<open].filter { $0 != "\"" }.trimmingSpaces
        if ValueShape.isEmail(address) { return account(.email, .platform, address, name: name) }
      }
      return ValueShape.isEmail(text) ? account(.email, .platform, text) : account(.handle, .source, text)
    }
    let digits = text.utf8.allSatisfy(\.isDigit) ? text.utf8.count : 0
    if CellebriteSource.numbered.contains(app) {
      if digits > 0 { return number(text, digits, app) }
      if let glued = glued(text, app) { return glued }
      if app == "telegram" {
        // Written by programs before a number, and what people call themselves as well: nothing tells which.
        for prefix in ["user", "bot"] where isNumbered(lowered, prefix) {
          return account(.handle, .source, text)
        }
        for prefix in ["channel", "chat"] where isNumbered(lowered, prefix) { return .group }
        if text.hasPrefix("-") { return .group }
      }
    }
    for prefix in ["tel:", "mailto:", "p:", "e:"] where app == "imessage" && lowered.hasPrefix(prefix) {
      return Self(String(text.dropFirst(prefix.count)), platform)
    }
    if app == "skype", lowered.hasPrefix("19:") { return .group }
    if app == "kik", lowered.hasSuffix("@groups.kik.com") { return .group }
    if isUUID(text), app == "signal" || app == "snapchat" { return account(.platformID, .platform, text) }
    if ValueShape.isPhone(text) { return account(.phone, .platform, text) }
    // Of WhatsApp digits alone are a number with its country, or an id that hides one, which has fourteen and fifteen. Of
    // other apps they may be a number of any country.
    if CellebriteSource.byTelephone.contains(app), text.hasPrefix("0"), (10...11).contains(digits) {
      return account(.phone, .platform, text)
    }
    if app == "whatsapp", (11...13).contains(digits) { return account(.phone, .platform, "+" + text) }
    if app != "kik", app != "skype", ValueShape.isEmail(text) { return account(.email, .platform, text) }
    if CellebriteSource.named.contains(app), isName(text, app) {
      let isID = app == "reddit" && lowered.hasPrefix("t2_")
      return account(isID ? .platformID : .handle, .platform, text)
    }
    return account(.handle, .source, text)
  }

  /// Whether a text is a word and digits behind it.
  private static func isNumbered(_ lowered: String, _ word: String) -> Bool {
    lowered.hasPrefix(word) && lowered.utf8.count > word.utf8.count
      && lowered.utf8.dropFirst(word.utf8.count).allSatisfy(\.isDigit)
  }

  private static func sms(_ text: String) -> Self {
    var copy = text
    let judged = copy.withUTF8 { SMSBackupAddress($0) }
    guard let found = judged.account else { return .nothing }
    // Digits of two numbers, or a number with words in it, are no number.
    if judged == .phone, !text.unicodeScalars.allSatisfy({ !$0.properties.isAlphabetic }) {
      return account(.handle, .source, text)
    }
    return account(found.kind, found.scope, text, label: found.label)
  }

  /// A number of a platform that numbers its accounts.
  private static func number(_ text: String, _ digits: Int, _ app: String) -> Self {
    // Telegram's ids have ten digits at most; a longer number is a telephone's, or is not known.
    let range =
      switch app {
      case "telegram": 5...10
      case "discord": 17...20
      default: 5...20
      }
    let isID = range.contains(digits) && !text.hasPrefix("0")
    return account(.platformID, isID ? .platform : .source, text)
  }

  /// An id of Facebook with the account's name glued to it: `jane.doe (100001234567890)` or `100001234567890 Jane Doe`.
  /// On other platforms anybody can call himself so.
  private static func glued(_ text: String, _ app: String) -> Self? {
    guard app == "facebook" else { return nil }
    if text.hasSuffix(")"), let open = text.lastIndex(of: "(") {
      let id = text[text.index(after: open)...].dropLast()
      let name = text[..<open].trimmingSpaces
      guard !id.isEmpty, id.utf8.allSatisfy(\.isDigit) else { return nil }
      return named(number(String(id), id.utf8.count, app), name)
    }
    let id = text.prefix { !$0.isWhitespace }
    guard id.endIndex < text.endIndex, id.utf8.count >= 5, id.utf8.allSatisfy(\.isDigit)
    else {
      return nil
    }
    let name = text[id.endIndex...].trimmingSpaces
    return name.contains(where: \.isLetter) ? named(number(String(id), id.utf8.count, app), name) : nil
  }

  private static func named(_ identity: Self, _ name: String) -> Self {
    guard case .account(let kind, let scope, let value, let label, _) = identity else { return identity }
    return account(kind, scope, value, label: label, name: name)
  }

  /// Whether a text can be the name of an account: no white space, and what platforms let names be made of.
  private static func isName(_ text: String, _ app: String) -> Bool {
    let name = text.hasPrefix("@") ? text.dropFirst() : text[...]
    let signs = app == "kik" || app == "skype" ? "._-@:" : app == "discord" ? "._-#" : "._-"
    guard name.utf8.count >= 2, ValueShape.isHandle(name, signs: signs, limit: 64) else { return false }
    return name.utf8.contains { !$0.isDigit }
  }

  private static func isUUID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.joined().allSatisfy(\.isHexDigit)
  }
}
