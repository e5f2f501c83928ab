/// A dense matrix of doubles, by rows. Sums run in a fixed order, so that the same input gives the same bits.
public struct Matrix: Sendable, Equatable {
  /// Count of rows.
  public let rows: Int
  /// Count of columns.
  public let columns: Int
  /// Row after row; `rows * columns` values.
  public var values: [Double]

  /// A matrix of zeros.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    values = [Double](repeating: 0, count: rows * columns)
  }

  /// A matrix of values row after row; nil when there are not `rows * columns` of them.
  public init?(rows: Int, columns: Int, values: [Double]) {
    guard values.count == rows * columns else { return nil }
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// The unit matrix.
  public static func identity(_ size: Int) -> Matrix {
    var matrix = Matrix(rows: size, columns: size)
    for index in 0..<size { matrix[index, index] = 1 }
    return matrix
  }

  /// The value at a place, both counted from 0.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// Rows become columns.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows { for column in 0..<columns { result[column, row] = self[row, column] } }
    return result
  }

  /// `self * other`; the columns of `self` must be as many as the rows of `other`.
  public func times(_ other: Matrix) -> Matrix {
    precondition(columns == other.rows, "the shapes of the factors do not fit")
    var result = Matrix(rows: rows, columns: other.columns)
    let width = other.columns
    result.values.withUnsafeMutableBufferPointer { out in
      values.withUnsafeBufferPointer { left in
        other.values.withUnsafeBufferPointer { right in
          for row in 0..<rows {
            for inner in 0..<columns {
              let factor = left[row * columns + inner]
              if factor == 0 { continue }
              for column in 0..<width { out[row * width + column] += factor * right[inner * width + column] }
            }
          }
        }
      }
    }
    return result
  }

  /// The columns at some places, in their order.
  public func selecting(columns places: [Int]) -> Matrix {
    var result = Matrix(rows: rows, columns: places.count)
    for row in 0..<rows {
      for (column, place) in places.enumerated() { result[row, column] = self[row, place] }
    }
    return result
  }
}
