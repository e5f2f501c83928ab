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
  /// By place, a number of its cluster; by record of the table, the number that is written.
  let placed: [UInt32]
  let clusterOfRecord: [UInt32]
  let clusterCount: Int
  /// log10 LR from which pairs are joined.
  let threshold: Float

  func run() -> RunExamples {
    var examples = RunExamples()
    let above = best { $0.log10LR >= threshold ? threshold - $0.log10LR : nil }
    let below = best { $0.log10LR < threshold ? $0.log10LR - threshold : nil }
    examples.nearThreshold = explained(above, Self.pairs).reversed() + explained(below, Self.pairs)
    examples.strongest = explained(best { $0.log10LR }, Self.pairs)
    let links = weakestLinks()
    examples.weakestJoined = explained(links.map(\.pair), Self.pairs)
    // Of a cluster of two there is but one link, so that its weakness says less.
    let parted = links.filter { $0.sides.0 + $0.sides.1 > 2 }
    examples.bridges = parted.prefix(Self.bridges).map { link in
      let (one, other) = records(link.pair)
      return RunExamples.Bridge(
        cluster: Int(clusterOfRecord[min(one, other)]), left: min(one, other), right: max(one, other),
        log10LR: Double(link.pair.log10LR),
        sides: [min(link.sides.0, link.sides.1), max(link.sides.0, link.sides.1)])
    }
    examples.largest = largest(links)
    return examples
  }

  private func records(_ pair: ScoredPair) -> (Int, Int) {
    (Int(explainer.order.recordAt[Int(pair.left)]), Int(explainer.order.recordAt[Int(pair.right)]))
  }

  private func isJoined(_ pair: ScoredPair) -> Bool { placed[Int(pair.left)] == placed[Int(pair.right)] }

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

  /// By cluster, the pair that a maximum spanning forest of the kept pairs takes last, weakest first, and how many
  /// records it joins to how many.
  private func weakestLinks() -> [(pair: ScoredPair, sides: (Int, Int))] {
    let inside = pairs.indices.filter { isJoined(pairs[$0]) }.sorted { one, other in
      let (a, b) = (pairs[one], pairs[other])
      if a.log10LR != b.log10LR { return a.log10LR > b.log10LR }
      return a.left != b.left ? a.left < b.left : a.right < b.right
    }
    var sets = UnionFind(count: placed.count)
    var last: [UInt32: (pair: ScoredPair, sides: (Int, Int))] = [:]
    for number in inside {
      let pair = pairs[number]
      let (one, other) = (Int(pair.left), Int(pair.right))
      if sets.find(one) == sets.find(other) { continue }
      last[placed[one]] = (pair, (sets.size(of: one), sets.size(of: other)))
      sets.union(one, other)
    }
    return last.values.sorted { one, other in
      let (a, b) = (one.pair, other.pair)
      if a.log10LR != b.log10LR { return a.log10LR < b.log10LR }
      return a.left != b.left ? a.left < b.left : a.right < b.right
    }
  }

  private func largest(_ links: [(pair: ScoredPair, sides: (Int, Int))]) -> [RunExamples.Cluster] {
    var sizes = [Int](repeating: 0, count: clusterCount)
    for cluster in clusterOfRecord { sizes[Int(cluster)] += 1 }
    let top = sizes.indices.filter { sizes[$0] > 1 }
      .sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }.prefix(Self.clusters)
    let rank = Dictionary(uniqueKeysWithValues: top.enumerated().map { ($0.element, $0.offset) })
    var members = [[(record: Int, place: UInt32)]](repeating: [], count: top.count)
    var placeOf = [UInt32](repeating: 0, count: clusterOfRecord.count)
    for place in 0..<placeOf.count { placeOf[Int(explainer.order.recordAt[place])] = UInt32(place) }
    for (record, cluster) in clusterOfRecord.enumerated() {
      guard let number = rank[Int(cluster)], members[number].count < Self.members else { continue }
      members[number].append((record, placeOf[record]))
    }
    var strong = [Int](repeating: 0, count: top.count)
    for pair in pairs where pair.log10LR >= threshold && isJoined(pair) {
      if let number = rank[Int(clusterOfRecord[records(pair).0])] { strong[number] += 1 }
    }
    var weakest = [Double?](repeating: nil, count: top.count)
    for link in links {
      if let number = rank[Int(clusterOfRecord[records(link.pair).0])] {
        weakest[number] = Double(link.pair.log10LR)
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
