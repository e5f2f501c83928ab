import Foundation
import Stylometry
import TestSupport
import Testing

/// The two-covariance model against the normal distributions it is made of.
@Suite("Two covariances")
struct TwoCovariancesTests {
  private static func gaussian(_ generator: inout SplitMix) -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
  }

  /// Authors of so many documents each: around a mean, authors differ by `between`, documents by `within`.
  private static func coordinates(authors: Int, each: Int, between: [Double], within: [Double], mean: Double)
    -> (values: [Float], groups: [[Int]])
  {
    var generator = SplitMix(seed: 5)
    var values: [Float] = []
    for _ in 0..<authors {
      let centre = between.map { mean + $0.squareRoot() * gaussian(&generator) }
      for _ in 0..<each {
        for (column, middle) in centre.enumerated() {
          values.append(Float(middle + within[column].squareRoot() * gaussian(&generator)))
        }
      }
    }
    return (values, (0..<authors).map { author in (0..<each).map { author * each + $0 } })
  }

  /// Log of the ratio of two normal densities of a pair, for one coordinate.
  private static func logRatio(_ one: Double, _ other: Double, between: Double, within: Double) -> Double {
    let total = between + within
    func log2D(_ covariance: Double) -> Double {
      let determinant = total * total - covariance * covariance
      let square = (total * (one * one + other * other) - 2 * covariance * one * other) / determinant
      return -0.5 * (log(determinant) + square)
    }
    return log2D(between) - log2D(0)
  }

  @Test("the ratio is that of the distributions, but for a constant")
  func ratio() throws {
    let (between, within) = ([4.0, 1.0, 0.25], [1.0, 1.0, 1.0])
    let (values, groups) = Self.coordinates(
      authors: 3000, each: 3, between: between, within: within, mean: 2)
    let scatter = try #require(AuthorScatter(values, rank: 3, groups: groups))
    let learnt = try #require(TwoCovariances(scatter, ridge: 0.5, limit: 3))
    // Variance of the texts counts with the ridge added, a share of its mean.
    let counted = within.map { $0 + 0.5 }
    func ratio(_ one: [Double], _ other: [Double]) -> Double {
      learnt.logRatio(learnt.place(one.map { Float($0) }), learnt.place(other.map { Float($0) }))
    }
    func expected(_ one: [Double], _ other: [Double]) -> Double {
      (0..<3).reduce(0) {
        $0 + Self.logRatio(one[$1] - 2, other[$1] - 2, between: between[$1], within: counted[$1])
      }
    }
    let origin = [2.0, 2.0, 2.0]
    let constant = expected(origin, origin)
    for (one, other) in [
      ([4.0, 2, 2], [4.0, 2, 2]), ([5, 1, 3], [0, 3, 2]), ([2, 4, 2], [2, 3.5, 1]), ([1, 1, 1], [3, 1, 1]),
    ] {
      #expect(abs(ratio(one, other) - (expected(one, other) - constant)) < 0.15)
      #expect(ratio(one, other) == ratio(other, one))
    }
  }

  @Test("scaled, every ratio is as many times as great")
  func scaled() throws {
    let (values, groups) = Self.coordinates(
      authors: 50, each: 3, between: [4, 1], within: [1, 1], mean: 1)
    let scatter = try #require(AuthorScatter(values, rank: 2, groups: groups))
    let learnt = try #require(TwoCovariances(scatter, ridge: 0.3, limit: 2))
    let scaled = learnt.scaled(by: 0.3)
    for (one, other) in [([4, 2], [4, 2]), ([5, 1], [0, 3]), ([1, 1], [3, 1])] as [([Float], [Float])] {
      let ratio = learnt.logRatio(learnt.place(one), learnt.place(other))
      #expect(abs(scaled.logRatio(scaled.place(one), scaled.place(other)) - 0.3 * ratio) < 1e-4)
    }
  }

  @Test("authors who differ by no more than their own texts do teach nothing")
  func nothing() throws {
    // Each author's two texts lie opposite one another around the same point.
    let values: [Float] = (0..<40).flatMap { author -> [Float] in
      let (one, other) = (Float(author % 7) - 3, Float(author % 5) + 1)
      return [one, other, -one, -other]
    }
    let groups = (0..<40).map { [2 * $0, 2 * $0 + 1] }
    let scatter = try #require(AuthorScatter(values, rank: 2, groups: groups))
    #expect(TwoCovariances(scatter, ridge: 1, limit: 2) == nil)
    #expect(AuthorScatter([1, 2, 3, 4], rank: 2, groups: [[0], [1]]) == nil)
  }
}
