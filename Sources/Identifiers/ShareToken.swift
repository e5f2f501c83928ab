public import AccountModel

/// What a shared link says of the person who copied it.
///
/// A rare token in links that two accounts posted joins them strongly: it was made for whoever pressed
/// "share". Who pasted it may be another. Nothing is looked up; that some links can be resolved online is
/// only recorded.
public struct ShareToken: Hashable, Sendable {
  /// Where the link leads.
  public let platform: Platform
  /// Name of the parameter, or `path` for a token in the path.
  public let parameter: String
  /// The token as written.
  public let value: String
  /// The token decoded, for Instagram's `igsh` and `igshid`.
  public let decoded: String?
  /// Whether the value is known to be the same for everybody, so that it says nothing of a person.
  public let isKnownShared: Bool

  /// The key by which tokens are compared: `parameter=value`, with the decoded value where there is one.
  public var key: String { parameter + "=" + (decoded ?? value) }

  /// The tokens in a link, in the order in which they stand.
  public static func tokens(in url: String) -> [ShareToken] {
    guard let parts = WebAddress.parts(of: url.cleaned.text), let site = site(of: parts.host) else {
      return []
    }
    var tokens: [ShareToken] = []
    let names = perPerson[site.rawValue] ?? []
    for (name, value) in parts.query where names.contains(name) && !value.isEmpty {
      let decoded = name.hasPrefix("igsh") ? decodedInstagramToken(value) : nil
      // An Instagram parameter has one meaning under both of its names.
      tokens.append(
        ShareToken(
          platform: site, parameter: name == "igshid" ? "igsh" : name, value: value, decoded: decoded,
          isKnownShared: knownShared.contains(decoded ?? value)))
    }
    if let token = pathToken(parts, site) {
      tokens.append(
        ShareToken(platform: site, parameter: "path", value: token, decoded: nil, isKnownShared: false))
    }
    return tokens
  }

  /// Whether a parameter only says how a link was passed on and has no part in where it leads.
  static func isTracking(_ name: String, host: String) -> Bool {
    let lowered = name.lowercased()
    if lowered.hasPrefix("utm_") || everywhere.contains(lowered) { return true }
    guard let site = site(of: host) else { return false }
    return (perPerson[site.rawValue]?.contains(name) ?? false)
      || (perClient[site.rawValue]?.contains(name) ?? false)
  }

  // MARK: Tables

  private static func site(of host: String) -> Platform? {
    var name = host[...]
    for prefix in ["www.", "m.", "mobile.", "open.", "vm.", "vt.", "old.", "new.", "music."]
    where name.hasPrefix(prefix) {
      name = name.dropFirst(prefix.count)
      break
    }
    return sites[String(name)]
  }

  private static let sites: [String: Platform] = [
    "instagram.com": .instagram, "threads.net": .instagram, "threads.com": .instagram, "x.com": .x,
    "twitter.com": .x, "tiktok.com": .tiktok, "youtube.com": .youtube, "youtu.be": .youtube,
    "spotify.com": Platform("spotify"), "facebook.com": .facebook, "fb.watch": .facebook,
    "reddit.com": .reddit,
    "redd.it": .reddit, "snapchat.com": .snapchat, "maps.app.goo.gl": Platform("google-maps"),
  ]

  /// Parameters that are made for one person or one act of sharing.
  private static let perPerson: [String: Set<String>] = [
    "instagram": ["igsh", "igshid"],
    "x": ["t"],
    "tiktok": ["_t", "u_code", "sec_user_id", "share_link_id", "user_id", "timestamp"],
    "youtube": ["si"],
    "spotify": ["si"],
    "reddit": ["share_id"],
    "snapchat": ["sid", "share_id"],
  ]

  /// Parameters that name a client, a campaign, or what is shared and who made that: tracking, but nothing of who shares it.
  private static let perClient: [String: Set<String>] = [
    "instagram": ["img_index", "ig_web_copy_link", "ig_mid", "hl"],
    "x": ["s", "ref_src", "ref_url", "cxt"],
    "tiktok": [
      "tt_from", "is_copy_url", "is_from_webapp", "sender_device", "web_id", "share_app_id", "utm_source",
      "source",
      "lang", "enter_method", "checksum", "social_share_type", "preview_pb", "language", "share_scene",
      "sharer_language", "_r", "share_item_id", "share_author_id",
    ],
    "youtube": ["feature", "pp", "ab_channel", "app"],
    "spotify": ["context", "nd", "dlsi"],
    "facebook": [
      "mibextid", "rdid", "share_url", "__tn__", "__cft__[0]", "sfnsn", "extid", "ref", "refsrc", "paipv",
    ],
    "reddit": ["rdt", "context", "ref", "ref_source", "share_source"],
    "snapchat": ["share_link", "locale"],
    "google-maps": ["g_st"],
  ]

  private static let everywhere: Set<String> = [
    "fbclid", "gclid", "dclid", "msclkid", "twclid", "ttclid", "igshid", "igsh", "mc_cid", "mc_eid", "yclid",
    "gbraid",
    "wbraid", "_ga", "mibextid",
  ]

  /// The value that Instagram's desktop "copy link" gives, seen in links of unrelated people.
  private static let knownShared: Set<String> = ["34e80b5aed"]

  // MARK: Decoding

  /// A token in the path: one link for each act of sharing. The invitation to a group of Telegram (`t.me/+AbC`) is none: all who
  /// pass it on have the same, as they have a number's address (`t.me/+447…`).
  private static func pathToken(_ parts: WebAddress.Parts, _ site: Platform) -> String? {
    let steps = parts.path.split(separator: "/").map(String.init)
    switch site {
    case .tiktok where parts.host.hasPrefix("vm.") || parts.host.hasPrefix("vt."): return steps.first
    case .tiktok where steps.first == "t" && steps.count == 2: return steps[1]
    case .facebook where steps.first == "share" && steps.count >= 2: return steps.last
    case .reddit where steps.count >= 3 && steps[steps.count - 2] == "s": return steps.last
    default: return nil
    }
  }

  /// The text inside an `igsh` token, which is base64; nil when it is not printable ASCII in base64.
  public static func decodedInstagramToken(_ value: String) -> String? {
    let bare = value.hasSuffix("%3D") ? String(value.dropLast(3)) : value
    let bytes = Array((bare.hasSuffix("%3D") ? String(bare.dropLast(3)) : bare).utf8)
    guard let decoded = Base64.decode(bytes), !decoded.isEmpty,
      decoded.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    return String(bytes: decoded)
  }
}

/// Base64 in either alphabet, padding optional.
enum Base64 {
  static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case _ where byte.isUpper: byte - 0x41
    case _ where byte.isLower: byte - 0x61 + 26
    case _ where byte.isDigit: byte - 0x30 + 52
    case ascii("+"), ascii("-"): 62
    case ascii("/"), ascii("_"): 63
    default: nil
    }
  }

  static func decode(_ text: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text {
      if byte == ascii("=") { break }
      guard let digit = digit(byte) else { return nil }
      bits = bits << 6 | UInt32(digit)
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return result
  }
}
