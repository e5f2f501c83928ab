internal import AccountModel
internal import Identifiers

/// What a column of a table seems to hold, by its values; its name decides only between what these allow.
///
/// Whatever is open is `other`: a person adds to a draft what is missing more easily than he finds what is wrong in it, and
/// what is taken for an identifier joins accounts.
enum ColumnMeaning: Equatable {
  /// No value at all.
  case empty
  /// A time in this form of a mapping.
  case time(String)
  /// The port of an address.
  case port
  /// Something written by somebody.
  case text
  /// An identifier of this kind, with what the source calls it.
  case identifier(IdentifierKind, label: String)
  /// A name of platforms or services.
  case platform
  /// A name of conversations.
  case channel
  /// Which way a row went.
  case direction
  /// Nothing that a mapping takes.
  case other

  /// Values of a hundred that must be of a form.
  private static let share = 90

  /// What a column seems to hold.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - values: those that are not blank, nor say that there is none.
  init(_ name: String, _ values: [String]) {
    let words = ColumnWords(name)
    func are(_ test: (String) -> Bool) -> Bool {
      values.count(where: test) * 100 >= values.count * Self.share
    }
    guard !values.isEmpty else {
      self = .empty
      return
    }
    if are({ ValueShape.isIP($0) }) {
      self = .identifier(.ip, label: "")
    } else if are(Self.isWhatsApp) {
      self = .identifier(.platformID, label: "")
    } else if are(ValueShape.isEmail) {
      self = .identifier(.email, label: "")
    } else if are(ValueShape.isUserAgent) {
      self = .identifier(.userAgent, label: "")
    } else if are({ $0.hasPrefix("http://") || $0.hasPrefix("https://") }) {
      self = Self.link(words)
    } else if let label = words.device, are(Self.isDeviceNumber) {
      self = .identifier(.device, label: label)
    } else if words.isCalled([.cookie, .id]), words.has(.cookie), are(Self.isDeviceNumber) {
      self = .identifier(.cookie, label: "")
    } else if words.has(.port), are({ ValueShape.isPort($0) }) {
      self = .port
    } else if are({ ValueShape.isPhone($0) && ($0.hasPrefix("+") || !words.saysID) })
      || words.saysPhone && are(Self.isDialled)
    {
      self = .identifier(.phone, label: "")
    } else if words.has(.birth), are({ $0.contains(where: \.isNumber) }) {
      self = .identifier(.dateOfBirth, label: "")
    } else if let format = TimeForms.form(of: values, isNamed: words.has(.time)) {
      self = .time(format)
    } else {
      let found = Self.words(words, values, are)
      let isDirection = found == .other && RowDirection.isSaid(by: values, in: name, words)
      self = isDirection ? .direction : found
    }
  }

  /// Pages that somebody saw or sent are nobody's, and pictures lie where those of others do.
  private static func link(_ words: ColumnWords) -> ColumnMeaning {
    if words.has(.picture) { return .other }
    if words.has(.profile) { return .identifier(.profileLink, label: "") }
    return words.has(.website) ? .identifier(.url, label: "") : .other
  }

  private static func words(
    _ words: ColumnWords, _ values: [String], _ are: ((String) -> Bool) -> Bool
  ) -> ColumnMeaning {
    let hasLetters = are { $0.contains(where: \.isLetter) }
    if words.isCalled([.text]), hasLetters { return .text }
    if words.has(.address), words.areAll([.address, .account, .person]), hasLetters,
      are({ $0.contains(" ") && !$0.contains("@") })
    {
      return .identifier(.postalAddress, label: "")
    }
    if words.has(.account), words.isCalled([.account, .id, .number, .name]) {
      return account(words, values, are)
    }
    if words.isCalled([.name]), words.areAll([.person]) {
      let isWhole = values.count { $0.contains(" ") } * 2 > values.count
      let isPerson = isWhole && !values.contains { $0.contains(where: \.isNumber) }
      return .identifier(isPerson ? .personName : .displayName, label: "")
    }
    if words.has(.channel), words.isCalled([.channel, .id, .name]) { return .channel }
    if words.has(.platform), words.areAll([.platform, .name]), !values.contains(where: isTelephony) {
      return .platform
    }
    return .other
  }

  /// What an account is called by, where a column's name says that it is one. One word may be somebody's given name,
  /// which many have.
  private static func account(
    _ words: ColumnWords, _ values: [String], _ are: ((String) -> Bool) -> Bool
  ) -> ColumnMeaning {
    guard are(isToken) else { return .identifier(.displayName, label: "") }
    if words.has(.id) || words.isCalled([.number]) || are({ $0.utf8.allSatisfy(\.isDigit) }) {
      return .identifier(.platformID, label: "")
    }
    let signed = values.count { value in value.utf8.contains { $0.isDigit || "_.-".utf8.contains($0) } }
    let isHandle = words.has(.handle) || signed * 2 > values.count
    return .identifier(isHandle ? .handle : .displayName, label: "")
  }

  /// Whether it is a service of a telephone network, whose numbers are the same in all of them.
  private static func isTelephony(_ text: String) -> Bool {
    ["voice", "call", "data", "gprs"].contains { text.lowercased().hasPrefix($0) }
  }

  /// Whether it is a name of WhatsApp's servers, which looks like an address of mail.
  private static func isWhatsApp(_ text: String) -> Bool {
    WhatsAppJID.isAddress(text) && !text.contains(" ")
  }

  /// Whether it is one word of printable ASCII.
  private static func isToken(_ text: String) -> Bool {
    (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  /// Whether it can be one device's and is no model (`iPhone14,2`) nor a word (`enabled`).
  private static func isDeviceNumber(_ text: String) -> Bool {
    guard isToken(text) else { return false }
    let letters = text.filter { $0.isLetter || $0.isNumber }
    return letters.utf8.count >= 8 && letters.utf8.count(where: \.isDigit) >= 6
      || letters.count == 12 && letters.allSatisfy(\.isHexDigit)
  }

  /// Whether it is as many digits as a telephone number has, with signs and spaces between them.
  private static func isDialled(_ text: String) -> Bool {
    (7...15).contains(text.utf8.count(where: \.isDigit))
      && text.utf8.allSatisfy { $0.isDigit || " +-()./".utf8.contains($0) }
  }
}
