public import AccountModel

/// Names by which a platform lets others address an account.
///
/// Canonical form: the name without `@`, `u/` or the platform's address before it, folded as the platform
/// folds it (`HandleRules`). Where it has no account behind it canonical is empty, with `deleted-user`,
/// `placeholder`, `not-a-user` or `thread`. Flags: `not-valid-on-platform`, `hidden-characters`,
/// `mixed-script`, `no-instance`, `legacy-discriminator`, `bot`. Loose keys, strongest first:
/// `nfkc-casefold`, those of `LookAlike`, and before them `local-part` of a Mastodon or Bluesky name,
/// `legacy-name` of a Discord `Name#1234`.
public enum Handle {
  /// The flag of a Mastodon name without its server: it means one account on the server that its source is of,
  /// and says nothing about the same name in another source.
  public static let noInstance = "no-instance"

  /// Normalises a handle as written on, or in an export of, a platform.
  ///
  /// Comes back as another kind where the text is one: a WhatsApp JID, a DID, a channel id, a number on Facebook.
  public static func normalise(_ raw: String, platform: Platform) -> NormalisedIdentifier {
    normalise(raw, platform: platform, numbers: .unitedKingdom)
  }

  /// The handle that a display name may be, folded: many services show an account without a name by its handle, and
  /// exports of Instagram and Facebook say no more of who wrote.
  ///
  /// - Returns: nil unless it has the form of a handle that no name has: ASCII letters with a digit, `.` or `_`
  ///   among them, six characters or more, without white space.
  public static func shownAsName(_ displayName: String) -> String? {
    let bytes = Array(displayName.utf8)
    guard (6...30).contains(bytes.count), bytes.first != ascii("."), bytes.last != ascii("."),
      bytes.allSatisfy({ $0.isAlphanumeric || $0 == ascii("_") || $0 == ascii(".") }),
      bytes.contains(where: { $0.isLetter }), bytes.contains(where: { !$0.isLetter })
    else { return nil }
    var copy = displayName
    return copy.withUTF8({ plainName($0) }).map { String(bytes: $0.utf8.map(\.lowered)) }
  }

  static func normalise(_ raw: String, platform: Platform, numbers: PhoneNumber) -> NormalisedIdentifier {
    let rules = HandleRules.of(platform)
    var copy = raw
    if !rules.needsItsOwnWay, let name = copy.withUTF8({ plainName($0) }),
      platform != .facebook || !name.utf8.allSatisfy({ $0.isDigit || $0 == ascii(".") })
    {
      return finish(written: name, rules: rules, flags: [])
    }
    return normaliseAnyForm(raw, platform: platform, numbers: numbers)
      .readUntilItStays(as: .handle, otherwise: "not-a-handle") {
        normaliseAnyForm($0, platform: platform, numbers: numbers)
      }
  }

  // MARK: Forms

  /// `name` or `@name` of ASCII letters, digits, `.`, `_` and `-`; nil for anything else.
  private static func plainName(_ text: UnsafeBufferPointer<UInt8>) -> String? {
    let start = text.first == ascii("@") ? 1 : 0
    guard text.count > start, text.count <= 64 else { return nil }
    for position in start..<text.count {
      let byte = text[position]
      guard byte.isAlphanumeric || byte == ascii("_") || byte == ascii(".") || byte == ascii("-") else {
        return nil
      }
    }
    let name = text[start...]
    // Perhaps Discord's deleted_user_ and digits.
    if name.count > 20, name.starts(with: "deleted_user_".utf8) { return nil }
    if name.count < nothingByLength.count, nothingByLength[name.count].contains(where: { isSame(name, $0) }) {
      return nil
    }
    return String(bytes: name)
  }

  /// Placeholders that could be names, by length.
  private static let nothingByLength: [[[UInt8]]] = {
    let words = placeholders.union(DeletedUser.names).map { Array($0.utf8) }.sorted {
      $0.lexicographicallyPrecedes($1)
    }
    return (0...(words.map(\.count).max() ?? 0)).map { length in words.filter { $0.count == length } }
  }()

  private static func isSame(_ name: Slice<UnsafeBufferPointer<UInt8>>, _ lowered: [UInt8]) -> Bool {
    for (own, other) in zip(name, lowered) where own.lowered != other { return false }
    return true
  }

  private static func normaliseAnyForm(
    _ raw: String, platform: Platform, numbers: PhoneNumber
  ) -> NormalisedIdentifier {
    guard raw.utf8.count <= 4_096 else { return .nothing(.handle, "not-a-handle") }
    var (text, hidden) = raw.cleaned
    var flags = hidden ? ["hidden-characters"] : []
    let lowered = text.lowercased()
    if let reason = nothing(lowered) { return .nothing(.handle, reason) }
    if let jid = WhatsAppJID(text) { return jid.normalised(by: numbers) }
    if text.utf8.contains(ascii("/")) || lowered.hasPrefix("tg:") {
      if let account = ProfileLink.account(in: text), account.platform == platform {
        if account.kind == .platformID {
          return PlatformIdentifier.normalise(account.value, platform: platform)
        }
        text = account.value
      } else if ProfileLink.isOfPlatform(text, platform) {
        return .nothing(.handle, "not-a-user")
      }
    }
    switch platform.rawValue {
    case "reddit":
      for prefix in ["/u/", "u/", "/user/", "user/"] where text.hasPrefixIgnoringCase(prefix) {
        text = text.droppingASCII(prefix.utf8.count)
        break
      }
    case "mastodon", "fediverse": return mastodon(text, flags)
    case "bluesky":
      if text.hasPrefixIgnoringCase("did:") { return PlatformIdentifier.normalise(text, platform: platform) }
      if text.hasPrefixIgnoringCase("at://") { text = String(text.droppingASCII(5).prefix { $0 != "/" }) }
      return bluesky(withoutAt(text), flags)
    case "discord": return discord(withoutAt(text), flags)
    case "youtube":
      if PlatformIdentifier.isYouTubeChannel(text) {
        return PlatformIdentifier.normalise(text, platform: platform)
      }
    case "facebook":
      // A number in the place of a name leads to the account of that number, as in an address (`ProfileLink`).
      let name = withoutAt(text)
      if name.utf8.count >= 5, name.utf8.allSatisfy(\.isDigit) {
        return PlatformIdentifier.normalise(name, platform: platform)
      }
    case "kik": text = withoutKikSuffix(text)
    case "skype", "teams":
      switch SkypeID(text) {
      case .thread: return .nothing(.handle, "thread")
      case .phone(let number): return numbers.normalise(number)
      case .bot(let name):
        text = name
        flags.append("bot")
      case .user(let name): text = name
      }
    case "whatsapp", "sms", "imessage":
      if looksLikePhone(text) { return numbers.normalise(text) }
      if looksLikeEmail(text) { return EmailAddress.normalise(text) }
    case "email":
      if looksLikeEmail(text) { return EmailAddress.normalise(text) }
    default: break
    }
    return finish(written: withoutAt(text), platform: platform, flags: flags)
  }

  private static func nothing(_ lowered: String) -> String? {
    if placeholders.contains(lowered) { return "placeholder" }
    return DeletedUser.matches(lowered) ? "deleted-user" : nil
  }

  private static func withoutAt(_ text: String) -> String {
    var rest = Substring(text)
    while let first = rest.unicodeScalars.first,
      first == "@" || first == "\u{FF20}" || first.properties.isWhitespace
    {
      rest = Substring(rest.unicodeScalars.dropFirst())
    }
    return String(rest)
  }

  /// `name_abc@talk.kik.com`: the suffix belongs to the address, not to the name.
  private static func withoutKikSuffix(_ text: String) -> String {
    guard let at = text.utf8.lastIndex(of: ascii("@")), at != text.startIndex else { return text }
    guard text[at...].lowercased() == "@talk.kik.com" else { return text }
    let local = text[..<at]
    guard let bar = local.lastIndex(of: "_"), local[bar...].utf8.count == 4 else { return String(local) }
    return String(local[..<bar])
  }

  // MARK: Platforms whose handles are more than a name

  private static func mastodon(_ text: String, _ flags: [String]) -> NormalisedIdentifier {
    var text = text
    if text.hasPrefixIgnoringCase("acct:") { text = text.droppingASCII(5) }
    text = withoutAt(text)
    guard let at = text.utf8.lastIndex(of: ascii("@")) else {
      return finish(written: text, platform: .mastodon, flags: flags + [noInstance])
    }
    let local = fold(String(text[..<at]))
    guard !local.isEmpty,
      let domain = EmailAddress.canonicalDomain(String(text[text.utf8.index(after: at)...]))
    else { return .nothing(.handle, "invalid-domain") }
    return finish(
      canonical: local + "@" + domain, name: local, written: String(text[..<at]), nameRule: "local-part",
      isValid: HandleRules.of(.mastodon).allows(local), flags: flags)
  }

  private static func bluesky(_ text: String, _ flags: [String]) -> NormalisedIdentifier {
    guard let domain = EmailAddress.canonicalDomain(text) else {
      return finish(written: text, platform: .bluesky, flags: flags)
    }
    // Names below bsky.social are chosen like handles elsewhere; a domain of one's own is compared whole.
    let name = domain.hasSuffix(".bsky.social") ? String(domain.dropLast(".bsky.social".count)) : domain
    return finish(
      canonical: domain, name: name, written: name, nameRule: "local-part",
      isValid: HandleRules.of(.bluesky).allows(domain), flags: flags)
  }

  private static func discord(_ text: String, _ flags: [String]) -> NormalisedIdentifier {
    guard let hash = text.utf8.lastIndex(of: ascii("#")) else {
      return finish(written: text, platform: .discord, flags: flags)
    }
    let name = String(text[..<hash]).trimmed
    let discriminator = text[text.utf8.index(after: hash)...].utf8
    if discriminator.elementsEqual("0".utf8) || discriminator.elementsEqual("0000".utf8) {
      return finish(written: name, platform: .discord, flags: flags)
    }
    guard !name.isEmpty, discriminator.count == 4, discriminator.allSatisfy(\.isDigit) else {
      return finish(written: text, platform: .discord, flags: flags)
    }
    let canonical = UnicodeText.composed(name) + "#" + String(bytes: discriminator)
    let folded = UnicodeText.compatibilityFolded(name)
    return finish(
      canonical: canonical, name: folded, written: name, nameRule: "legacy-name", isValid: true,
      flags: flags + ["legacy-discriminator"])
  }

  // MARK: Finish

  /// Case-folded without compatibility mappings; ASCII capitals only become small.
  private static func fold(_ text: String) -> String {
    text.isASCII
      ? text.lowercased() : UnicodeText.composed(UnicodeText.composed(text).lowercased())
  }

  /// What is left of a longer form may be a placeholder, as of `na#0`.
  private static func finish(written: String, platform: Platform, flags: [String]) -> NormalisedIdentifier {
    if let reason = nothing(written.lowercased()) { return .nothing(.handle, reason) }
    return finish(written: written, rules: HandleRules.of(platform), flags: flags)
  }

  private static func finish(written: String, rules: HandleRules, flags: [String]) -> NormalisedIdentifier {
    var canonical = rules.isCaseSensitive ? UnicodeText.composed(written) : fold(written)
    if rules.ignoresDots, canonical.utf8.contains(ascii(".")) {
      // A dot may have kept white space or an @ from the ends.
      canonical = withoutAt(String(bytes: canonical.utf8.filter { $0 != ascii(".") })).trimmed
      if let reason = nothing(canonical) { return .nothing(.handle, reason) }
    }
    if canonical.isEmpty { return .nothing(.handle, "placeholder") }
    return finish(
      canonical: canonical, name: canonical, written: written, nameRule: nil,
      isValid: rules.allows(canonical),
      flags: flags)
  }

  /// - Parameters:
  ///   - name: the part that a person chose, folded; loose keys are made of it.
  ///   - nameRule: the rule under which that part itself is a key, if it is not the whole.
  private static func finish(
    canonical: String, name: String, written: String, nameRule: String?, isValid: Bool, flags: [String]
  ) -> NormalisedIdentifier {
    var flags = flags
    if !isValid { flags.append("not-valid-on-platform") }
    if UnicodeText.hasMixedScript(name) { flags.append("mixed-script") }
    var keys = KeyCollector(canonical: canonical)
    if let nameRule { keys.add(nameRule, name) }
    let folded = UnicodeText.compatibilityFolded(name)
    keys.add("nfkc-casefold", folded)
    LookAlike.addKeys(folded: folded, written: written, to: &keys)
    return NormalisedIdentifier(kind: .handle, canonical: canonical, looseKeys: keys.keys, flags: flags)
  }
}

/// What platforms write in the place of somebody who is no longer there.
enum DeletedUser {
  /// - Parameter lowered: the text, trimmed and in lower case.
  static func matches(_ lowered: String) -> Bool {
    if names.contains(lowered) { return true }
    // Discord since 2023: deleted_user_ and hexadecimal digits; before, Deleted User and a discriminator.
    if lowered.hasPrefix("deleted_user_"), lowered.utf8.count > 20 {
      return lowered.utf8.dropFirst(13).allSatisfy(\.isHexDigit)
    }
    return lowered.hasPrefix("deleted user#")
      || lowered.hasPrefix("deleted user ")
        && lowered.utf8.dropFirst(13).allSatisfy(\.isHexDigit)
  }

  static let names: Set<String> = [
    "[deleted]", "[removed]", "[deleted user]", "[unknown]", "facebook user", "facebook-user",
    "instagram user",
    "instagramuser", "deleted account", "deleted user", "deleted_user", "deactivated user",
    "deactivated account",
    "unknown user", "user deleted", "account deleted",
  ]
}
