internal import CKernels

/// Vectors as signed bytes on one common scale: a quarter of the memory of `Float`, and many times as quick to multiply.
///
/// Rounding moves the product of two vectors of length 1 by about `step` times the square root of a sixth, whatever their
/// width: .001 with components up to .4.
public struct ByteVectors: Sendable {
  /// Count of vectors.
  public let count: Int
  /// Components of each.
  public let dimensions: Int
  /// What 1 stands for.
  public let step: Float
  /// Bytes from one vector to the next: the dimensions, up to a multiple of four with zeros.
  let width: Int
  /// Vector after vector, each value -127 to 127.
  let values: [Int8]

  /// Rounds vectors.
  ///
  /// - Parameters:
  ///   - vectors: `dimensions` values each, one vector after another; what is not finite counts as 0.
  ///   - limit: what 127 stands for, and what larger components become; the largest component when nil. Vectors are
  ///     compared with those of the same limit.
  public init(_ vectors: [Float], dimensions: Int, limit: Float? = nil) {
    let count = dimensions > 0 ? vectors.count / dimensions : 0
    var largest: Float = 0
    for value in vectors where value.magnitude > largest && value.isFinite { largest = value.magnitude }
    let bound = limit ?? largest
    let step = bound > 0 ? bound / 127 : 1
    let width = (dimensions + 3) / 4 * 4
    var values = [Int8](repeating: 0, count: count * width)
    for row in 0..<count {
      for column in 0..<dimensions {
        let value = (vectors[row * dimensions + column] / step).rounded(.toNearestOrEven)
        if value.isFinite { values[row * width + column] = Int8(max(-127, min(127, value))) }
      }
    }
    self.init(count: count, dimensions: dimensions, step: step, width: width, values: values)
  }

  private init(count: Int, dimensions: Int, step: Float, width: Int, values: [Int8]) {
    self.count = count
    self.dimensions = dimensions
    self.step = step
    self.width = width
    self.values = values
  }

  /// Some of the vectors in groups of 16, as `cog_vectors_products` reads them; zeros where no row is named.
  func packed(_ rows: [UInt32]) -> [Int8] {
    let group = Int(COG_GROUP)
    var packed = [Int8](repeating: 0, count: (rows.count + group - 1) / group * group * width)
    for (place, row) in rows.enumerated() where row != .max {
      let base = place / group * group * width + place % group * 4
      for column in 0..<width {
        packed[base + column / 4 * 4 * group + column % 4] = values[Int(row) * width + column]
      }
    }
    return packed
  }

  /// Groups of 16 vectors as `cog_vectors_products` reads them.
  func packed() -> [Int8] {
    let groups = (count + Int(COG_GROUP) - 1) / Int(COG_GROUP)
    return [Int8](unsafeUninitializedCapacity: groups * Int(COG_GROUP) * width) { buffer, initialized in
      if let base = buffer.baseAddress {
        values.withUnsafeBufferPointer {
          if let rows = $0.baseAddress { cog_vectors_pack(rows, count, width, base) }
        }
      }
      initialized = buffer.count
    }
  }
}
