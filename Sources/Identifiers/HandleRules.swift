import AccountModel

/// What a platform says about its handles: whether case and dots matter, and which ones can exist.
///
/// Rules that change are the reason for `not-valid-on-platform` being a flag and not a refusal: an old
/// account may hold a name that could not be registered today.
struct HandleRules: Sendable {
  /// Whether two names that differ in case are two accounts.
  let isCaseSensitive: Bool
  /// Whether dots are passed over.
  let ignoresDots: Bool
  /// Fewest and most characters.
  let lengths: ClosedRange<Int>
  /// Further signs, beside ASCII letters and digits, that a name may hold.
  let signs: String
  private let extra: @Sendable ([UInt8]) -> Bool
  /// Whether anything at all may be a name.
  private let isOpen: Bool
  /// Whether a handle is more than a name, so that none can be read in the short way.
  let needsItsOwnWay: Bool

  init(
    lengths: ClosedRange<Int>, signs: String, isCaseSensitive: Bool = false, ignoresDots: Bool = false,
    isOpen: Bool = false, needsItsOwnWay: Bool = false,
    extra: @escaping @Sendable ([UInt8]) -> Bool = { _ in true }
  ) {
    self.lengths = lengths
    self.signs = signs
    self.isCaseSensitive = isCaseSensitive
    self.ignoresDots = ignoresDots
    self.isOpen = isOpen
    self.needsItsOwnWay = needsItsOwnWay
    self.extra = extra
  }

  /// Whether a name, folded as the platform folds it, could be registered.
  func allows(_ folded: String) -> Bool { allows(Array(folded.utf8)) }

  func allows(_ name: [UInt8]) -> Bool {
    if isOpen { return true }
    guard lengths.contains(name.count) else { return false }
    for byte in name where !(byte.isAlphanumeric || signs.utf8.contains(byte)) { return false }
    return extra(name)
  }

  /// The rules of a platform; those of a platform that is not known allow anything and pass over case.
  static func of(_ platform: Platform) -> HandleRules {
    byPlatform[platform.rawValue] ?? (platform.rawValue.hasPrefix("mediawiki/") ? wiki : unknown)
  }

  private static let unknown = HandleRules(lengths: 1...Int.max, signs: "", isOpen: true)
  /// Names on a wiki, each of which is a platform; `RexM` and `Rexm` are two.
  private static let wiki = HandleRules(
    lengths: 1...255, signs: "", isCaseSensitive: true, isOpen: true)

  private static let byPlatform: [String: HandleRules] = {
    let dot = ascii(".")
    let underscore = ascii("_")
    let x = HandleRules(lengths: 4...15, signs: "_")
    let instagram = HandleRules(
      lengths: 1...30, signs: "._",
      extra: { $0.first != dot && $0.last != dot && !hasPair($0, of: dot) })
    let facebook = HandleRules(lengths: 5...50, signs: "", ignoresDots: true)
    let mastodon = HandleRules(lengths: 1...286, signs: "._-@:", needsItsOwnWay: true)
    let open = HandleRules(lengths: 1...Int.max, signs: "", isOpen: true, needsItsOwnWay: true)
    let youtube = HandleRules(lengths: 3...30, signs: "._-\u{B7}", isOpen: true, needsItsOwnWay: true)
    return [
      "x": x,
      "instagram": instagram, "threads": instagram,
      "facebook": facebook,
      "tiktok": HandleRules(lengths: 2...24, signs: "_.", extra: { $0.last != dot }),
      "snapchat": HandleRules(
        lengths: 3...15, signs: "-_.",
        extra: { ($0.first?.isLetter ?? false) && ($0.last?.isAlphanumeric ?? false) }),
      "reddit": HandleRules(lengths: 3...20, signs: "_-"),
      "telegram": HandleRules(
        lengths: 4...32, signs: "_",
        extra: { ($0.first?.isLetter ?? false) && $0.last != underscore && !hasPair($0, of: underscore) }),
      "discord": HandleRules(
        lengths: 2...32, signs: "_.", needsItsOwnWay: true, extra: { !hasPair($0, of: dot) }),
      "mastodon": mastodon, "fediverse": mastodon,
      "bluesky": HandleRules(
        lengths: 3...253, signs: ".-", needsItsOwnWay: true,
        extra: { $0.contains(dot) && $0.first != dot && $0.last != dot }),
      "signal": HandleRules(lengths: 6...35, signs: "_.", extra: isSignalName),
      "youtube": youtube,
      "kik": HandleRules(lengths: 2...30, signs: "._", needsItsOwnWay: true),
      "skype": open, "teams": open, "whatsapp": open, "imessage": open, "sms": open, "email": open,
      "twitch": HandleRules(lengths: 3...25, signs: "_"),
      "github": HandleRules(lengths: 1...39, signs: "-"),
    ]
  }()

  private static func hasPair(_ name: [UInt8], of byte: UInt8) -> Bool {
    var previous: UInt8 = 0
    for next in name {
      if next == byte, previous == byte { return true }
      previous = next
    }
    return false
  }

  /// A nickname of 3 to 32 characters, a dot, and two digits or more.
  private static func isSignalName(_ name: [UInt8]) -> Bool {
    guard let dot = name.lastIndex(of: ascii(".")) else { return false }
    let digits = name[(dot + 1)...]
    return (3...32).contains(dot) && digits.count >= 2 && digits.allSatisfy(\.isDigit)
      && !name[..<dot].contains(ascii("."))
  }
}
