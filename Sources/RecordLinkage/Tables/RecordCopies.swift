import CKernels
import Columns

/// Records that say the same in every column that could be compared: they are held once.
///
/// Ten thousand copies of one record are one record that was written ten thousand times. Compared pair by pair they would
/// fill every block beyond its cap, and their values would look as common as the most common name. So the first of them
/// stands for all, values are counted by records that differ, and whether copies belong together is asked once: of the
/// record and itself.
struct RecordCopies {
  /// Records that differ, by the first of each, in ascending order.
  let first: Packed<UInt32>
  /// By record, the number of what stands for it in `first`; nil when no two are alike.
  let number: Packed<UInt32>?
  let recordCount: Int

  /// Kinds of columns in which copies may differ.
  private static let ignored: Set<ColumnKind> = [.time, .platform, .empty]

  /// Finds copies in O(records x columns). Records without any value are nobody's copies.
  ///
  /// - Parameters:
  ///   - isOff: whether records are to be left as they are, as where those of one file are never joined.
  ///   - apart: records that are nobody's copies, as a human judged them one by one.
  init(_ columns: [Column], records: Int, isOff: Bool, apart: [UInt32] = []) {
    recordCount = records
    let columns = columns.filter { !Self.ignored.contains(ColumnRecognition.kind(of: $0)) }
    if isOff || columns.isEmpty {
      first = Packed(uninitialised: records)
      for record in 0..<records { first[record] = UInt32(record) }
      number = nil
      return
    }
    let hashes = Packed<UInt64>(repeating: 0x9E37_79B9_7F4A_7C15, count: records)
    let filled = Packed<UInt8>(repeating: 0, count: records)
    for column in columns {
      for record in 0..<records {
        let value = column.values[record]
        hashes[record] = foldedMultiply(hashes[record] ^ UInt64(value), 0xe703_7ed1_a0b4_28db)
        filled[record] |= value == 0 ? 0 : 1
      }
    }
    for record in apart { filled[Int(record)] = 0 }
    var bits = 4
    while 1 << bits < records * 2 { bits += 1 }
    // By slot, the number of a record that differs from those before, and 1.
    let slots = Packed<UInt32>(repeating: 0, count: 1 << bits)
    let numbers = Packed<UInt32>(uninitialised: records)
    var firsts = Growing<UInt32>(capacity: records)
    let shift = UInt64(64 - bits)
    for record in 0..<records {
      if record + 16 < records { cog_prefetch(slots.base + Int(hashes[record + 16] >> shift)) }
      var slot = Int(hashes[record] >> shift)
      var found = UInt32.max
      while slots[slot] != 0, found == .max {
        let known = Int(slots[slot] - 1)
        if filled[record] != 0, hashes[Int(firsts[known])] == hashes[record],
          columns.allSatisfy({ $0.values[record] == $0.values[Int(firsts[known])] })
        {
          found = UInt32(known)
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      if found == .max {
        found = UInt32(firsts.count)
        if filled[record] != 0 { slots[slot] = found + 1 }
        firsts.append(UInt32(record))
      }
      numbers[record] = found
    }
    number = firsts.count == records ? nil : numbers
    first = firsts.packed()
  }

  /// Whether any two records are alike.
  var areAny: Bool { number != nil }

  /// By number, how many records there are of each.
  func sizes() -> Packed<UInt32> {
    let sizes = Packed<UInt32>(repeating: 0, count: first.count)
    if let number {
      for record in 0..<recordCount { sizes[Int(number[record])] += 1 }
    }
    return sizes
  }
}
