/// Something in the proceedings of which the victim is to be told, each time by a clock of its own.
public struct Occurrence: Hashable, Sendable, Codable {
  /// What happened.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// The suspect was arrested.
    case arrest
    /// The suspect was interviewed.
    case interview
    /// The suspect was released, on bail or without it.
    case release
    /// Bail was set, changed or ended.
    case bailChange = "bail-change"
    /// Somebody asked under the Domestic Violence Disclosure Scheme.
    case schemeApplication = "dvds-application"
    /// A stalking protection order was served.
    case protectionOrderServed = "spo-service"

    /// The clock that it starts.
    public var clock: ClockKind {
      switch self {
      case .arrest, .interview, .release, .bailChange: .right6
      case .schemeApplication: .domesticViolenceScheme
      case .protectionOrderServed: .protectionOrder
      }
    }
  }

  /// What happened.
  public let kind: Kind
  /// When, in seconds since 1970 UTC.
  public let time: Int64
  /// When the victim was told of it; nil while that is due.
  public internal(set) var toldAt: Int64?

  /// Notes what happened.
  public init(_ kind: Kind, at time: Int64, toldAt: Int64? = nil) {
    self.kind = kind
    self.time = time
    self.toldAt = toldAt
  }

  /// Which of several the victim was told of at a time: of those that are left to be told of and had happened by then,
  /// the first that happened, whatever the order in which they were noted.
  ///
  /// - Returns: its place; nil when none is left that had happened.
  static func told(_ kind: Kind, at time: Int64, among all: [Occurrence]) -> Int? {
    all.indices
      .filter { all[$0].kind == kind && all[$0].toldAt == nil && all[$0].time <= time }
      .min { (all[$0].time, $0) < (all[$1].time, $1) }
  }
}

/// A time in which one clock of a record stood.
public struct ClockPause: Hashable, Sendable {
  /// The clock.
  public let clock: ClockKind
  /// The time and the reason.
  public let pause: Clock.Pause

  /// Notes a pause.
  public init(_ clock: ClockKind, _ pause: Clock.Pause) {
    self.clock = clock
    self.pause = pause
  }
}
