import Foundation
import RecordLinkage
import TestSupport
import Testing

@Suite("What agrees less never weighs more")
struct AgreementOrderTests {
  /// One record over and over, one value mistyped in each: nobody differs much in anything.
  private func nearCopies(_ count: Int, seed: UInt64) -> String {
    var random = Numbers(seed: seed)
    let values = ["melusine", "ravenscroft", "1971-02-13", "07700900555", "12 Elm Road"]
    let rows = (0..<count).map { number -> String in
      let mistyped = values.map { value -> String in
        var bytes = Array(value.utf8)
        if random.next(5) == 0 { bytes[random.next(bytes.count)] = UInt8(0x30 + random.next(10)) }
        return String(decoding: bytes, as: UTF8.self)
      }
      return "\(number)," + mistyped.joined(separator: ",")
    }
    return "id,first_name,surname,dob,phone,address\n" + rows.joined(separator: "\n")
  }

  /// People of whom a third each have the same name, telephone or address.
  private func sharedValues(_ count: Int, seed: UInt64) -> String {
    var random = Numbers(seed: seed)
    let (rows, _) = ResolverTests.people(count, seed: seed)
    let shared = rows.map { row -> String in
      var values = row.split(separator: ",").map(String.init)
      for (place, value) in [(1, "melusine"), (2, "ravenscroft"), (4, "07700900555")]
      where random.next(3) == 0 { values[place] = value }
      return values.joined(separator: ",")
    }
    return ResolverTests.header + shared.joined(separator: "\n")
  }

  private func check(_ text: String) throws {
    let (_, resolution) = try ResolverTests.resolve(text)
    var exact: [String: [Int: Double]] = [:]
    var different: [String: Double] = [:]
    for level in resolution.levelWeights {
      if let frequency = level.frequency, level.agreement == "exact" {
        exact[level.field, default: [:]][frequency.lowerBound] = level.weight
      }
      if level.agreement == "different" { different[level.field] = level.weight }
    }
    #expect(different.count >= 4)
    #expect(different.values.allSatisfy { $0 <= 0 }, "\(different)")
    for level in resolution.levelWeights where level.agreement != "different" {
      #expect(level.weight >= (different[level.field] ?? 0) - 1e-4, "\(level)")
    }
    for level in resolution.levelWeights where level.agreement == "near" && level.m > 0.01 {
      guard let bucket = level.frequency?.lowerBound, let same = exact[level.field]?[bucket], bucket > 1
      else { continue }
      #expect(level.weight <= same + 1e-4, "\(level), exact \(same)")
    }
  }

  @Test func inNearCopies() throws { try check(nearCopies(300, seed: 4)) }

  @Test func inValuesThatAThirdShare() throws { try check(sharedValues(250, seed: 6)) }

  @Test func inPlainTables() throws {
    try check(ResolverTests.header + ResolverTests.people(600, seed: 8).rows.joined(separator: "\n"))
  }

  /// Authors are written out or by initials: of one work they share their words, and a letter apart are strangers.
  @Test func wordsInCommonSpeakForOneOriginWhereSlipsAreRare() throws {
    var random = Numbers(seed: 1)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func words(_ count: Int) -> [String] {
      (0..<count).map { _ in syllables[random.next(12)] + syllables[random.next(12)] }
    }
    let (families, given, subjects) = (words(60), words(40), words(60))
    func subject() -> String { subjects[random.next(60)] }
    var rows: [String] = []
    for _ in 0..<400 {
      let title = (0..<4).map { _ in subject() }.joined(separator: " ")
      let people = (0..<1 + random.next(3)).map { _ in (given[random.next(40)], families[random.next(60)]) }
      let year = 1980 + random.next(40)
      for _ in 0..<1 + random.next(2) {
        let isShort = random.next(2) == 0
        let names = people.map { isShort ? "\($0.0.prefix(1)). \($0.1)" : "\($0.0) \($0.1)" }
        let whole = random.next(3) > 0 ? title : title + " " + subject()
        rows.append("r\(rows.count),\(whole),\(names.joined(separator: "; ")),\(year)")
      }
    }
    let (_, resolution) = try ResolverTests.resolve(
      "id,title,authors,year\n" + rows.joined(separator: "\n"))
    let loose = resolution.levelWeights.filter {
      $0.field == "authors" && $0.agreement == "loose" && $0.m > 0.01
    }
    #expect(!loose.isEmpty && loose.allSatisfy { $0.weight > 0 }, "\(loose)")
  }

  /// Who stands in lists of two years is two years older in the second: that is no evidence against them.
  @Test(arguments: [3, 4] as [UInt64])
  func agesThatNeverAgreeSpeakAgainstNobody(seed: UInt64) throws {
    var random = Numbers(seed: seed)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    var (rows, truth): ([String], [Int]) = ([], [])
    for person in 0..<400 {
      let own = [
        word(2), word(3), "07700\(100_000 + random.next(900_000))", "\(1 + random.next(90)) \(word(2)) Road",
      ]
      let age = 18 + random.next(60)
      for copy in 0..<1 + random.next(2) {
        var values = own
        if random.next(4) == 0 { values[random.next(4)] = word(3) }
        rows.append("r\(rows.count),\(values.joined(separator: ",")),\(age + 2 * copy)")
        truth.append(person)
      }
    }
    let (_, resolution) = try ResolverTests.resolve(
      "id,first_name,surname,phone,address,age\n" + rows.joined(separator: "\n"))
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.95 && recall > 0.95, "\(precision) \(recall)")
    let apart = resolution.levelWeights.filter { $0.field == "age" && $0.agreement == "loose" && $0.m > 0.01 }
    #expect(!apart.isEmpty && apart.allSatisfy { $0.weight > 0 }, "\(apart)")
  }
}
