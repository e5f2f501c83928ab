/// The service on which an account lives.
///
/// An open set: a mapping or an account line may name a platform that no reader knows. Two spellings that
/// differ in case or surrounding white space are the same platform.
public struct Platform: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
  /// The lower-case name, for example `instagram`.
  public let rawValue: String

  /// Makes a platform from its name; the name is trimmed and lower-cased.
  public init(rawValue: String) {
    let lowered = rawValue.lowercased()
    self.rawValue = String(
      lowered.trimmingPrefix(while: \.isWhitespace).reversed().trimmingPrefix(while: \.isWhitespace)
        .reversed())
  }

  /// Makes a platform from its name.
  public init(_ name: String) { self.init(rawValue: name) }

  public static let bluesky = Platform("bluesky")
  public static let discord = Platform("discord")
  public static let email = Platform("email")
  public static let facebook = Platform("facebook")
  public static let instagram = Platform("instagram")
  public static let mastodon = Platform("mastodon")
  public static let reddit = Platform("reddit")
  public static let signal = Platform("signal")
  public static let sms = Platform("sms")
  public static let snapchat = Platform("snapchat")
  public static let telegram = Platform("telegram")
  public static let tiktok = Platform("tiktok")
  public static let whatsapp = Platform("whatsapp")
  public static let x = Platform("x")
  public static let youtube = Platform("youtube")

  public static func < (left: Platform, right: Platform) -> Bool { left.rawValue < right.rawValue }
  public var description: String { rawValue }
}
