internal import AccountModel

/// Times of LinkedIn's download, which each file writes in its own way.
///
///     2023-01-05 10:00:00 UTC       messages
///     2026-01-05 10:00:00           comments and posts, without a zone
///     Fri Sep 24 12:35:41 UTC 2021  logins
///     1/5/24, 10:00 AM              invitations and what is on the account, without a zone
///     05 Jan 2023                   connections
///
/// Numbers of days and months stand as month, day, year whatever the member's language: downloads of Italian members write
/// `11/16/21, 9:40 AM`.
enum LinkedInTime {
  private static let patterns = [
    "M/d/yy, h:mm a", "M/d/yyyy, h:mm a", "d MMM yyyy", "yyyy/MM/dd HH:mm:ss z",
  ].compactMap { TimePattern($0) }
  /// Forms that no cut leaves whole.
  private static let closed = patterns.prefix(3)

  /// A written time: none where there is none to read, nil where it cannot be read.
  static func read(_ written: String) -> ObservedTime? {
    if written.isEmpty || NoValue.isNamed(by: written) { return ObservedTime.none }
    if let time = TimeText.plausibleISO8601(written) ?? TimeText.x(written) { return time }
    return patterns.lazy.compactMap { time(written, $0) }.first
  }

  /// Whether a text is a date or time that would not be one without its last letter or digit.
  static func isWhole(_ written: String) -> Bool { closed.contains { time(written, $0) != nil } }

  private static func time(_ written: String, _ pattern: TimePattern) -> ObservedTime? {
    var written = written
    return TimeText.plausible(written.withUTF8 { pattern.read($0)?.time(order: nil) })
  }
}
