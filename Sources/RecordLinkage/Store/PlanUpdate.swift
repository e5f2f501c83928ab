import CKernels
import Columns
import Linkage

/// Adds records to a stored plan: compares them with the records whose keys they share, and clusters anew what hangs
/// together with them.
///
/// The order is that of a whole run, in which records behind the base come one by one: a record joins the blocks of its
/// keys that are not full, whatever comes after it, and its pairs are those with the records that were there.
struct PlanUpdate {
  private let plan: StoredPlan
  private let settings: ResolveSettings
  /// Records that are there.
  private let records: Int
  private let ids: StoredIDs
  private let blocking: BlockingPlan
  private let model: MatchModel
  private let scorer: PairScorer

  init(_ plan: StoredPlan, settings: ResolveSettings, records: Int, ids: StoredIDs) {
    self.plan = plan
    self.settings = settings
    self.records = records
    self.ids = ids
    model = plan.model.matchModel
    scorer = PairScorer(plan.fields.map(\.field), model)
    blocking = BlockingPlan(
      choices: plan.choices, matrix: plan.matrix.array, width: plan.matrixWidth,
      namingKeyCount: plan.namingKeyCount, slotRanges: plan.slotRanges)
  }

  /// Adds the records of a table; with `keepsPlan` the result holds the plan with them, to be stored.
  func add(_ table: inout Table, keepsPlan: Bool) throws -> UpdatedResult {
    let count = table.recordCount
    var columns = arranged(table.takeColumns(), records: count)
    var dates: [Int: DateFinding] = [:]
    for (number, layout) in plan.decisions.dateLayouts {
      let readings = DateReadings(columns[number].pool, layout, counted: 0)
      columns[number].dates = readings
      dates[number] = DateFinding(columns[number].values, readings, id: table.id)
    }
    let contents = try refuseCopies(columns, records: count)
    var new = try FieldPlan(columns, plan.decisions)
    try new.addKeys(settings.blockingKeys)
    new.gatherRows()
    var fields = GrowingPlan(plan)
    try fields.add(new)
    let pairs = try candidates(new)
    let found = score(pairs)
    let graph = AddedEvidence(found, records: records + count, threshold: plan.threshold)
    let firsts = try cluster(graph, adding: count)
    var result = result(firsts, compared: pairs.left.count, adding: count)
    result.dates = dates.sorted { $0.key < $1.key }.map { (plan.columnNames[$0.key], $0.value) }
    if keepsPlan {
      result.plan = plan.grown(
        by: fields, to: records + count, blocking,
        graph: EvidenceGraph(plan.graph, graph, records: records + count),
        firsts: firsts, contents: contents)
    }
    return result
  }

  /// The columns of the plan; a column that is not there has no values, one that the plan has not says nothing.
  private func arranged(_ columns: [Column], records: Int) -> [Column] {
    plan.columnNames.map { name in
      columns.first { $0.name == name }
        ?? Column(
          name: name, values: Packed(repeating: 0, count: records),
          pool: ValuePool(
            bytes: Packed([]), offsets: Packed([0, 0]), counts: Packed([UInt32(truncatingIfNeeded: records)]))
        )
    }
  }

  /// Copies that would not be held change what is learnt.
  private func refuseCopies(_ columns: [Column], records count: Int) throws -> GrowingIndex {
    let contents = RecordContent.hashes(columns, plan.decisions.kinds, records: count)
    var index = GrowingIndex(plan.contents)
    for record in 0..<count where contents[record] != 0 {
      var alike = 0
      _ = index.first(contents[record]) { _ in
        alike += 1
        return false
      }
      if alike >= Int(RecordCopies.mostHeld) {
        throw ResultStore.WholeRunNeeded(
          "more than \(RecordCopies.mostHeld) records say the same")
      }
      index.insert(contents[record], records + record)
    }
    return index
  }

  /// Candidate pairs, and the key of each.
  private struct Pairs {
    var left: [UInt32] = []
    var right: [UInt32] = []
    var key: [UInt8] = []
  }

  /// Adds the keys of the new records to the matrix, and finds the pairs that they make.
  private func candidates(_ new: FieldPlan) throws -> Pairs {
    let sources = BlockingPlan.parts(of: plan.choices, new).map { parts in
      parts.count == 2 ? KeySource.both(parts[0], parts[1]) : parts[0]
    }
    let width = plan.matrixWidth
    guard plan.matrix.array.append(0, times: new.recordCount * width) else { throw StoreIsFull() }
    let matrix = plan.matrix.array.base
    let added = BlockChains(keys: sources.count, records: new.recordCount, width: width, first: records)
    let postings = plan.postings.raw
    // By slot: its key, and the new records' hashes.
    let slots = zip(sources.indices, sources).flatMap { key, source in
      zip(plan.slotRanges[key], source.slots).map { (key: key, slot: $0, hashes: UnsafePointer($1.base)) }
    }
    let capped = plan.cappedHashes.map(\.array)
    let repeats = sources.indices.map { RepeatedPairs(plan.slotRanges, key: $0, width: width) }
    var pairs = Pairs()
    var members: [UInt32] = []
    var blocks: [(key: Int, hash: UInt32, members: Range<Int>)] = []
    for record in 0..<new.recordCount {
      let place = records + record
      let row = matrix + place * width
      members.removeAll(keepingCapacity: true)
      blocks.removeAll(keepingCapacity: true)
      if record + 3 < new.recordCount {
        for slot in slots { postings.fetch(key: slot.key, hash: slot.hashes[record + 3]) }
        for slot in slots { postings.fetchEntries(key: slot.key, hash: slot.hashes[record + 2]) }
        for slot in slots where slot.hashes[record + 1] != 0 {
          postings.fetchRows(key: slot.key, hash: slot.hashes[record + 1], matrix)
        }
      }
      for (key, slot, hashes) in slots {
        let hash = hashes[record]
        if hash == 0 { continue }
        let range = plan.slotRanges[key]
        // A key of the record in several slots counts once, by the first of them.
        if slot > range.lowerBound,
          let first = slots[range.lowerBound..<slot].first(where: { $0.hashes[record] == hash })
        {
          row[slot] = row[first.slot]
          continue
        }
        if Self.contains(capped[key], hash) { continue }
        let start = members.count
        postings.forEach(key: key, hash: hash, matrix, width: width) {
          members.append(UInt32(truncatingIfNeeded: $0))
        }
        added.forEach(key: key, hash: hash, matrix) { members.append(UInt32(truncatingIfNeeded: $0)) }
        if members.count - start >= plan.cap {
          members.removeLast(members.count - start)
          continue
        }
        row[slot] = hash
        added.insert(place, key: key, slot: slot, hash: hash)
        if members.count > start { blocks.append((key, range.count > 1 ? hash : 0, start..<members.count)) }
      }
      for block in blocks {
        for member in members[block.members] {
          if repeats[block.key].contain(matrix + Int(member) * width, row, hash: block.hash) { continue }
          pairs.left.append(member)
          pairs.right.append(UInt32(truncatingIfNeeded: place))
          pairs.key.append(UInt8(truncatingIfNeeded: block.key))
        }
      }
    }
    return withExtendedLifetime((sources, plan.postings)) { pairs }
  }

  /// Whether a hash is in an ascending list.
  private static func contains(_ list: Packed<UInt32>, _ hash: UInt32) -> Bool {
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return low < list.count && list[low] == hash
  }

  /// The pairs that matter to a cluster, scored.
  private func score(_ pairs: Pairs) -> [ScoredPair] {
    let rows = plan.rows.cells.array.base
    let width = plan.rows.width
    let floor = PairScoring.floor(model)
    var found: [ScoredPair] = []
    pairs.left.withUnsafeBufferPointer { left in
      pairs.right.withUnsafeBufferPointer { right in
        guard let lefts = left.baseAddress, let rights = right.baseAddress else { return }
        for start in stride(from: 0, to: left.count, by: 512) {
          let count = min(512, left.count - start)
          for index in start..<start + count {
            let row = rows + Int(left[index]) * width
            cog_prefetch(row)
            cog_prefetch(row + (width - 1))
          }
          scorer.score(PairBatch(left: lefts + start, right: rights + start, count: count)) {
            Int(pairs.key[start + $0])
          } _: { sums in
            for index in 0..<count where sums[index] >= floor {
              found.append(
                ScoredPair(left: left[start + index], right: right[start + index], log10LR: sums[index]))
            }
          }
        }
      }
    }
    return found
  }

  /// By record, the first one of its cluster. What hangs together with new records is clustered anew.
  private func cluster(_ graph: AddedEvidence, adding count: Int) throws -> Packed<UInt32> {
    let total = records + count
    // Places that hang together with a new record, and their pairs.
    let reached = PlaceSet(count: total)
    var waiting = (records..<total).map { UInt32($0) }
    for place in waiting { _ = reached.insert(Int(place)) }
    var next = 0
    while next < waiting.count {
      let place = Int(waiting[next])
      next += 1
      let reach = { (link: EvidenceGraph.Link) in
        if reached.insert(Int(link.other)) { waiting.append(link.other) }
      }
      plan.graph.forEach(place, reach)
      graph.forEach(place, reach)
    }
    _ = reached.rank()
    let places = reached.places
    var edges: [WeightedEdge] = []
    for place in places {
      let take = { (link: EvidenceGraph.Link) in
        if place < link.other {
          edges.append(
            WeightedEdge(
              left: UInt32(truncatingIfNeeded: reached.number(of: Int(place))),
              right: UInt32(truncatingIfNeeded: reached.number(of: Int(link.other))),
              weight: EvidenceWeight(raw: link.weight)))
        }
      }
      plan.graph.forEach(Int(place), take)
      graph.forEach(Int(place), take)
    }
    var (asked, others): ([UInt32], [UInt32]) = ([], [])
    let forest = try EdgeContraction(threshold: plan.threshold).forest(nodes: places.count, edges: edges) {
      left, right, weights in
      asked.removeAll(keepingCapacity: true)
      others.removeAll(keepingCapacity: true)
      for local in left { asked.append(places[Int(local)]) }
      for local in right { others.append(places[Int(local)]) }
      asked.withUnsafeBufferPointer { left in
        others.withUnsafeBufferPointer { right in
          guard let lefts = left.baseAddress, let rights = right.baseAddress else { return }
          scorer.score(PairBatch(left: lefts, right: rights, count: left.count)) {
            blocking.firstKey(of: Int(left[$0]), Int(right[$0]))
          } _: { sums in
            for index in 0..<left.count { weights[index] = EvidenceWeight(log10LR: Double(sums[index])) }
          }
        }
      }
    }
    return firsts(places, forest.clusterOfNode, clusters: forest.clusterCount, total: total)
  }

  private func firsts(
    _ places: [UInt32], _ clusterOfPlace: [UInt32], clusters: Int, total: Int
  ) -> Packed<UInt32> {
    let recordAt = plan.recordAt.array
    func record(_ place: UInt32) -> UInt32 { Int(place) < recordAt.count ? recordAt[Int(place)] : place }
    var first = [UInt32](repeating: .max, count: clusters)
    for (local, place) in places.enumerated() {
      let cluster = Int(clusterOfPlace[local])
      first[cluster] = min(first[cluster], record(place))
    }
    let known = plan.firstOfCluster.array
    let result = Packed<UInt32>(uninitialised: total)
    result.base.update(from: known.base, count: known.count)
    for (local, place) in places.enumerated() {
      result[Int(record(place))] = first[Int(clusterOfPlace[local])]
    }
    return result
  }

  private func result(_ firsts: Packed<UInt32>, compared: Int, adding count: Int) -> UpdatedResult {
    var sizes: [UInt32] = []
    sizes.reserveCapacity(firsts.count)
    let numbers = [UInt32](unsafeUninitializedCapacity: firsts.count) { numbers, filled in
      let firstOf = firsts.base
      for record in 0..<firsts.count {
        let first = Int(firstOf[record])
        if first == record {
          numbers[record] = UInt32(truncatingIfNeeded: sizes.count)
          sizes.append(1)
        } else {
          numbers[record] = numbers[first]
          sizes[Int(numbers[first])] += 1
        }
      }
      filled = firsts.count
    }
    return UpdatedResult(
      ids: ids, clusterOfRecord: numbers, clusterCount: sizes.count,
      joinedClusters: sizes.reduce(0) { $0 + ($1 > 1 ? 1 : 0) }, largestCluster: Int(sizes.max() ?? 0),
      comparedPairs: compared, addedRecords: count)
  }
}
