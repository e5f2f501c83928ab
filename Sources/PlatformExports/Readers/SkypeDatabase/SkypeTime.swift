internal import AccountModel

/// Times of Skype's databases: seconds since 1970 in UTC.
enum SkypeTime {
  /// Seconds from 1970 to Skype's first day, 2003-08-29: what is dated before it had no clock or no date.
  private static let launch: Int64 = 1_062_115_200

  /// A time; nil for none, and for one that is not plausible.
  static func time(_ seconds: Int64?) -> ObservedTime? {
    guard let seconds, seconds >= launch, seconds <= ObservedTime.plausible.upperBound / 1_000_000 else {
      return nil
    }
    // Safe: the greatest is no more than a plausible time in microseconds.
    return ObservedTime(microseconds: seconds * 1_000_000, zone: .known, precision: .second)
  }
}
