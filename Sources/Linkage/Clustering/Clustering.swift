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
  /// log10 LR of the pair; infinite for a human judgement.
  public let log10LR: Double
  /// Why it was held.
  public let cause: Cause
}

/// Accounts joined into clusters.
public struct Clustering: Sendable {
  /// Number of each account's cluster, from 0, by first account.
  public let clusterOfAccount: [Int]
  /// The maximum spanning forest, in the order of the merges: weakest last.
  public let merges: [Merge]
  /// Merges not made.
  public let held: [HeldMerge]

  /// Joins accounts by pairs in descending weight.
  ///
  /// A merge is decided on what is known between the two whole clusters: the strongest pair for it, together
  /// with everything that speaks against it, must still reach the threshold. A protected account never joins
  /// anything. Ties go by account order, so that the result does not depend on the order of `pairs`.
  init(_ input: LinkageInput, _ pairs: [PairEvidence], threshold: Double) {
    var state = State(input, pairs)
    for constraint in input.constraints where constraint.judgement == .same {
      state.join(constraint.left, constraint.right, .infinity)
    }
    let edges = pairs.filter { $0.log10LR >= threshold }.sorted {
      if $0.log10LR != $1.log10LR { return $0.log10LR > $1.log10LR }
      return $0.left != $1.left ? $0.left < $1.left : $0.right < $1.right
    }
    for edge in edges { state.consider(edge, threshold: threshold) }
    merges = state.merges
    held = state.held
    var numbers: [Int: Int] = [:]
    clusterOfAccount = input.accounts.indices.map { account in
      let root = state.sets.find(account)
      if let known = numbers[root] { return known }
      numbers[root] = numbers.count
      return numbers.count - 1
    }
  }

  /// Sets under construction, with what speaks against joining them.
  private struct State {
    var sets: UnionFind
    var merges: [Merge] = []
    var held: [HeldMerge] = []
    private let accounts: [LinkageInput.Account]
    /// By root: other roots that a human keeps apart from it.
    private var apart: [Int: Set<Int>] = [:]
    /// By root: sum of negative weights to other roots.
    private var against: [Int: [Int: Double]] = [:]

    init(_ input: LinkageInput, _ pairs: [PairEvidence]) {
      sets = UnionFind(count: input.accounts.count)
      accounts = input.accounts
      for constraint in input.constraints where constraint.judgement == .different {
        let (left, right) = (Int(constraint.left.raw), Int(constraint.right.raw))
        apart[left, default: []].insert(right)
        apart[right, default: []].insert(left)
      }
      for pair in pairs where pair.log10LR < 0 {
        against[Int(pair.left.raw), default: [:]][Int(pair.right.raw), default: 0] += pair.log10LR
        against[Int(pair.right.raw), default: [:]][Int(pair.left.raw), default: 0] += pair.log10LR
      }
    }

    mutating func consider(_ edge: PairEvidence, threshold: Double) {
      let (left, right) = (Int(edge.left.raw), Int(edge.right.raw))
      if accounts[left].isProtected || accounts[right].isProtected {
        // Two protected accounts that belong together are nobody's disguise.
        if accounts[left].isProtected != accounts[right].isProtected { hold(edge, .protectedAccount) }
        return
      }
      let (one, other) = (sets.find(left), sets.find(right))
      if one == other { return }
      if apart[one]?.contains(other) == true {
        hold(edge, .judgedDifferent)
      } else if edge.log10LR + (against[one]?[other] ?? 0) < threshold {
        hold(edge, .evidenceAgainst)
      } else {
        join(edge.left, edge.right, edge.log10LR)
      }
    }

    mutating func join(_ left: AccountNode, _ right: AccountNode, _ weight: Double) {
      guard !accounts[Int(left.raw)].isProtected, !accounts[Int(right.raw)].isProtected else {
        held.append(HeldMerge(left: left, right: right, log10LR: weight, cause: .protectedAccount))
        return
      }
      let (one, other) = (sets.find(Int(left.raw)), sets.find(Int(right.raw)))
      guard one != other else { return }
      guard apart[one]?.contains(other) != true else {
        held.append(HeldMerge(left: left, right: right, log10LR: weight, cause: .judgedDifferent))
        return
      }
      sets.union(one, other)
      merges.append(Merge(left: left, right: right, log10LR: weight))
      let root = sets.find(one)
      let gone = root == one ? other : one
      for neighbour in apart.removeValue(forKey: gone) ?? [] {
        apart[neighbour]?.remove(gone)
        apart[neighbour, default: []].insert(root)
        apart[root, default: []].insert(neighbour)
      }
      for (neighbour, weight) in against.removeValue(forKey: gone) ?? [:] where neighbour != root {
        against[neighbour]?.removeValue(forKey: gone)
        against[neighbour, default: [:]][root, default: 0] += weight
        against[root, default: [:]][neighbour, default: 0] += weight
      }
    }

    private mutating func hold(_ edge: PairEvidence, _ cause: HeldMerge.Cause) {
      held.append(HeldMerge(left: edge.left, right: edge.right, log10LR: edge.log10LR, cause: cause))
    }
  }
}
