import Stylometry
import TestSupport
import Testing

/// An index against comparing all.
@Suite struct VectorIndexTests {
  /// Vectors about some centres: `spread` 0 puts all on them.
  private func vectors(_ count: Int, _ dimensions: Int, centres: Int, spread: Float) -> ByteVectors {
    var random = SplitMix(seed: 12)
    func vector() -> [Float] {
      (0..<dimensions).map { _ in Float(Int64(random.next() % 2001) - 1000) / 1000 }
    }
    let middles = (0..<centres).map { _ in vector() }
    var all: [Float] = []
    for number in 0..<count {
      let own = zip(middles[number * 7 % centres], vector()).map { $0 + spread * $1 }
      let length = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      all += own.map { length > 0 ? $0 / length : 0 }
    }
    return ByteVectors(all, dimensions: dimensions)
  }

  @Test func findsNearlyAllOfWhatLiesInGroups() {
    let vectors = vectors(4000, 24, centres: 60, spread: 0.5)
    let index = VectorIndex(vectors, nearest: 20, recall: 0.98, threads: 2)
    #expect(index.probes > 0 && index.share < 0.5)
    let found = index.neighbours(threads: 1)
    #expect(index.neighbours(threads: 3) == found)
    #expect(VectorIndex(vectors, nearest: 20, recall: 0.98, threads: 1).neighbours(threads: 1) == found)
    let exact = VectorSearch(vectors).neighbours(20, threads: 2)
    #expect(exact.recall(of: found) > 0.97)
    #expect(index.recall(of: found, threads: 2) > 0.96)
    for row in stride(from: 0, to: 4000, by: 13) {
      #expect(Set(found[row].map(\.row)).count == 20 && !found[row].contains { $0.row == row })
      // Whoever is found has the similarity that comparing all gives.
      for neighbour in found[row] where exact[row].contains(where: { $0.row == neighbour.row }) {
        #expect(exact[row].contains(neighbour))
      }
    }
  }

  @Test func comparesAllWhereNothingLiesInGroups() {
    let vectors = vectors(1500, 64, centres: 1, spread: 1000)
    let index = VectorIndex(vectors, nearest: 10, recall: 0.99, threads: 2)
    #expect(index.probes == 0 && index.share == 1)
    #expect(index.neighbours(threads: 2) == VectorSearch(vectors).neighbours(10, threads: 1))
  }

  @Test func hostileVectorsHaveNeighbours() {
    for count in [0, 1, 2, 150, 1200] {
      // Nothing but zeros, or all alike.
      for value in [0, 1] as [Float] {
        let vectors = ByteVectors([Float](repeating: value, count: count * 3), dimensions: 3)
        let found = VectorIndex(vectors, nearest: 5, threads: 1).neighbours(threads: 1)
        #expect(found.count == count && found.nearest == max(0, min(5, count - 1)))
        for row in 0..<count {
          #expect(found[row].count == found.nearest && !found[row].contains { $0.row == row })
        }
      }
    }
  }
}
