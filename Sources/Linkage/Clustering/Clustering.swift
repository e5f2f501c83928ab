import AccountModel

/// A merge that built a cluster: one edge of the maximum spanning forest.
public struct Merge: Sendable, Hashable {
  /// One account.
  public let left: AccountNode
  /// The other account.
  public let right: AccountNode
  /// log10 LR of the pair; infinite for a human judgement.
  public let log10LR: Double
}

/// A merge that was not made although the pair reaches the threshold, and why.
public struct HeldMerge: Sendable, Hashable {
  /// What held it.
  public enum Cause: String, Sendable, Codable {
    /// A protected account would have been reached: a human must look.
    case protectedAccount = "protected-account"
    /// A human said that two of the accounts have different controllers.
    case judgedDifferent = "judged-different"
    /// Evidence between other accounts of the two clusters outweighs it.
    case evidenceAgainst = "evidence-against"
  }

  /// One account.
  public let left: AccountNode
  /// The other account.
  public let right: AccountNode
  /// log10 LR of the pair, of a protected account of what speaks for it alone; infinite for a human judgement.
  public let log10LR: Double
  /// Why it was held.
  public let cause: Cause
}

/// Accounts joined into clusters.
public struct Clustering: Sendable {
  /// Number of each account's cluster, from 0, by first account.
  public let clusterOfAccount: [Int]
  /// The spanning forest, in the order of the merges: what has least evidence is last.
  public let merges: [Merge]
  /// Merges not made.
  public let held: [HeldMerge]

  /// Joins accounts as `EdgeContraction` does. A protected account never joins anything.
  init(_ input: LinkageInput, _ pairs: [PairEvidence], threshold: Double) {
    var nodes = [UInt32](repeating: 0, count: input.accountOrder.count)
    for (node, place) in input.accountOrder.enumerated() { nodes[Int(place)] = UInt32(node) }
    func place(_ account: AccountNode) -> UInt32 {
      nodes.isEmpty ? account.raw : input.accountOrder[Int(account.raw)]
    }
    var constraints = ClusterConstraints()
    for constraint in input.constraints where constraint.judgement != .unsure {
      constraints.judgements.append(
        .init(
          left: place(constraint.left), right: place(constraint.right), isSame: constraint.judgement == .same)
      )
    }
    for account in input.accounts.indices where input.accounts[account].isProtected {
      constraints.protected.insert(place(AccountNode(raw: UInt32(truncatingIfNeeded: account))))
    }
    let edges = pairs.map { pair in
      // Who poses as a protected account writes otherwise: nothing against takes away from why one must look.
      let weight = input.isProtected(pair.left, pair.right) ? pair.supporting : pair.log10LR
      let (one, other) = (place(pair.left), place(pair.right))
      return WeightedEdge(
        left: min(one, other), right: max(one, other), weight: EvidenceWeight(log10LR: weight))
    }
    let contraction = EdgeContraction(threshold: EvidenceWeight(log10LR: threshold), constraints: constraints)
    let count = input.accounts.count
    let joined = try? contraction.forest(nodes: count, edges: edges)
    guard
      let forest = nodes.isEmpty ? joined : try? joined?.renumbered(nodes: count, { nodes[Int($0)] })
    else {
      // Pairs and constraints name accounts of the input, or nothing is joined.
      clusterOfAccount = Array(input.accounts.indices)
      (merges, held) = ([], [])
      return
    }
    clusterOfAccount = forest.clusterOfNode.map { Int($0) }
    merges = forest.merges.map {
      Merge(
        left: AccountNode(raw: $0.left), right: AccountNode(raw: $0.right),
        log10LR: $0.isJudged ? .infinity : $0.weight.log10LR)
    }
    held = forest.held.map {
      HeldMerge(
        left: AccountNode(raw: $0.left), right: AccountNode(raw: $0.right),
        log10LR: $0.isJudged ? .infinity : $0.weight.log10LR, cause: .init($0.cause))
    }
  }
}

extension HeldMerge.Cause {
  fileprivate init(_ cause: HeldEdge.Cause) {
    switch cause {
    case .protected: self = .protectedAccount
    case .judgedDifferent: self = .judgedDifferent
    // Accounts have no sources that exclude one another.
    case .sameSource, .evidenceAgainst: self = .evidenceAgainst
    }
  }
}
