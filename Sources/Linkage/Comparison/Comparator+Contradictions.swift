import AccountModel

extension Comparator {
  /// What speaks against pairs that nothing proposes and that others would join.
  ///
  /// Only accounts that share something are compared, as nothing else can speak for them. But where A and B share one thing
  /// and B and C another, A and C come to one cluster, and whether they wrote to each other, or were born on different days,
  /// counts as much as it does between A and B.
  ///
  /// - Parameters:
  ///   - pairs: the evidence of the candidates.
  ///   - threshold: log10 LR from which a pair is linked.
  /// - Returns: further pairs within what candidates and judgements connect, in order.
  func contradictions(
    among pairs: [PairEvidence], threshold: Double, _ candidates: CandidatePairs
  ) -> [PairEvidence] {
    var sets = UnionFind(count: input.accounts.count)
    for pair in pairs where pair.log10LR >= threshold { sets.union(Int(pair.left.raw), Int(pair.right.raw)) }
    for constraint in input.constraints where constraint.judgement == .same {
      sets.union(Int(constraint.left.raw), Int(constraint.right.raw))
    }
    var found = Set(
      conversations.keys.filter {
        $0.left != $0.right && sets.find(Int($0.left.raw)) == sets.find(Int($0.right.raw))
      })
    let dated = Dictionary(grouping: birthDates.keys.sorted()) { sets.find(Int($0)) }
    for accounts in dated.values {
      for (position, left) in accounts.enumerated() {
        for right in accounts[(position + 1)...] {
          let pair = Pair(AccountNode(raw: left), AccountNode(raw: right))
          if birthDatesDiffer(pair.left, pair.right) { found.insert(pair) }
        }
      }
    }
    found.subtract(pairs.map { Pair($0.left, $0.right) })
    return found.sorted().map { pairEvidence($0.left, $0.right, candidates.support($0.left, $0.right)) }
  }

  /// Whether dates of birth of both are on record and none is the same.
  func birthDatesDiffer(_ left: AccountNode, _ right: AccountNode) -> Bool {
    guard let one = birthDates[left.raw], let other = birthDates[right.raw] else { return false }
    return one.allSatisfy { date in !other.contains { $0.key == date.key } }
  }
}
