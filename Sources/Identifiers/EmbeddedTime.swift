public import AccountModel

/// Times that identifiers carry.
///
/// An identifier is made by the platform, so its time is worth more than one written beside it: where the two
/// differ one of them was edited. Facebook, Snapchat, Reddit and Telegram ids carry none.
public enum EmbeddedTime {
  /// How an identifier holds its time.
  public enum Scheme: String, CaseIterable, Sendable {
    /// X, for ids since 4 November 2010: milliseconds in the upper 42 bits.
    case xSnowflake = "x-snowflake"
    /// Discord: milliseconds since 2015 in the upper 42 bits.
    case discordSnowflake = "discord-snowflake"
    /// Instagram media and messages: milliseconds in the upper 41 bits; the start of the upload.
    case instagramID = "instagram-id"
    /// Instagram's base64 form of such an id; of a longer code the first eleven characters count.
    case instagramShortcode = "instagram-shortcode"
    /// TikTok videos and newer accounts: seconds in the upper 32 bits.
    case tiktokID = "tiktok-id"
    /// Mastodon: milliseconds in the upper 48 bits; the API's own time may differ by a second.
    case mastodonID = "mastodon-id"
    /// AT Protocol record key: 13 characters, microseconds above ten bits of clock id.
    case blueskyTID = "bluesky-tid"
    /// LinkedIn activities: milliseconds above 22 bits (known from practice, not documented).
    case linkedInActivity = "linkedin-activity"
    /// Gmail's `X-GM-THRID` and `X-GM-MSGID`: milliseconds above 20 bits (known from practice, not
    /// documented).
    case gmailID = "gmail-id"
    /// UUID of version 1, 6 or 7.
    case uuid
    /// ULID: 48 bits of milliseconds.
    case ulid
    /// KSUID: seconds since 13 May 2014.
    case ksuid
    /// MongoDB ObjectId: seconds.
    case objectID = "object-id"
    /// Outlook's `Thread-Index` header: the upper 48 bits of a FILETIME.
    case threadIndex = "thread-index"
  }

  /// The time in an identifier; nil when it has not the scheme's form, or no plausible time (ids from
  /// before a scheme was introduced are plain numbers).
  public static func time(in id: String, scheme: Scheme) -> ObservedTime? {
    guard id.utf8.count <= 256 else { return nil }
    let text = id.trimmed
    guard let (microseconds, precision) = decode(text, scheme), ObservedTime.plausible.contains(microseconds),
      microseconds >= earliest(scheme)
    else { return nil }
    return ObservedTime(microseconds: microseconds, zone: .known, precision: precision)
  }

  /// Whether the time written beside an identifier agrees with the one in it; nil when that cannot be told
  /// (no time in the identifier, or one whose zone is unknown beside it).
  ///
  /// - Parameter tolerance: in microseconds; platforms stamp the two a little apart.
  public static func agrees(
    _ id: String, scheme: Scheme, with written: ObservedTime, tolerance: Int64 = 1_000_000
  ) -> Bool? {
    guard !written.isNone, written.zone == .known, let own = time(in: id, scheme: scheme) else { return nil }
    let coarse: Int64 =
      switch written.precision {
      case .day: 86_400_000_000
      case .minute: 60_000_000
      case .second: 1_000_000
      case .millisecond, .microsecond: 0
      }
    let difference = own.microseconds.subtractingReportingOverflow(written.microseconds)
    if difference.overflow { return false }
    // A time that was cut to the minute stands before the one in the identifier.
    return difference.partialValue >= -tolerance && difference.partialValue <= tolerance + coarse
  }

  /// The numeric id of an Instagram shortcode.
  public static func instagramID(ofShortcode code: String) -> UInt64? {
    let digits = Array(code.utf8.prefix(11))
    guard digits.count >= 5 else { return nil }
    var value: UInt64 = 0
    for byte in digits {
      guard byte != ascii("+"), byte != ascii("/"), let digit = Base64.digit(byte) else { return nil }
      let (next, overflow) = value.multipliedReportingOverflow(by: 64)
      if overflow { return nil }
      value = next | UInt64(digit)
    }
    return value
  }

  // MARK: Decoding

  /// First first of January on which a scheme can have been in use, in microseconds.
  private static func earliest(_ scheme: Scheme) -> Int64 {
    let year2009: Int64 = 1_230_768_000_000_000
    switch scheme {
    case .xSnowflake, .instagramID, .instagramShortcode: return 1_262_304_000_000_000  // 2010
    case .tiktokID: return 1_388_534_400_000_000  // 2014
    case .discordSnowflake: return 1_420_070_400_000_000  // 2015
    case .mastodonID: return 1_451_606_400_000_000  // 2016
    case .blueskyTID: return 1_640_995_200_000_000  // 2022
    case .gmailID: return 1_072_915_200_000_000  // 2004
    case .linkedInActivity, .objectID: return year2009
    case .ksuid: return 1_400_000_000_000_000
    case .uuid, .ulid, .threadIndex: return 0
    }
  }

  /// The first id of X that is a snowflake.
  private static let firstSnowflake: UInt64 = 29_700_859_247

  private static func decode(_ text: String, _ scheme: Scheme) -> (Int64, TimePrecision)? {
    switch scheme {
    case .xSnowflake:
      guard let id = UInt64(text), id >= firstSnowflake else { return nil }
      return milliseconds(id >> 22, since: 1_288_834_974_657)
    case .discordSnowflake: return UInt64(text).flatMap { milliseconds($0 >> 22, since: 1_420_070_400_000) }
    case .instagramID: return UInt64(text).flatMap { milliseconds($0 >> 23, since: 1_314_220_021_721) }
    case .instagramShortcode:
      return instagramID(ofShortcode: text).flatMap { milliseconds($0 >> 23, since: 1_314_220_021_721) }
    case .tiktokID: return UInt64(text).map { (Int64($0 >> 32) * 1_000_000, .second) }
    case .mastodonID: return UInt64(text).flatMap { milliseconds($0 >> 16, since: 0) }
    case .linkedInActivity: return UInt64(text).flatMap { milliseconds($0 >> 22, since: 0) }
    case .gmailID: return UInt64(text).flatMap { milliseconds($0 >> 20, since: 0) }
    case .blueskyTID: return tid(text).map { (Int64($0 >> 10), .microsecond) }
    case .uuid: return uuid(text)
    case .ulid: return ulid(text).flatMap { milliseconds($0, since: 0) }
    case .ksuid: return ksuid(text).map { ((Int64($0) + 1_400_000_000) * 1_000_000, .second) }
    case .objectID:
      guard text.utf8.count == 24, text.utf8.allSatisfy(\.isHexDigit) else { return nil }
      return UInt32(text.prefix(8), radix: 16).map { (Int64($0) * 1_000_000, .second) }
    case .threadIndex: return threadIndex(text)
    }
  }

  private static func milliseconds(_ value: UInt64, since epoch: Int64) -> (Int64, TimePrecision)? {
    guard value < 1 << 49 else { return nil }
    return ((Int64(value) + epoch) * 1_000, .millisecond)
  }

  private static func tid(_ text: String) -> UInt64? {
    guard text.utf8.count == 13 else { return nil }
    let alphabet = Array("234567abcdefghijklmnopqrstuvwxyz".utf8)
    var value: UInt64 = 0
    for byte in text.utf8 {
      guard let digit = alphabet.firstIndex(of: byte), value >> 58 == 0 else { return nil }
      value = value << 5 | UInt64(digit)
    }
    return value
  }

  private static func uuid(_ text: String) -> (Int64, TimePrecision)? {
    guard PlatformIdentifier.isUUID(text) else { return nil }
    let digits = Array(text.utf8.filter { $0 != ascii("-") })
    func field(_ range: Range<Int>) -> UInt64 { UInt64(String(bytes: digits[range]), radix: 16) ?? 0 }
    let ticks: UInt64
    switch digits[12] {
    case ascii("1"): ticks = field(13..<16) << 48 | field(8..<12) << 32 | field(0..<8)
    case ascii("6"): ticks = field(0..<12) << 12 | field(13..<16)
    case ascii("7"): return milliseconds(field(0..<12), since: 0)
    default: return nil
    }
    // Tenths of microseconds since 15 October 1582.
    return ((Int64(ticks) - 122_192_928_000_000_000) / 10, .microsecond)
  }

  private static func ulid(_ text: String) -> UInt64? {
    guard text.utf8.count == 26 else { return nil }
    let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    var value: UInt64 = 0
    for (position, byte) in text.uppercased().utf8.enumerated() {
      guard let digit = alphabet.firstIndex(of: byte) else { return nil }
      if position < 10 { value = value << 5 | UInt64(digit) }
    }
    return value >> 48 == 0 ? value : nil
  }

  /// The upper 32 of the 160 bits that 27 digits of base 62 stand for.
  private static func ksuid(_ text: String) -> UInt32? {
    guard text.utf8.count == 27 else { return nil }
    var words = [UInt32](repeating: 0, count: 5)
    for byte in text.utf8 {
      let digit: UInt8
      switch byte {
      case _ where byte.isDigit: digit = byte - 0x30
      case _ where byte.isUpper: digit = byte - 0x41 + 10
      case _ where byte.isLower: digit = byte - 0x61 + 36
      default: return nil
      }
      var carry = UInt64(digit)
      for index in words.indices.reversed() {
        let product = UInt64(words[index]) * 62 + carry
        words[index] = UInt32(truncatingIfNeeded: product)
        carry = product >> 32
      }
      if carry != 0 { return nil }
    }
    return words[0]
  }

  private static func threadIndex(_ text: String) -> (Int64, TimePrecision)? {
    guard let bytes = Base64.decode(Array(text.utf8.filter { !$0.isBlank })), bytes.count >= 22 else {
      return nil
    }
    let upper = bytes.prefix(6).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    // The unit of what is left of the FILETIME is 6.6 ms; tenths of microseconds since 1601.
    guard let ticks = Int64(exactly: upper << 16) else { return nil }
    return ((ticks - 116_444_736_000_000_000) / 10, .millisecond)
  }
}
