import Linkage

/// The pairs that reach the threshold, by either record.
struct EvidenceGraph: Codable {
  /// The other record of a pair, and its weight.
  struct Link: BitwiseCopyable {
    let other: UInt32
    let weight: Int32
  }

  private let starts: StoredArray<UInt32>
  private let links: StoredArray<Link>

  init(_ pairs: some Sequence<ScoredPair>, records: Int, threshold: EvidenceWeight) {
    let starts = Packed<UInt32>(repeating: 0, count: records + 2)
    for pair in pairs where EvidenceWeight(log10LR: Double(pair.log10LR)) >= threshold {
      starts[Int(pair.left) + 2] += 1
      starts[Int(pair.right) + 2] += 1
    }
    for record in 0..<records { starts[record + 2] += starts[record + 1] }
    let links = Packed<Link>(uninitialised: Int(starts[records + 1]))
    for pair in pairs {
      let weight = EvidenceWeight(log10LR: Double(pair.log10LR))
      if weight < threshold { continue }
      for (one, other) in [(pair.left, pair.right), (pair.right, pair.left)] {
        links[Int(starts[Int(one) + 1])] = Link(other: other, weight: weight.raw)
        starts[Int(one) + 1] += 1
      }
    }
    self.starts = StoredArray(starts.prefix(records + 1))
    self.links = StoredArray(links)
  }

  /// The pairs of a graph and those that came to it.
  init(_ one: EvidenceGraph, _ other: AddedEvidence, records: Int) {
    let starts = Packed<UInt32>(uninitialised: records + 1)
    let links = Packed<Link>(uninitialised: one.links.array.count + other.links.array.count)
    var count = 0
    for record in 0..<records {
      starts[record] = UInt32(truncatingIfNeeded: count)
      let take = { (link: Link) in
        links[count] = link
        count += 1
      }
      one.forEach(record, take)
      other.forEach(record, take)
    }
    starts[records] = UInt32(truncatingIfNeeded: count)
    self.starts = StoredArray(starts)
    self.links = StoredArray(links)
  }

  /// Calls `body` with each pair of a record.
  @inline(__always)
  func forEach(_ record: Int, _ body: (Link) -> Void) {
    if record + 1 >= starts.array.count { return }
    let (starts, links) = (starts.array.base, links.array.base)
    for place in Int(starts[record])..<Int(starts[record + 1]) { body(links[place]) }
  }
}

/// The pairs that reach the threshold among few records of many, by either record.
struct AddedEvidence {
  private let places: PlaceSet
  private let starts: Packed<UInt32>
  /// Of all records, end to end.
  fileprivate let links: Packed<EvidenceGraph.Link>

  init(_ pairs: [ScoredPair], records: Int, threshold: EvidenceWeight) {
    places = PlaceSet(count: records)
    let pairs = pairs.filter { EvidenceWeight(log10LR: Double($0.log10LR)) >= threshold }
    for pair in pairs {
      _ = places.insert(Int(pair.left))
      _ = places.insert(Int(pair.right))
    }
    starts = Packed(repeating: 0, count: places.rank() + 2)
    for pair in pairs {
      starts[places.number(of: Int(pair.left)) + 2] += 1
      starts[places.number(of: Int(pair.right)) + 2] += 1
    }
    for number in 2..<max(starts.count, 2) { starts[number] += starts[number - 1] }
    links = Packed(uninitialised: 2 * pairs.count)
    for pair in pairs {
      let weight = EvidenceWeight(log10LR: Double(pair.log10LR)).raw
      for (one, other) in [(pair.left, pair.right), (pair.right, pair.left)] {
        let start = places.number(of: Int(one)) + 1
        links[Int(starts[start])] = EvidenceGraph.Link(other: other, weight: weight)
        starts[start] += 1
      }
    }
  }

  /// Calls `body` with each pair of a record.
  @inline(__always)
  func forEach(_ record: Int, _ body: (EvidenceGraph.Link) -> Void) {
    guard places.contains(record) else { return }
    let number = places.number(of: record)
    for place in Int(starts[number])..<Int(starts[number + 1]) { body(links[place]) }
  }
}
