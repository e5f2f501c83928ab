import Columns

/// The leading directions of a sparse matrix, by random projection and power iteration (Halko, Martinsson and Tropp,
/// "Finding structure with randomness", 2011, algorithms 4.4 and 5.1).
struct RandomisedSVD {
  /// Right singular vectors, one a column: rows are the columns of the matrix.
  let right: [Float]
  /// How many directions there are.
  let rank: Int

  /// - Parameters:
  ///   - rank: directions wanted; no more than the matrix has rows.
  ///   - iterations: of the power method; two separate close singular values well enough for texts.
  init(_ matrix: SparseMatrix, rank: Int, iterations: Int = 2, threads: Int) {
    let rank = max(1, min(rank, matrix.rows, matrix.columns))
    let width = min(rank + 10, matrix.rows)
    let transposed = matrix.transposed
    var generator = SplitMix(seed: 1)
    var start = [Float](repeating: 0, count: matrix.columns * width)
    for index in start.indices { start[index] = generator.gaussian() }
    var sample = matrix.times(start, width: width, threads: threads)
    // There are far more features than texts, so only the side of the texts is made orthonormal.
    for _ in 0..<iterations {
      Self.orthonormalise(&sample, rows: matrix.rows, width: width, threads: threads)
      let back = transposed.times(sample, width: width, threads: threads)
      sample = matrix.times(back, width: width, threads: threads)
    }
    Self.orthonormalise(&sample, rows: matrix.rows, width: width, threads: threads)
    // B = Qᵀ A, here as its transpose; the eigenvectors of B Bᵀ turn it to singular vectors.
    let small = transposed.times(sample, width: width, threads: threads)
    let gram = Self.gram(small, rows: matrix.columns, width: width)
    self.rank = rank
    guard let eigen = SymmetricEigen(gram) else {
      right = [Float](repeating: 0, count: matrix.columns * rank)
      return
    }
    var turn = [Float](repeating: 0, count: width * rank)
    for column in 0..<rank {
      let value = eigen.values[column]
      let scale = value > 1e-12 ? 1 / value.squareRoot() : 0
      for row in 0..<width { turn[row * rank + column] = Float(eigen.vectors[row, column] * scale) }
    }
    right = denseProduct(small, rows: matrix.columns, inner: width, turn, columns: rank, threads: threads)
  }

  /// `transpose(m) * m` for a matrix of floats by rows, in doubles.
  static func gram(_ values: [Float], rows: Int, width: Int) -> Matrix {
    var result = Matrix(rows: width, columns: width)
    // Blocks of rows are summed in floats, the blocks in doubles.
    let block = 64
    var part = [Float](repeating: 0, count: width * width)
    for start in stride(from: 0, to: rows, by: block) {
      for index in part.indices { part[index] = 0 }
      part.withUnsafeMutableBufferPointer { part in
        values.withUnsafeBufferPointer { values in
          for row in start..<min(start + block, rows) {
            for i in 0..<width {
              let factor = values[row * width + i]
              if factor == 0 { continue }
              for j in i..<width { part[i * width + j] += factor * values[row * width + j] }
            }
          }
        }
      }
      for index in part.indices { result.values[index] += Double(part[index]) }
    }
    for i in 0..<width { for j in 0..<i { result[i, j] = result[j, i] } }
    return result
  }

  /// Makes the columns orthonormal by the eigenvectors of their Gram matrix, twice, since once leaves what rounding
  /// took from nearly dependent columns.
  private static func orthonormalise(_ values: inout [Float], rows: Int, width: Int, threads: Int) {
    for _ in 0..<2 {
      guard let eigen = SymmetricEigen(gram(values, rows: rows, width: width)) else { return }
      let floor = max(eigen.values.first ?? 0, 0) * 1e-10
      var turn = [Float](repeating: 0, count: width * width)
      for column in 0..<width {
        let value = eigen.values[column]
        let scale = value > floor && value > 0 ? 1 / value.squareRoot() : 0
        for row in 0..<width { turn[row * width + column] = Float(eigen.vectors[row, column] * scale) }
      }
      values = denseProduct(values, rows: rows, inner: width, turn, columns: width, threads: threads)
    }
  }
}

/// `left * right`, both by rows in floats.
func denseProduct(
  _ left: [Float], rows: Int, inner: Int, _ right: [Float], columns: Int, threads: Int
) -> [Float] {
  precondition(left.count == rows * inner && right.count == inner * columns, "the shapes do not fit")
  var result = [Float](repeating: 0, count: rows * columns)
  result.withUnsafeMutableBufferPointer { out in
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        nonisolated(unsafe) let (out, left, right) = (out, left, right)
        Workers.forEach(chunks: rows, threads: threads, start: {}) { _, row in
          guard let target = out.baseAddress.map({ $0 + row * columns }), let base = right.baseAddress else {
            return
          }
          for i in 0..<inner {
            let factor = left[row * inner + i]
            if factor == 0 { continue }
            let source = base + i * columns
            for column in 0..<columns { target[column] += factor * source[column] }
          }
        }
      }
    }
  }
  return result
}

/// A generator of random numbers that gives the same ones everywhere (Steele, Lea and Flood, 2014).
struct SplitMix: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 { splitMix64(&state) }

  /// Below `bound`, which is at least 1.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// Near enough to the normal distribution: a sum of twelve uniform numbers, without functions that differ in their
  /// last bit between systems.
  mutating func gaussian() -> Float {
    var sum = 0.0
    for _ in 0..<3 {
      let bits = next()
      for part in 0..<4 { sum += Double((bits >> (UInt64(part) * 16)) & 0xFFFF) + 0.5 }
    }
    return Float(sum / 65536 - 6)
  }
}
