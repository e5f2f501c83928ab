internal import CKernels
internal import Columns

/// The nearest of many vectors, found by looking only into the lists whose centres are nearest to a query. How many lists
/// that are is set by what a sample of queries would need to find a wanted share of their true neighbours; what was found
/// is measured on another sample. Texts have hardly any groups, so that a tenth of all vectors and more must be looked at.
///
/// Built of the same vectors in the same way whatever the threads.
public struct VectorIndex: Sendable {
  /// With fewer vectors than this comparing all of them costs no more.
  public static let fewest = 50_000
  /// Queries of each sample.
  private static let sample = 256
  /// Queries that go through the lists together, by lists of their own, so that they mostly look into the same ones.
  private static let portion = 4096

  private let vectors: ByteVectors
  private let search: VectorSearch
  private let centres: VectorCentres
  /// Nil when comparing all is quicker.
  private let lists: VectorLists?
  /// Neighbours that a query is to find.
  public let nearest: Int
  /// Lists that a query looks into; 0 when comparing all is quicker.
  public let probes: Int

  /// Share of all vectors that a query is compared with.
  public var share: Double {
    guard let lists else { return 1 }
    return Double(probes) / Double(lists.count) + Double(lists.count) / Double(max(1, vectors.count))
  }

  /// Builds an index.
  ///
  /// - Parameters:
  ///   - vectors: of length 1.
  ///   - nearest: how many neighbours will be asked for.
  ///   - recall: the share of the true neighbours that is to be found.
  public init(_ vectors: ByteVectors, nearest: Int, recall: Double = 0.98, threads: Int) {
    self.vectors = vectors
    self.nearest = max(0, min(nearest, vectors.count - 1))
    search = VectorSearch(vectors)
    centres = VectorCentres(vectors, threads: threads)
    let queries = Self.sampled(vectors.count, offset: 0)
    let exact = search.neighbours(self.nearest, of: queries, threads: threads)
    probes = Self.probes(centres, queries, exact, recall: recall, threads: threads)
    lists = probes == 0 ? nil : VectorLists(vectors, centres, threads: threads)
  }

  /// Rows at even distances.
  private static func sampled(_ count: Int, offset: Int) -> [Int] {
    let wanted = min(sample, count)
    return (0..<wanted).map { ($0 * count + offset * count / 2) / wanted }
  }

  /// The fewest lists in which that share of neighbours is, with a little to spare; 0 when that is more than two in five.
  private static func probes(
    _ centres: VectorCentres, _ queries: [Int], _ exact: Neighbours, recall: Double, threads: Int
  ) -> Int {
    let most = centres.count * 2 / 5
    let others = Set((0..<exact.count).flatMap { exact[$0].map(\.row) }).sorted()
    var listOf: [Int: UInt32] = [:]
    for (row, list) in zip(others, centres.nearest(1, others, threads: threads)) { listOf[row] = list }
    let ranked = centres.nearest(most, queries, threads: threads)
    // How many neighbours are in the first list of their query, in the second, and so on.
    var found = [Int](repeating: 0, count: most + 1)
    for place in 0..<exact.count {
      var rank = [Int](repeating: most, count: centres.count)
      for probe in 0..<most { rank[Int(ranked[place * most + probe])] = probe }
      for other in exact[place] { if let list = listOf[other.row] { found[rank[Int(list)]] += 1 } }
    }
    let enough = 1 + 2 * exact.nearest / VectorCentres.rowsOfCentre
    let wanted = (recall + 0.002) * Double(exact.count * exact.nearest)
    var sum = 0
    for probe in 0..<most {
      sum += found[probe]
      // In fewer lists than that there may not be as many as are asked for.
      if Double(sum) >= wanted { return max(probe + 1, min(most, enough)) }
    }
    return 0
  }

  /// The nearest vectors of each, itself left out; the true ones but for the share that the index was built to miss.
  public func neighbours(threads: Int) -> Neighbours {
    guard let lists else { return search.neighbours(nearest, threads: threads) }
    // Queries in the order of their lists.
    let order = lists.rows.filter { $0 != .max }.map { Int($0) }
    let chunks = (order.count + Self.portion - 1) / Self.portion
    var places = [Int](repeating: 0, count: order.count)
    for (place, row) in order.enumerated() { places[row] = place }
    // In the order of the lists first, each chunk in its own part.
    let listed = Neighbours(count: order.count, nearest: nearest) { all in
      nonisolated(unsafe) let all = all
      Workers.forEach(
        chunks: chunks, threads: threads,
        start: {
          ListSearch(
            vectors, centres, lists, queries: Self.portion, nearest: nearest, probes: probes)
        }
      ) { search, chunk in
        guard let base = all.baseAddress else { return }
        let own = order[chunk * Self.portion..<min(order.count, (chunk + 1) * Self.portion)]
        search.neighbours(own, base + own.startIndex * nearest)
      }
    }
    // Those that met too few others are compared with all.
    let lacking = order.indices.filter { row in listed[places[row]].contains { $0.row == row } }
    let exact = search.neighbours(nearest, of: lacking, threads: threads)
    let mended = Dictionary(uniqueKeysWithValues: zip(lacking, 0...))
    return Neighbours(count: order.count, nearest: nearest) { all in
      for row in order.indices {
        let own = mended[row].map { exact[$0] } ?? listed[places[row]]
        _ = UnsafeMutableBufferPointer(rebasing: all[row * nearest..<(row + 1) * nearest]).update(
          fromContentsOf: own)
      }
    }
  }

  /// What share of the true neighbours a result has, measured on queries that the index was not set by.
  public func recall(of found: Neighbours, threads: Int) -> Double {
    let queries = Self.sampled(vectors.count, offset: 1)
    return search.neighbours(nearest, of: queries, threads: threads).recall(of: found.selecting(queries))
  }
}
