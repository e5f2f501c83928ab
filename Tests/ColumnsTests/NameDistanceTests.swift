import CKernels
import TestSupport
import Testing

/// The lanes of a register, wide and narrow, against loops over single bytes.
@Suite("Distances of many names")
struct NameDistanceTests {
  /// Texts end to end, with offsets.
  private struct Texts {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]
    var count: Int { offsets.count - 1 }

    mutating func append(_ text: [UInt8]) {
      bytes += text
      offsets.append(UInt32(bytes.count))
    }

    func text(_ number: Int) -> [UInt8] { Array(bytes[Int(offsets[number])..<Int(offsets[number + 1])]) }
  }

  /// Random texts: of few letters, so that they agree in much, or of any bytes; empty ones and ones around the limit among them.
  private static func texts(_ count: Int, longest: Int, letters: Int, _ random: inout FixedNumbers) -> Texts {
    var texts = Texts()
    for _ in 0..<count {
      let length =
        random.next(8) == 0
        ? [0, 1, 8, 9, 16, 17, 32, 33, 63, 64, 65, 90][random.next(12)] : random.next(longest + 1)
      texts.append((0..<length).map { _ in UInt8(truncatingIfNeeded: 256 - letters + random.next(letters)) })
    }
    return texts
  }

  @Test(arguments: [(6, 3), (14, 4), (14, 26), (30, 20), (70, 5), (70, 256), (64, 1)])
  func lanesEqualLoops(_ longest: Int, _ letters: Int) throws {
    var random = FixedNumbers(seed: UInt64(longest * 1000 + letters))
    for count in [0, 1, 3, 4, 16, 33, 150] {
      let names = Self.texts(count, longest: longest, letters: letters, &random)
      let queries = Self.texts(67, longest: longest, letters: letters, &random)
      let index = try #require(cog_name_index_make(names.bytes + [0], names.offsets, names.count))
      defer { cog_name_index_free(index) }
      for measure in [COG_LEVENSHTEIN, COG_STRING_ALIGNMENT, COG_JARO_WINKLER] {
        var wide = [Float](repeating: -1, count: names.count * queries.count)
        var narrow = wide
        #expect(
          cog_name_compare(index, measure, queries.bytes + [0], queries.offsets, queries.count, &wide) == 1)
        #expect(
          cog_name_compare_baseline(
            index, measure, queries.bytes + [0], queries.offsets, queries.count, &narrow) == 1)
        #expect(wide == narrow)
        var wrong = 0
        for query in 0..<queries.count {
          for name in 0..<names.count {
            let (left, right) = (names.text(name), queries.text(query))
            let expected = cog_name_compare_scalar(measure, left, left.count, right, right.count)
            if wide[query * names.count + name] != expected { wrong += 1 }
          }
        }
        #expect(wrong == 0, "measure \(measure.rawValue), \(count) names")
      }
    }
  }
}

/// Numbers below a bound, the same in every run.
struct FixedNumbers {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  /// A number below `bound`.
  mutating func next(_ bound: Int) -> Int {
    Int(random.next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
