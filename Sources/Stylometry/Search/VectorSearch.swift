internal import CKernels
internal import Columns

/// The nearest of many vectors, found by comparing with every one: exact, and what an index is measured by. A tile of rows
/// stays in the cache while a block of queries goes through it.
public struct VectorSearch: Sendable {
  private let rows: ByteVectors
  private let packed: [Int8]

  /// Queries that go through the rows together.
  static let block = 64
  /// Rows of a tile.
  static let tile = 512

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
      chunks: (asked.count + Self.block - 1) / Self.block, threads: threads,
      start: { Block(kept: count + 1, width: rows.width) }
    ) { block, chunk in
      let own = asked[chunk * Self.block..<min(asked.count, (chunk + 1) * Self.block)]
      search(own, block)
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

  private func search(_ queries: ArraySlice<Int>, _ block: Block) {
    block.best.removeAll()
    let width = rows.width
    rows.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for (place, query) in queries.enumerated() {
        (block.queries + place * width).update(from: base + query * width, count: width)
      }
    }
    packed.withUnsafeBufferPointer { packed in
      guard let base = packed.baseAddress else { return }
      for first in stride(from: 0, to: rows.count, by: Self.tile) {
        let count = min(Self.tile, rows.count - first)
        cog_vectors_products(
          base + first * width, (count + Int(COG_GROUP) - 1) / Int(COG_GROUP), width, block.queries,
          queries.count,
          block.products, Self.tile)
        for query in 0..<queries.count {
          block.best.offer(query, block.products + query * Self.tile, count: count, first: first)
        }
      }
    }
  }

  /// What one thread needs.
  private final class Block {
    let best: NearestKeys
    let queries: UnsafeMutablePointer<Int8>
    let products: UnsafeMutablePointer<Int32>

    init(kept: Int, width: Int) {
      best = NearestKeys(queries: VectorSearch.block, kept: kept)
      queries = .allocate(capacity: VectorSearch.block * width + 1)
      products = .allocate(capacity: VectorSearch.block * VectorSearch.tile)
    }

    deinit {
      queries.deallocate()
      products.deallocate()
    }
  }
}
