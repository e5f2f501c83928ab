public import AccountModel
import CUnicode

/// E-mail addresses.
///
/// Canonical form: local part in lower case (the standard allows case to matter, no provider does) and the
/// domain in lower-case A-labels. Providers' own foldings are loose keys: `gmail-dots`, `icloud-domains`,
/// `proton-folding`, `fastmail-subdomain`, `yahoo-keyword`, `plus-tag`, then `local-part` and `separators`.
public enum EmailAddress {
  /// Normalises an address, also out of `Name <address>` and `mailto:`.
  ///
  /// Canonical is empty with `whatsapp-jid`, `not-an-email`, `invalid-domain`, `multiple-addresses`,
  /// `masked` or `placeholder`; other flags: `role-address`, `dummy-address` (`none@none.com`: nobody's, and
  /// without loose keys), `private-relay`, `local-domain`, `hidden-characters`, `mixed-script`. A WhatsApp JID has an `@` too and is no address: see
  /// `PlatformIdentifier`.
  public static func normalise(_ raw: String) -> NormalisedIdentifier {
    var copy = raw
    if let plain = copy.withUTF8({ plainAddress($0) }) { return plain }
    return normaliseAnyForm(raw)
  }

  /// The parts of a canonical address.
  public static func parts(of canonical: String) -> (local: String, domain: String)? {
    guard let at = canonical.utf8.lastIndex(of: ascii("@")) else { return nil }
    return (String(canonical[..<at]), String(canonical[canonical.utf8.index(after: at)...]))
  }

  /// What stands after the first `+` of the local part: people name a site with it, so it is itself evidence.
  public static func tag(of canonical: String) -> String? {
    guard let local = parts(of: canonical)?.local, let plus = local.utf8.firstIndex(of: ascii("+")) else {
      return nil
    }
    let tag = String(local[local.utf8.index(after: plus)...])
    return tag.isEmpty ? nil : tag
  }

  /// A domain name in lower-case A-labels; nil when IDNA refuses it or a label is empty or too long.
  public static func canonicalDomain(_ domain: String) -> String? {
    var name = domain
    if name.utf8.last == ascii(".") { name.removeLast() }
    if !name.isASCII {
      guard let encoded = UnicodeText.transform(name, cognate_unicode_domain_to_ascii) else { return nil }
      name = encoded
    }
    let lowered = name.lowercased()
    return isDomain(lowered.utf8) ? lowered : nil
  }

  // MARK: Forms

  /// The way of most addresses: ASCII, one `@`, nothing to unwrap.
  private static func plainAddress(_ text: UnsafeBufferPointer<UInt8>) -> NormalisedIdentifier? {
    guard text.count <= 254, text.count >= 3 else { return nil }
    var at = -1
    for (position, byte) in text.enumerated() {
      if byte == ascii("@") {
        guard at < 0 else { return nil }
        at = position
      } else if !(byte.isAlphanumeric || byte == ascii(".") || byte == ascii("_") || byte == ascii("-")
        || (byte == ascii("+") && at < 0))
      {
        return nil
      }
    }
    guard at > 0, text[text.count - 1] != ascii("."), !isCut(text[..<at]) else { return nil }
    let lowered = text.map(\.lowered)
    guard isDomain(lowered[(at + 1)...]) else { return nil }
    return finish(
      local: String(bytes: lowered[..<at]), domain: String(bytes: lowered[(at + 1)...]),
      canonical: String(bytes: lowered), flags: [])
  }

  private static func normaliseAnyForm(_ raw: String) -> NormalisedIdentifier {
    guard raw.utf8.count <= 4_096 else { return .nothing(.email, "not-an-email") }
    var (text, hidden) = raw.cleaned
    if placeholders.contains(text.lowercased()) { return .nothing(.email, "placeholder") }
    for prefix in ["mailto:", "email:", "e:", "smtp:"] where text.hasPrefixIgnoringCase(prefix) {
      text = text.droppingASCII(prefix.utf8.count).trimmed
      if prefix == "mailto:", let query = text.utf8.firstIndex(of: ascii("?")) {
        text = String(text[..<query])
      }
      break
    }
    if let open = text.utf8.lastIndex(of: ascii("<")), let close = text.utf8.lastIndex(of: ascii(">")),
      open < close
    {
      if text.utf8.filter({ $0 == ascii("<") }).count > 1 { return .nothing(.email, "multiple-addresses") }
      text = String(text[text.utf8.index(after: open)..<close]).trimmed
    }
    if text.unicodeScalars.contains(where: MaskedValue.isMask) { return .nothing(.email, "masked") }
    guard let at = text.utf8.lastIndex(of: ascii("@")) else { return .nothing(.email, "not-an-email") }
    var local = String(text[..<at])
    let writtenDomain = String(text[text.utf8.index(after: at)...])
    if isCut(local.utf8) { return .nothing(.email, "masked") }
    if local.utf8.first == ascii("\""), local.utf8.last == ascii("\""), local.utf8.count > 2 {
      let inner = String(local.dropFirst().dropLast())
      if inner.utf8.allSatisfy({ isAtom($0) || $0 == ascii(".") }) { local = inner }
    } else if local.utf8.contains(ascii("@")) {
      return .nothing(
        .email, local.contains(where: { ",; ".contains($0) }) ? "multiple-addresses" : "not-an-email")
    } else if !local.unicodeScalars.allSatisfy({ $0.value >= 0x80 || isAtom(ascii($0)) || $0 == "." }) {
      return .nothing(.email, "not-an-email")
    }
    if local.unicodeScalars.contains(where: \.properties.isWhitespace) || local.isEmpty {
      return .nothing(.email, "not-an-email")
    }
    guard let domain = literalDomain(writtenDomain) ?? canonicalDomain(writtenDomain) else {
      return .nothing(.email, "invalid-domain")
    }
    let folded = UnicodeText.composed(UnicodeText.composed(local).lowercased())
    var flags: [String] = []
    if hidden { flags.append("hidden-characters") }
    if UnicodeText.hasMixedScript(folded) { flags.append("mixed-script") }
    return finish(local: folded, domain: domain, canonical: folded + "@" + domain, flags: flags)
  }

  /// Whether a local part ends in dots, as Google Groups shows the beginning of one: `jan...@example.com` is anybody's whose
  /// address begins so.
  private static func isCut(_ local: some BidirectionalCollection<UInt8>) -> Bool {
    local.suffix(3).elementsEqual("...".utf8)
  }

  private static func isAtom(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }

  /// `[192.0.2.1]` or `[IPv6:2001:db8::1]`.
  private static func literalDomain(_ domain: String) -> String? {
    guard domain.utf8.first == ascii("["), domain.utf8.last == ascii("]") else { return nil }
    let inner = String(domain.dropFirst().dropLast())
    let isIPv6 = inner.hasPrefixIgnoringCase("ipv6:")
    guard let address = IPAddress(isIPv6 ? inner.droppingASCII(5) : inner) else { return nil }
    return isIPv6 ? "[ipv6:\(address)]" : "[\(address)]"
  }

  private static func isDomain(_ name: some Collection<UInt8>) -> Bool {
    var label = 0
    var total = 0
    for byte in name {
      total += 1
      if byte == ascii(".") {
        if label == 0 { return false }
        label = 0
      } else {
        label += 1
        guard label <= 63, byte.isAlphanumeric || byte == ascii("-") || byte == ascii("_") else {
          return false
        }
      }
    }
    return label > 0 && total <= 253
  }

  // MARK: Keys

  private static func finish(
    local: String, domain: String, canonical: String, flags: [String]
  ) -> NormalisedIdentifier {
    var flags = flags
    var keys = KeyCollector(canonical: canonical)
    if WhatsAppJID.isServer(domain) { return .nothing(.email, "whatsapp-jid") }
    if !domain.utf8.contains(ascii(".")) { flags.append("local-domain") }
    if domain == "privaterelay.appleid.com" {
      // One per app and person, made by a machine: nothing of it is shared.
      return NormalisedIdentifier(kind: .email, canonical: canonical, flags: flags + ["private-relay"])
    }
    let base = String(local.prefix(while: { $0 != "+" }))
    if DummyValue.isAddress(local: base, domain: domain) {
      return NormalisedIdentifier(kind: .email, canonical: canonical, flags: flags + ["dummy-address"])
    }
    addProviderKeys(local: local, base: base, domain: domain, to: &keys)
    if isRole(base) {
      flags.append("role-address")
    } else if !base.isEmpty, !isFunction(base) {
      keys.add("local-part", base)
      if base.utf8.contains(where: { $0 == ascii(".") || $0 == ascii("_") || $0 == ascii("-") }) {
        keys.add("separators", LookAlike.withoutSeparators(base))
      }
      if !base.isASCII { keys.add("skeleton", LookAlike.skeleton(UnicodeText.compatibilityFolded(base))) }
    }
    return NormalisedIdentifier(kind: .email, canonical: canonical, looseKeys: keys.keys, flags: flags)
  }

  private static func addProviderKeys(
    local: String, base: String, domain: String, to keys: inout KeyCollector
  ) {
    guard !base.isEmpty else { return }
    switch domain {
    case "gmail.com", "googlemail.com":
      keys.add("gmail-dots", base.filter { $0 != "." } + "@gmail.com")
      return
    case "icloud.com", "me.com", "mac.com":
      keys.add("icloud-domains", base + "@icloud.com")
    case "proton.me", "protonmail.com", "protonmail.ch", "pm.me":
      keys.add("proton-folding", base.filter { !"._-".contains($0) } + "@proton.me")
      return
    case "btinternet.com", "sky.com", "virginmedia.com", "ntlworld.com":
      return  // These providers treat a plus sign as a part of the name.
    case _ where domain.hasSuffix(".fastmail.com"):
      keys.add("fastmail-subdomain", domain.dropLast(".fastmail.com".count) + "@fastmail.com")
    case _ where domain.hasPrefix("yahoo.") || domain == "ymail.com" || domain == "rocketmail.com":
      if let dash = local.firstIndex(of: "-") { keys.add("yahoo-keyword", local[..<dash] + "@" + domain) }
      return
    default: break
    }
    if base.utf8.count != local.utf8.count { keys.add("plus-tag", base + "@" + domain) }
  }

  private static func isRole(_ local: String) -> Bool {
    if local.utf8.count <= 16, roles.contains(local) { return true }
    let words = local.split { "._-".contains($0) }
    guard words.count > 1 else { return false }
    return words.contains { softwareWords.contains($0) }
      || zip(words, words.dropFirst()).contains { $0 == "no" && $1 == "reply" }
  }

  /// Words in names that software sends from for all of its users, as in `calendar-notification`.
  private static let softwareWords: Set<Substring> = [
    "bounces", "donotreply", "noreply", "notification", "notifications", "notifier",
  ]

  /// Mailboxes of a function and not of a person: RFC 2142, and names that software sends from.
  private static let roles: Set<String> = [
    "abuse", "accounts", "admin", "administrator", "apache", "billing", "bounce", "bounces", "careers",
    "contact",
    "cpanel", "daemon",
    "do-not-reply", "donotreply", "enquiries", "feedback", "ftp", "hello", "help", "helpdesk", "hostmaster",
    "httpd", "info",
    "jobs", "legal", "list", "mail", "mailer-daemon", "majordomo", "marketing", "news", "newsletter",
    "nginx", "no-reply",
    "no_reply", "no.reply", "nobody", "noc", "noreply", "notification", "notifications", "office", "orders",
    "postmaster", "press", "privacy", "root", "sales", "security", "service", "services", "staff", "support",
    "team", "trouble", "usenet", "uucp", "webmaster", "wordpress", "www", "www-data",
  ]

  /// Whether what stands before the @ names a post or a part of a firm, club or school (`reception`, `head.teacher`), as with
  /// many others: the whole address may be one person's, but that name is nobody's.
  private static func isFunction(_ local: String) -> Bool {
    local.utf8.count <= 24 && functions.contains(LookAlike.withoutSeparators(local))
  }

  private static let functions: Set<String> = Set(
    """
    accountant accounting admissions advertising advice applications appointments archive assistant bookings
    bursar bursary cafe captain care catering chair chairman chairperson chairwoman classes clerk clinic
    coach coaching collections committee communications complaints compliance comms concierge councillor
    courses customercare customerservice customerservices custserv delivery deliveries design dispatch
    director editor editorial education email enquiry estates events exams facilities family finance
    frontdesk fundraising gallery general governors groupleader guests gym headmaster headmistress headoffice
    headteacher hire home hospitality hotel housekeeping housing hr humanresources inbox inquiries insurance
    invoice invoices itsupport kitchen lettings library lostproperty mailbox maintenance management manager
    media membership memberships members nursery onlineorders online operations ops order owner
    parish partnerships payment payments payroll personnel pharmacy photography post postbox practicemanager
    practice president principal procurement production projects property publicity purchasing questions
    quotes reception receptionist records recruiting recruitment referrals refunds registrar registration
    rentals repairs reservations returns reviews safeguarding salon scheduling school schooloffice
    secretariat secretary shipping shop social solicitors sponsorship stock store stores studio subscribe
    subscriptions surgery technical technicalsupport theatre theoffice thesecretary theteam tickets trade
    training transport travel treasurer tutor unsubscribe venue volunteering volunteers warehouse website
    weddings welcome wholesale wifi workshop workshops yoga youth
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
