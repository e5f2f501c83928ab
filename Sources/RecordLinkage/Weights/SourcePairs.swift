/// Records by source, where records of different sources alone are compared.
struct SourcePairs {
  /// Records, source by source, and by source that has any where its records end.
  private let records: Packed<UInt32>
  private let ends: [Int]
  /// By source, pairs of one record of it and one of another source, added up over the sources so far.
  private let pairEnds: [Int]

  /// Pairs of two records of different sources, each in both orders.
  var count: Int { pairEnds.last ?? 0 }

  /// `sources`: by record, the number of its source.
  init(_ sources: Packed<UInt16>) {
    var next = [Int](repeating: 0, count: Int(UInt16.max) + 1)
    for record in 0..<sources.count { next[Int(sources[record])] += 1 }
    var (start, pairs) = (0, 0)
    var (ends, pairEnds): ([Int], [Int]) = ([], [])
    for source in next.indices where next[source] > 0 {
      let count = next[source]
      next[source] = start
      start += count
      pairs += count * (sources.count - count)
      ends.append(start)
      pairEnds.append(pairs)
    }
    records = Packed(uninitialised: sources.count)
    for record in 0..<sources.count {
      let source = Int(sources[record])
      records[next[source]] = UInt32(record)
      next[source] += 1
    }
    (self.ends, self.pairEnds) = (ends, pairEnds)
  }

  /// One of the pairs.
  func pair(_ number: Int) -> (one: Int, other: Int) {
    var (source, last) = (0, ends.count - 1)
    while source < last {
      let middle = (source + last) / 2
      if pairEnds[middle] <= number { source = middle + 1 } else { last = middle }
    }
    let (start, first) = source == 0 ? (0, 0) : (ends[source - 1], pairEnds[source - 1])
    let own = ends[source] - start
    let (one, other) = (number - first).quotientAndRemainder(dividingBy: records.count - own)
    return (Int(records[start + one]), Int(records[other < start ? other : other + own]))
  }

  /// What a field knows of how many pairs are at its levels (`ComparisonField.knownTotals`), without those of one source.
  func totals(of field: any ComparisonField) -> [Double] {
    var totals = field.knownTotals
    guard let equal = field.equalValues else { return totals }
    let seen = Packed<UInt32>(repeating: 0, count: equal.count)
    var start = 0
    for end in ends {
      for place in start..<end {
        let value = Int(equal.column[Int(records[place])])
        if value == 0 { continue }
        totals[equal.level(value)] -= Double(seen[value])
        seen[value] += 1
      }
      for place in start..<end { seen[Int(equal.column[Int(records[place])])] = 0 }
      start = end
    }
    return totals
  }
}
