/// The service on which an account lives.
///
/// An open set: a mapping or an account line may name a platform that no reader knows. Two spellings that
/// differ in case or surrounding white space are the same platform, and so are two names of one service: a table
/// that says Twitter speaks of the accounts of X.
public struct Platform: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
  /// The lower-case name, for example `instagram`.
  public let rawValue: String

  /// Makes a platform from its name; the name is trimmed and lower-cased, and another name of a service that has one
  /// here becomes that.
  public init(rawValue: String) {
    let lowered = rawValue.lowercased()
    let name = String(
      lowered.trimmingPrefix(while: \.isWhitespace).reversed().trimmingPrefix(while: \.isWhitespace)
        .reversed())
    self.rawValue = Self.otherNames[name] ?? name
  }

  /// Other names of services, and the one that they have here.
  ///
  /// Under two names the accounts of one service would be strangers to each other, and who is protected under one would
  /// not be under the other. Cases in which an earlier version stored another name keep it.
  public static let otherNames: [String: String] = [
    "twitter": "x", "x (twitter)": "x", "x/twitter": "x", "twitter/x": "x", "x / twitter": "x",
    "twitter / x": "x",
    "x (formerly twitter)": "x", "x.com": "x", "twitter.com": "x",
    "facebook messenger": "facebook", "messenger": "facebook",
    "whatsapp messenger": "whatsapp", "whatsapp business": "whatsapp",
  ]

  /// Makes a platform from its name.
  public init(_ name: String) { self.init(rawValue: name) }

  /// Bluesky.
  public static let bluesky = Platform("bluesky")
  /// Discord.
  public static let discord = Platform("discord")
  /// E-mail, whoever carries it.
  public static let email = Platform("email")
  /// Facebook and Messenger.
  public static let facebook = Platform("facebook")
  /// Google: Gmail, Chat and all that an account of Google's is signed in to.
  public static let google = Platform("google")
  /// Instagram.
  public static let instagram = Platform("instagram")
  /// Mastodon and what federates with it.
  public static let mastodon = Platform("mastodon")
  /// Reddit.
  public static let reddit = Platform("reddit")
  /// Signal.
  public static let signal = Platform("signal")
  /// Text messages and calls.
  public static let sms = Platform("sms")
  /// Snapchat.
  public static let snapchat = Platform("snapchat")
  /// Telegram.
  public static let telegram = Platform("telegram")
  /// TikTok.
  public static let tiktok = Platform("tiktok")
  /// WhatsApp.
  public static let whatsapp = Platform("whatsapp")
  /// X, once Twitter.
  public static let x = Platform("x")
  /// YouTube.
  public static let youtube = Platform("youtube")

  /// Orders by name.
  public static func < (left: Platform, right: Platform) -> Bool { left.rawValue < right.rawValue }
  /// The name.
  public var description: String { rawValue }
}
