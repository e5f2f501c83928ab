import RecordLinkage
import TestSupport
import Testing

/// A short list against a long register: nearly all pairs of records are of the register alone, and are not compared.
struct SourcePairsTests {
  private static let header = "id,first_name,surname,dob,town\n"

  /// People of sixty given and two hundred family names in eight towns.
  private static func people(_ count: Int, _ random: inout Numbers) -> [String] {
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func word(_ parts: Int, _ number: Int) -> String {
      var (rest, word) = (number, "")
      for _ in 0..<parts {
        word += syllables[rest % 12]
        rest /= 12
      }
      return word
    }
    return (0..<count).map { _ in
      let day = "\(1950 + random.next(50))-\(10 + random.next(3))-\(10 + random.next(18))"
      let names = "\(word(2, random.next(60))),\(word(3, 5 * random.next(200)))"
      return names + ",\(day),\(word(3, 7 + 100 * random.next(8)))ham"
    }
  }

  private static func resolve(register: [String], list: [String]) throws -> (Table, Resolution) {
    let folder = try ScratchFolder()
    let files = try [("register", register), ("list", list)].map { name, rows in
      let lines = rows.enumerated().map { "\(name)\($0),\($1)" }
      return try folder.write(header + lines.joined(separator: "\n"), to: name + ".csv").path
    }
    var table = try TableLoading.read(files, idColumn: nil, ignoredColumns: [])
    var settings = ResolveSettings()
    settings.linkOnly = true
    let resolution = try Resolver(settings).resolve(&table)
    return (table, resolution)
  }

  /// A register of 3,000 people, and a list of forty of whom every other one is in it.
  private static func resolve(seed: UInt64) throws -> (Table, Resolution) {
    var random = Numbers(seed: seed)
    let (register, others) = (people(3000, &random), people(40, &random))
    return try resolve(
      register: register, list: others.indices.map { $0 % 2 == 0 ? register[$0] : others[$0] })
  }

  /// How often two records of different people are said to have the same.
  private static func chance(_ field: String, _ resolution: Resolution) -> Double {
    resolution.levelWeights.filter { $0.field == field && $0.agreement == "exact" }.reduce(0) { $0 + $1.u }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func ofOneSourceDoNotCountAsChanceAgreement(seed: UInt64) throws {
    let (_, resolution) = try Self.resolve(seed: seed)
    let (town, surname) = (Self.chance("town", resolution), Self.chance("surname", resolution))
    #expect((0.08..<0.2).contains(town) && surname < 0.02, "\(town) \(surname)")
    #expect(resolution.levelWeights.allSatisfy { $0.u <= 1 })
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func doNotHideThoseOfTheList(seed: UInt64) throws {
    let (table, resolution) = try Self.resolve(seed: seed)
    let clusters = resolution.clusterOfRecord
    let first = table.sources[1].records.lowerBound
    let found = stride(from: 0, to: 40, by: 2).filter { clusters[first + $0] == clusters[$0] }.count
    #expect(found > 15 && table.recordCount - resolution.clusterCount < found + 3, "\(found)")
  }

  /// Of a list of four, and a register with a town in one record of fifty, all pairs can be looked at.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func ofDifferentSourcesAreLookedAt(seed: UInt64) throws {
    var random = Numbers(seed: seed)
    let (people, list) = (Self.people(6000, &random), Self.people(4, &random))
    func town(_ row: String) -> Substring { row.split(separator: ",", omittingEmptySubsequences: false)[3] }
    let register = people.enumerated().map { $0 % 50 == 0 ? $1 : String($1.dropLast(town($1).count)) }
    let filled = register.map(town).filter { !$0.isEmpty }
    let pairs = list.reduce(0) { sum, row in sum + filled.count { $0 == town(row) } }
    let expected = Double(pairs) / Double(list.count * filled.count)
    let found = Self.chance("town", try Self.resolve(register: register, list: list).1)
    #expect((0.75..<1.25).contains(found / expected), "\(found) \(expected)")
  }
}
