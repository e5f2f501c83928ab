import Columns

/// Rows of weighted features, packed: the places of a row ascend.
public struct SparseMatrix: Sendable {
  /// Count of columns.
  public let columns: Int
  /// Where each row begins in `places` and `values`; one more than there are rows.
  public private(set) var starts: [Int] = [0]
  /// Column of each value.
  public private(set) var places: [UInt32] = []
  /// The values, row after row.
  public private(set) var values: [Float] = []

  /// A matrix without rows.
  public init(columns: Int) { self.columns = columns }

  /// Count of rows.
  public var rows: Int { starts.count - 1 }

  /// Adds a row; places ascend and are below `columns`.
  public mutating func append(_ row: SparseRow) {
    places += row.places
    values += row.values
    starts.append(places.count)
  }

  /// Rows become columns.
  public var transposed: SparseMatrix {
    var counts = [Int](repeating: 0, count: columns + 1)
    for place in places { counts[Int(place) + 1] += 1 }
    for column in 0..<columns { counts[column + 1] += counts[column] }
    var result = SparseMatrix(columns: rows)
    result.starts = counts
    result.places = [UInt32](repeating: 0, count: places.count)
    result.values = [Float](repeating: 0, count: places.count)
    var next = counts
    for row in 0..<rows {
      for index in starts[row]..<starts[row + 1] {
        let column = Int(places[index])
        result.places[next[column]] = UInt32(row)
        result.values[next[column]] = values[index]
        next[column] += 1
      }
    }
    return result
  }

  /// `self * other`, rows by rows on so many threads; the result does not depend on how many.
  ///
  /// - Parameter other: as many rows as this matrix has columns, of `width` values each.
  public func times(_ other: [Float], width: Int, threads: Int) -> [Float] {
    precondition(other.count == columns * width, "the shapes of the factors do not fit")
    var result = [Float](repeating: 0, count: rows * width)
    result.withUnsafeMutableBufferPointer { out in
      nonisolated(unsafe) let out = out
      other.withUnsafeBufferPointer { right in
        nonisolated(unsafe) let right = right
        Workers.forEach(chunks: rows, threads: threads, start: {}) { _, row in
          guard let target = out.baseAddress.map({ $0 + row * width }), let base = right.baseAddress else {
            return
          }
          for index in starts[row]..<starts[row + 1] {
            let factor = values[index]
            let source = base + Int(places[index]) * width
            for column in 0..<width { target[column] += factor * source[column] }
          }
        }
      }
    }
    return result
  }
}

/// One row of a sparse matrix.
public struct SparseRow: Sendable, Equatable {
  /// Ascending.
  public var places: [UInt32]
  /// One for each place.
  public var values: [Float]

  /// Makes a row.
  public init(places: [UInt32] = [], values: [Float] = []) {
    self.places = places
    self.values = values
  }

  /// The row divided by its length; as it is when that is 0.
  public func normalised() -> SparseRow {
    let length = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    if length == 0 { return self }
    return SparseRow(places: places, values: values.map { Float(Double($0) / length) })
  }
}
