import Columns
import Glibc

/// Blocking keys of names, handles and e-mail addresses.
enum IdentityKeys {
  /// A word of a name, or a domain, that more records have brings nobody together.
  static let wordLimit: UInt32 = 24

  /// An address or user name that more records have brings them together in groups of `groupSize`, the first of each
  /// group in groups of their own, and so on: as many pairs as there are records some times over, where a block beyond
  /// the cap would make none.
  static let valueLimit: UInt32 = 24
  static let groupSize = 16
  /// Groups of groups at most: enough for 65,536 records of one value.
  static let groupLevels = 4

  @inline(__always)
  private static func mix(_ value: UInt64, _ salt: UInt64) -> UInt32 {
    max(UInt32(truncatingIfNeeded: foldedMultiply(value ^ salt, 0xe703_7ed1_a0b4_28db)), 1)
  }

  /// The keys, in the order in which they claim pairs.
  static func keys(_ index: IdentityIndex, columns: Set<String>) -> [KeySource] {
    var result: [KeySource] = []
    if !index.addressColumns.isEmpty {
      let values = index.addressColumns.map { column in
        map(column) { index.comparable[$0] ? UInt32($0) : 0 }
      }
      let slots = wholeSlots(values, count: index.addresses.count)
      result.append(KeySource(name: "e-mail address", slots: slots, columns: columns))
    }
    if !index.nameColumns.isEmpty {
      let slots = index.nameColumns.map { column in
        map(column) { index.person[$0] == 0 ? 0 : mix(UInt64(index.person[$0]), 0x51_7CC1_B727_2202) }
      }
      result.append(KeySource(name: "given and family name", slots: slots, columns: columns))
    }
    if !index.handleColumns.isEmpty {
      // Without the digits at its end it may be too short for a key, or one that many have: kr19850, user20481632.
      var values = index.handleColumns.map { column in map(column) { index.squeezed[$0] } }
      values += index.addressColumns.map { column in
        map(column) { index.squeezed[Int(index.handleOfAddress[$0])] }
      }
      let slots = wholeSlots(values, count: index.squeezedTexts.count)
      result.append(KeySource(name: "user name", slots: slots, columns: columns))
    }
    let forms = handleForms(index)
    if !forms.isEmpty {
      result.append(KeySource(name: "handle, or name as one word", slots: forms, columns: columns))
    }
    let words = wordSlots(index)
    if !words.isEmpty {
      result.append(KeySource(name: "rare word of name, handle or domain", slots: words, columns: columns))
    }
    return result
  }

  /// The values of some columns as they are, of which there are `count`; 0 is none.
  private static func wholeSlots(_ columns: [Packed<UInt32>], count: Int) -> [Packed<UInt32>] {
    let salt: UInt64 = 0x9E37_79B9_7F4A_7C15
    let holders = Packed<UInt32>(repeating: 0, count: max(count, 1))
    for column in columns {
      for record in 0..<column.count { holders[Int(column[record])] += 1 }
    }
    let isCrowded = (1..<holders.count).contains { holders[$0] > valueLimit }
    let ranks = Packed<UInt32>(repeating: 0, count: holders.count)
    return columns.flatMap { column in
      let slots = (0..<(isCrowded ? groupLevels : 1)).map { _ in
        Packed<UInt32>(repeating: 0, count: column.count)
      }
      for record in 0..<column.count where column[record] != 0 {
        let value = Int(column[record])
        if holders[value] <= valueLimit {
          slots[0][record] = mix(UInt64(value), salt)
          continue
        }
        var rank = Int(ranks[value])
        ranks[value] += 1
        for level in 0..<groupLevels {
          let group = UInt64(level + 1) << 60 | UInt64(rank / groupSize) << 32 | UInt64(value)
          slots[level][record] = mix(group, salt)
          if rank % groupSize != 0 { break }
          rank /= groupSize
        }
      }
      return slots
    }
  }

  private static func map(_ column: Packed<UInt32>, _ key: (Int) -> UInt32) -> Packed<UInt32> {
    let result = Packed<UInt32>(uninitialised: column.count)
    for record in 0..<column.count { result[record] = column[record] == 0 ? 0 : key(Int(column[record])) }
    return result
  }

  private static func text(_ bytes: some Sequence<UInt8>, _ scratch: inout [UInt8]) -> UInt32 {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: bytes)
    return scratch.withUnsafeBufferPointer { mix(stableHash($0), 0xA076_1D64_78BD_642F) }
  }

  /// Handles without separators and digits at the end, and the handles that names would make.
  private static func handleForms(_ index: IdentityIndex) -> [Packed<UInt32>] {
    var scratch: [UInt8] = []
    let hashes = Packed<UInt32>(repeating: 0, count: index.handles.count)
    for handle in 1..<max(hashes.count, 1) {
      let stem = index.stems.text(Int(index.stem[handle]))
      if stem.count >= 3 { hashes[handle] = text(stem, &scratch) }
    }
    var slots = index.handleColumns.map { column in map(column) { hashes[$0] } }
    slots += index.addressColumns.map { column in map(column) { hashes[Int(index.handleOfAddress[$0])] } }
    for column in index.nameColumns {
      // Given-family, initial-family, given-initial, family-initial; a handle in place of a name as it is.
      for form in 0..<4 {
        let made = Packed<UInt32>(repeating: 0, count: index.names.count)
        for name in 1..<max(made.count, 1) {
          if index.isHandle[name] {
            if form == 0 { made[name] = hashes[Int(index.handleOfName[name])] }
            continue
          }
          let words = index.words(of: name)
          guard words.count >= 2, let first = words.first, let last = words.last else { continue }
          let (given, family) = (index.tokens.text(Int(first)), index.tokens.text(Int(last)))
          switch form {
          case 0: made[name] = text([given, family].joined(), &scratch)
          case 1:
            made[name] = text([UnsafeBufferPointer(rebasing: given.prefix(1)), family].joined(), &scratch)
          case 2:
            made[name] = text([given, UnsafeBufferPointer(rebasing: family.prefix(1))].joined(), &scratch)
          default:
            made[name] = text([family, UnsafeBufferPointer(rebasing: given.prefix(1))].joined(), &scratch)
          }
        }
        slots.append(map(column) { made[$0] })
      }
    }
    return slots
  }

  /// Words of names, of handles and of domains that few records have.
  private static func wordSlots(_ index: IdentityIndex) -> [Packed<UInt32>] {
    var scratch: [UInt8] = []
    var slots: [Packed<UInt32>] = []
    for column in index.nameColumns {
      for position in 0..<3 {
        let hashes = Packed<UInt32>(repeating: 0, count: index.names.count)
        for name in 1..<max(hashes.count, 1) where !index.isHandle[name] {
          let words = index.words(of: name)
          // The last word first, as family names tell more.
          let place = words.count - 1 - position
          guard place >= 0 else { continue }
          let word = index.tokens.text(Int(words[place]))
          if word.count >= 3 { hashes[name] = text(word, &scratch) }
        }
        slots.append(map(column) { hashes[$0] })
      }
    }
    for column in index.addressColumns {
      for part in 0..<2 {
        let hashes = Packed<UInt32>(repeating: 0, count: index.addresses.count)
        for address in 1..<max(hashes.count, 1) {
          if part == 0 {
            let handle = index.handles.text(Int(index.handleOfAddress[address]))
            let words = handle.split { !($0 &- 0x61 < 26 || $0 >= 0x80) }
            if let longest = words.max(by: { $0.count < $1.count }), longest.count >= 4 {
              hashes[address] = text(longest, &scratch)
            }
          } else {
            let domain = Int(index.domainOfAddress[address])
            let label = index.domains.text(domain).prefix { $0 != 0x2E }
            if domain != 0, label.count >= 3 { hashes[address] = text(label, &scratch) }
          }
        }
        slots.append(map(column) { hashes[$0] })
      }
    }
    dropFrequent(slots)
    return slots
  }

  /// Takes away the hashes that more than `wordLimit` records have, counted over all slots.
  private static func dropFrequent(_ slots: [Packed<UInt32>]) {
    let room = Double(slots.reduce(0) { $0 + $1.count }) * 4
    let bits = UInt32(min(max(log2(max(room, 2)).rounded(.up), 12), 26))
    let counts = Packed<UInt32>(repeating: 0, count: 1 << Int(bits))
    for slot in slots {
      for record in 0..<slot.count where slot[record] != 0 { counts[Int(slot[record] >> (32 - bits))] &+= 1 }
    }
    for slot in slots {
      for record in 0..<slot.count
      where slot[record] != 0 && counts[Int(slot[record] >> (32 - bits))] > wordLimit {
        slot[record] = 0
      }
    }
  }
}
