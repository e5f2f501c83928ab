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
  /// So that a block of dense rows stays in the cache.
  private static let mostDense = 16_384

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
    features.reserveCapacity(matrix.places.count)
    weights.reserveCapacity(matrix.places.count)
    for row in 0..<matrix.rows {
      let range = matrix.starts[row]..<matrix.starts[row + 1]
      var largest: Float = 0
      for index in range { largest = max(largest, matrix.values[index]) }
      let step = largest > 0 && largest.isFinite ? largest / 127 : 1
      for index in range {
        let weight = (matrix.values[index] / step).rounded(.toNearestOrEven)
        guard weight >= 1 else { continue }
        features.append(numbers[Int(matrix.places[index])])
        weights.append(UInt8(min(weight, 127)))
      }
      starts.append(features.count)
      steps.append(step)
    }
  }

  /// Count of rows.
  var rows: Int { steps.count }
}
