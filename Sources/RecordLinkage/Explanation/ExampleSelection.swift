import Linkage

/// Picks the pairs and clusters that a report shows. The choice depends on the pairs and their weights alone.
struct ExampleSelection {
  /// Pairs of each sort.
  static let pairs = 3
  /// Pairs looked at for each sort, so that no two shown ones are alike in every level.
  static let pool = 400
  /// Bridges listed.
  static let bridges = 12
  /// Clusters listed, those of them that are shown with values, and how many records of each.
  static let clusters = 20
  /// Records shown of a cluster.
  static let members = 12
  /// Columns shown of a cluster.
  static let columns = 7

  let explainer: PairExplainer
  /// Kept pairs, by places.
  let pairs: [ScoredPair]
  /// The clusters of places, and how they came about.
  let forest: ClusterForest
  /// By record of the table, the number of its cluster that is written.
  let clusterOfRecord: [UInt32]
  /// log10 LR from which pairs are joined.
  let threshold: Float
  /// By place, the records that it stands for: one, and the copies of it that were joined to it.
  private let recordsAt: [Int]

  init(
    explainer: PairExplainer, pairs: [ScoredPair], forest: ClusterForest, clusterOfRecord: [UInt32],
    threshold: Float
  ) {
    self.explainer = explainer
    self.pairs = pairs
    self.forest = forest
    self.clusterOfRecord = clusterOfRecord
    self.threshold = threshold
    let order = explainer.order
    var counts = [Int](repeating: 0, count: order.recordAt.count)
    for (record, cluster) in clusterOfRecord.enumerated() {
      let place = Int(order.placeOf[record])
      if clusterOfRecord[Int(order.recordAt[place])] == cluster { counts[place] += 1 }
    }
    recordsAt = counts
  }

  func run() -> RunExamples {
    var examples = RunExamples()
    let above = best { $0.log10LR >= threshold ? threshold - $0.log10LR : nil }
    let below = best { $0.log10LR < threshold ? $0.log10LR - threshold : nil }
    examples.nearThreshold = explained(above, Self.pairs).reversed() + explained(below, Self.pairs)
    examples.strongest = explained(best { $0.log10LR }, Self.pairs)
    let links = weakestLinks()
    let weakest = links.map { link in
      ScoredPair(
        left: link.merge.left, right: link.merge.right, log10LR: Float(link.merge.weight.log10LR))
    }
    examples.weakestJoined = explained(weakest, Self.pairs)
    // Of a cluster of two there is but one link, so that its weakness says less.
    let parted = links.filter { $0.sides.0 + $0.sides.1 > 2 }
    examples.bridges = parted.prefix(Self.bridges).map { link in
      let (one, other) = records(link.merge.left, link.merge.right)
      return RunExamples.Bridge(
        cluster: Int(clusterOfRecord[one]), left: min(one, other), right: max(one, other),
        log10LR: link.merge.weight.log10LR, evidence: link.merge.evidence.log10LR,
        sides: [min(link.sides.0, link.sides.1), max(link.sides.0, link.sides.1)])
    }
    examples.held = heldLinks()
    examples.largest = largest(links)
    return examples
  }

  private func records(_ left: UInt32, _ right: UInt32) -> (Int, Int) {
    (Int(explainer.order.recordAt[Int(left)]), Int(explainer.order.recordAt[Int(right)]))
  }

  private func isJoined(_ pair: ScoredPair) -> Bool {
    forest.clusterOfNode[Int(pair.left)] == forest.clusterOfNode[Int(pair.right)]
  }

  /// The pairs of highest rank, ties by place; pairs of rank nil are left out.
  private func best(_ rank: (ScoredPair) -> Float?) -> [ScoredPair] {
    var kept: [(rank: Float, pair: ScoredPair)] = []
    func precedes(_ one: (rank: Float, pair: ScoredPair), _ other: (rank: Float, pair: ScoredPair)) -> Bool {
      if one.rank != other.rank { return one.rank > other.rank }
      if one.pair.left != other.pair.left { return one.pair.left < other.pair.left }
      return one.pair.right < other.pair.right
    }
    var floor = -Float.infinity
    for pair in pairs {
      guard let rank = rank(pair), rank >= floor else { continue }
      kept.append((rank, pair))
      if kept.count >= 4 * Self.pool {
        kept.sort(by: precedes)
        kept.removeLast(kept.count - Self.pool)
        floor = kept[Self.pool - 1].rank
      }
    }
    return kept.sorted(by: precedes).prefix(Self.pool).map(\.pair)
  }

  /// The first few pairs, no two of which agree in every level.
  private func explained(_ pairs: [ScoredPair], _ count: Int) -> [PairExplanation] {
    var seen: Set<[UInt8]> = []
    var result: [PairExplanation] = []
    for pair in pairs.prefix(Self.pool) {
      if result.count == count { break }
      if !seen.insert(explainer.levels(pair.left, pair.right)).inserted { continue }
      result.append(explainer.explain(pair, isJoined: isJoined(pair)))
    }
    return result
  }

  /// By cluster, the weakest merge that built it, weakest first, and how many records it joins to how many. Judgements
  /// of people are no links that could be weak.
  private func weakestLinks() -> [(merge: ClusterMerge, sides: (Int, Int))] {
    // Merges lie in descending order, so the last of a cluster parts it in two when it is taken away.
    var sets = UnionFind(count: forest.clusterOfNode.count)
    var records = recordsAt
    var last: [UInt32: (merge: ClusterMerge, sides: (Int, Int))] = [:]
    for merge in forest.merges {
      let (one, other) = (Int(merge.left), Int(merge.right))
      if !merge.isJudged {
        last[forest.clusterOfNode[one]] = (merge, (records[sets.find(one)], records[sets.find(other)]))
      }
      let both = records[sets.find(one)] + records[sets.find(other)]
      sets.union(one, other)
      records[sets.find(one)] = both
    }
    return last.values.sorted { one, other in
      let (a, b) = (one.merge, other.merge)
      if a.evidence != b.evidence { return a.evidence < b.evidence }
      return a.left != b.left ? a.left < b.left : a.right < b.right
    }
  }

  /// Links that were held, the strongest first.
  private func heldLinks() -> [RunExamples.Held] {
    forest.held.prefix(Self.bridges).map { edge in
      let (one, other) = records(edge.left, edge.right)
      return RunExamples.Held(
        left: min(one, other), right: max(one, other), log10LR: edge.isJudged ? nil : edge.weight.log10LR,
        cause: cause(edge.cause))
    }
  }

  private func cause(_ cause: HeldEdge.Cause) -> String {
    switch cause {
    case .protected: "one of the two is protected"
    case .judgedDifferent: "somebody judged that their clusters are different"
    case .sameSource: "their clusters hold records of one source"
    case .evidenceAgainst: "what speaks against it between the two clusters outweighs it"
    }
  }

  private func largest(_ links: [(merge: ClusterMerge, sides: (Int, Int))]) -> [RunExamples.Cluster] {
    // Copies that stand apart are clusters of their own, which the forest of places does not have.
    var sizes = [Int](repeating: 0, count: Int(clusterOfRecord.max() ?? 0) + 1)
    for cluster in clusterOfRecord { sizes[Int(cluster)] += 1 }
    let top = sizes.indices.filter { sizes[$0] > 1 }
      .sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }.prefix(Self.clusters)
    let rank = Dictionary(uniqueKeysWithValues: top.enumerated().map { ($0.element, $0.offset) })
    var members = [[(record: Int, place: UInt32)]](repeating: [], count: top.count)
    let placeOf = explainer.order.placeOf
    for (record, cluster) in clusterOfRecord.enumerated() {
      guard let number = rank[Int(cluster)], members[number].count < Self.members else { continue }
      members[number].append((record, placeOf[record]))
    }
    var strong = [Int](repeating: 0, count: top.count)
    for pair in pairs where pair.log10LR >= threshold && isJoined(pair) {
      if let number = rank[Int(clusterOfRecord[records(pair.left, pair.right).0])] {
        strong[number] += recordsAt[Int(pair.left)] * recordsAt[Int(pair.right)]
      }
    }
    for (place, count) in recordsAt.enumerated() where count > 1 {
      if let number = rank[Int(clusterOfRecord[Int(explainer.order.recordAt[place])])] {
        strong[number] += count * (count - 1) / 2
      }
    }
    var weakest = [Double?](repeating: nil, count: top.count)
    for link in links {
      if let number = rank[Int(clusterOfRecord[records(link.merge.left, link.merge.right).0])] {
        weakest[number] = link.merge.evidence.log10LR
      }
    }
    let compared = Set(explainer.plan.findings.filter(\.isCompared).map(\.name))
    let shown = Array(
      explainer.columns.indices.filter { compared.contains(explainer.columns[$0].name) }.prefix(Self.columns))
    return top.enumerated().map { number, cluster in
      RunExamples.Cluster(
        number: cluster, size: sizes[cluster], strongPairs: strong[number], weakestLink: weakest[number],
        columns: shown.map { explainer.columns[$0].name }, records: members[number].map(\.record),
        values: members[number].map { explainer.values($0.place, shown) })
    }
  }
}
