import AccountModel

extension Comparator {
  /// Accounts with a date of birth that are compared each with each where others connect them. 300 make 44,850 pairs.
  private static let mostComparedWhole = 300
  /// Where there are more, only those that one account connects are compared, of these so many at the most.
  private static let mostNeighbours = 64

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
    let joined =
      pairs.filter { $0.log10LR >= threshold }.map { Pair($0.left, $0.right) }
      + input.constraints.filter { $0.judgement == .same }.map { Pair($0.left, $0.right) }
    var sets = UnionFind(count: input.accounts.count)
    for pair in joined { sets.union(Int(pair.left.raw), Int(pair.right.raw)) }
    var found = Set(
      conversations.keys.filter {
        $0.left != $0.right && sets.find(Int($0.left.raw)) == sets.find(Int($0.right.raw))
      })
    let dated = Dictionary(grouping: birthDates.keys.sorted()) { sets.find(Int($0)) }
    for accounts in dated.values where accounts.count <= Self.mostComparedWhole {
      addDiffering(among: accounts, to: &found)
    }
    let large = dated.filter { $0.value.count > Self.mostComparedWhole }
    if !large.isEmpty {
      var ends: [UInt32: Set<UInt32>] = [:]
      for pair in joined where large[sets.find(Int(pair.left.raw))] != nil {
        if birthDates[pair.right.raw] != nil { ends[pair.left.raw, default: []].insert(pair.right.raw) }
        if birthDates[pair.left.raw] != nil { ends[pair.right.raw, default: []].insert(pair.left.raw) }
      }
      for accounts in ends.values {
        addDiffering(among: Array(accounts.sorted().prefix(Self.mostNeighbours)), to: &found)
      }
    }
    found.subtract(pairs.map { Pair($0.left, $0.right) })
    return found.sorted().map { pairEvidence($0.left, $0.right, candidates.support($0.left, $0.right)) }
  }

  /// Adds the pairs among accounts whose dates of birth differ; ascending accounts.
  private func addDiffering(among accounts: [UInt32], to found: inout Set<Pair>) {
    for (position, left) in accounts.enumerated() {
      for right in accounts[(position + 1)...] {
        let pair = Pair(AccountNode(raw: left), AccountNode(raw: right))
        if birthDatesDiffer(pair.left, pair.right) { found.insert(pair) }
      }
    }
  }

  /// Whether dates of birth of both are on record and none can be the same.
  func birthDatesDiffer(_ left: AccountNode, _ right: AccountNode) -> Bool {
    guard let one = birthDates[left.raw], let other = birthDates[right.raw] else { return false }
    return one.allSatisfy { date in !other.contains { canBeOne($0.key, date.key) } }
  }

  /// Whether two dates are one, or one of them is the first of January of the other's year, which stands for a day that is
  /// not known.
  private func canBeOne(_ date: KeyNode, _ other: KeyNode) -> Bool {
    if date == other { return true }
    let texts = [date, other].map { input.keys[Int($0.raw)].text }
    return texts.contains { $0.hasSuffix(WeightTable.firstOfJanuary) }
      && texts[0].prefix { $0 != "-" } == texts[1].prefix { $0 != "-" }
  }
}
