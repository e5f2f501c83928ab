public import AccountModel

/// Platforms' own permanent identifiers.
///
/// Canonical form: the identifier without prefixes that name its type, in lower case where the platform's
/// alphabet has one case only. Canonical is empty with `placeholder`, `spreadsheet-damage`, `masked`,
/// `group`, `thread`, `invalid-id` or `deleted-user`. Flags: `possibly-rounded` (sixteen digits or more
/// that end in zeros from the sixteenth on, as a spreadsheet leaves them), `channel`, `bot`,
/// `not-valid-on-platform`, `did-method-unknown`. Loose key: `case-folded`.
public enum PlatformIdentifier {
  /// Normalises an identifier. A WhatsApp JID comes back as a phone, a `@lid` never does.
  public static func normalise(_ raw: String, platform: Platform) -> NormalisedIdentifier {
    normalise(raw, platform: platform, numbers: .unitedKingdom)
  }

  static func normalise(_ raw: String, platform: Platform, numbers: PhoneNumber) -> NormalisedIdentifier {
    var copy = raw
    let isPlainNumber = copy.withUTF8 { bytes in
      (5...20).contains(bytes.count) && bytes[0] != 0x30 && bytes.allSatisfy(\.isDigit) && !isRounded(bytes)
    }
    if isPlainNumber, !speaksOtherwise.contains(platform.rawValue) {
      return NormalisedIdentifier(kind: .platformID, canonical: raw)
    }
    if platform.rawValue == "stackexchange", copy.withUTF8({ isOfSite($0) }) {
      return NormalisedIdentifier(kind: .platformID, canonical: raw)
    }
    return normaliseAnyForm(raw, platform: platform, numbers: numbers)
      .readUntilItStays(as: .platformID, otherwise: "invalid-id") {
        normaliseAnyForm($0, platform: platform, numbers: numbers)
      }
  }

  /// Whether an identifier is a site of Stack Exchange with an account's number, as its dumps are read:
  /// `english.stackexchange.com/users/12`. No other form can be read into it, and there are millions.
  private static func isOfSite(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let digits = bytes.reversed().prefix(while: \.isDigit).count
    let host = bytes.dropLast(digits + 7)
    return (1...20).contains(digits) && !host.isEmpty
      && bytes.dropLast(digits).suffix(7).elementsEqual("/users/".utf8)
      && host.allSatisfy { (0x61...0x7A).contains($0) || $0.isDigit || $0 == ascii(".") }
  }

  /// Platforms whose identifiers are not bare numbers.
  private static let speaksOtherwise: Set<String> = [
    "whatsapp", "reddit", "bluesky", "signal", "mastodon", "fediverse", "snapchat", "sms", "imessage",
  ]

  private static func normaliseAnyForm(
    _ raw: String, platform: Platform, numbers: PhoneNumber
  ) -> NormalisedIdentifier {
    guard raw.utf8.count <= 4_096 else { return .nothing(.platformID, "invalid-id") }
    var text = raw.cleaned.text
    let lowered = text.lowercased()
    if placeholders.contains(lowered) || ["0", "-1", "-2", "-3", "-4"].contains(lowered) {
      return .nothing(.platformID, "placeholder")
    }
    if DeletedUser.matches(lowered) { return .nothing(.platformID, "deleted-user") }
    if let jid = WhatsAppJID(text) { return jid.normalised(by: numbers) }
    if text.unicodeScalars.contains(where: MaskedValue.isMask) { return .nothing(.platformID, "masked") }
    if isScientific(lowered) { return .nothing(.platformID, "spreadsheet-damage") }
    if numbered.contains(platform.rawValue), let number = beforeName(text) { text = number }
    if text.hasSuffix(".0"), text.utf8.dropLast(2).allSatisfy(\.isDigit) { text.removeLast(2) }
    var flags: [String] = []
    if let done = byPlatform(&text, platform, &flags, numbers) { return done }
    if text.isEmpty { return .nothing(.platformID, "placeholder") }
    if isRounded(text.utf8) { flags.append("possibly-rounded") }
    let canonical = UnicodeText.composed(text)
    var keys = KeyCollector(canonical: canonical)
    keys.add("case-folded", UnicodeText.compatibilityFolded(canonical))
    return NormalisedIdentifier(kind: .platformID, canonical: canonical, looseKeys: keys.keys, flags: flags)
  }

  /// Platforms that number their accounts.
  private static let numbered: Set<String> = [
    "telegram", "x", "discord", "instagram", "threads", "facebook",
  ]

  /// The number of a text in which a name stands behind it, as reports on phones have both in one cell.
  private static func beforeName(_ text: String) -> String? {
    guard let space = text.firstIndex(where: \.isWhitespace) else { return nil }
    let number = text[..<space]
    guard (5...20).contains(number.utf8.count), number.utf8.allSatisfy(\.isDigit),
      text[space...].contains(where: \.isLetter)
    else { return nil }
    return String(number)
  }

  /// What the platform's own syntax asks for; an answer only where that settles it.
  private static func byPlatform(
    _ text: inout String, _ platform: Platform, _ flags: inout [String], _ numbers: PhoneNumber
  ) -> NormalisedIdentifier? {
    let isNumber = text.utf8.allSatisfy(\.isDigit)
    switch platform.rawValue {
    case "x", "discord", "instagram", "threads":
      if isNumber { text = withoutLeadingZeros(text) } else { flags.append("not-valid-on-platform") }
    case "facebook":
      if isNumber { text = withoutLeadingZeros(text) }
      if !isNumber, !text.hasPrefix("pfbid") { flags.append("not-valid-on-platform") }
    case "telegram":
      for (prefix, flag) in [("user", nil), ("channel", "channel"), ("chat", "channel"), ("bot", "bot")] {
        guard text.hasPrefixIgnoringCase(prefix),
          text.utf8.dropFirst(prefix.utf8.count).allSatisfy(\.isDigit),
          text.utf8.count > prefix.utf8.count
        else { continue }
        // Channels and users are numbered apart, so a channel keeps its prefix.
        text = flag == "channel" ? text.lowercased() : text.droppingASCII(prefix.utf8.count)
        if let flag { flags.append(flag) }
        return nil
      }
      if !isNumber { flags.append(text.hasPrefix("-") ? "channel" : "not-valid-on-platform") }
    case "reddit":
      text = text.lowercased()
      if !text.hasPrefix("t2_") {
        // Exports give the fullname; some tools its base-36 part alone.
        if text.utf8.allSatisfy(\.isAlphanumeric), !text.hasPrefix("t") || text.utf8.count > 3 {
          text = "t2_" + text
        }
      }
      if !text.hasPrefix("t2_") || !text.utf8.dropFirst(3).allSatisfy(\.isAlphanumeric) {
        flags.append("not-valid-on-platform")
      }
    case "bluesky":
      if text.hasPrefixIgnoringCase("at://") { text = String(text.droppingASCII(5).prefix { $0 != "/" }) }
      if text.hasPrefixIgnoringCase("did:plc:") || text.hasPrefixIgnoringCase("did:web:") {
        text = text.lowercased()
      } else {
        flags.append("did-method-unknown")
      }
    case "mastodon", "fediverse": text = WebAddress.canonicalURL(text)?.text ?? text
    case "signal", "snapchat": text = isUUID(text) ? text.lowercased() : text
    case "skype", "teams":
      switch SkypeID(text) {
      case .thread: return .nothing(.platformID, "thread")
      case .phone(let number): return numbers.normalise(number)
      case .bot(let name):
        text = "28:" + name.lowercased()
        flags.append("bot")
      case .user(let name): text = name.lowercased()
      }
    case "imessage", "sms":
      if looksLikeEmail(text) { return EmailAddress.normalise(text) }
      if looksLikePhone(text) || text.hasPrefix("p:+") { return numbers.normalise(text) }
    default: break
    }
    return nil
  }

  static func isYouTubeChannel(_ text: String) -> Bool {
    text.utf8.count == 24 && text.hasPrefix("UC")
      && text.utf8.allSatisfy { $0.isAlphanumeric || $0 == ascii("_") || $0 == ascii("-") }
  }

  static func isUUID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return false }
    for (position, byte) in bytes.enumerated() {
      let wantsDash = position == 8 || position == 13 || position == 18 || position == 23
      guard wantsDash ? byte == ascii("-") : byte.isHexDigit else { return false }
    }
    return true
  }

  /// `1.5418E+18`: what a spreadsheet makes of an identifier.
  static func isScientific(_ lowered: String) -> Bool {
    let parts = lowered.utf8.split(separator: ascii("e"), omittingEmptySubsequences: false)
    guard parts.count == 2, let sign = parts[1].first, sign == ascii("+"), parts[1].count > 1 else {
      return false
    }
    return parts[1].dropFirst().allSatisfy(\.isDigit) && !parts[0].isEmpty
      && parts[0].allSatisfy { $0.isDigit || $0 == ascii(".") || $0 == ascii(",") }
  }

  private static func isRounded(_ digits: some Collection<UInt8>) -> Bool {
    digits.count >= 17 && digits.allSatisfy(\.isDigit)
      && digits.dropFirst(15).allSatisfy { $0 == 0x30 }
  }

  private static func withoutLeadingZeros(_ text: String) -> String {
    String(bytes: text.utf8.drop { $0 == 0x30 })
  }
}

/// An address of Skype and Teams, which begins with a number for what it is.
enum SkypeID {
  case user(String)
  case bot(String)
  case phone(String)
  case thread

  init(_ text: String) {
    var name = text
    // No name begins with such a number, so that one that stays would be read another way the next time.
    while name.hasPrefix("8:") { name = name.droppingASCII(2).trimmed }
    if name.hasPrefix("19:") {
      self = .thread
    } else if name.hasPrefix("4:") {
      self = .phone(name.droppingASCII(2))
    } else if name.hasPrefix("28:") {
      while name.hasPrefix("28:") { name = name.droppingASCII(3).trimmed }
      self = name.utf8.contains(ascii(":")) && name.utf8.first?.isDigit == true ? .thread : .bot(name)
    } else {
      self = .user(name)
    }
  }
}
