/// Pairs of two records of one source, which are not compared where records of different sources alone are joined.
struct SourcePairs {
  /// Records, source by source, and by source where its records end.
  private let records: Packed<UInt32>
  private let ends: [Int]

  /// `sources`: by record, the number of its source.
  init(_ sources: Packed<UInt16>) {
    var next = [Int](repeating: 0, count: Int(UInt16.max) + 1)
    for record in 0..<sources.count { next[Int(sources[record])] += 1 }
    var start = 0
    for source in next.indices {
      let count = next[source]
      next[source] = start
      start += count
    }
    records = Packed(uninitialised: sources.count)
    for record in 0..<sources.count {
      let source = Int(sources[record])
      records[next[source]] = UInt32(record)
      next[source] += 1
    }
    ends = next
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
