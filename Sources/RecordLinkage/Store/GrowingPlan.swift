import Columns

/// The fields of a stored plan, to which the values of more records are added.
///
/// The fields of the new records alone are made by the code that makes any, and their values are then looked up among
/// those that are stored, or put behind them as values that were never seen: frequencies are those of the base.
struct GrowingPlan {
  private let plan: StoredPlan
  private(set) var pools: [ObjectIdentifier: GrowingPool] = [:]
  private var maps: [ObjectIdentifier: Packed<UInt32>] = [:]
  private(set) var stems: GrowingIndex?
  private(set) var domains: GrowingIndex?
  /// For the stems of two handles.
  private let stemRoom = Packed<UInt8>(uninitialised: 2 * HandleShape.limit)
  private var grownSpaces: Set<ObjectIdentifier> = []

  init(_ plan: StoredPlan) {
    self.plan = plan
    for stored in plan.pools {
      let pool = stored.pool.pool
      pools[ObjectIdentifier(pool.bytes)] = GrowingPool(
        pool: pool, index: GrowingIndex(stored.index))
    }
    stems = plan.handles.map { GrowingIndex($0.stems) }
    domains = plan.domains.map { GrowingIndex($0.index) }
  }

  /// Adds the records that `new` holds the fields of.
  ///
  /// - Throws: `StoreIsFull`, also when the fields are not those of the plan.
  mutating func add(_ new: FieldPlan) throws(StoreIsFull) {
    guard let rows = new.rows, rows.width == plan.rows.width, new.fields.count == plan.fields.count else {
      throw StoreIsFull()
    }
    var mapOfSlot = [Packed<UInt32>?](repeating: nil, count: rows.width)
    for (stored, field) in zip(plan.fields, new.fields) {
      guard let added = StoredField(field), stored.field.rowColumns.count == added.field.rowColumns.count
      else {
        throw StoreIsFull()
      }
      let columnMaps = try grow(stored, added)
      for ((column, other), map) in zip(
        zip(stored.field.rowColumns, added.field.rowColumns), columnMaps)
      {
        guard column.slot == other.slot, mapOfSlot.indices.contains(column.slot) else { throw StoreIsFull() }
        mapOfSlot[column.slot] = map
      }
    }
    let cells = plan.rows.cells.array
    let start = cells.count
    guard cells.append(0, times: new.recordCount * rows.width) else { throw StoreIsFull() }
    for (slot, map) in mapOfSlot.enumerated() {
      guard let map else { continue }
      for record in 0..<new.recordCount {
        cells[start + record * rows.width + slot] = map[Int(rows.cells[record * rows.width + slot])]
      }
    }
  }

  /// The map of a new pool's numbers to those of a stored pool.
  private mutating func map(_ new: ValuePool, to stored: ValuePool) throws(StoreIsFull) -> Packed<UInt32> {
    if let known = maps[ObjectIdentifier(new.bytes)] { return known }
    guard var pool = pools[ObjectIdentifier(stored.bytes)] else { throw StoreIsFull() }
    let map = try pool.numbers(of: new)
    pools[ObjectIdentifier(stored.bytes)] = pool
    maps[ObjectIdentifier(new.bytes)] = map
    return map
  }

  /// Adds what a field knows of its values; returns a map for each of its columns.
  private mutating func grow(
    _ stored: StoredField, _ new: StoredField
  ) throws(StoreIsFull) -> [Packed<UInt32>] {
    switch (stored, new) {
    case (.value(let field), .value(let added)):
      let map = try map(added.pool, to: field.pool)
      try grow(field, added, map)
      return added.rowColumns.map { _ in map }
    case (.anyOf(let field), .anyOf(let added)):
      let map = try map(added.values.pool, to: field.values.pool)
      try grow(field.values, added.values, map)
      return added.rowColumns.map { _ in map }
    case (.email(let field), .email(let added)):
      let handles = try grow(field.space, added.space)
      let map = try map(added.pool, to: field.pool)
      for value in 1..<max(added.pool.count, 1) where Int(map[value]) == field.local.count {
        let domain = try domain(of: added.pool.text(value), field)
        guard field.local.append(handles[Int(added.local[value])]), field.domain.append(domain) else {
          throw StoreIsFull()
        }
      }
      return added.rowColumns.map { _ in map }
    case (.handle(let field), .handle(let added)):
      let map = try grow(field.space, added.space)
      return added.rowColumns.map { _ in map }
    case (.nameInHandle(let field), .nameInHandle(let added)):
      let handles = try grow(field.space, added.space)
      let given = try map(added.given, to: field.given)
      let family = try map(added.family, to: field.family)
      for value in 1..<max(added.given.count, 1) where Int(given[value]) == field.signatures.count {
        guard field.signatures.append(added.signatures[value]) else { throw StoreIsFull() }
      }
      return [given, family] + added.rowColumns.dropFirst(2).map { _ in handles }
    default: throw StoreIsFull()
    }
  }

  private func grow(_ field: ValueField, _ new: ValueField, _ map: Packed<UInt32>) throws(StoreIsFull) {
    for value in 1..<max(new.pool.count, 1) {
      if Int(map[value]) == field.facts.count {
        let facts = new.facts[value]
        let unseen = ValueFacts(
          signature: facts.signature, length: facts.length, bucket: UInt8(Level.bucket(0)), flags: facts.flags
        )
        guard field.facts.append(unseen) else { throw StoreIsFull() }
      }
      if [.text, .street].contains(field.nearness), Int(map[value]) == field.words.count {
        guard field.words.append(new.words[value]) else { throw StoreIsFull() }
      }
      if field.nearness == .name, Int(map[value]) == field.groups.count {
        guard field.groups.append(new.groups[value]) else { throw StoreIsFull() }
      }
    }
  }

  private mutating func grow(
    _ space: HandleSpace, _ new: HandleSpace
  ) throws(StoreIsFull) -> Packed<UInt32> {
    let map = try map(new.pool, to: space.pool)
    let skeletons = try self.map(new.skeletons, to: space.skeletons)
    guard grownSpaces.insert(ObjectIdentifier(space.facts)).inserted else { return map }
    while space.skeletonCounts.count < space.skeletons.count {
      guard space.skeletonCounts.append(0) else { throw StoreIsFull() }
    }
    for handle in 1..<max(new.pool.count, 1) where Int(map[handle]) == space.facts.count {
      var facts = new.facts[handle]
      facts.skeleton = skeletons[Int(facts.skeleton)]
      if facts.stem != 0 { facts.stem = try stem(of: Int(map[handle]), space) }
      guard space.facts.append(facts), space.handleSets.append(new.handleSets[handle]),
        space.handleCounts.append(0)
      else { throw StoreIsFull() }
    }
    return map
  }

  /// The number of a new handle's stem.
  private mutating func stem(of handle: Int, _ space: HandleSpace) throws(StoreIsFull) -> UInt32 {
    guard var index = stems, let handles = plan.handles else { throw StoreIsFull() }
    stems = nil
    defer { stems = index }
    let text = HandleShape(space.pool.text(handle), in: stemRoom.base).stem
    let hash = stableHash(text)
    let handleOfStem = handles.handleOfStem.array
    let known = index.first(hash) { number in
      let other = HandleShape(
        space.pool.text(Int(handleOfStem[number])), in: stemRoom.base + HandleShape.limit)
      return other.stem.elementsEqual(text)
    }
    if let known { return UInt32(known) }
    let number = handleOfStem.count
    guard handleOfStem.append(UInt32(handle)), space.stemCounts.append(0) else { throw StoreIsFull() }
    index.insert(hash, number)
    return UInt32(number)
  }

  /// The number of an address's domain; 0 for none.
  private mutating func domain(
    of address: UnsafeBufferPointer<UInt8>, _ field: EmailField
  ) throws(StoreIsFull) -> UInt32 {
    let text = StoredPlan.DomainIndex.domain(address)
    if text.isEmpty { return 0 }
    guard let plan = plan.domains, let index = domains else { throw StoreIsFull() }
    let hash = stableHash(text)
    let addressOfDomain = plan.addressOfDomain.array
    let known = index.first(hash) { number in
      StoredPlan.DomainIndex.domain(field.pool.text(Int(addressOfDomain[number]))).elementsEqual(text)
    }
    if let known { return UInt32(known) }
    let number = addressOfDomain.count
    // The address that stands for it is the one whose turn it is.
    guard addressOfDomain.append(UInt32(field.domain.count)) else { throw StoreIsFull() }
    domains?.insert(hash, number)
    return UInt32(number)
  }
}
