/// log10 of a likelihood ratio in ten-thousandths.
///
/// Sums of whole numbers do not depend on the order of adding, so that neither clusters nor ties between them depend
/// on the order of edges.
public struct EvidenceWeight: Hashable, Comparable, Sendable {
  /// Ten-thousandths.
  public let raw: Int32

  /// Makes a weight of ten-thousandths.
  @inlinable public init(raw: Int32) { self.raw = raw }

  /// The nearest weight; beyond ±200,000 the nearest bound, and 0 for what is no number.
  @inlinable public init(log10LR: Double) {
    let scaled = (log10LR * 10_000).rounded()
    raw = scaled.isNaN ? 0 : Int32(min(max(scaled, -2e9), 2e9))
  }

  /// The weight as log10 LR.
  @inlinable public var log10LR: Double { Double(raw) / 10_000 }

  /// Which weighs less.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

/// What is known between two nodes.
public struct WeightedEdge: Hashable, Sendable {
  /// One node.
  public let left: UInt32
  /// The other node.
  public let right: UInt32
  /// The evidence; below 0 against.
  public let weight: EvidenceWeight

  /// Makes an edge.
  @inlinable public init(left: UInt32, right: UInt32, weight: EvidenceWeight) {
    self.left = left
    self.right = right
    self.weight = weight
  }
}

/// What no clustering may break, whatever the evidence says.
public struct ClusterConstraints: Sendable {
  /// What a human decided about two nodes.
  public struct Judgement: Hashable, Sendable {
    /// One node.
    public let left: UInt32
    /// The other node.
    public let right: UInt32
    /// Whether the two belong together (must-link) or apart (cannot-link).
    public let isSame: Bool

    /// Makes a judgement.
    public init(left: UInt32, right: UInt32, isSame: Bool) {
      self.left = left
      self.right = right
      self.isSame = isSame
    }
  }

  /// Decisions, in any order. Where they contradict one another, those that keep apart prevail.
  public var judgements: [Judgement] = []
  /// Nodes that join nothing, as the accounts of a victim.
  public var protected: Set<UInt32> = []
  /// By node, where it comes from, when no cluster may hold two nodes of one source; empty when any may.
  public var sources: [UInt32] = []

  /// No constraint.
  public init() {}
}
