/// Sparse rows whose weights are bytes, each row on a scale of its own, and whose features are numbered by how many rows
/// have them: the commonest first.
struct SparseBytes: Sendable {
  /// Count of features.
  let columns: Int
  /// Features that more rows have than one in twenty: they are compared as dense vectors.
  let dense: Int
  /// Where each row begins; one more than there are rows.
  private(set) var starts: [Int] = [0]
  /// Features of a row, in no order.
  private(set) var features: [UInt32] = []
  /// 1 to 127.
  private(set) var weights: [UInt8] = []
  /// What a weight of 1 stands for in each row.
  private(set) var steps: [Float] = []

  /// A product in a list costs as much as this many in a vector: the share of rows above which a feature is dense, to
  /// the power of -2. Measured with vectors of 64 bytes.
  private static let rowsForDense = 20
  /// Bounds the memory of a block, 64 MB.
  private static let mostDense = 32_768

  /// - Parameter matrix: values that are not positive are left out.
  init(_ matrix: SparseMatrix) {
    columns = matrix.columns
    var rowCounts = [UInt32](repeating: 0, count: columns)
    for place in matrix.places { rowCounts[Int(place)] += 1 }
    // Sorted by count, descending, then by place.
    let order = (0..<UInt32(columns)).map { UInt64(UInt32.max - rowCounts[Int($0)]) << 32 | UInt64($0) }
      .sorted()
    var numbers = [UInt32](repeating: 0, count: columns)
    var common = 0
    for (number, key) in order.enumerated() {
      let place = Int(UInt32(truncatingIfNeeded: key))
      numbers[place] = UInt32(number)
      if Int(rowCounts[place]) * Self.rowsForDense >= matrix.rows { common = number + 1 }
    }
    dense = min(Self.mostDense, (common + 3) / 4 * 4)
    let room = matrix.places.count
    features = [UInt32](unsafeUninitializedCapacity: room) { features, featureCount in
      weights = [UInt8](unsafeUninitializedCapacity: room) { weights, weightCount in
        var kept = 0
        for row in 0..<matrix.rows {
          steps.append(
            Self.add(matrix, row) { place, weight in
              features[kept] = numbers[place]
              weights[kept] = weight
              kept += 1
            })
          starts.append(kept)
        }
        weightCount = kept
        featureCount = kept
      }
    }
  }

  /// Calls `body` with the places of a row and their weights as bytes; returns what a weight of 1 stands for.
  @inline(__always)
  private static func add(_ matrix: SparseMatrix, _ row: Int, _ body: (Int, UInt8) -> Void) -> Float {
    let range = matrix.starts[row]..<matrix.starts[row + 1]
    return matrix.places.withUnsafeBufferPointer { places in
      matrix.values.withUnsafeBufferPointer { values in
        var largest: Float = 0
        for index in range { largest = max(largest, values[index]) }
        let step = largest > 0 && largest.isFinite ? largest / 127 : 1
        for index in range {
          let weight = (values[index] / step).rounded(.toNearestOrEven)
          if weight >= 1 { body(Int(places[index]), UInt8(min(weight, 127))) }
        }
        return step
      }
    }
  }

  /// Calls `body` with each feature of a row and its weight.
  @inline(__always)
  func forEach(of row: Int, _ body: (Int, UInt8) -> Void) {
    features.withUnsafeBufferPointer { features in
      weights.withUnsafeBufferPointer { weights in
        for index in starts[row]..<starts[row + 1] { body(Int(features[index]), weights[index]) }
      }
    }
  }

  /// Count of rows.
  var rows: Int { steps.count }
}
