import Stylometry
import TestSupport
import Testing

/// Searches against sorting all pairs.
@Suite struct SearchTests {
  private func vectors(_ count: Int, _ dimensions: Int, seed: UInt64) -> [Float] {
    var random = SplitMix(seed: seed)
    var result: [Float] = []
    for _ in 0..<count {
      let own = (0..<dimensions).map { _ in Float(Int64(random.next() % 2001) - 1000) }
      let length = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      result += own.map { length > 0 ? $0 / length : 0 }
    }
    return result
  }

  private func plain(_ nearest: Int, _ rows: Int, _ similarity: (Int, Int) -> Float) -> [[Neighbour]] {
    (0..<rows).map { row in
      (0..<rows).filter { $0 != row }.map { Neighbour(row: $0, similarity: similarity(row, $0)) }
        .sorted { $0.similarity != $1.similarity ? $0.similarity > $1.similarity : $0.row < $1.row }
        .prefix(nearest).map { $0 }
    }
  }

  @Test func nearestVectorsAreThoseOfAllPairs() {
    for (count, dimensions, nearest) in [(0, 8, 3), (1, 8, 3), (2, 1, 5), (40, 7, 100), (700, 30, 9)] {
      let values = vectors(count, dimensions, seed: UInt64(count))
      let bytes = ByteVectors(values, dimensions: dimensions)
      let found = VectorSearch(bytes).neighbours(nearest, threads: 1)
      #expect(VectorSearch(bytes).neighbours(nearest, threads: 3) == found)
      #expect(found.count == count && found.nearest == max(0, min(nearest, count - 1)))
      // The bytes as they were rounded, so that ties are the same.
      let rounded = values.map { ($0 / bytes.step).rounded(.toNearestOrEven) }
      let expected = plain(nearest, count) { one, other in
        (0..<dimensions).reduce(0) { $0 + rounded[one * dimensions + $1] * rounded[other * dimensions + $1] }
          * (bytes.step * bytes.step)
      }
      for row in 0..<count { #expect(Array(found[row]) == expected[row], "row \(row) of \(count)") }
    }
  }

  @Test func someVectorsCanBeAskedFor() {
    let search = VectorSearch(ByteVectors(vectors(200, 16, seed: 2), dimensions: 16))
    let all = search.neighbours(5, threads: 1)
    let some = search.neighbours(5, of: [150, 3], threads: 2)
    #expect(Array(some[0]) == Array(all[150]) && Array(some[1]) == Array(all[3]))
    #expect(all.recall(of: all) == 1)
  }

  @Test func equalVectorsAreFoundInOrder() {
    let found = VectorSearch(ByteVectors([Float](repeating: 0.5, count: 4 * 1300), dimensions: 4))
      .neighbours(3, threads: 2)
    #expect(found[1].map(\.row) == [0, 2, 3] && found[1299].map(\.row) == [0, 1, 2])
  }

  @Test func valuesThatAreNoNumbersCountAsNothing() {
    let bytes = ByteVectors([.nan, 1, .infinity, 0, -1, -.infinity], dimensions: 2)
    let found = VectorSearch(bytes).neighbours(2, threads: 1)
    #expect(bytes.count == 3 && found[0].map(\.row) == [1, 2])
    #expect(
      VectorSearch(ByteVectors([0, 0], dimensions: 1)).neighbours(1, threads: 1)[0].map(\.similarity) == [0])
  }

  /// Rows with features as common as those of texts: feature f is in one row of f / 20.
  private func sparse(_ rows: Int, _ columns: Int, seed: UInt64) -> SparseMatrix {
    var random = SplitMix(seed: seed)
    var matrix = SparseMatrix(columns: columns)
    for _ in 0..<rows {
      var row = SparseRow()
      for column in 0..<columns where random.next() % UInt64(1 + column / 20) == 0 {
        row.places.append(UInt32(column))
        row.values.append(Float(1 + random.next() % 1000) / 100)
      }
      matrix.append(row.normalised())
    }
    return matrix
  }

  @Test func nearestSparseRowsAreThoseOfAllPairs() {
    for (rows, columns) in [(0, 10), (1, 10), (60, 0), (90, 3000)] {
      let matrix = sparse(rows, columns, seed: 5)
      var dense = [Float](repeating: 0, count: rows * columns)
      for row in 0..<rows {
        for index in matrix.starts[row]..<matrix.starts[row + 1] {
          dense[row * columns + Int(matrix.places[index])] = matrix.values[index]
        }
      }
      let expected = plain(10, rows) { one, other in
        (0..<columns).reduce(0) { $0 + dense[one * columns + $1] * dense[other * columns + $1] }
      }
      let search = SparseSearch(matrix)
      let found = search.neighbours(10, threads: 1)
      #expect(search.neighbours(10, threads: 3) == found)
      for row in 0..<rows {
        #expect(found[row].count == expected[row].count)
        for (one, other) in zip(found[row], expected[row]) {
          #expect(abs(one.similarity - other.similarity) < 0.002, "row \(row)")
        }
      }
    }
  }

  @Test func sparseRowsOfSeveralBlocksAreFound() throws {
    // Each row has its twin 2,500 further on.
    let half = sparse(2500, 400, seed: 8)
    var matrix = SparseMatrix(columns: 400)
    for row in 0..<5000 {
      let range = half.starts[row % 2500]..<half.starts[row % 2500 + 1]
      matrix.append(SparseRow(places: Array(half.places[range]), values: Array(half.values[range])))
    }
    let found = SparseSearch(matrix).neighbours(1, threads: 2)
    for row in stride(from: 0, to: 5000, by: 7) where matrix.starts[row + 1] - matrix.starts[row] > 30 {
      let best = try #require(found[row].first)
      #expect(best.row == (row + 2500) % 5000 && best.similarity > 0.99)
    }
  }
}
