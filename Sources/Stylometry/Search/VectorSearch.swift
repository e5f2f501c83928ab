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
    let parts = Workers.map(
      chunks: (asked.count + VectorBlock.size - 1) / VectorBlock.size, threads: threads,
      start: { VectorBlock(kept: count + 1, width: rows.width) }
    ) { block, chunk in
      let own = asked[chunk * VectorBlock.size..<min(asked.count, (chunk + 1) * VectorBlock.size)]
      block.search(rows, own, in: packed, count: rows.count)
      var result: [Neighbour] = []
      result.reserveCapacity(own.count * count)
      for (place, query) in own.enumerated() {
        var left = count
        for key in block.best.finish(place) where left > 0 && NearestKeys.place(key) != query {
          let value = Float(NearestKeys.value(key)) * similarity
          result.append(Neighbour(row: NearestKeys.place(key), similarity: value))
          left -= 1
        }
      }
      return result
    }
    return Neighbours(count: asked.count, nearest: count, parts.flatMap { $0 })
  }
}
