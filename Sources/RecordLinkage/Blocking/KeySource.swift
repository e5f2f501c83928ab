import Columns

/// What records are blocked on: records that share a key are candidates for each other.
///
/// A record has a key in each of one or more slots, as a 32-bit hash; 0 is no key.
final class KeySource: Sendable {
  /// What the key is made of, for reports.
  let name: String
  /// By slot, by record.
  let slots: [Packed<UInt32>]
  /// What is compared by these values: agreement there is no news for pairs that this key brings together.
  let columns: Set<String>
  /// Whether records share it just when the values of its columns are equal, so that the comparison of the columns
  /// tells of the key; a key of parts of values, or of one value out of several, tells more.
  let isOfWholeValues: Bool

  init(name: String, slots: [Packed<UInt32>], columns: Set<String>, isOfWholeValues: Bool = false) {
    self.name = name
    self.slots = slots
    self.columns = columns
    self.isOfWholeValues = isOfWholeValues
  }

  @inline(__always)
  static func mix(_ value: UInt64) -> UInt32 {
    // Never 0, which means "no key".
    max(UInt32(truncatingIfNeeded: foldedMultiply(value ^ 0x9E37_79B9_7F4A_7C15, 0xe703_7ed1_a0b4_28db)), 1)
  }

  static func map(_ values: Packed<UInt32>, _ hashOfValue: Packed<UInt32>) -> Packed<UInt32> {
    let result = Packed<UInt32>(uninitialised: values.count)
    for record in 0..<values.count { result[record] = hashOfValue[Int(values[record])] }
    return result
  }

  /// The whole value.
  static func whole(_ column: NormalisedColumn) -> KeySource {
    let hashes = Packed<UInt32>(repeating: 0, count: column.pool.count)
    for value in 1..<max(hashes.count, 1) { hashes[value] = mix(stableHash(column.pool.text(value))) }
    return KeySource(
      name: column.name, slots: [map(column.values, hashes)], columns: [column.name], isOfWholeValues: true)
  }

  /// The whole value of any of some columns that share a pool.
  static func anyOf(_ columns: [NormalisedColumn]) -> KeySource {
    let hashes = Packed<UInt32>(repeating: 0, count: columns.first?.pool.count ?? 1)
    if let pool = columns.first?.pool {
      for value in 1..<max(hashes.count, 1) { hashes[value] = mix(stableHash(pool.text(value))) }
    }
    return KeySource(
      name: columns.map(\.name).joined(separator: ", "), slots: columns.map { map($0.values, hashes) },
      columns: Set(columns.map(\.name)))
  }

  /// The last bytes of the value; nothing for shorter values.
  static func tail(_ column: NormalisedColumn, _ length: Int) -> KeySource {
    let hashes = Packed<UInt32>(repeating: 0, count: column.pool.count)
    for value in 1..<max(hashes.count, 1) {
      let text = column.pool.text(value)
      if text.count > length {
        hashes[value] = mix(stableHash(UnsafeBufferPointer(rebasing: text[(text.count - length)...])))
      }
    }
    return KeySource(
      name: "end of \(column.name)", slots: [map(column.values, hashes)], columns: [column.name])
  }

  /// The Soundex code of the value.
  static func phonetic(_ column: NormalisedColumn) -> KeySource {
    let hashes = Packed<UInt32>(repeating: 0, count: column.pool.count)
    for value in 1..<max(hashes.count, 1) {
      let code = Phonetic.soundex(column.pool.text(value))
      if code != 0 { hashes[value] = mix(UInt64(code)) }
    }
    return KeySource(
      name: "sound of \(column.name)", slots: [map(column.values, hashes)], columns: [column.name])
  }

  /// Given and family name together, in either order; neither may be an initial.
  static func names(_ given: NormalisedColumn, _ family: NormalisedColumn) -> KeySource {
    let keys = Packed<UInt32>(repeating: 0, count: given.values.count)
    // Given and family names share a pool.
    let hashes = Packed<UInt32>(repeating: 0, count: given.pool.count)
    for value in 1..<max(hashes.count, 1) where given.pool.length(value) >= 2 {
      hashes[value] = mix(stableHash(given.pool.text(value)))
    }
    for record in 0..<keys.count {
      let (one, two) = (hashes[Int(given.values[record])], hashes[Int(family.values[record])])
      if one == 0 || two == 0 { continue }
      keys[record] = mix(UInt64(min(one, two)) << 32 | UInt64(max(one, two)))
    }
    return KeySource(
      name: "\(given.name) and \(family.name)", slots: [keys], columns: [given.name, family.name],
      isOfWholeValues: true)
  }

  /// Skeletons of handles and e-mail addresses, and the handle that a name would make.
  static func handles(
    _ space: HandleSpace, names: (given: NormalisedColumn, family: NormalisedColumn)?, columns: Set<String>
  ) -> KeySource {
    let hashes = Packed<UInt32>(repeating: 0, count: space.skeletons.count)
    let (skeletons, hashOfSkeleton, facts) = (space.skeletons, space.skeletonHashes, space.facts)
    for value in 1..<max(hashes.count, 1) where skeletons.length(value) >= 3 {
      hashes[value] = mix(hashOfSkeleton[value])
    }
    var slots = space.columns.map { column in
      let result = Packed<UInt32>(uninitialised: column.count)
      for record in 0..<column.count { result[record] = hashes[Int(facts[Int(column[record])].skeleton)] }
      return result
    }
    if let names {
      let keys = Packed<UInt32>(repeating: 0, count: names.given.values.count)
      let limit = HandleShape.limit
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * limit) { room in
        guard let joined = room.baseAddress else { return }
        for record in 0..<keys.count {
          let (one, two) = (names.given.values[record], names.family.values[record])
          if one == 0 || two == 0 { continue }
          let (given, family) = (names.given.pool.text(Int(one)), names.family.pool.text(Int(two)))
          if given.count < 2 || family.count < 3 { continue }
          // A shape looks at no more than its limit.
          var length = 0
          for byte in given.prefix(limit) {
            joined[length] = byte
            length += 1
          }
          for byte in family.prefix(limit - length) {
            joined[length] = byte
            length += 1
          }
          let shape = HandleShape(UnsafeBufferPointer(start: joined, count: length), in: joined + limit)
          keys[record] = mix(stableHash(shape.skeleton))
        }
      }
      slots.append(keys)
    }
    return KeySource(name: "handle, e-mail or name as one word", slots: slots, columns: columns)
  }

  /// Stems of handles and e-mail addresses.
  static func stems(_ space: HandleSpace, columns: Set<String>) -> KeySource {
    let hashes = Packed<UInt32>(repeating: 0, count: space.stemCounts.count)
    let (hashOfStem, facts) = (space.stemHashes, space.facts)
    for value in 1..<max(hashes.count, 1) { hashes[value] = mix(hashOfStem[value]) }
    let slots = space.columns.map { column in
      let result = Packed<UInt32>(uninitialised: column.count)
      for record in 0..<column.count { result[record] = hashes[Int(facts[Int(column[record])].stem)] }
      return result
    }
    return KeySource(name: "stem of handle or e-mail", slots: slots, columns: columns)
  }

  /// The first letters of the skeleton of a handle.
  static func prefix(_ space: HandleSpace, _ column: Packed<UInt32>, _ length: Int, columns: Set<String>)
    -> KeySource
  {
    let hashes = Packed<UInt32>(repeating: 0, count: space.skeletons.count)
    for value in 1..<max(hashes.count, 1) {
      let text = space.skeletons.text(value)
      if text.count >= length {
        hashes[value] = mix(stableHash(UnsafeBufferPointer(rebasing: text[..<length])))
      }
    }
    let result = Packed<UInt32>(uninitialised: column.count)
    for record in 0..<column.count { result[record] = hashes[Int(space.facts[Int(column[record])].skeleton)] }
    return KeySource(name: "first \(length) of handle", slots: [result], columns: columns)
  }

  /// What two keys together are called.
  static func name(_ one: KeySource, _ other: KeySource) -> String { "\(one.name) + \(other.name)" }

  /// Two keys of one slot together.
  static func both(_ one: KeySource, _ other: KeySource) -> KeySource {
    let (left, right) = (one.slots[0], other.slots[0])
    let result = Packed<UInt32>(uninitialised: left.count)
    let (lefts, rights, results) = (left.base, right.base, result.base)
    for record in 0..<left.count {
      let mixed = mix(UInt64(lefts[record]) << 32 | UInt64(rights[record]))
      results[record] = lefts[record] != 0 && rights[record] != 0 ? mixed : 0
    }
    return KeySource(
      name: name(one, other), slots: [result], columns: one.columns.union(other.columns),
      isOfWholeValues: one.isOfWholeValues && other.isOfWholeValues)
  }
}
