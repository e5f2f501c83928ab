/// The contraction of one component after another, and what came of it.
///
/// Clusters go by the place of one of their nodes in the component. A link stands in the lists of both of its
/// clusters; when one is taken into the other, the links of the one with less to move change sides, and two links
/// between the same clusters become one. Dead links stay in the lists and are passed over.
struct Contraction {
  private(set) var merges: [ClusterMerge] = []
  private(set) var held: [HeldEdge] = []

  private let edges: [WeightedEdge]
  private let judgements: [ClusterConstraints.Judgement]
  private let sources: [UInt32]
  private let threshold: EvidenceWeight

  private var links: [ClusterLink] = []
  private var table = PairTable()
  private var queue = MergeQueue()
  /// Of clusters, their sources; used only when sources are given.
  private var sourceTable = PairTable()
  /// By place: the cluster's parent, its nodes, and its first link.
  private var parents: [UInt32] = []
  private var sizes: [UInt32] = []
  private var degrees: [UInt32] = []
  private var heads: [UInt32] = []
  /// By place: nodes of a cluster as a list, from the one of the lowest place in it.
  private var firstNode: [UInt32] = []
  private var lastNode: [UInt32] = []
  private var nextNode: [UInt32] = []
  private var askedLeft: [UInt32] = []
  private var askedRight: [UInt32] = []
  private var found: [EvidenceWeight] = []

  init(
    edges: [WeightedEdge], judgements: [ClusterConstraints.Judgement], sources: [UInt32],
    threshold: EvidenceWeight
  ) {
    self.edges = edges
    self.judgements = judgements
    self.sources = sources
    self.threshold = threshold
  }

  /// Contracts one component: its nodes, and its edges and judgements by number. `known` are the weights of all its
  /// pairs by `MissingPairs.slot`, or nothing.
  mutating func contract(
    _ nodes: ArraySlice<UInt32>, _ items: ArraySlice<UInt32>, _ places: [UInt32],
    _ lookUp: EdgeContraction.LookUp?, known: ArraySlice<EvidenceWeight>
  ) {
    if let only = items.first, items.count == 1, Int(only) < edges.count, sources.isEmpty {
      // Most components: two nodes and one pair, which reaches the threshold.
      let edge = edges[Int(only)]
      append(edge.left, edge.right, edge.weight, Int64(edge.weight.raw), isJudged: false)
      return
    }
    reset(nodes, items.count)
    var ordered: [ClusterConstraints.Judgement] = []
    for item in items {
      if Int(item) < edges.count {
        let edge = edges[Int(item)]
        let (one, other) = Self.ascending(places[Int(edge.left)], places[Int(edge.right)])
        let link = linkBetween(one, other)
        links[link].offer(edge.weight.raw, one, other)
        links[link].speak(against: edge.weight.raw)
        links[link].covered += 1
      } else {
        let judgement = judgements[Int(item) - edges.count]
        if judgement.isSame {
          ordered.append(judgement)
        } else {
          links[linkBetween(places[Int(judgement.left)], places[Int(judgement.right)])].isJudgedDifferent =
            true
        }
      }
    }
    join(ordered, nodes, places)
    for link in links.indices { enqueue(link) }
    while let entry = queue.pop() {
      let link = links[entry.link]
      guard link.isAlive, link.version == entry.version, !link.isHeld else { continue }
      let (one, other) = link.ends
      if !sources.isEmpty, shareSource(one, other, nodes) {
        links[entry.link].sharesSource = true
        continue
      }
      if let lookUp, link.covered < Int64(sizes[Int(one)]) * Int64(sizes[Int(other)]) {
        ask(entry.link, nodes, lookUp, known)
        if links[entry.link].evidence != link.evidence {
          enqueue(entry.link)
          continue
        }
      }
      append(
        nodes[nodes.startIndex + Int(link.left)], nodes[nodes.startIndex + Int(link.right)],
        EvidenceWeight(raw: link.best), links[entry.link].evidence, isJudged: false)
      merge(one, other, nodes)
    }
    collectHeld(items, nodes, places)
  }

  /// Reports pairs at the threshold with one protected node.
  mutating func hold(_ isProtected: [Bool]) {
    for edge in edges where edge.weight >= threshold {
      if isProtected[Int(edge.left)] != isProtected[Int(edge.right)] {
        hold(edge.left, edge.right, edge.weight, isJudged: false, .protected)
      }
    }
    for judgement in judgements where judgement.isSame && judgement.left != judgement.right {
      if isProtected[Int(judgement.left)] || isProtected[Int(judgement.right)] {
        hold(judgement.left, judgement.right, EvidenceWeight(raw: 0), isJudged: true, .protected)
      }
    }
  }

  private static func ascending(_ one: UInt32, _ other: UInt32) -> (UInt32, UInt32) {
    one < other ? (one, other) : (other, one)
  }

  private mutating func reset(_ nodes: ArraySlice<UInt32>, _ items: Int) {
    let count = nodes.count
    links.removeAll(keepingCapacity: true)
    table.reset(expecting: items)
    queue.reset()
    if parents.count < count {
      for list in [\Self.parents, \.sizes, \.degrees, \.heads, \.firstNode, \.lastNode, \.nextNode] {
        self[keyPath: list] = [UInt32](repeating: 0, count: max(count, 2 * parents.count))
      }
    }
    for place in 0..<count {
      let number = UInt32(truncatingIfNeeded: place)
      parents[place] = number
      sizes[place] = 1
      degrees[place] = 0
      heads[place] = PairTable.none
      firstNode[place] = number
      lastNode[place] = number
      nextNode[place] = PairTable.none
    }
    if sources.isEmpty { return }
    sourceTable.reset(expecting: count)
    for place in 0..<count {
      sourceTable.set(
        UInt32(truncatingIfNeeded: place), sources[Int(nodes[nodes.startIndex + place])], 0)
    }
  }

  private mutating func find(_ place: UInt32) -> UInt32 {
    var place = place
    while parents[Int(place)] != place {
      parents[Int(place)] = parents[Int(parents[Int(place)])]
      place = parents[Int(place)]
    }
    return place
  }

  /// The link between two clusters, made if there is none.
  private mutating func linkBetween(_ one: UInt32, _ other: UInt32) -> Int {
    let (low, high) = Self.ascending(one, other)
    let known = table.value(low, high)
    if known != PairTable.none { return Int(known) }
    let number = UInt32(truncatingIfNeeded: links.count)
    links.append(ClusterLink(ends: (low, high), next: (heads[Int(low)], heads[Int(high)])))
    heads[Int(low)] = number
    heads[Int(high)] = number
    degrees[Int(low)] += 1
    degrees[Int(high)] += 1
    table.set(low, high, number)
    return Int(number)
  }

  private mutating func enqueue(_ number: Int) {
    let link = links[number]
    guard link.isAlive, !link.isHeld, link.left != PairTable.none,
      link.evidence >= Int64(threshold.raw)
    else { return }
    queue.push(
      .init(
        evidence: link.evidence, left: link.left, right: link.right, link: number, version: link.version))
  }

  /// Carries out what humans ordered, by node, unless they ordered the contrary as well.
  private mutating func join(
    _ ordered: [ClusterConstraints.Judgement], _ nodes: ArraySlice<UInt32>, _ places: [UInt32]
  ) {
    let pairs = ordered.map { Self.ascending(places[Int($0.left)], places[Int($0.right)]) }.sorted(by: <)
    for (left, right) in pairs {
      let (one, other) = (find(left), find(right))
      if one == other { continue }
      let (low, high) = Self.ascending(one, other)
      let link = table.value(low, high)
      if link != PairTable.none, links[Int(link)].isJudgedDifferent { continue }
      if !sources.isEmpty, shareSource(one, other, nodes) { continue }
      append(
        nodes[nodes.startIndex + Int(left)], nodes[nodes.startIndex + Int(right)], EvidenceWeight(raw: 0), 0,
        isJudged: true)
      merge(one, other, nodes)
    }
  }

  /// Makes two clusters one.
  private mutating func merge(_ one: UInt32, _ other: UInt32, _ nodes: ArraySlice<UInt32>) {
    let (kept, gone) =
      degrees[Int(one)] + sizes[Int(one)] >= degrees[Int(other)] + sizes[Int(other)]
      ? (one, other) : (other, one)
    if !sources.isEmpty {
      var place = firstNode[Int(gone)]
      while place != PairTable.none {
        sourceTable.set(kept, sources[Int(nodes[nodes.startIndex + Int(place)])], 0)
        place = nextNode[Int(place)]
      }
    }
    parents[Int(gone)] = kept
    sizes[Int(kept)] += sizes[Int(gone)]
    let (first, second) =
      firstNode[Int(kept)] < firstNode[Int(gone)] ? (kept, gone) : (gone, kept)
    nextNode[Int(lastNode[Int(first)])] = firstNode[Int(second)]
    (firstNode[Int(kept)], lastNode[Int(kept)]) = (firstNode[Int(first)], lastNode[Int(second)])

    var number = heads[Int(gone)]
    while number != PairTable.none {
      let link = links[Int(number)]
      let isFirst = link.ends.0 == gone
      let next = isFirst ? link.next.0 : link.next.1
      if link.isAlive { move(Int(number), from: gone, to: kept, isFirst: isFirst) }
      number = next
    }
  }

  private mutating func move(_ number: Int, from gone: UInt32, to kept: UInt32, isFirst: Bool) {
    let third = isFirst ? links[number].ends.1 : links[number].ends.0
    let (low, high) = Self.ascending(gone, third)
    table.remove(low, high)
    if third == kept {
      links[number].isAlive = false
      return
    }
    let (newLow, newHigh) = Self.ascending(kept, third)
    let known = table.value(newLow, newHigh)
    if known != PairTable.none {
      links[number].isAlive = false
      links[Int(known)].take(links[number])
      links[Int(known)].version += 1
      enqueue(Int(known))
      return
    }
    if isFirst {
      links[number].ends.0 = kept
      links[number].next.0 = heads[Int(kept)]
    } else {
      links[number].ends.1 = kept
      links[number].next.1 = heads[Int(kept)]
    }
    heads[Int(kept)] = UInt32(truncatingIfNeeded: number)
    degrees[Int(kept)] += 1
    table.set(newLow, newHigh, UInt32(truncatingIfNeeded: number))
  }

  private mutating func shareSource(_ one: UInt32, _ other: UInt32, _ nodes: ArraySlice<UInt32>) -> Bool {
    let (small, large) = sizes[Int(one)] <= sizes[Int(other)] ? (one, other) : (other, one)
    var place = firstNode[Int(small)]
    while place != PairTable.none {
      if sourceTable.value(large, sources[Int(nodes[nodes.startIndex + Int(place)])]) != PairTable.none {
        return true
      }
      place = nextNode[Int(place)]
    }
    return false
  }

  /// Looks up what speaks against a link among the pairs that were not given.
  private mutating func ask(
    _ number: Int, _ nodes: ArraySlice<UInt32>, _ lookUp: EdgeContraction.LookUp,
    _ known: ArraySlice<EvidenceWeight>
  ) {
    let (one, other) = links[number].ends
    if !known.isEmpty { return take(known, number) }
    askedLeft.removeAll(keepingCapacity: true)
    askedRight.removeAll(keepingCapacity: true)
    var left = firstNode[Int(one)]
    for _ in 0..<min(Int(sizes[Int(one)]), EdgeContraction.sampleSide) {
      var right = firstNode[Int(other)]
      for _ in 0..<min(Int(sizes[Int(other)]), EdgeContraction.sampleSide) {
        let (low, high) = Self.ascending(left, right)
        askedLeft.append(nodes[nodes.startIndex + Int(low)])
        askedRight.append(nodes[nodes.startIndex + Int(high)])
        right = nextNode[Int(right)]
      }
      left = nextNode[Int(left)]
    }
    let count = askedLeft.count
    if found.count < count { found = [EvidenceWeight](repeating: EvidenceWeight(raw: 0), count: count) }
    askedLeft.withUnsafeBufferPointer { left in
      askedRight.withUnsafeBufferPointer { right in
        found.withUnsafeMutableBufferPointer {
          lookUp(left, right, UnsafeMutableBufferPointer(rebasing: $0[..<count]))
        }
      }
    }
    var against: Int64 = 0
    var worst: Int32 = 0
    for place in 0..<count {
      against += Int64(min(found[place].raw, 0))
      worst = min(worst, found[place].raw)
    }
    let all = Int64(sizes[Int(one)]) * Int64(sizes[Int(other)])
    if all > Int64(count) {
      against = Int64(max(Double(against) * (Double(all) / Double(count)), Double(ClusterLink.most)))
    }
    note(number, worst: worst, against: against, all)
  }

  /// Takes what speaks against a link from the weights of all pairs of the component.
  private mutating func take(_ known: ArraySlice<EvidenceWeight>, _ number: Int) {
    let (one, other) = links[number].ends
    var against: Int64 = 0
    var worst: Int32 = 0
    var left = firstNode[Int(one)]
    while left != PairTable.none {
      var right = firstNode[Int(other)]
      while right != PairTable.none {
        let slot = MissingPairs.slot(min(left, right), max(left, right))
        let weight = known[known.startIndex + slot].raw
        against += Int64(min(weight, 0))
        worst = min(worst, weight)
        right = nextNode[Int(right)]
      }
      left = nextNode[Int(left)]
    }
    note(
      number, worst: worst, against: against, Int64(sizes[Int(one)]) * Int64(sizes[Int(other)]))
  }

  /// What was given speaks against as well, whether or not it was among the pairs asked for.
  private mutating func note(_ number: Int, worst: Int32, against: Int64, _ all: Int64) {
    links[number].worst = min(worst, links[number].worst)
    links[number].against = min(against, links[number].against)
    links[number].covered = all
    links[number].version += 1
  }

  private mutating func append(
    _ left: UInt32, _ right: UInt32, _ weight: EvidenceWeight, _ evidence: Int64, isJudged: Bool
  ) {
    let (low, high) = Self.ascending(left, right)
    merges.append(
      ClusterMerge(
        left: low, right: high, weight: weight,
        evidence: EvidenceWeight(raw: Int32(clamping: evidence)), isJudged: isJudged))
  }

  private mutating func hold(
    _ left: UInt32, _ right: UInt32, _ weight: EvidenceWeight, isJudged: Bool, _ cause: HeldEdge.Cause
  ) {
    let (low, high) = Self.ascending(left, right)
    held.append(HeldEdge(left: low, right: high, weight: weight, isJudged: isJudged, cause: cause))
  }

  /// Reports what reached the threshold, or was ordered, and was not joined.
  private mutating func collectHeld(
    _ items: ArraySlice<UInt32>, _ nodes: ArraySlice<UInt32>, _ places: [UInt32]
  ) {
    for item in items {
      let isJudged = Int(item) >= edges.count
      let left: UInt32
      let right: UInt32
      var weight = EvidenceWeight(raw: 0)
      if isJudged {
        let judgement = judgements[Int(item) - edges.count]
        guard judgement.isSame else { continue }
        (left, right) = (judgement.left, judgement.right)
      } else {
        let edge = edges[Int(item)]
        guard edge.weight >= threshold else { continue }
        (left, right, weight) = (edge.left, edge.right, edge.weight)
      }
      let (one, other) = (find(places[Int(left)]), find(places[Int(right)]))
      if one == other { continue }
      let (low, high) = Self.ascending(one, other)
      let link = table.value(low, high)
      let cause: HeldEdge.Cause
      if link != PairTable.none, links[Int(link)].isJudgedDifferent {
        cause = .judgedDifferent
      } else if isJudged || links[Int(link)].sharesSource {
        // Nothing but a shared source holds an order that no other order contradicts.
        cause = .sameSource
      } else {
        cause = .evidenceAgainst
      }
      hold(left, right, weight, isJudged: isJudged, cause)
    }
  }
}
