internal import AccountModel

/// Times of an export that writes no zone: instants where the person named the zone, counted where nobody did.
struct ZonelessTimes {
  /// The clock of the zone that the person named.
  let clock: ZonedClock?
  private var count = 0

  init(_ options: ReaderOptions) throws { clock = try ZonedClock.make(options) }

  /// A time under the zone that was named; days have none.
  mutating func take(_ time: ObservedTime) -> ObservedTime {
    let assumed = clock?.assume(time) ?? time
    if assumed.zone == .unknown, !assumed.isNone, assumed.precision != .day { count += 1 }
    return assumed
  }

  /// A written time: none where there is none to read, nil where it cannot be read.
  mutating func iso8601(_ written: String) -> ObservedTime? {
    if written.isEmpty || NoValue.isNamed(by: written) { return ObservedTime.none }
    return TimeText.plausibleISO8601(written).map { take($0) }
  }

  /// Notes how many times have no zone.
  func report(_ platform: String, to writer: RecordWriter) {
    clock?.report(to: writer)
    guard clock == nil, count > 0 else { return }
    writer.note(
      "\(platform) writes no zone beside \(count == 1 ? "1 time, which has" : "\(count) times, which have") none; "
        + "where it is known, import with --time-zone")
  }
}
