internal import CKernels
internal import Columns

/// Centres of vectors, and which of them are nearest to each.
struct VectorCentres: Sendable {
  /// Vectors of a centre, on average: few enough that most of them are worth a look, and enough to fill registers.
  static let rowsOfCentre = 100
  /// Vectors that centres are learnt from, for each.
  private static let sampled = 16
  private static let rounds = 4

  /// Count of centres.
  let count: Int
  private let vectors: ByteVectors
  /// As `cog_vectors_products` reads them.
  let packed: [Int8]

  /// Spherical k-means (Dhillon and Modha, 2001) of rows at even distances.
  init(_ vectors: ByteVectors, threads: Int) {
    let count = max(1, vectors.count / Self.rowsOfCentre)
    let sampleCount = min(vectors.count, Self.sampled * count)
    let sample = (0..<sampleCount).map { $0 * vectors.count / sampleCount }
    let dimensions = vectors.dimensions
    var centres = [Float](repeating: 0, count: count * dimensions)
    for list in 0..<count where sampleCount > 0 {
      let row = sample[list * sampleCount / count]
      for column in 0..<dimensions {
        centres[list * dimensions + column] = Float(vectors.values[row * vectors.width + column])
      }
    }
    Self.normalise(&centres, dimensions)
    for _ in 0..<Self.rounds {
      let own = Self(vectors, ByteVectors(centres, dimensions: dimensions)).nearest(
        1, sample, threads: threads)
      var sums = [Int32](repeating: 0, count: count * dimensions)
      for (place, row) in sample.enumerated() {
        let base = Int(own[place]) * dimensions
        for column in 0..<dimensions {
          sums[base + column] += Int32(vectors.values[row * vectors.width + column])
        }
      }
      // A centre without rows stays.
      for list in 0..<count {
        let range = list * dimensions..<(list + 1) * dimensions
        if sums[range].contains(where: { $0 != 0 }) {
          for index in range { centres[index] = Float(sums[index]) }
        }
      }
      Self.normalise(&centres, dimensions)
    }
    self.init(vectors, ByteVectors(centres, dimensions: dimensions))
  }

  private init(_ vectors: ByteVectors, _ centres: ByteVectors) {
    self.vectors = vectors
    count = centres.count
    packed = centres.packed()
  }

  private static func normalise(_ centres: inout [Float], _ dimensions: Int) {
    for start in stride(from: 0, to: centres.count, by: max(dimensions, 1)) {
      let range = start..<start + dimensions
      let length = centres[range].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      if length > 0 { for index in range { centres[index] = Float(Double(centres[index]) / length) } }
    }
  }

  /// The nearest centres of some rows, `wanted` for each, the nearest first.
  func nearest(_ wanted: Int, _ rows: [Int], threads: Int) -> [UInt32] {
    var result = [UInt32](repeating: 0, count: rows.count * wanted)
    result.withUnsafeMutableBufferPointer { buffer in
      // Each chunk writes its own places.
      nonisolated(unsafe) let buffer = buffer
      Workers.forEach(
        chunks: (rows.count + VectorBlock.size - 1) / VectorBlock.size, threads: threads,
        start: { VectorBlock(kept: wanted, width: vectors.width) }
      ) { block, chunk in
        let first = chunk * VectorBlock.size
        let own = rows[first..<min(rows.count, first + VectorBlock.size)]
        block.search(vectors, own, in: packed, rows: count)
        for place in 0..<own.count {
          for (rank, key) in block.best.finish(place).enumerated() {
            buffer[(first + place) * wanted + rank] = UInt32(truncatingIfNeeded: NearestKeys.place(key))
          }
        }
      }
    }
    return result
  }
}
