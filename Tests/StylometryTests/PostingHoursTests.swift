import AccountModel
import Foundation
import Stylometry
import TestSupport
import Testing

/// People who post around an hour of their own, each for forty days at two times of a year.
struct InventedHours {
  var generator = SplitMix(seed: 11)

  /// Hours since 1970 from a day on, up to two a day.
  mutating func hours(peak: Int, from day: Int, days: Int = 40) -> PostingHours {
    PostingHours(
      (0..<2 * days).map { post in
        let apart = (0..<2).reduce(0) { sum, _ in sum + Int.random(in: -4...4, using: &generator) }
        return Int32((day + post / 2) * 24 + peak + apart)
      })
  }

  mutating func author() -> (PostingHours, PostingHours) {
    let peak = Int.random(in: 0..<24, using: &generator)
    return (hours(peak: peak, from: 18_000), hours(peak: peak, from: 18_200))
  }
}

@Suite("Posting hours")
struct PostingHoursTests {
  @Test("An hour counts once, whatever the order of posts and of merging")
  func once() {
    let one = PostingHours([5, 3, 5, 9])
    #expect(one.hours == [3, 5, 9])
    #expect(one.merging(PostingHours([4, 9])) == PostingHours([9, 4]).merging(one))
    #expect(one.merging(PostingHours()) == one)
    #expect(one.shared(with: PostingHours([1, 5, 9, 10])) == [5, 9])
  }

  @Test(
    "A time tells its hour where its zone is known",
    arguments: [
      (3_600_000_000 - 1, ZoneKnowledge.known, TimePrecision.second, 0),
      (3_600_000_000, .assumed, .minute, 1), (-1, .known, .second, -1),
      (3_600_000_000, .unknown, .second, nil), (3_600_000_000, .known, .day, nil),
    ] as [(Int64, ZoneKnowledge, TimePrecision, Int32?)])
  func zones(microseconds: Int64, zone: ZoneKnowledge, precision: TimePrecision, hour: Int32?) {
    let time = ObservedTime(microseconds: microseconds, zone: zone, precision: precision)
    #expect(PostingHours.hour(of: time) == hour)
  }

  @Test("The week begins on Monday, and its days are those of the calendar")
  func weekends() {
    // 1970-01-01 was a Thursday; 2026-01-03T23:00Z a Saturday, 2026-01-05T00:00Z a Monday.
    let hours = PostingHours([0, 490_967, 490_992])
    #expect(hours.hours.map { HourMoments.hourOfWeek($0) } == [72, 143, 0])
    #expect(hours.weekends == 1)
    #expect(hours.quarters == [2, 0, 0, 1])
    #expect(HourMoments.hourOfWeek(-1) == 71)
  }

  @Test("A profile has the hours of its posts, and two profiles those of both")
  func profiles() throws {
    func time(_ hour: Int64) -> ObservedTime {
      ObservedTime(microseconds: hour * 3_600_000_000, zone: .known, precision: .second)
    }
    var one = ProfileBuilder()
    one.add(post: "good morning", at: time(9))
    one.add(post: "good morning", at: time(8))
    one.add(post: "when was that?")
    var other = ProfileBuilder()
    other.add(post: "good night", at: time(23))
    #expect(try one.profile().hours.hours == [8, 9])
    #expect(try #require(one.profile().merging(other.profile())).hours.hours == [8, 9, 23])
    one.merge(other)
    #expect(try one.profile().hours.hours == [8, 9, 23])
    one.removeAll()
    #expect(try one.profile().hours.hours.isEmpty)
  }
}

@Suite("Ratios of posting hours")
struct HourModelTests {
  @Test("The density is that of a normal distribution")
  func density() throws {
    let covariance = try #require(Matrix(rows: 2, columns: 2, values: [2, 0.5, 0.5, 1]))
    let density = try #require(NormalDensity(covariance: covariance))
    // Determinant 1.75; the inverse is (1, -0.5; -0.5, 2) / 1.75.
    let square = (1.0 - 3 + 18) / 1.75
    let expected = -(log(1.75) + square) / 2
    #expect(abs(density.logDensity([1, 3]) - expected) < 1e-12)
    #expect(
      NormalDensity(covariance: try #require(Matrix(rows: 2, columns: 2, values: [1, 2, 2, 1]))) == nil)
  }

  /// Covariances without a bond between moments: `between`, `within` and `sampling` of each.
  private static func diagonal(_ between: Double, _ within: Double, _ sampling: Double) throws -> HourModel {
    func matrix(_ value: Double) -> Matrix {
      var matrix = Matrix.identity(HourMoments.dimensions)
      for index in matrix.values.indices { matrix.values[index] *= value }
      return matrix
    }
    return try #require(
      HourModel(
        mean: [0.1, -0.2, 0, 0, 0.3], between: matrix(between), within: matrix(within),
        sampling: matrix(sampling)))
  }

  @Test("The ratio is that of the distributions, one person in ten having changed")
  func ratio() throws {
    let model = try Self.diagonal(0.04, 0.01, 0.5)
    var invented = InventedHours()
    let pair = HourPair(
      invented.hours(peak: 20, from: 18_000), invented.hours(peak: 21, from: 18_300, days: 25))
    var expected = 0.0
    for (index, mean) in model.mean.enumerated() {
      let (x, y) = (pair.one.means[index] - mean, pair.other.means[index] - mean)
      let (a, b) = (0.05 + 0.5 / Double(pair.one.count), 0.05 + 0.5 / Double(pair.other.count))
      let determinant = a * b - 0.0016
      let joint = (b * x * x - 0.08 * x * y + a * y * y) / determinant
      let apart = x * x / a + y * y / b
      expected += (log(a * b / determinant) + apart - joint) / 2
    }
    #expect(abs(model.logRatio(pair) - log(0.9 * exp(expected) + 0.1)) < 1e-9)
  }

  @Test("It is the same in either order, 0 of few hours, and bounded below")
  func properties() throws {
    var invented = InventedHours()
    let model = try #require(HourModel((0..<60).map { _ in invented.author() }))
    let (one, _) = invented.author()
    let (other, _) = invented.author()
    #expect(model.logRatio(HourPair(one, other)) == model.logRatio(HourPair(other, one)))
    #expect(model.logRatio(HourPair(one, PostingHours([1, 2, 3, 4]))) == 0)
    let (morning, night) = (
      invented.hours(peak: 8, from: 18_000, days: 400), invented.hours(peak: 20, from: 19_000, days: 400)
    )
    let least = model.logRatio(HourPair(morning, night))
    #expect(least >= log(HourModel.changing) && least < -2)
  }

  @Test("Hours in which both posted do not count")
  func conversation() throws {
    var invented = InventedHours()
    let talk = invented.hours(peak: 12, from: 18_000)
    let one = invented.hours(peak: 3, from: 18_100)
    let other = invented.hours(peak: 16, from: 18_100)
    let pair = HourPair(one.merging(talk), other.merging(talk))
    let apart = HourPair(one, other)
    #expect(pair.one.count == apart.one.count && pair.other.count == apart.other.count)
    for (value, expected) in zip(pair.one.means, apart.one.means) { #expect(abs(value - expected) < 1e-9) }
  }

  @Test("It tells invented people apart, and costs less than saying nothing")
  func discrimination() throws {
    var invented = InventedHours()
    let model = try #require(HourModel((0..<40).map { _ in invented.author() }))
    let people = (0..<60).map { _ in invented.author() }
    let same = people.map { model.logRatio(HourPair($0.0, $0.1)) }
    let different = people.indices.map { model.logRatio(HourPair(people[$0].0, people[($0 + 7) % 60].1)) }
    #expect(same.count { $0 > 0 } > 55)
    #expect(different.count { $0 < 0 } > 40)
    let cost = (same.reduce(0) { $0 + log1p(exp(-$1)) } + different.reduce(0) { $0 + log1p(exp($1)) }) / 120
    #expect(cost < 0.7 * log(2))
  }
}
