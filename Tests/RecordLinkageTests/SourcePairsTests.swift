import RecordLinkage
import TestSupport
import Testing

/// A short list against a long register: nearly all pairs of records are of the register alone, and are not compared.
struct SourcePairsTests {
  /// A register of 3,000 people, and a list of forty of whom every other one is in it.
  private static func resolve(seed: UInt64) throws -> (table: Table, resolution: Resolution) {
    var random = Numbers(seed: seed)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    let given = (0..<60).map { _ in word(2) }
    let family = (0..<200).map { _ in word(3) }
    let towns = (0..<8).map { _ in word(3) + "ham" }
    func person() -> String {
      let day = "\(1950 + random.next(50))-\(10 + random.next(3))-\(10 + random.next(18))"
      return "\(given[random.next(60)]),\(family[random.next(200)]),\(day),\(towns[random.next(8)])"
    }
    let register = (0..<3000).map { _ in person() }
    let list = (0..<40).map { $0 % 2 == 0 ? register[$0] : person() }
    let folder = try ScratchFolder()
    let files = try [("register", register), ("list", list)].map { name, rows in
      try folder.write(
        "id,first_name,surname,dob,town\n"
          + rows.enumerated().map { "\(name)\($0),\($1)" }.joined(separator: "\n"), to: name + ".csv"
      ).path
    }
    var table = try TableLoading.read(files, idColumn: nil, ignoredColumns: [])
    var settings = ResolveSettings()
    settings.linkOnly = true
    let resolution = try Resolver(settings).resolve(&table)
    return (table, resolution)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func ofOneSourceDoNotCountAsChanceAgreement(seed: UInt64) throws {
    let (_, resolution) = try Self.resolve(seed: seed)
    func chance(_ field: String) -> Double {
      resolution.levelWeights.filter { $0.field == field && $0.agreement == "exact" }.reduce(0) { $0 + $1.u }
    }
    #expect((0.08..<0.2).contains(chance("town")), "\(chance("town"))")
    #expect(chance("surname") < 0.02, "\(chance("surname"))")
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
}
