internal import CKernels

/// A block of queries on its way through packed vectors, tile by tile, with the best that each has met. One for a thread.
final class VectorBlock {
  /// Queries of a block.
  static let size = 64
  /// Rows of a tile: it stays in the cache while the block goes through it.
  static let tile = 512

  let best: NearestKeys
  private let width: Int
  private let queries: UnsafeMutablePointer<Int8>
  private let products: UnsafeMutablePointer<Int32>

  init(kept: Int, width: Int) {
    self.width = width
    best = NearestKeys(queries: Self.size, kept: kept)
    queries = .allocate(capacity: Self.size * width + 1)
    products = .allocate(capacity: Self.size * Self.tile)
  }

  deinit {
    queries.deallocate()
    products.deallocate()
  }

  /// Compares some vectors of a source with all rows, of which there are `count`.
  func search(_ source: ByteVectors, _ numbers: ArraySlice<Int>, in packed: [Int8], count: Int) {
    best.removeAll()
    packed.withUnsafeBufferPointer { packed in
      guard let base = packed.baseAddress else { return }
      for first in stride(from: 0, to: count, by: Self.tile) {
        let rows = min(Self.tile, count - first)
        compare(source, numbers, base + first * width, rows: rows) { place, values in
          best.offer(place, values, count: rows, first: first)
        }
      }
    }
  }

  /// Compares some vectors with at most a tile of rows, and calls `body` with the place of each and its products.
  @inline(__always)
  func compare(
    _ source: ByteVectors, _ numbers: ArraySlice<Int>, _ packed: UnsafePointer<Int8>, rows: Int,
    _ body: (Int, UnsafePointer<Int32>) -> Void
  ) {
    source.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      var place = 0
      for number in numbers {
        (queries + place * width).update(from: base + number * width, count: width)
        place += 1
      }
    }
    cog_vectors_products(
      packed, (rows + Int(COG_GROUP) - 1) / Int(COG_GROUP), width, queries, numbers.count, products, Self.tile
    )
    for place in 0..<numbers.count { body(place, products + place * Self.tile) }
  }
}
