internal import CKernels
internal import Columns

/// The nearest of many sparse rows, found by comparing each with every other: what a search falls back on where nothing
/// was learnt that makes them dense.
///
/// Texts share mostly common n-grams, and compare mostly unlike rare ones. Features of one row in twenty or more are
/// therefore multiplied as dense bytes, 64 at a time, and only the others go through inverted lists. All sums are of
/// whole numbers, so that nothing depends on their order; rounding the weights to bytes moves a cosine by less than
/// .001 on texts of 250 to 4,000 characters.
public struct SparseSearch: Sendable {
  private let rows: SparseBytes

  /// Bytes of blocks that are held at a time.
  private static let memory = 512 << 20

  /// - Parameter rows: weights are positive; of rows of length 1 the similarity is their cosine.
  public init(_ rows: SparseMatrix) {
    self.rows = SparseBytes(rows)
  }

  /// The nearest of all rows for each of them, itself left out.
  ///
  /// - Parameters:
  ///   - nearest: how many; fewer where there are fewer.
  ///   - threads: how many work at once; the result does not depend on it.
  public func neighbours(_ nearest: Int, threads: Int) -> Neighbours {
    let count = max(0, min(nearest, rows.rows - 1))
    let chunks = (rows.rows + SparseQueries.size - 1) / SparseQueries.size
    var kept = [[UInt64]](repeating: [], count: rows.rows)
    for blocks in portions() {
      let built = Workers.map(chunks: blocks.count, threads: threads, start: {}) { _, index in
        SparseBlock(rows, blocks[index])
      }
      let earlier = kept
      let parts = Workers.map(
        chunks: chunks, threads: threads, start: { Comparison(rows, kept: count + 1) }
      ) { comparison, chunk in
        let first = chunk * SparseQueries.size
        let range = first..<min(rows.rows, first + SparseQueries.size)
        return comparison.nearest(range, in: built, earlier: earlier[range])
      }
      kept = parts.flatMap { $0 }
    }
    var all: [Neighbour] = []
    all.reserveCapacity(rows.rows * count)
    for (row, keys) in kept.enumerated() {
      for key in keys.lazy.filter({ NearestKeys.place($0) != row }).prefix(count) {
        let value = cog_value_number(NearestKeys.value(key)) * rows.steps[row]
        all.append(Neighbour(row: NearestKeys.place(key), similarity: value))
      }
    }
    return Neighbours(count: rows.rows, nearest: count, all)
  }

  /// Blocks of rows, as many at a time as memory holds.
  private func portions() -> [[Range<Int>]] {
    var result: [[Range<Int>]] = []
    var bytes = Int.max / 2
    for first in stride(from: 0, to: rows.rows, by: SparseBlock.size) {
      let range = first..<min(rows.rows, first + SparseBlock.size)
      let own =
        range.count * rows.dense + 4 * (rows.starts[range.upperBound] - rows.starts[first]) + 4 * rows.columns
      if bytes + own > Self.memory {
        result.append([])
        bytes = 0
      }
      result[result.count - 1].append(range)
      bytes += own
    }
    return result
  }

  /// What one thread needs.
  private final class Comparison {
    private let rows: SparseBytes
    private let queries: SparseQueries
    private let best: NearestKeys
    private let sums: UnsafeMutablePointer<Int32>

    init(_ rows: SparseBytes, kept: Int) {
      self.rows = rows
      queries = SparseQueries(rows)
      best = NearestKeys(queries: SparseQueries.size, kept: kept)
      sums = .allocate(capacity: SparseQueries.size * SparseBlock.size)
    }

    deinit { sums.deallocate() }

    func nearest(_ range: Range<Int>, in blocks: [SparseBlock], earlier: ArraySlice<[UInt64]>) -> [[UInt64]] {
      queries.load(rows, range)
      for (place, keys) in earlier.enumerated() {
        keys.withUnsafeBufferPointer { best.begin(place, with: $0) }
      }
      for block in blocks {
        block.compare(queries, sums)
        best.offer(
          sums, stride: SparseBlock.size, count: block.range.count, first: block.range.lowerBound,
          queries: range.count)
      }
      return (0..<range.count).map { Array(best.finish($0)) }
    }
  }
}
