import Columns

/// Records that say the same in every column and differ in their texts, where they are many.
///
/// They are no copies of one another, and each is compared as any other. But they share every key: more of them than a
/// block may hold would make no pairs at all. So of more than `mostHeld` a few are held, and the others are copies of
/// the first of these, with which their texts are compared (`CopyLinks`). Which are held is told by what the records
/// hold, not by where they stand.
struct TextCopies {
  /// Records of the same values and with texts that are each held; with as many copies without a text they are half of
  /// what the smallest cap of blocks takes.
  static let mostHeld = 12

  let columns: [Column]
  let texts: RecordTexts
  /// By record, a hash of its values; 0 for one that is nobody's copy.
  let hashes: Packed<UInt64>
  /// By record, a hash of all that it holds, the same whatever other records there are.
  let ranks: Packed<UInt64>

  /// Copies of records with the same texts, and those that are copies as their texts are too many, in the order of the
  /// records. O(records log records) of records with texts.
  ///
  /// - Parameter exact: copies of records with the same texts, in order.
  func adding(to exact: Packed<RecordCopies.Copy>) -> Packed<RecordCopies.Copy> {
    var words: [(hash: UInt64, record: UInt32)] = []
    var next = 0
    for record in 0..<hashes.count {
      if next < exact.count, exact[next].record == UInt32(record) {
        next += 1
      } else if hashes[record] != 0, texts.hashes[record] != 0 {
        words.append((hashes[record], UInt32(record)))
      }
    }
    words.sort { $0.hash != $1.hash ? $0.hash < $1.hash : $0.record < $1.record }
    /// By record that is not held after all, the one that stands for it.
    var moved: [UInt32: UInt32] = [:]
    var start = 0
    while start < words.count {
      var end = start + 1
      while end < words.count, words[end].hash == words[start].hash { end += 1 }
      if end - start > Self.mostHeld { move(words[start..<end].map(\.record), &moved) }
      start = end
    }
    if moved.isEmpty { return exact }
    var all = exact.array.map { RecordCopies.Copy(record: $0.record, first: moved[$0.first] ?? $0.first) }
    all += moved.map { RecordCopies.Copy(record: $0.key, first: $0.value) }
    return Packed(all.sorted { $0.record < $1.record })
  }

  /// Notes which of some records with one hash of values are not held.
  private func move(_ records: [UInt32], _ moved: inout [UInt32: UInt32]) {
    // A record that only shares the hash is left alone.
    let same = records.filter { record in
      columns.allSatisfy { $0.values[Int(record)] == $0.values[Int(records[0])] }
    }
    if same.count <= Self.mostHeld { return }
    let sorted = same.sorted {
      let (one, other) = (ranks[Int($0)], ranks[Int($1)])
      return one != other ? one < other : $0 < $1
    }
    for record in sorted.dropFirst(Int(RecordCopies.mostHeld)) { moved[record] = sorted[0] }
  }
}
