internal import CKernels

/// Queries on their way through lists. One for a thread.
final class ListSearch {
  private let vectors: ByteVectors
  private let lists: VectorLists
  private let nearest: Int
  private let first: Int
  private let block: VectorBlock
  private let best: NearestKeys

  init(_ vectors: ByteVectors, _ lists: VectorLists, queries: Int, nearest: Int, first: Int) {
    self.vectors = vectors
    self.lists = lists
    self.nearest = nearest
    self.first = min(first, lists.probes)
    block = VectorBlock(kept: 1, width: vectors.width)
    best = NearestKeys(queries: queries, kept: nearest + 1)
  }

  /// `nearest` for each query, one after another.
  func neighbours(_ queries: ArraySlice<Int>) -> [Neighbour] {
    best.removeAll()
    let own = Array(queries)
    visit(own, 0..<first)
    visit(own, first..<lists.probes)
    let similarity = vectors.step * vectors.step
    var result: [Neighbour] = []
    result.reserveCapacity(own.count * nearest)
    for (place, query) in own.enumerated() {
      var found: [Neighbour] = []
      found.reserveCapacity(nearest + 1)
      for key in best.finish(place) {
        let row = Int(lists.rows[NearestKeys.place(key)])
        if row != query {
          found.append(Neighbour(row: row, similarity: Float(NearestKeys.value(key)) * similarity))
        }
      }
      found.sort { $0.similarity != $1.similarity ? $0.similarity > $1.similarity : $0.row < $1.row }
      result += found.prefix(nearest)
      // Its lists may hold too few: it then stands as a neighbour of itself, for the caller to see.
      while result.count < (place + 1) * nearest { result.append(Neighbour(row: query, similarity: 0)) }
    }
    return result
  }

  /// All lists that are among these of some query, each with the queries that look into it.
  private func visit(_ queries: [Int], _ range: Range<Int>) {
    var starts = [Int](repeating: 0, count: lists.count + 1)
    for query in queries {
      for probe in range { starts[Int(lists.nearest[query * lists.probes + probe]) + 1] += 1 }
    }
    for list in 0..<lists.count { starts[list + 1] += starts[list] }
    var places = [Int](repeating: 0, count: queries.count * range.count)
    var next = starts
    for (place, query) in queries.enumerated() {
      for probe in range {
        let list = Int(lists.nearest[query * lists.probes + probe])
        places[next[list]] = place
        next[list] += 1
      }
    }
    lists.packed.withUnsafeBufferPointer { packed in
      guard let base = packed.baseAddress else { return }
      for list in 0..<lists.count where starts[list] < starts[list + 1] && lists.sizes[list] > 0 {
        for start in stride(from: starts[list], to: starts[list + 1], by: VectorBlock.size) {
          let asked = places[start..<min(starts[list + 1], start + VectorBlock.size)]
          for tile in stride(from: 0, to: lists.sizes[list], by: VectorBlock.tile) {
            let rows = min(VectorBlock.tile, lists.sizes[list] - tile)
            let at = lists.starts[list] + tile
            block.compare(vectors, asked.map { queries[$0] }[...], base + at * vectors.width, rows: rows) {
              best.offer(asked[asked.startIndex + $0], $1, count: rows, first: at)
            }
          }
        }
      }
    }
  }
}
