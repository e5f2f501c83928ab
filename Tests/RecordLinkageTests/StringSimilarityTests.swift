import RecordLinkage
import TestSupport
import Testing

@Suite("String similarity")
struct StringSimilarityTests {
  /// Published values: Winkler (1990) and Cohen, Ravikumar and Fienberg (2003).
  @Test(arguments: [
    ("MARTHA", "MARHTA", 0.9611), ("DWAYNE", "DUANE", 0.84), ("DIXON", "DICKSONX", 0.8133),
    ("JONES", "JOHNSON", 0.8324), ("ABROMS", "ABRAMS", 0.9222), ("HARDIN", "MARTINEZ", 0.7222),
    ("ITMAN", "SMITH", 0.4667), ("", "", 1), ("a", "", 0), ("a", "a", 1), ("a", "b", 0),
  ])
  func jaroWinkler(_ left: String, _ right: String, _ expected: Double) {
    #expect(abs(StringSimilarity.jaroWinkler(left, right) - expected) < 0.0001)
    #expect(abs(StringSimilarity.jaroWinkler(right, left) - expected) < 0.0001)
  }

  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("ca", "abc", 3), ("ab", "ba", 1),
    ("smith", "simth", 1),
    ("abcdef", "abcdef", 0), ("abcdef", "badcfe", 3), ("example", "samples", 3),
  ])
  func damerauLevenshtein(_ left: String, _ right: String, _ expected: Int) {
    #expect(StringSimilarity.damerauLevenshtein(left, right) == expected)
    #expect(StringSimilarity.damerauLevenshtein(right, left) == expected)
  }

  @Test func distanceEqualsTheTable() {
    var random = Numbers(seed: 7)
    for _ in 0..<3_000 {
      let left = random.text(upTo: 12, letters: 3)
      let right = random.text(upTo: 12, letters: 3)
      #expect(
        StringSimilarity.damerauLevenshtein(left, right) == naiveDistance(Array(left.utf8), Array(right.utf8))
      )
    }
  }

  @Test func oneEditIsTheDistance() {
    var random = Numbers(seed: 13)
    var near = 0
    for _ in 0..<20_000 {
      let left = random.text(upTo: 6, letters: 2)
      let right = random.text(upTo: 6, letters: 2)
      let isNear = StringSimilarity.damerauLevenshtein(left, right) <= 1
      near += isNear ? 1 : 0
      #expect(StringSimilarity.areWithinOneEdit(left, right) == isNear, "\(left) \(right)")
    }
    #expect(near > 1_000)
  }

  @Test func jaroEqualsTheDefinition() {
    var random = Numbers(seed: 11)
    for _ in 0..<3_000 {
      let left = random.text(upTo: 20, letters: 4)
      let right = random.text(upTo: 20, letters: 4)
      let expected = naiveJaroWinkler(Array(left.utf8), Array(right.utf8))
      #expect(abs(StringSimilarity.jaroWinkler(left, right) - expected) < 1e-9, "\(left) \(right)")
    }
  }

  @Test func longTextsAreAligned() {
    let base = String(repeating: "abcdefghij", count: 12)
    #expect(StringSimilarity.damerauLevenshtein(base, "x" + base) == 1)
    #expect(StringSimilarity.damerauLevenshtein(base, String(base.dropLast(3))) == 3)
  }

  @Test func longTextsAreNearWhereTheDistanceIsSmall() {
    var random = Numbers(seed: 17)
    var near = 0
    for _ in 0..<400 {
      let left = Array((random.text(upTo: 30, letters: 3) + String(repeating: "abacb", count: 14)).utf8)
      var right = left
      for _ in 0..<random.next(16) {
        let place = random.next(right.count - 1)
        switch random.next(4) {
        case 0: right.remove(at: place)
        case 1: right.insert(UInt8(97 + random.next(3)), at: place)
        case 2: right.swapAt(place, place + 1)
        default: right[place] = UInt8(97 + random.next(3))
        }
      }
      let (one, other) = (String(decoding: left, as: UTF8.self), String(decoding: right, as: UTF8.self))
      let distance = StringSimilarity.damerauLevenshtein(one, other)
      for limit in [0, 1, 4, 8] {
        let isNear = StringSimilarity.areWithin(limit, one, other)
        near += isNear ? 1 : 0
        #expect(isNear == (distance <= limit), "\(limit): \(one) \(other)")
      }
    }
    #expect(near > 100)
  }

  @Test(arguments: [
    ("Robert", "R163"), ("Rupert", "R163"), ("Ashcraft", "A261"), ("Ashcroft", "A261"), ("Tymczak", "T522"),
    ("Pfister", "P236"), ("Honeyman", "H555"), ("", ""), ("42", ""),
  ])
  func soundex(_ name: String, _ code: String) { #expect(StringSimilarity.soundex(name) == code) }
}

/// Numbers below a bound, the same in every run.
struct Numbers {
  private var random: SplitMix
  init(seed: UInt64) { random = SplitMix(seed: seed) }

  mutating func next(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

  mutating func text(upTo length: Int, letters: Int) -> String {
    String(decoding: (0..<next(length + 1)).map { _ in UInt8(97 + next(letters)) }, as: UTF8.self)
  }
}

private func naiveDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var table = Array(repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
  for i in 0...left.count { table[i][0] = i }
  for j in 0...right.count { table[0][j] = j }
  for i in 0..<left.count {
    for j in 0..<right.count {
      table[i + 1][j + 1] = min(
        table[i][j + 1] + 1, table[i + 1][j] + 1, table[i][j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        table[i + 1][j + 1] = min(table[i + 1][j + 1], table[i - 1][j - 1] + 1)
      }
    }
  }
  return table[left.count][right.count]
}

private func naiveJaroWinkler(_ left: [UInt8], _ right: [UInt8]) -> Double {
  if left.isEmpty || right.isEmpty { return left.isEmpty && right.isEmpty ? 1 : 0 }
  let window = max(max(left.count, right.count) / 2 - 1, 0)
  var takenLeft = Array(repeating: false, count: left.count)
  var matchedRight: [UInt8] = []
  for j in right.indices {
    for i in left.indices where abs(i - j) <= window && !takenLeft[i] && left[i] == right[j] {
      takenLeft[i] = true
      matchedRight.append(right[j])
      break
    }
  }
  let matchedLeft = left.indices.filter { takenLeft[$0] }.map { left[$0] }
  if matchedLeft.isEmpty { return 0 }
  let m = Double(matchedLeft.count)
  let swaps = zip(matchedLeft, matchedRight).filter { $0 != $1 }.count / 2
  let jaro = (m / Double(left.count) + m / Double(right.count) + (m - Double(swaps)) / m) / 3
  if jaro <= 0.7 { return jaro }
  let prefix = zip(left, right).prefix(4).prefix { $0 == $1 }.count
  return jaro + Double(prefix) * 0.1 * (1 - jaro)
}
