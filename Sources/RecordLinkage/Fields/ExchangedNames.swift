/// Names that some records have in one order and some in the other: Kay Roe and Roe Kay.
enum ExchangedNames {
  /// Calls back with both names, by their numbers, and the number of pairs of such records, in the order of the numbers.
  /// Only the records that the column counts are looked at. O(records), by radix sort.
  static func forEach(
    _ column: NormalisedColumn, _ other: Packed<UInt32>, _ body: (_ one: Int, _ two: Int, Double) -> Void
  ) {
    var words = Growing<UInt64>(capacity: 1 << 10)
    for record in 0..<column.counted {
      let (one, two) = (UInt64(column.values[record]), UInt64(other[record]))
      if one == 0 || two == 0 || one == two { continue }
      // The lower number, the higher one, and in the lowest bit which of them stands first.
      words.append(min(one, two) << 32 | max(one, two) << 1 | (one < two ? 0 : 1))
    }
    radixSort(UnsafeMutableBufferPointer(start: words.base, count: words.count), bits: 0..<64)
    var start = 0
    while start < words.count {
      let names = words[start] >> 1
      var (straight, exchanged) = (0.0, 0.0)
      var end = start
      while end < words.count, words[end] >> 1 == names {
        if words[end] & 1 == 0 { straight += 1 } else { exchanged += 1 }
        end += 1
      }
      if straight > 0, exchanged > 0 {
        body(Int(names >> 31), Int(names & 0x7FFF_FFFF), straight * exchanged)
      }
      start = end
    }
  }
}
