import Columns
import Glibc
import Linkage

/// All that adding records to a result needs, as it is stored: what was learnt, the fields and their values, the keys and
/// who has them, and the pairs that weigh enough.
struct StoredPlan: Codable {
  let base: Int
  let decisions: ColumnDecisions
  /// By column, in the order of the engine, its name.
  let columnNames: [String]
  let fields: [StoredField]
  let rows: RowMatrix.Stored
  let choices: [KeyChoice]
  let namingKeyCount: Int
  let slotRanges: [Range<Int>]
  let matrix: StoredArray<UInt32>
  let matrixWidth: Int
  let cap: Int
  let postings: BlockPostings
  /// By key, in order, the hashes whose blocks are full.
  let cappedHashes: [StoredArray<UInt32>]
  let model: StoredModel
  let probability: Double
  /// By place of the base its record, and back; behind the base they are one.
  let recordAt: StoredArray<UInt32>
  let placeOf: StoredArray<UInt32>
  let graph: EvidenceGraph
  /// By record, the first one of its cluster.
  let firstOfCluster: StoredArray<UInt32>
  let contents: HashIndex
  let pools: [PoolIndex]
  let handles: HandleIndexes?
  let domains: DomainIndex?

  /// The texts of one pool.
  struct PoolIndex: Codable {
    let pool: ValuePool.Stored
    let index: HashIndex
  }

  /// The stems of handles by their text, which is that of the first handle of each.
  struct HandleIndexes: Codable {
    let stems: HashIndex
    let handleOfStem: StoredArray<UInt32>
  }

  /// The domains of e-mail addresses by their text, which is that of the first address of each.
  struct DomainIndex: Codable {
    let index: HashIndex
    let addressOfDomain: StoredArray<UInt32>
  }

  var threshold: EvidenceWeight {
    EvidenceWeight(log10LR: log10(probability / (1 - probability)) - model.matchModel.priorLog10Odds)
  }
}

extension StoredPlan {
  /// Makes indexes of what a run knew; nil where a field cannot be stored. O(records x keys).
  init?(_ live: ResolvedState.Live, clusterOfRecord: [UInt32]) {
    var fields: [StoredField] = []
    for field in live.plan.fields {
      guard let stored = StoredField(field) else { return nil }
      fields.append(stored)
    }
    guard let rows = live.plan.rows else { return nil }
    let records = clusterOfRecord.count
    let model = StoredModel(live.model)
    let probability = live.probability
    let threshold = EvidenceWeight(
      log10LR: log10(probability / (1 - probability)) - live.model.priorLog10Odds)
    var pools: [PoolIndex] = []
    var seen: Set<ObjectIdentifier> = []
    for pool in fields.flatMap(\.pools) where seen.insert(ObjectIdentifier(pool.bytes)).inserted {
      pools.append(PoolIndex(pool: pool.stored, index: GrowingPool.index(of: pool)))
    }
    let contents = HashIndex(room: records + records / 8 + 1024)
    for record in 0..<records where live.contents[record] != 0 {
      contents.insert(live.contents[record], record)
    }
    self.init(
      base: live.order.base, decisions: live.plan.decisions, columnNames: live.columnNames,
      fields: fields, rows: rows.stored, choices: live.blocking.choices,
      namingKeyCount: live.blocking.namingKeyCount, slotRanges: live.blocking.slotRanges,
      matrix: StoredArray(live.blocking.matrix), matrixWidth: live.blocking.width, cap: live.cap,
      postings: BlockPostings(records: records, live.blocking),
      cappedHashes: live.cappedHashes.map { StoredArray(Packed($0.sorted())) }, model: model,
      probability: probability, recordAt: StoredArray(live.order.recordAt.prefix(live.order.base)),
      placeOf: StoredArray(live.order.placeOf.prefix(live.order.base)),
      graph: EvidenceGraph(live.pairs, records: records, threshold: threshold),
      firstOfCluster: StoredArray(Self.firsts(clusterOfRecord)), contents: contents, pools: pools,
      handles: fields.lazy.compactMap(\.space).first.map { HandleIndexes($0) },
      domains: fields.lazy.compactMap(\.emails).first.map { DomainIndex($0) })
  }

  private static func firsts(_ clusterOfRecord: [UInt32]) -> Packed<UInt32> {
    var first: [UInt32] = []
    let result = Packed<UInt32>(uninitialised: clusterOfRecord.count)
    for (record, cluster) in clusterOfRecord.enumerated() {
      // Clusters are numbered by their first records.
      if Int(cluster) == first.count { first.append(UInt32(truncatingIfNeeded: record)) }
      result[record] = first[Int(cluster)]
    }
    return result
  }
}

extension StoredPlan {
  /// The plan with the records that `fields`, the matrix of keys and the graph hold already; nil where there is no room.
  func grown(
    by fields: GrowingPlan, to records: Int, _ blocking: BlockingPlan, graph: EvidenceGraph,
    firsts: Packed<UInt32>, contents: GrowingIndex
  ) -> StoredPlan? {
    guard let contents = contents.joined(count: records) else { return nil }
    let pools = pools.map { stored in
      let pool = stored.pool.pool
      let index = fields.pools[ObjectIdentifier(pool.bytes)]?.index.joined(count: pool.count)
      return PoolIndex(pool: pool.stored, index: index ?? GrowingPool.index(of: pool))
    }
    let space = self.fields.lazy.compactMap(\.space).first
    let emails = self.fields.lazy.compactMap(\.emails).first
    let handles = self.handles.flatMap { [stems = fields.stems] old in
      stems?.joined(count: old.handleOfStem.array.count).map {
        HandleIndexes(stems: $0, handleOfStem: old.handleOfStem)
      } ?? space.map { HandleIndexes($0) }
    }
    let domains = self.domains.flatMap { [domains = fields.domains] old in
      domains?.joined(count: old.addressOfDomain.array.count).map {
        DomainIndex(index: $0, addressOfDomain: old.addressOfDomain)
      } ?? emails.map { DomainIndex($0) }
    }
    return StoredPlan(
      base: base, decisions: decisions, columnNames: columnNames, fields: self.fields, rows: rows,
      choices: choices, namingKeyCount: namingKeyCount, slotRanges: slotRanges, matrix: matrix,
      matrixWidth: matrixWidth, cap: cap, postings: BlockPostings(records: records, blocking),
      cappedHashes: cappedHashes, model: model,
      probability: probability, recordAt: recordAt, placeOf: placeOf, graph: graph,
      firstOfCluster: StoredArray(firsts), contents: contents, pools: pools, handles: handles,
      domains: domains)
  }
}

extension StoredPlan.HandleIndexes {
  init(_ space: HandleSpace) {
    let count = space.stemCounts.count
    let first = Packed<UInt32>(repeating: 0, count: count)
    let stems = HashIndex(room: count + count / 8 + 1024)
    let room = Packed<UInt8>(uninitialised: HandleShape.limit)
    for handle in 1..<max(space.pool.count, 1) {
      let stem = Int(space.facts[handle].stem)
      if stem == 0 || first[stem] != 0 { continue }
      first[stem] = UInt32(truncatingIfNeeded: handle)
      stems.insert(stableHash(HandleShape(space.pool.text(handle), in: room.base).stem), stem)
    }
    self.init(stems: stems, handleOfStem: StoredArray(first))
  }
}

extension StoredPlan.DomainIndex {
  /// What stands behind the last @.
  static func domain(_ address: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let at = address.lastIndex(of: 0x40) else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(rebasing: address[(at + 1)...])
  }

  init(_ emails: EmailField) {
    var first = Growing<UInt32>(capacity: 1024)
    first.append(0)
    var known: [(hash: UInt64, number: Int)] = []
    for address in 1..<max(emails.pool.count, 1) where Int(emails.domain[address]) == first.count {
      known.append((stableHash(Self.domain(emails.pool.text(address))), first.count))
      first.append(UInt32(truncatingIfNeeded: address))
    }
    let index = HashIndex(room: known.count + known.count / 8 + 1024)
    for (hash, number) in known { index.insert(hash, number) }
    self.init(index: index, addressOfDomain: StoredArray(first.packed()))
  }
}

extension StoredField {
  /// The pools that its values are in.
  var pools: [ValuePool] {
    switch self {
    case .value(let field): [field.pool]
    case .anyOf(let field): [field.values.pool]
    case .email(let field): [field.pool, field.space.pool, field.space.skeletons]
    case .handle(let field): [field.space.pool, field.space.skeletons]
    case .nameInHandle(let field): [field.given, field.family, field.space.pool, field.space.skeletons]
    }
  }

  var space: HandleSpace? {
    switch self {
    case .value, .anyOf: nil
    case .email(let field): field.space
    case .handle(let field): field.space
    case .nameInHandle(let field): field.space
    }
  }

  var emails: EmailField? { if case .email(let field) = self { field } else { nil } }
}
