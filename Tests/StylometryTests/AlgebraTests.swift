import Stylometry
import Testing

@Suite("Linear algebra")
struct AlgebraTests {
  /// Numbers that look drawn, the same each time.
  private func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 0x1p53 - 0.5
    }
  }

  @Test("A matrix of two rows has its known eigenvalues and vectors")
  func two() throws {
    let matrix = try #require(Matrix(rows: 2, columns: 2, values: [2, 1, 1, 2]))
    let eigen = try #require(SymmetricEigen(matrix))
    #expect(abs(eigen.values[0] - 3) < 1e-12 && abs(eigen.values[1] - 1) < 1e-12)
    let half = 0.5.squareRoot()
    #expect(abs(eigen.vectors[0, 0] - half) < 1e-12 && abs(eigen.vectors[1, 0] - half) < 1e-12)
  }

  @Test("The parts make up the matrix again, and the vectors are orthonormal", arguments: [1, 2, 3, 17, 60])
  func rebuilt(size: Int) throws {
    let half = try #require(
      Matrix(rows: size, columns: size, values: numbers(size * size, seed: UInt64(size))))
    let matrix = half.times(half.transposed)
    let eigen = try #require(SymmetricEigen(matrix))
    #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
    var scaled = eigen.vectors
    for row in 0..<size { for column in 0..<size { scaled[row, column] *= eigen.values[column] } }
    let rebuilt = scaled.times(eigen.vectors.transposed)
    let unit = eigen.vectors.transposed.times(eigen.vectors)
    for index in matrix.values.indices {
      #expect(abs(rebuilt.values[index] - matrix.values[index]) < 1e-10)
      #expect(abs(unit.values[index] - Matrix.identity(size).values[index]) < 1e-10)
    }
  }

  @Test("What is no number is refused")
  func notANumber() throws {
    #expect(SymmetricEigen(try #require(Matrix(rows: 1, columns: 1, values: [.nan]))) == nil)
    #expect(Matrix(rows: 2, columns: 2, values: [1]) == nil)
  }
}
