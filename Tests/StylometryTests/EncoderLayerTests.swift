import CStyleKernels
import Foundation
import TestSupport
import Testing

@Suite("Encoder layer")
struct EncoderLayerTests {
  /// A layer by the plainest means, in double precision: what `cog_layer_apply` is.
  private struct Plain {
    let width: Int, heads: Int, inner: Int
    var weights: [Float]
    private var next = 0

    init(width: Int, heads: Int, inner: Int, weights: [Float]) {
      (self.width, self.heads, self.inner, self.weights) = (width, heads, inner, weights)
    }

    private mutating func take(_ count: Int) -> [Double] {
      defer { next += count }
      return weights[next..<next + count].map { Double($0) }
    }

    /// A row for each number that comes out, from panels of 16.
    private mutating func matrix(rows: Int, columns: Int) -> [[Double]] {
      let panels = take(rows * columns)
      return (0..<rows).map { row in
        (0..<columns).map { panels[(row / 16 * columns + $0) * 16 + row % 16] }
      }
    }

    private static func times(_ x: [[Double]], _ matrix: [[Double]], plus bias: [Double]) -> [[Double]] {
      x.map { row in
        zip(matrix, bias).map { weights, bias in zip(row, weights).reduce(bias) { $0 + $1.0 * $1.1 } }
      }
    }

    private static func norm(_ x: [[Double]], _ weight: [Double], _ bias: [Double]) -> [[Double]] {
      x.map { row in
        let mean = row.reduce(0, +) / Double(row.count)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
        return row.indices.map { (row[$0] - mean) / (variance + 1e-12).squareRoot() * weight[$0] + bias[$0] }
      }
    }

    mutating func apply(_ x: [[Double]], ends: [Int]) -> [[Double]] {
      next = 0
      let mixed = Self.times(x, matrix(rows: 3 * width, columns: width), plus: take(3 * width))
      let wide = width / heads
      var seen = x.map { _ in [Double](repeating: 0, count: width) }
      for (start, end) in zip([0] + ends, ends) {
        for head in 0..<heads {
          for i in start..<end {
            func part(_ row: Int, _ kind: Int) -> ArraySlice<Double> {
              mixed[row][kind * width + head * wide..<kind * width + (head + 1) * wide]
            }
            let alike = (start..<end).map { j in
              exp(zip(part(i, 0), part(j, 1)).reduce(0) { $0 + $1.0 * $1.1 } / Double(wide).squareRoot())
            }
            let total = alike.reduce(0, +)
            for (share, j) in zip(alike, start..<end) {
              for (column, value) in part(j, 2).enumerated() {
                seen[i][head * wide + column] += share / total * value
              }
            }
          }
        }
      }
      let attended = Self.times(seen, matrix(rows: width, columns: width), plus: take(width))
      var result = Self.norm(
        zip(x, attended).map { zip($0, $1).map { $0 + $1 } }, take(width), take(width))
      let hidden = Self.times(result, matrix(rows: inner, columns: width), plus: take(inner)).map {
        $0.map { $0 / (1 + exp(-1.5957691 * $0 * (1 + 0.044715 * $0 * $0))) }
      }
      let outer = Self.times(hidden, matrix(rows: width, columns: inner), plus: take(width))
      result = zip(result, outer).map { zip($0, $1).map { $0 + $1 } }
      return Self.norm(result, take(width), take(width))
    }
  }

  private static func random(_ count: Int, scale: Float, seed: UInt64) -> [Float] {
    var random = SplitMix(seed: seed)
    return (0..<count).map { _ in (Float(random.next() >> 40) / Float(1 << 24) - 0.5) * scale }
  }

  private static let size = cog_layer_size(width: 64, heads: 4, inner: 96)
  private static let weights = random(cog_layer_floats(size), scale: 0.6, seed: 3)

  private static func apply(_ rows: [Float], ends: [UInt32]) -> [Float] {
    var rows = rows
    var scratch = [Float](repeating: 0, count: cog_layer_scratch(size, rows.count / size.width))
    cog_layer_apply(size, weights, &rows, ends, ends.count, &scratch)
    return rows
  }

  @Test("Does what its plain twin does", arguments: [[1], [7], [64], [3, 20, 21]])
  func asPlain(ends: [Int]) throws {
    let width = Self.size.width
    let rows = Self.random(ends[ends.count - 1] * width, scale: 4, seed: 5)
    let result = Self.apply(rows, ends: ends.map { UInt32($0) })
    var plain = Plain(width: width, heads: Self.size.heads, inner: Self.size.inner, weights: Self.weights)
    let expected = plain.apply(
      stride(from: 0, to: rows.count, by: width).map { rows[$0..<$0 + width].map { Double($0) } }, ends: ends
    ).joined()
    for (value, wanted) in zip(result, expected) { #expect(abs(Double(value) - wanted) < 2e-5) }
  }

  @Test("A window has the same bits whichever others are beside it")
  func alone() {
    let width = Self.size.width
    let rows = Self.random(30 * width, scale: 4, seed: 9)
    let together = Self.apply(rows, ends: [5, 17, 30])
    for range in [0..<5, 5..<17, 17..<30] {
      let part = range.lowerBound * width..<range.upperBound * width
      #expect(Self.apply(Array(rows[part]), ends: [UInt32(range.count)]) == Array(together[part]))
    }
  }

  @Test("Numbers beyond all measure stay numbers, as far as they can")
  func extremes() {
    let width = Self.size.width
    for value: Float in [0, 1e-30, 1e10] {
      let result = Self.apply([Float](repeating: value, count: 3 * width), ends: [3])
      #expect(result.allSatisfy { $0.isFinite })
    }
    #expect(Self.apply([], ends: []).isEmpty)
  }
}
