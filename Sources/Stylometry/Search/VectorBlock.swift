internal import CKernels

/// A block of queries on its way through packed vectors, tile by tile, with the best that each has met. One for a thread.
final class VectorBlock {
  /// Queries of a block.
  static let size = 64
  /// Rows of a tile: their products stay in the cache until they have been looked at.
  static let tile = 128

  let best: NearestKeys
  private let width: Int
  private let queries: UnsafeMutablePointer<Int8>
  private let products: UnsafeMutablePointer<Int32>
  private var count = 0

  /// - Parameters:
  ///   - kept: of each query.
  ///   - tracked: queries that the best are kept of.
  ///   - room: for more than are kept, before the best are chosen.
  init(kept: Int, width: Int, tracked: Int = VectorBlock.size, room: Int = 0) {
    self.width = width
    best = NearestKeys(queries: tracked, kept: kept, room: room)
    queries = .allocate(capacity: Self.size * width + 1)
    products = .allocate(capacity: Self.size * Self.tile)
  }

  deinit {
    queries.deallocate()
    products.deallocate()
  }

  /// Takes some vectors, at most `size`, as queries.
  @inline(__always)
  func load(_ vectors: UnsafePointer<Int8>, _ numbers: some Collection<Int>) {
    count = 0
    for number in numbers {
      (queries + count * width).update(from: vectors + number * width, count: width)
      count += 1
    }
  }

  /// Compares the queries with `rows` packed ones, the first of which is at place `first`, and keeps the best: for the
  /// first of `best`, or for those that are named.
  func compare(
    _ packed: UnsafePointer<Int8>, rows: Int, first: Int, named names: UnsafePointer<UInt32>? = nil
  ) {
    for start in stride(from: 0, to: rows, by: Self.tile) {
      let taken = min(Self.tile, rows - start)
      // Sums lie close together, in few lines of the cache.
      let groups = (taken + Int(COG_GROUP) - 1) / Int(COG_GROUP)
      let pitch = groups * Int(COG_GROUP)
      cog_vectors_products(
        packed + start * width, groups, width, queries, count,
        products, pitch)
      best.offer(
        products, stride: pitch, count: taken, first: first + start, queries: count, named: names)
    }
  }

  /// Compares some vectors of a source, at most `size`, with all rows, of which there are `rows`; forgets what was before.
  func search(_ source: ByteVectors, _ numbers: some Collection<Int>, in packed: [Int8], rows: Int) {
    best.removeAll()
    source.values.withUnsafeBufferPointer { values in
      packed.withUnsafeBufferPointer { packed in
        guard let values = values.baseAddress, let base = packed.baseAddress else { return }
        load(values, numbers)
        compare(base, rows: rows, first: 0)
      }
    }
  }
}
