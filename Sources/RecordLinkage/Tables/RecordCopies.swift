import CKernels
import Columns

/// Records that say the same in every column that could be compared, beyond the first few: they are not held.
/// Where writing is compared, records whose texts differ are no copies (`TextCopies` has the exception).
///
/// Ten thousand copies of one record are one record that was written ten thousand times. Compared pair by pair they would
/// fill every block beyond its cap, and their values would look as common as the most common name. So the first
/// `mostHeld` are records like any other, by which the engine learns what copies look like, and the first of them stands
/// for those that follow: whether these belong to it is asked once, of the record and itself.
struct RecordCopies {
  /// Records that say the same, of which each is held.
  static let mostHeld: UInt8 = 4

  /// A record that is not held, and the first that says the same, or nearly (`NearCopies`).
  typealias Copy = NearCopies.Copy

  /// Records that are not held, in their order.
  let copies: Packed<Copy>
  let recordCount: Int

  /// Kinds of columns in which copies may differ.
  static let ignored: Set<ColumnKind> = [.time, .platform, .empty]

  /// Finds copies in O(records x columns). Records without any value are nobody's copies.
  ///
  /// - Parameters:
  ///   - isOff: whether records are to be left as they are, as where those of one file are never joined.
  ///   - apart: records that are nobody's copies, as a human judged them one by one.
  ///   - texts: what records hold of writing; nil where it is not compared.
  init(
    _ columns: [Column], records: Int, isOff: Bool, apart: [UInt32] = [], texts: RecordTexts? = nil
  ) {
    recordCount = records
    let columns = columns.filter { !Self.ignored.contains($0.kind) }
    var found = Growing<Copy>(capacity: 16)
    var ranks: Packed<UInt64>?
    var crowded: TextCopies?
    if !isOff, !columns.isEmpty {
      var hashes = Self.hashes(columns, records)
      for record in apart { hashes[Int(record)] = 0 }
      if let texts {
        let all = RecordContent.hashes(columns, columns.map(\.kind), records: records)
        for record in 0..<records { all[record] = Self.mixed(all[record], texts.hashes[record]) }
        ranks = all
        crowded = TextCopies(columns: columns, texts: texts, hashes: hashes, ranks: all)
        let both = Packed<UInt64>(repeating: 0, count: records)
        for record in 0..<records { both[record] = Self.mixed(hashes[record], texts.hashes[record]) }
        hashes = both
      }
      var bits = 4
      while 1 << bits < records * 2 { bits += 1 }
      // By slot, a record that differs from those before, and 1; 0 is free.
      let slots = Packed<UInt32>(repeating: 0, count: 1 << bits)
      let shift = UInt64(64 - bits)
      // By record that is in a slot, those held that say the same.
      let held = Packed<UInt8>(repeating: 0, count: records)
      for record in 0..<records {
        if record + 16 < records { cog_prefetch(slots.base + Int(hashes[record + 16] >> shift)) }
        if hashes[record] == 0 { continue }
        var slot = Int(hashes[record] >> shift)
        while slots[slot] != 0 {
          let known = Int(slots[slot] - 1)
          if hashes[known] == hashes[record], columns.allSatisfy({ $0.values[record] == $0.values[known] }),
            texts?.areSame(record, known) ?? true
          {
            if held[known] < Self.mostHeld {
              held[known] += 1
            } else {
              found.append(Copy(record: UInt32(record), first: UInt32(known)))
            }
            break
          }
          slot = (slot + 1) & (slots.count - 1)
        }
        if slots[slot] == 0 {
          slots[slot] = UInt32(record + 1)
          held[record] = 1
        }
      }
    }
    // Crowds are looked for among the records that are counted: what is added behind them cannot make one.
    let counted = columns.first?.counted ?? records
    let near =
      isOff ? [] : NearCopies(columns.map(\.ofCounted), records: counted, apart: apart, ranks: ranks).copies
    var exact = found.packed()
    if let crowded { exact = crowded.adding(to: exact) }
    copies = near.isEmpty ? exact : Self.merged(exact, near)
  }

  /// The hash of a record's values with that of its texts; 0 for a record without values.
  private static func mixed(_ values: UInt64, _ texts: UInt64) -> UInt64 {
    values == 0 || texts == 0 ? values : foldedMultiply(values ^ texts, 0xe703_7ed1_a0b4_28db) | 1
  }

  /// Both sorts in the order of the records. A copy of a record that is of a crowd is of the crowd too.
  private static func merged(_ exact: Packed<Copy>, _ near: [Copy]) -> Packed<Copy> {
    var result = Growing<Copy>(capacity: exact.count + near.count)
    var next = 0
    for copy in near {
      while next < exact.count, exact[next].record < copy.record {
        result.append(exact[next])
        next += 1
      }
      let isExact = next < exact.count && exact[next].record == copy.record
      if isExact { next += 1 }
      if isExact || !copy.isHeld { result.append(copy) }
    }
    while next < exact.count {
      result.append(exact[next])
      next += 1
    }
    return result.packed()
  }

  /// By record, a hash of its values; 0 for a record without any.
  private static func hashes(_ columns: [Column], _ records: Int) -> Packed<UInt64> {
    let hashes = Packed<UInt64>(repeating: 0, count: records)
    for (number, column) in columns.enumerated() {
      let salt = foldedMultiply(UInt64(number) &+ 0x9E37_79B9_7F4A_7C15, 0xe703_7ed1_a0b4_28db)
      let (values, hashes) = (column.values.base, hashes.base)
      for record in 0..<records {
        // No branch, as which records lack a value is anybody's guess.
        let mixed = foldedMultiply(UInt64(values[record]) ^ salt, 0x8ebc_6af0_9c88_c6e3) | 1 << 63
        hashes[record] ^= values[record] != 0 ? mixed : 0
      }
    }
    // The highest bit may have gone out again; what was no value stays 0.
    for record in 0..<records where hashes[record] != 0 {
      hashes[record] = foldedMultiply(hashes[record], 0xa076_1d64_78bd_642f) | 1
    }
    return hashes
  }

  /// Whether any record is not held.
  var areAny: Bool { copies.count > 0 }

  /// Records that are held.
  var heldCount: Int { recordCount - copies.count }

  /// Calls `body` with each record that is held, in their order.
  func forEachHeld(_ body: (Int) -> Void) {
    var next = 0
    for record in 0..<recordCount {
      if next < copies.count, copies[next].record == UInt32(record) {
        next += 1
      } else {
        body(record)
      }
    }
  }

  /// The records that stand for others, in ascending order.
  func firsts() -> [UInt32] {
    var result: [UInt32] = []
    for first in copies.array.map(\.first).sorted() where result.last != first { result.append(first) }
    return result
  }
}
