/// Sorts 64-bit words by some of their bits, stably, in place with one buffer of the same size.
///
/// Least significant digit first, 11 bits a pass; a pass in which all words agree is left out. O(words x bits / 11).
///
/// - Parameters:
///   - words: what to sort.
///   - bits: which bits are the key, from the lowest.
func radixSort(_ words: UnsafeMutableBufferPointer<UInt64>, bits: Range<Int>) {
  guard words.count > 1, let start = words.baseAddress else { return }
  if words.count < 2048 {
    insertionOrMergeSort(words, bits: bits)
    return
  }
  let scratch = UnsafeMutablePointer<UInt64>.allocate(capacity: words.count)
  defer { scratch.deallocate() }
  var from = start
  var to = scratch
  var counts = [Int](repeating: 0, count: 2048)
  var shift = bits.lowerBound
  while shift < bits.upperBound {
    let mask = (UInt64(1) << UInt64(min(11, bits.upperBound - shift))) - 1
    let isUniform = counts.withUnsafeMutableBufferPointer { counts -> Bool in
      counts.update(repeating: 0)
      for position in 0..<words.count { counts[Int((from[position] >> UInt64(shift)) & mask)] += 1 }
      if counts[Int((from[0] >> UInt64(shift)) & mask)] == words.count { return true }
      var total = 0
      for digit in 0...Int(mask) {
        let here = counts[digit]
        counts[digit] = total
        total += here
      }
      for position in 0..<words.count {
        let word = from[position]
        let digit = Int((word >> UInt64(shift)) & mask)
        to[counts[digit]] = word
        counts[digit] += 1
      }
      return false
    }
    if !isUniform { swap(&from, &to) }
    shift += 11
  }
  if from != start { start.update(from: from, count: words.count) }
}

private func insertionOrMergeSort(_ words: UnsafeMutableBufferPointer<UInt64>, bits: Range<Int>) {
  let width = bits.count
  let mask = width >= 64 ? UInt64.max : (UInt64(1) << UInt64(width)) - 1
  let shift = UInt64(bits.lowerBound)
  // The library's sort is stable in fact but not by promise, so the position decides between equal keys.
  let sorted = words.enumerated().sorted { left, right in
    let (one, other) = ((left.element >> shift) & mask, (right.element >> shift) & mask)
    return one != other ? one < other : left.offset < right.offset
  }
  for (position, item) in sorted.enumerated() { words[position] = item.element }
}
