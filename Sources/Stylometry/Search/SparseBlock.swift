internal import CKernels

/// Some rows of `SparseBytes`, ready to be compared: the common features as vectors, the others as inverted lists.
struct SparseBlock: Sendable {
  /// Rows of a block.
  static let size = 2048

  /// The rows.
  let range: Range<Int>
  /// `cog_vectors_pack` of the common features.
  private let packed: [Int8]
  /// See `cog_lists_add`; features are counted from the first that is not dense.
  private let lists: [UInt32]
  private let starts: [UInt32]
  private let steps: [Float]

  init(_ all: SparseBytes, _ range: Range<Int>) {
    self.range = range
    let group = Int(COG_GROUP)
    let dense = all.dense
    var packed = [Int8](repeating: 0, count: (range.count + group - 1) / group * group * dense)
    var starts = [UInt32](repeating: 0, count: all.columns - min(dense, all.columns) + 1)
    for (row, number) in range.enumerated() {
      let base = row / group * group * dense + row % group * 4
      for index in all.starts[number]..<all.starts[number + 1] {
        let feature = Int(all.features[index])
        if feature < dense {
          packed[base + feature / 4 * 4 * group + feature % 4] = Int8(all.weights[index])
        } else {
          starts[feature - dense + 1] += 1
        }
      }
    }
    for feature in 1..<max(1, starts.count) { starts[feature] += starts[feature - 1] }
    var next = starts
    lists = [UInt32](unsafeUninitializedCapacity: Int(starts.last ?? 0)) { buffer, count in
      for (row, number) in range.enumerated() {
        for index in all.starts[number]..<all.starts[number + 1] {
          let feature = Int(all.features[index]) - dense
          guard feature >= 0 else { continue }
          buffer[Int(next[feature])] = UInt32(row) << 8 | UInt32(all.weights[index])
          next[feature] += 1
        }
      }
      count = buffer.count
    }
    self.packed = packed
    self.starts = starts
    steps = Array(all.steps[range])
  }

  /// Products of some queries with all rows, each times the step of the row, as `cog_values_scale` writes them:
  /// `sums[query * SparseBlock.size + row]`.
  func compare(_ queries: SparseQueries, _ sums: UnsafeMutablePointer<Int32>) {
    let groups = (range.count + Int(COG_GROUP) - 1) / Int(COG_GROUP)
    packed.withUnsafeBufferPointer { packed in
      if let base = packed.baseAddress, queries.width > 0 {
        // A few groups at a time, so that they are in the cache for the next queries.
        for group in stride(from: 0, to: groups, by: 6) {
          cog_vectors_products(
            base + group * Int(COG_GROUP) * queries.width, min(6, groups - group), queries.width,
            queries.vectors,
            queries.count, sums + group * Int(COG_GROUP), Self.size)
        }
      } else {
        sums.update(repeating: 0, count: queries.count * Self.size)
      }
    }
    lists.withUnsafeBufferPointer { lists in
      starts.withUnsafeBufferPointer { starts in
        guard let lists = lists.baseAddress, let starts = starts.baseAddress else { return }
        cog_lists_add(lists, starts, queries.features, queries.featureCount, sums, Self.size)
      }
    }
    steps.withUnsafeBufferPointer { steps in
      guard let steps = steps.baseAddress else { return }
      for query in 0..<queries.count { cog_values_scale(sums + query * Self.size, steps, range.count) }
    }
  }
}

/// A few rows as queries: the common features as vectors, the others of all in order of features. Used over and over.
final class SparseQueries {
  /// Queries of a block.
  static let size = 64

  /// Queries that are loaded.
  private(set) var count = 0
  let width: Int
  private(set) var featureCount = 0
  let vectors: UnsafeMutablePointer<Int8>
  var features: UnsafeMutablePointer<cog_query_feature> { memory.base }
  private var memory = Scratch<cog_query_feature>()
  private let next: UnsafeMutablePointer<UInt32>
  private let rare: Int

  init(_ all: SparseBytes) {
    width = all.dense
    rare = all.columns - min(width, all.columns)
    vectors = .allocate(capacity: Self.size * width + 1)
    next = .allocate(capacity: rare + 1)
  }

  deinit {
    vectors.deallocate()
    next.deallocate()
  }

  /// Loads some rows, at most `size`.
  func load(_ all: SparseBytes, _ range: Range<Int>) {
    count = range.count
    vectors.update(repeating: 0, count: Self.size * width)
    next.update(repeating: 0, count: rare + 1)
    all.features.withUnsafeBufferPointer { features in
      all.weights.withUnsafeBufferPointer { weights in
        for (query, row) in range.enumerated() {
          for index in all.starts[row]..<all.starts[row + 1] {
            let feature = Int(features[index])
            if feature < width {
              vectors[query * width + feature] = Int8(weights[index])
            } else {
              next[feature - width + 1] += 1
            }
          }
        }
        for feature in 0..<rare { next[feature + 1] += next[feature] }
        featureCount = Int(next[rare])
        memory.reserve(featureCount)
        for (query, row) in range.enumerated() {
          for index in all.starts[row]..<all.starts[row + 1] where Int(features[index]) >= width {
            let feature = Int(features[index]) - width
            memory.base[Int(next[feature])] = cog_query_feature(
              feature: UInt32(feature), query: UInt16(query), weight: UInt16(weights[index]))
            next[feature] += 1
          }
        }
      }
    }
  }
}
