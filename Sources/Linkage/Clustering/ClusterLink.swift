/// What is known between two clusters, while they are contracted.
struct ClusterLink {
  /// The clusters.
  var ends: (UInt32, UInt32)
  /// The next link in the list of each end; `none` for the last.
  var next: (UInt32, UInt32) = (PairTable.none, PairTable.none)
  /// The strongest pair between them, by place; `left` is `none` when no pair is known.
  var left = PairTable.none
  var right = PairTable.none
  var best: Int32 = .min
  /// The strongest that speaks against, and the sum of all that does, from `most` to 0.
  var worst: Int32 = 0
  var against: Int64 = 0
  /// Pairs between them that are known.
  var covered: Int64 = 0
  /// Raised whenever the evidence changes.
  var version: UInt32 = 0
  var isAlive = true
  /// Kept apart by a human.
  var isJudgedDifferent = false
  /// Found to hold nodes of one source.
  var sharesSource = false

  /// A sum stops here, far beyond anything that evidence comes to, so that it cannot overflow.
  static let most: Int64 = -1 << 60

  /// See `EdgeContraction`.
  var evidence: Int64 {
    Int64(max(best, 0)) + Int64(worst) + (against - Int64(worst)) / EdgeContraction.furtherAgainst
  }
  var isHeld: Bool { isJudgedDifferent || sharesSource }

  mutating func speak(against weight: Int32) {
    worst = min(worst, weight)
    against = max(against + Int64(min(weight, 0)), Self.most)
  }

  /// Takes what is known of another link between the same clusters, or parts of them.
  mutating func take(_ other: ClusterLink) {
    offer(other.best, other.left, other.right)
    worst = min(worst, other.worst)
    against = max(against + other.against, Self.most)
    covered += other.covered
    isJudgedDifferent = isJudgedDifferent || other.isJudgedDifferent
    sharesSource = sharesSource || other.sharesSource
  }

  mutating func offer(_ weight: Int32, _ one: UInt32, _ other: UInt32) {
    if other == PairTable.none { return }
    if weight < best || weight == best && (one, other) > (left, right) { return }
    (best, left, right) = (weight, one, other)
  }
}
