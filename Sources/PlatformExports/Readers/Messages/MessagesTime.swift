internal import AccountModel

/// Times of Apple's systems: seconds since 2001-01-01 UTC, in Messages nanoseconds since 2017.
enum MessagesTime {
  /// Seconds from 1970 to 2001.
  private static let epoch: Int64 = 978_307_200
  /// Seconds as large would be thirty million years from now.
  private static let nanosecondsFrom: Int64 = 1_000_000_000_000_000

  /// A time; nil for none, and for one that is not plausible.
  static func time(_ value: Int64) -> ObservedTime? {
    guard value > 0 else { return nil }
    let isFine = value > nanosecondsFrom
    let (microseconds, overflow) =
      isFine ? (value / 1000, false) : value.multipliedReportingOverflow(by: 1_000_000)
    let (sum, overflowed) = microseconds.addingReportingOverflow(epoch * 1_000_000)
    guard !overflow, !overflowed, ObservedTime.plausible.contains(sum) else { return nil }
    // Of text messages the network gives seconds.
    let isWhole = !isFine || value % 1_000_000_000 == 0
    return ObservedTime(microseconds: sum, zone: .known, precision: isWhole ? .second : .microsecond)
  }

  /// A time in seconds with fractions, to the millisecond, as servers give it; nil for one that is not plausible.
  static func time(seconds: Double) -> ObservedTime? {
    guard let milliseconds = Int64(exactly: (seconds * 1000).rounded()), milliseconds > 0 else { return nil }
    let (sum, overflow) = milliseconds.addingReportingOverflow(epoch * 1000)
    guard !overflow, sum <= ObservedTime.plausible.upperBound / 1000 else { return nil }
    return ObservedTime(microseconds: sum * 1000, zone: .known, precision: .millisecond)
  }
}
