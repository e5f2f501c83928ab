import Foundation
import Stylometry
import TestSupport
import Testing

@Suite("Calibration of styles")
struct StyleCalibrationTests {
  /// Two pairs for each of 240 authors: one of their own and one with another; or three. The log odds of the
  /// background say something of the truth; of the score that it has weighed the truth moves the mean by `share`.
  ///
  /// - Parameter hours: when an author wrote; of nobody known when nil.
  private static func pairs(
    share: Double, twoOthers: Bool = false, hours: [(PostingHours, PostingHours)]? = nil
  ) -> [StyleCalibration.Pair] {
    var generator = SplitMix(seed: 3)
    func noise() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
    }
    return (0..<240).flatMap { author in
      [author, (author + 5) % 240, (author + 7) % 240].prefix(twoOthers ? 3 : 2).map { other in
        let truth = author == other ? 1.0 : -1
        return StyleCalibration.Pair(
          values: [truth + noise(), share * truth + noise()], length: 1000, authors: (author, other),
          isSame: author == other,
          hours: hours.map { ($0[author].0, $0[other].1) } ?? (PostingHours(), PostingHours()))
      }
    }
  }

  /// By how much the log10 ratio of a pair rises with the score that the background has weighed.
  private static func slope(_ calibration: StyleCalibration) -> Double {
    calibration.unbounded([0, 1], length: 1000) - calibration.unbounded([0, 0], length: 1000)
  }

  @Test("A score that the background weighed badly is weighed anew")
  func mends() throws {
    let calibration = try #require(StyleCalibration(Self.pairs(share: 1), weighed: 1))
    #expect(Self.slope(calibration) > 0.2)
  }

  @Test("Of a background of many authors less is weighed anew; of a small one as much as of another kind")
  func background() throws {
    func slope(_ authors: Int?) throws -> Double {
      Self.slope(try #require(StyleCalibration(Self.pairs(share: 1), weighed: 1, background: authors)))
    }
    let foreign = try slope(nil)
    #expect(try slope(100) == foreign)
    let large = try slope(5000)
    #expect(large > 0 && large < foreign / 2)
  }

  @Test("One that says nothing more stays where the background left it")
  func stays() throws {
    let calibration = try #require(StyleCalibration(Self.pairs(share: 0), weighed: 1))
    #expect(abs(Self.slope(calibration)) < 0.05)
  }

  @Test("As long as enough pairs are texts may be, and a little shorter than the shortest")
  func lengths() throws {
    // Authors with texts of each length.
    func calibration(_ authors: [Int: Int]) throws -> StyleCalibration {
      var pairs = Self.pairs(share: 0)
      var left = 0
      for (length, count) in authors.sorted(by: { $0.key < $1.key }) {
        for place in left..<left + 2 * count { pairs[place].length = length }
        left += 2 * count
      }
      return try #require(StyleCalibration(Array(pairs.prefix(left)), weighed: 1))
    }
    let usual = try calibration([300: 12, 1200: 12, 3000: 3])
    #expect(usual.buckets.map(\.shortest) == [250, 1000] && usual.longest == 2000)
    #expect(try calibration([600: 20, 900: 20]).longest == 900)
    // No length has enough by itself.
    let few = try calibration([300: 6, 600: 6])
    #expect(few.buckets.map(\.shortest) == [240] && few.longest == 500)
    #expect(few.log10LR([0, 0], length: 240) != nil && few.log10LR([0, 0], length: 239) == nil)
  }

  @Test("Posting hours count where those of enough authors are known")
  func hours() throws {
    var invented = InventedHours()
    let known = (0..<240).map { _ in invented.author() }
    let pairs = Self.pairs(share: 0, hours: known)
    let calibration = try #require(StyleCalibration(pairs, weighed: 1))
    let weight = try #require(calibration.hourWeight)
    #expect(weight > 0.5 && weight < 1.5, "\(weight)")
    let evening = (invented.hours(peak: 21, from: 18_000), invented.hours(peak: 21, from: 18_300))
    let apart = (invented.hours(peak: 21, from: 18_000), invented.hours(peak: 9, from: 18_300))
    let none = calibration.score([0, 0], length: 1000)
    let alike = try #require(calibration.log10LR(of: evening.0, and: evening.1))
    #expect(alike > 0.3)
    #expect(abs(calibration.score([0, 0], length: 1000, hours: alike) - none - alike) < 1e-12)
    let unlike = try #require(calibration.log10LR(of: apart.0, and: apart.1))
    #expect(calibration.score([0, 0], length: 1000, hours: unlike) < none - 0.3)
    // Texts say the same with and without hours.
    let plain = try #require(StyleCalibration(Self.pairs(share: 0), weighed: 1))
    #expect(plain.unbounded([1, 1], length: 1000) == calibration.unbounded([1, 1], length: 1000))
    // With hours validation bears more.
    #expect(
      try #require(calibration.buckets.first).bounds.upper > (try #require(plain.buckets.first).bounds.upper))
    let few = known.indices.map { $0 < 19 ? known[$0] : (PostingHours(), PostingHours()) }
    #expect(try #require(StyleCalibration(Self.pairs(share: 0, hours: few), weighed: 1)).hourWeight == nil)
  }

  @Test("Hours that say nothing hardly count")
  func hoursOfChance() throws {
    var invented = InventedHours()
    // Two times of different people each.
    let known = (0..<240).map { _ in (invented.author().0, invented.author().1) }
    let calibration = try #require(StyleCalibration(Self.pairs(share: 0, hours: known), weighed: 1))
    let evening = (invented.hours(peak: 21, from: 18_000), invented.hours(peak: 21, from: 18_300))
    #expect(abs(try #require(calibration.log10LR(of: evening.0, and: evening.1))) < 0.15)
  }

  @Test("A dozen pairs leave log odds nearly as the background gave them; their lapses bound all ratios")
  func fewPairs() throws {
    let pairs = (0..<24).map { place in
      StyleCalibration.Pair(
        values: [place % 2 == 0 ? 3 : 1, 0], length: 1000, authors: (place, place % 2 == 0 ? place : 100),
        isSame: place % 2 == 0)
    }
    let calibration = try #require(StyleCalibration(pairs, weighed: 1))
    // By the pairs alone the odds would be even at 2, and rise eight times as steeply.
    let even = calibration.score([0, 0], length: 1000)
    let step = calibration.score([1, 0], length: 1000) - even
    #expect(abs(step - 1 / log(10)) < 0.1 && abs(even) < 0.2)
    // A quarter of a lapse among twelve pairs and two.
    let most = log10((1 - 0.25 / 14) / (0.25 / 14))
    #expect(abs(calibration.unbounded([100, 0], length: 1000) - most) < 1e-9)
    #expect(abs(calibration.unbounded([-100, 0], length: 1000) + most) < 1e-9)
  }

  @Test("The order of the pairs does not matter")
  func order() throws {
    let pairs = Self.pairs(share: 0.5, twoOthers: true)
    let one = try #require(StyleCalibration(pairs, weighed: 1))
    let other = try #require(StyleCalibration(pairs.reversed(), weighed: 1))
    for odds in [-3.0, 0, 2] {
      #expect(
        abs(one.unbounded([odds, 1], length: 1000) - other.unbounded([odds, 1], length: 1000)) < 1e-6)
    }
  }
}
