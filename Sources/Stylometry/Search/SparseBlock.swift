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
    let rare = all.columns - min(dense, all.columns)
    var packed = [Int8](repeating: 0, count: (range.count + group - 1) / group * group * dense)
    var starts = [UInt32](repeating: 0, count: rare + 1)
    packed.withUnsafeMutableBufferPointer { packed in
      starts.withUnsafeMutableBufferPointer { starts in
        for (row, number) in range.enumerated() {
          let base = row / group * group * dense + row % group * 4
          all.forEach(of: number) { feature, weight in
            if feature < dense {
              packed[base + feature / 4 * 4 * group + feature % 4] = Int8(truncatingIfNeeded: weight)
            } else {
              starts[feature - dense + 1] += 1
            }
          }
        }
        for feature in 0..<rare { starts[feature + 1] += starts[feature] }
      }
    }
    var next = starts
    lists = [UInt32](unsafeUninitializedCapacity: Int(starts[rare])) { buffer, count in
      next.withUnsafeMutableBufferPointer { next in
        for (row, number) in range.enumerated() {
          all.forEach(of: number) { feature, weight in
            guard feature >= dense else { return }
            buffer[Int(next[feature - dense])] = UInt32(row) << 8 | UInt32(weight)
            next[feature - dense] += 1
          }
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
        cog_vectors_products(
          base, groups, queries.width, queries.vectors, queries.count, sums, Self.size)
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
  static let size = 128

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
    for (query, row) in range.enumerated() {
      all.forEach(of: row) { feature, weight in
        if feature < width {
          vectors[query * width + feature] = Int8(truncatingIfNeeded: weight)
        } else {
          next[feature - width + 1] += 1
        }
      }
    }
    for feature in 0..<rare { next[feature + 1] += next[feature] }
    featureCount = Int(next[rare])
    memory.reserve(featureCount)
    let features = memory.base
    for (query, row) in range.enumerated() {
      all.forEach(of: row) { feature, weight in
        guard feature >= width else { return }
        features[Int(next[feature - width])] = cog_query_feature(
          feature: UInt32(feature - width), query: UInt16(query), weight: UInt16(weight))
        next[feature - width] += 1
      }
    }
  }
}
