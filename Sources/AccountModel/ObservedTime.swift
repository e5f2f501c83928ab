/// What is known of the zone in which a time was written.
public enum ZoneKnowledge: UInt8, Sendable, Codable, Hashable {
  /// No zone was written and none may be invented: the microseconds are the wall clock's.
  case unknown = 0
  /// Written with an offset or defined by the format as UTC: the microseconds are an instant.
  case known = 1
  /// The person who imported it said which zone applies: the microseconds are an instant under that assumption.
  case assumed = 2
}

/// How finely a time was written.
public enum TimePrecision: UInt8, Sendable, Codable, Hashable {
  case day = 0
  case minute = 1
  case second = 2
  case millisecond = 3
  case microsecond = 4
}

/// A time as a source gives it, without inventing what it does not say.
public struct ObservedTime: Hashable, Sendable, Codable {
  /// Microseconds since 1970-01-01T00:00:00, in UTC when `zone` is known or assumed, else of the wall clock;
  /// `Int64.min` stands for "no time".
  public let microseconds: Int64
  /// What is known of the zone.
  public let zone: ZoneKnowledge
  /// How finely it was written.
  public let precision: TimePrecision

  /// Makes a time.
  @inlinable
  public init(microseconds: Int64, zone: ZoneKnowledge, precision: TimePrecision) {
    self.microseconds = microseconds
    self.zone = zone
    self.precision = precision
  }

  /// No time was given.
  public static let none = ObservedTime(microseconds: .min, zone: .unknown, precision: .day)

  /// Whether no time was given.
  @inlinable public var isNone: Bool { microseconds == .min }

  /// The first and last times that readers accept: 1970-01-01 to 2100-01-01, in microseconds.
  ///
  /// A time outside is set aside as implausible instead of being stored.
  public static let plausible: ClosedRange<Int64> = 0...4_102_444_800_000_000
}
