/// What a key of one or two parts would make.
///
/// From a sample of the key's values, with all records of each: a sample of the records would find a block of thirty at
/// the size of three, and could not tell those below the cap from those above it.
struct KeyEstimate {
  /// Records whose keys are looked at, about.
  static let sample = 100_000

  /// Pairs in blocks up to the cap.
  let pairs: Double
  /// Share of the records that have a partner.
  let covered: Double
  /// Share of the records with the key that stand in blocks above the cap.
  let capped: Double

  /// Of the first `records`; O(records), at two nanoseconds each.
  init(_ left: Packed<UInt32>, _ right: Packed<UInt32>? = nil, records: Int, cap: Int) {
    let stride = max(1, records / Self.sample)
    // Of 4096 parts of all hashes, those that are looked at.
    let parts = UInt64((4096 + stride - 1) / stride)
    var words = Growing<UInt64>(capacity: 1 << 10)
    // Few words are looked at, so that this is the branch to take: which records have the keys is anybody's guess.
    let (one, other) = (left.base, (right ?? left).base)
    for record in 0..<records {
      let word =
        (UInt64(right == nil ? 0 : one[record]) << 32 | UInt64(other[record])) &* 0x9E37_79B9_7F4A_7C15
      if word >> 52 < parts, one[record] != 0, other[record] != 0 { words.append(word) }
    }
    radixSort(UnsafeMutableBufferPointer(start: words.base, count: words.count), bits: 9..<64)
    var pairs = 0.0
    var covered = 0
    var capped = 0
    var position = 0
    while position < words.count {
      var end = position + 1
      while end < words.count, words[end] >> 9 == words[position] >> 9 { end += 1 }
      let size = end - position
      if size > cap {
        capped += size
      } else {
        pairs += Double(size * (size - 1) / 2)
      }
      if size > 1 { covered += size }
      position = end
    }
    let scale = 4096 / Double(parts)
    self.pairs = pairs * scale
    self.covered = Double(covered) * scale / Double(max(records, 1))
    self.capped = Double(capped) / Double(max(words.count, 1))
  }
}
