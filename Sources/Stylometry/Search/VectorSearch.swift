internal import CKernels
internal import Columns

/// The nearest of many vectors, found by comparing with every one: exact, and what an index is measured by.
public struct VectorSearch: Sendable {
  private let rows: ByteVectors
  private let packed: [Int8]

  /// Makes vectors ready to be searched; costs another copy of them.
  public init(_ rows: ByteVectors) {
    self.rows = rows
    packed = rows.packed()
  }

  /// The nearest of all vectors for each of them, itself left out.
  ///
  /// - Parameters:
  ///   - nearest: how many; fewer where there are fewer.
  ///   - queries: rows to search for; all when nil.
  ///   - threads: how many work at once; the result does not depend on it.
  public func neighbours(_ nearest: Int, of queries: [Int]? = nil, threads: Int) -> Neighbours {
    let asked = queries ?? Array(0..<rows.count)
    let count = max(0, min(nearest, rows.count - 1))
    let similarity = rows.step * rows.step
    return Neighbours(count: asked.count, nearest: count) { all in
      // Each chunk writes its own places.
      nonisolated(unsafe) let all = all
      Workers.forEach(
        chunks: (asked.count + VectorBlock.size - 1) / VectorBlock.size, threads: threads,
        start: { VectorBlock(kept: count + 1, width: rows.width) }
      ) { block, chunk in
        let own = asked[chunk * VectorBlock.size..<min(asked.count, (chunk + 1) * VectorBlock.size)]
        block.search(rows, own, in: packed, rows: rows.count)
        for (place, query) in own.enumerated() {
          let start = (chunk * VectorBlock.size + place) * count
          var found = 0
          for key in block.best.finish(place) where found < count && NearestKeys.place(key) != query {
            all[start + found] = Neighbour(
              row: NearestKeys.place(key), similarity: Float(NearestKeys.value(key)) * similarity)
            found += 1
          }
        }
      }
    }
  }
}
