public import AccountModel

/// Web addresses that point at an account.
///
/// Canonical form as for `WebAddress`, except that a link to an account that is recognised is written in
/// one way for each account (`https://x.com/name`). Loose keys: `profile-handle` or `profile-id`, then
/// `share-token`. Flag: `not-a-user` when the address is of a known platform and points at no account.
public enum ProfileLink {
  /// Normalises a link. `account(in:)` tells which account it is.
  public static func normalise(_ raw: String) -> NormalisedIdentifier {
    let general = WebAddress.normalise(raw)
    guard !general.canonical.isEmpty || raw.utf8.count < 256 else {
      return NormalisedIdentifier(kind: .profileLink, canonical: "", flags: general.flags)
    }
    let tokens = general.looseKeys.filter { $0.rule == "share-token" }
    // Of junk that reads like an account the one way to write it may read otherwise: then it is a link to somewhere.
    guard let account = account(in: raw), let again = self.account(in: address(of: account)), account == again
    else {
      let isKnown = hostAndSteps(raw).map { Self.isKnown($0.host) } ?? false
      return NormalisedIdentifier(
        kind: .profileLink, canonical: general.canonical, looseKeys: tokens,
        flags: general.flags + (isKnown ? ["not-a-user"] : []))
    }
    let canonical = address(of: account)
    var keys = KeyCollector(canonical: canonical)
    keys.add(account.kind == .handle ? "profile-handle" : "profile-id", account.value)
    for token in tokens { keys.add(token.rule, token.value) }
    return NormalisedIdentifier(
      kind: .profileLink, canonical: canonical, looseKeys: keys.keys,
      flags: general.flags.filter { $0 != "not-a-url" })
  }

  /// The account that a link points at: platform, kind (`handle` or `platformID`, `phone` for wa.me) and
  /// canonical value; nil when it points at none or the platform is not known.
  public static func account(in url: String) -> (platform: Platform, kind: IdentifierKind, value: String)? {
    guard url.utf8.count <= 4_096, let link = hostAndSteps(url) else { return nil }
    guard let found = find(link) else { return nil }
    let result: NormalisedIdentifier
    switch found.kind {
    case .phone: result = PhoneNumber.unitedKingdom.normalise(found.value)
    case .platformID: result = PlatformIdentifier.normalise(found.value, platform: found.platform)
    default: result = Handle.normalise(found.value, platform: found.platform)
    }
    return result.canonical.isEmpty ? nil : (found.platform, result.kind, result.canonical)
  }

  static func isOfPlatform(_ url: String, _ platform: Platform) -> Bool {
    hostAndSteps(url).flatMap { Self.platform(ofHost: $0.host) } == platform
  }

  // MARK: Reading

  private struct Link {
    var host: String
    var steps: [String]
    var query: [(name: String, value: String)]

    func parameter(_ name: String) -> String? {
      let value = query.first { $0.name == name }?.value
      return value?.isEmpty == false ? value : nil
    }
  }

  private static func hostAndSteps(_ url: String) -> Link? {
    let text = url.cleaned.text
    if text.hasPrefixIgnoringCase("tg:") {
      // tg://resolve?domain=name, tg://user?id=123
      let rest = text.droppingASCII(3).drop { $0 == "/" }
      guard let parts = WebAddress.parts(of: "https://tg.invalid/" + rest) else { return nil }
      return Link(host: "tg", steps: parts.path.split(separator: "/").map(String.init), query: parts.query)
    }
    guard let parts = WebAddress.parts(of: text) else { return nil }
    var host = parts.host[...]
    for prefix in ["www.", "m.", "mobile.", "old.", "new.", "web.", "music.", "mbasic.", "touch.", "np."]
    where host.hasPrefix(prefix) && hosts[String(host)] == nil {
      host = host.dropFirst(prefix.count)
      break
    }
    // de-de.facebook.com, pt-br.facebook.com
    let label = host.prefix { $0 != "." }
    if host.hasSuffix(".facebook.com"), label.utf8.count == 5, label.dropFirst(2).first == "-" {
      host = "facebook.com"
    }
    // uk.linkedin.com
    if host.hasSuffix(".linkedin.com"), label.utf8.count == 2 { host = "linkedin.com" }
    return Link(
      host: String(host), steps: parts.path.split(separator: "/").map { unescaped(String($0)) },
      query: parts.query)
  }

  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(ascii("%")) else { return text }
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    var position = 0
    while position < bytes.count {
      if bytes[position] == ascii("%"), position + 2 < bytes.count,
        let value = UInt8(String(bytes: bytes[(position + 1)...(position + 2)]), radix: 16)
      {
        result.append(value)
        position += 3
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(bytes: result)
  }

  private static let hosts: [String: Platform] = [
    "x.com": .x, "twitter.com": .x, "instagram.com": .instagram, "threads.net": Platform("threads"),
    "threads.com": Platform("threads"), "facebook.com": .facebook, "fb.com": .facebook, "fb.me": .facebook,
    "m.me": .facebook, "messenger.com": .facebook, "tiktok.com": .tiktok, "snapchat.com": .snapchat,
    "reddit.com": .reddit, "t.me": .telegram, "telegram.me": .telegram, "telegram.dog": .telegram,
    "tg": .telegram,
    "discord.com": .discord, "discordapp.com": .discord, "discord.gg": .discord, "youtube.com": .youtube,
    "bsky.app": .bluesky, "wa.me": .whatsapp, "api.whatsapp.com": .whatsapp, "github.com": Platform("github"),
    "twitch.tv": Platform("twitch"), "linkedin.com": Platform("linkedin"), "kik.me": Platform("kik"),
  ]

  private static func platform(ofHost host: String) -> Platform? { hosts[host] }

  /// Whether a host is a platform's or below one of its: what stands there is no server of anybody else's.
  private static func isKnown(_ host: String) -> Bool {
    var rest = host[...]
    while hosts[String(rest)] == nil {
      guard let dot = rest.firstIndex(of: ".") else { return false }
      rest = rest[rest.index(after: dot)...]
    }
    return true
  }

  private typealias Found = (platform: Platform, kind: IdentifierKind, value: String)

  private static func find(_ link: Link) -> Found? {
    guard let platform = platform(ofHost: link.host) else { return fediverse(link) }
    func handle(_ name: String?) -> Found? {
      guard let name, !name.isEmpty else { return nil }
      return (platform, .handle, name)
    }
    func id(_ value: String?) -> Found? {
      guard let value, !value.isEmpty else { return nil }
      return (platform, .platformID, value)
    }
    let first = link.steps.first ?? ""
    let second = link.steps.count > 1 ? link.steps[1] : nil
    let reserved = isReserved(first, platform) || !isPage(second, ofUserOf: platform)
    switch platform.rawValue {
    case "x":
      if first == "intent" { return id(link.parameter("user_id")) ?? handle(link.parameter("screen_name")) }
      if first == "i", second == "user", link.steps.count > 2 { return id(link.steps[2]) }
      return reserved ? nil : handle(first)
    case "instagram":
      if first == "stories" { return second == "highlights" ? nil : handle(second) }
      // The way in which apps open a profile, and downloads write one.
      if first == "_u" { return handle(second) }
      return reserved ? nil : handle(first)
    case "threads", "tiktok": return first.hasPrefix("@") ? handle(first) : nil
    case "youtube":
      if first == "channel" { return id(second) }
      return first.hasPrefix("@") ? handle(first) : nil
    case "facebook": return facebook(first, link, reserved: reserved)
    case "snapchat":
      if first == "add" || first == "u" { return handle(second) }
      return first.hasPrefix("@") ? handle(first) : nil
    case "reddit": return (first == "u" || first == "user") && second != "me" ? handle(second) : nil
    case "telegram": return telegram(first, link, reserved: reserved)
    case "discord": return first == "users" && second != "@me" ? id(second) : nil
    case "bluesky":
      guard first == "profile", let second else { return nil }
      return second.hasPrefix("did:") ? id(second) : handle(second)
    case "whatsapp":
      let digits = link.host == "wa.me" ? first : link.parameter("phone") ?? ""
      let bare = digits.hasPrefix("+") ? String(digits.dropFirst()) : digits
      return (7...15).contains(bare.utf8.count) && bare.utf8.allSatisfy(\.isDigit)
        ? (.whatsapp, .phone, "+" + bare) : nil
    case "linkedin": return first == "in" && second != "me" ? handle(second) : nil
    case "kik": return handle(first)
    default: return reserved || link.steps.count > 1 ? nil : handle(first)
    }
  }

  private static func facebook(_ first: String, _ link: Link, reserved: Bool) -> Found? {
    // A short link: what stands after the host is no name, and its case counts.
    if link.host == "fb.me" { return nil }
    let isNumber = { (text: String) in text.utf8.count >= 5 && text.utf8.allSatisfy(\.isDigit) }
    switch first {
    case "profile.php": return link.parameter("id").map { (.facebook, .platformID, $0) }
    case "people", "p", "pages":
      // /people/Name/1000…, /p/Name-1000…, /pages/Name/1000…
      guard let last = link.steps.last else { return nil }
      let digits = last.split(separator: "-").last.map(String.init) ?? ""
      return isNumber(digits) ? (.facebook, .platformID, digits) : nil
    case "groups":
      guard link.steps.count > 3, link.steps[2] == "user", isNumber(link.steps[3]) else { return nil }
      return (.facebook, .platformID, link.steps[3])
    case "t", "pg":
      guard link.steps.count > 1 else { return nil }
      let name = link.steps[1]
      // A number after /t/ is a person's or a group's conversation.
      if isReserved(name, .facebook) || name.utf8.allSatisfy(\.isDigit) { return nil }
      return (.facebook, .handle, name)
    default:
      if reserved || first.isEmpty || first.hasSuffix(".php") { return nil }
      return (.facebook, first.utf8.allSatisfy(\.isDigit) ? .platformID : .handle, first)
    }
  }

  private static func telegram(_ first: String, _ link: Link, reserved: Bool) -> Found? {
    if link.host == "tg" {
      if first == "resolve" { return link.parameter("domain").map { (.telegram, .handle, $0) } }
      return first == "user" ? link.parameter("id").map { (.telegram, .platformID, $0) } : nil
    }
    if first == "s", link.steps.count > 1 { return (.telegram, .handle, link.steps[1]) }
    if first.hasPrefix("+") {
      // t.me/+447700900123 opens a chat with that number; t.me/+hash joins a group.
      let digits = first.dropFirst()
      return (10...15).contains(digits.utf8.count) && digits.utf8.allSatisfy(\.isDigit)
        ? (.telegram, .phone, first) : nil
    }
    // What no user could be called is one of the many sorts of link that Telegram adds over the years.
    let name = first.hasPrefix("@") ? String(first.dropFirst()) : first
    return reserved || !HandleRules.of(.telegram).allows(name.lowercased()) ? nil : (.telegram, .handle, name)
  }

  /// `/@name` and `/users/name` on a server that is nobody else's; `/@name@other.example` is of the other
  /// server.
  private static func fediverse(_ link: Link) -> Found? {
    guard let first = link.steps.first, link.host.contains("."), !isKnown(link.host) else { return nil }
    if first == "users", link.steps.count >= 2 {
      return (.mastodon, .handle, link.steps[1] + "@" + link.host)
    }
    guard first.hasPrefix("@"), first.count > 1, !othersWithAt.contains(link.host) else { return nil }
    let name = first.dropFirst()
    return (.mastodon, .handle, name.contains("@") ? String(name) : name + "@" + link.host)
  }

  /// Sites that write `/@name` and are no part of the fediverse.
  private static let othersWithAt: Set<String> = [
    "medium.com", "substack.com", "dev.to", "lichess.org", "rumble.com",
  ]

  // MARK: Writing

  private static func address(of account: (platform: Platform, kind: IdentifierKind, value: String)) -> String
  {
    let value = account.value
    let isID = account.kind == .platformID
    switch account.platform.rawValue {
    case "x": return isID ? "https://x.com/intent/user?user_id=" + value : "https://x.com/" + value
    case "threads": return "https://threads.net/@" + value
    case "facebook":
      return isID ? "https://facebook.com/profile.php?id=" + value : "https://facebook.com/" + value
    case "tiktok": return "https://tiktok.com/@" + value
    case "youtube": return isID ? "https://youtube.com/channel/" + value : "https://youtube.com/@" + value
    case "snapchat": return "https://snapchat.com/add/" + value
    case "reddit": return "https://reddit.com/user/" + value
    case "telegram": return isID ? "tg://user?id=" + value : "https://t.me/" + value
    case "discord": return "https://discord.com/users/" + value
    case "bluesky": return "https://bsky.app/profile/" + value
    case "whatsapp": return "https://wa.me/" + value.drop { $0 == "+" }
    case "github": return "https://github.com/" + value
    case "twitch": return "https://twitch.tv/" + value
    case "linkedin": return "https://linkedin.com/in/" + value
    case "kik": return "https://kik.me/" + value
    case "mastodon":
      guard let parts = EmailAddress.parts(of: value) else { return value }
      return "https://" + parts.domain + "/@" + parts.local
    default: return "https://\(account.platform.rawValue).com/" + value
    }
  }
}
