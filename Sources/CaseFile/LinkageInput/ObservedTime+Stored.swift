internal import AccountModel

extension ObservedTime {
  /// The time of a record as the columns `at`, `zone` and `precision` hold it.
  init(stored microseconds: Int64?, zone: Int64, precision: Int64) {
    self.init(
      microseconds: microseconds ?? Self.none.microseconds,
      zone: UInt8(exactly: zone).flatMap { ZoneKnowledge(rawValue: $0) } ?? .unknown,
      precision: UInt8(exactly: precision).flatMap { TimePrecision(rawValue: $0) } ?? .day)
  }
}
