import Foundation
import RecordLinkage
import TestSupport
import Testing

@Suite("Probabilities mean what they say")
struct CalibrationTests {
  /// Mean distance of stated probability and observed share over twenty bins.
  static func calibrationError(_ resolution: Resolution, _ truth: [Int]) -> Double {
    var stated = [Double](repeating: 0, count: 20)
    var observed = stated
    for pair in resolution.pairs {
      let probability = resolution.probability(pair)
      let bin = min(Int(probability * 20), 19)
      stated[bin] += probability
      observed[bin] += truth[Int(pair.left)] == truth[Int(pair.right)] ? 1 : 0
    }
    return zip(stated, observed).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(max(resolution.pairs.count, 1))
  }

  @Test(arguments: [3, 8] as [UInt64])
  func ofIndependentFields(seed: UInt64) throws {
    let (rows, truth) = ResolverTests.people(2_000, seed: seed)
    let (_, resolution) = try ResolverTests.resolve(ResolverTests.header + rows.joined(separator: "\n"))
    #expect(Self.calibrationError(resolution, truth) < 0.02)
  }

  /// Who shares surname and address is no more one person for it; who moved is no less.
  @Test(arguments: [2, 5] as [UInt64])
  func ofHouseholds(seed: UInt64) throws {
    let (rows, truth) = Households.rows(900, seed: seed)
    let (_, resolution) = try ResolverTests.resolve(Households.header + rows.joined(separator: "\n"))
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.93)
    #expect(recall > 0.85)
    #expect(Self.calibrationError(resolution, truth) < 0.04)
  }

  /// Nor where all of the address is one column with slips of its own, so that no key finds a whole household.
  @Test(arguments: [3, 7] as [UInt64])
  func ofHouseholdsByNameAndAddress(seed: UInt64) throws {
    let (rows, truth) = Households.rows(900, seed: seed)
    var random = Numbers(seed: seed)
    let lines = rows.map { row -> String in
      let values = row.split(separator: ",", omittingEmptySubsequences: false)
      var address = Array(values[4...].joined(separator: " ").utf8)
      if random.next(100) < 15 { address.swapAt(random.next(address.count - 1), address.count - 2) }
      return (values[..<4].map(String.init) + [String(decoding: address, as: UTF8.self)])
        .joined(separator: ",")
    }
    let (_, resolution) = try ResolverTests.resolve(
      "id,first_name,surname,dob,address\n" + lines.joined(separator: "\n"))
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.95)
    #expect(recall > 0.85)
    #expect(Self.calibrationError(resolution, truth) < 0.04)
  }

  /// Nor where telephone numbers and e-mail addresses stand beside them, in tables large and small: what a household
  /// shares is as much as what one person has in common.
  @Test(arguments: [(700, 4), (700, 9), (100, 6), (100, 12)] as [(Int, UInt64)])
  func ofHouseholdsWithContacts(households: Int, seed: UInt64) throws {
    let (rows, truth) = Households.rows(households, seed: seed, hasContacts: true)
    let (_, resolution) = try ResolverTests.resolve(
      Households.contactHeader + rows.joined(separator: "\n"))
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.9)
    #expect(recall > 0.9)
    let sure = resolution.pairs.filter { resolution.probability($0) > 0.999 }
    let right = sure.filter { truth[Int($0.left)] == truth[Int($0.right)] }
    #expect(Double(right.count) > 0.98 * Double(sure.count))
  }

  /// Nor where nothing else is known of them: of what one person has alone there is an e-mail address, which differs among
  /// those who live together.
  @Test(arguments: [(700, 4), (700, 9), (250, 6)] as [(Int, UInt64)])
  func ofHouseholdsByContactsAlone(households: Int, seed: UInt64) throws {
    let (rows, truth) = Households.rows(households, seed: seed, hasContacts: true)
    let lines = rows.map { row in
      let fields = row.split(separator: ",", omittingEmptySubsequences: false)
      return [0, 9, 8, 7, 6].map { String(fields[$0]) }.joined(separator: ",")
    }
    let (_, resolution) = try ResolverTests.resolve(
      "id,email,phone,postcode,city\n" + lines.joined(separator: "\n"))
    let sure = resolution.pairs.filter { resolution.probability($0) > 0.95 }
    let right = sure.filter { truth[Int($0.left)] == truth[Int($0.right)] }
    #expect(sure.count > 500)
    #expect(Double(right.count) > 0.9 * Double(sure.count), "\(right.count) of \(sure.count)")
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.75 && recall > 0.85, "\(precision) \(recall)")
  }

  /// Where none of the pairs is as sure as is asked, the surest are joined: a table of households without names, of which
  /// few have a telephone of their own.
  @Test func theSurestOfATableAreJoined() throws {
    var random = Numbers(seed: 5)
    var (rows, truth, person): ([String], [Int], Int) = ([], [], 0)
    for household in 0..<900 {
      let home = "N\(household % 90) \(household / 90)AB,\(Self.letters(household % 60))ton"
      let shared = "0207946\(1_000 + household)"
      for _ in 0..<2 + random.next(2) {
        let name = String((0..<7).map { _ in Self.consonants[random.next(16)] })
        let phone = random.next(10) == 0 ? "0161496\(1_000 + person)" : shared
        for _ in 0..<1 + random.next(3) {
          rows.append("r\(rows.count),\(name),\(phone),\(home)")
          truth.append(person)
        }
        person += 1
      }
    }
    let (_, resolution) = try ResolverTests.resolve(
      "id,username,phone,postcode,city\n" + rows.joined(separator: "\n"))
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.9 && recall > 0.5, "\(precision) \(recall)")
  }

  /// Where few of the pairs are as sure as is asked, and most a little less, most are not left out: names, street and city,
  /// of which a household shares all but one.
  @Test func pairsJustBelowWhatIsAskedAreJoined() throws {
    let (rows, truth) = Households.rows(150, seed: 3, hasContacts: true)
    let lines = rows.map { row in
      let fields = row.split(separator: ",", omittingEmptySubsequences: false)
      return [0, 1, 2, 5, 6].map { String(fields[$0]) }.joined(separator: ",")
    }
    let (_, resolution) = try ResolverTests.resolve(
      "id,first_name,surname,street,city\n" + lines.joined(separator: "\n"))
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.95 && recall > 0.25, "\(precision) \(recall)")
  }

  /// Strangers of one name whose given and family name were exchanged in one record are strangers as others are.
  @Test(arguments: [2, 7] as [UInt64])
  func ofExchangedNames(seed: UInt64) throws {
    var random = Numbers(seed: seed)
    let given = (0..<40).map { "Ka\(Self.letters($0))" }
    let family = (0..<60).map { "Ros\(Self.letters($0))ter" }
    var (rows, truth): ([String], [Int]) = ([], [])
    for person in 0..<1_200 {
      let names = [given[random.next(40)], family[random.next(60)]]
      let birth = "\(1930 + random.next(70))-\(10 + random.next(3))-\(10 + random.next(19))"
      for _ in 0..<1 + random.next(3) {
        let isExchanged = random.next(100) < 4
        let date = random.next(100) < 10 ? "" : birth
        rows.append(
          "r\(rows.count),\((isExchanged ? names.reversed() : names).joined(separator: ",")),\(date)")
        truth.append(person)
      }
    }
    let (_, resolution) = try ResolverTests.resolve(
      "id,given,family,dob\n" + rows.joined(separator: "\n"))
    let sure = resolution.pairs.filter { resolution.probability($0) > 0.99 }
    let right = sure.filter { truth[Int($0.left)] == truth[Int($0.right)] }
    #expect(sure.count > 500)
    #expect(Double(right.count) > 0.98 * Double(sure.count))
  }

  private static let consonants = Array("bcdfghklmnprstvw")

  private static func letters(_ number: Int) -> String {
    String(decoding: [UInt8(0x61 + number % 8), UInt8(0x61 + number / 8)], as: UTF8.self)
  }

  @Test func theCurveCountsEveryPair() throws {
    let (rows, _) = Households.rows(500, seed: 4)
    let text = Households.header + rows.joined(separator: "\n")
    let (_, resolution) = try ResolverTests.resolve(text)
    let curve = resolution.calibration
    #expect(curve.bins.reduce(0) { $0 + $1.observed } == resolution.comparedPairs)
    #expect(curve.bins.reduce(0) { $0 + $1.decoys } > 10_000)
    for (one, next) in zip(curve.bins, curve.bins.dropFirst()) {
      #expect(one.upper == next.lower)
      #expect(one.probability <= next.probability)
      if let first = one.probabilityByDecoys, let second = next.probabilityByDecoys {
        #expect(first <= second)
      }
    }
    for bin in curve.bins {
      #expect((0...1).contains(bin.probability) && (0...1).contains(bin.probabilityByDecoys ?? 0))
    }
    let (_, again) = try ResolverTests.resolve(text)
    #expect(again.calibration == curve)
  }

  @Test func smallAndOddTablesGiveNumbers() throws {
    let header = "id,first_name,surname,dob,city\n"
    func lines(_ count: Int, _ make: (Int) -> String) -> String {
      header + (0..<count).map { "\($0)," + make($0) }.joined(separator: "\n")
    }
    let texts = [
      lines(2) { _ in "Ada,Ray,1990-01-01,Ely" }, lines(2) { "A\($0)a,R\($0)y,199\($0)-01-01,E\($0)y" },
      lines(300) { _ in "Ada,Ray,1990-01-01,Ely" },
      lines(200) {
        "Given\($0 * 7919 % 200),Name\($0),19\(10 + $0 % 90)-0\(1 + $0 % 9)-11,Town\($0 * 31 % 200)"
      },
      lines(40) { "Ada\($0 % 3),,," },
      "id,surname\n" + (0..<50).map { "\($0),Name\($0 % 25)" }.joined(separator: "\n"),
    ]
    for (number, text) in texts.enumerated() {
      let table: Result<Resolution, any Error> = Result {
        try ResolverTests.resolve(text).resolution
      }
      switch table {
      case .failure(let error): #expect(error is TableError, "table \(number)")
      case .success(let resolution):
        #expect(resolution.model.priorLog10Odds.isFinite)
        #expect(resolution.probabilityToMerge >= 0.5 && resolution.probabilityToMerge < 1)
        for pair in resolution.pairs {
          #expect(pair.log10LR.isFinite)
          #expect((0...1).contains(resolution.probability(pair)))
        }
        for weight in resolution.levelWeights {
          #expect(weight.weight.isFinite && weight.m.isFinite && weight.u.isFinite, "table \(number)")
        }
      }
    }
    let (_, none) = try ResolverTests.resolve(texts[3])
    #expect(none.clusterCount == 200)
  }

  /// u of exact agreement follows from how often values occur; m of a typing error from how many were planted. What a typing
  /// error made no date of is missing, and says nothing of either.
  @Test func plantedRatesAreRecovered() throws {
    let (rows, truth) = ResolverTests.people(3_000, typo: 20, seed: 9)
    let (_, resolution) = try ResolverTests.resolve(ResolverTests.header + rows.joined(separator: "\n"))
    let every = rows.map { $0.split(separator: ",") }
    for (column, field) in [(1, "first_name"), (2, "surname"), (3, "dob"), (4, "phone")] {
      let stated = every.indices.filter { field != "dob" || isDate(every[$0][column]) }
      let values = stated.map { every[$0] }
      let truth = stated.map { truth[$0] }
      var counts: [Substring: Int] = [:]
      for row in values { counts[row[column], default: 0] += 1 }
      var same = 0.0
      var agreeing = 0.0
      var samePairs = 0.0
      for one in values.indices {
        for other in one + 1..<min(one + 3, values.count) where truth[one] == truth[other] {
          samePairs += 1
          if values[one][column] == values[other][column] { agreeing += 1 }
        }
      }
      for count in counts.values { same += Double(count * (count - 1) / 2) }
      let allPairs = Double(values.count * (values.count - 1) / 2)
      let exact = resolution.levelWeights.filter { $0.field == field && $0.level.hasPrefix("exact") }
      let u = exact.reduce(0) { $0 + $1.u }
      let m = exact.reduce(0) { $0 + $1.m }
      #expect(abs(u / ((same - agreeing) / (allPairs - samePairs)) - 1) < 0.1, "\(field): u \(u)")
      #expect(abs(m - agreeing / samePairs) < 0.04, "\(field): m \(m), planted \(agreeing / samePairs)")
    }
    #expect(abs(resolution.model.matches / samePairs(truth) - 1) < 0.05)
  }

  /// In tables of few records, where chance shows little, what differs still speaks against one origin, and no share of
  /// pairs is above one.
  @Test(arguments: [4, 6, 12, 40])
  func sharesAreSharesInSmallTables(people: Int) throws {
    let (rows, _) = ResolverTests.people(people, seed: 5)
    let (_, resolution) = try ResolverTests.resolve(ResolverTests.header + rows.joined(separator: "\n"))
    for (field, levels) in Dictionary(grouping: resolution.levelWeights, by: \.field) {
      #expect(levels.reduce(0) { $0 + $1.u } < 1.01, "\(field)")
      for level in levels where level.level == "different" { #expect(level.m < level.u, "\(field)") }
    }
  }

  private func isDate(_ text: Substring) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let one = Int(parts[1]), let other = Int(parts[2]) else {
      return false
    }
    return (1...12).contains(min(one, other)) && (1...31).contains(max(one, other))
  }

  private func samePairs(_ truth: [Int]) -> Double {
    var sizes: [Int: Int] = [:]
    for person in truth { sizes[person, default: 0] += 1 }
    return sizes.values.reduce(0) { $0 + Double($1 * ($1 - 1) / 2) }
  }
}
