import RecordLinkage
import TestSupport
import Testing

/// Names that one table has in parts and another one whole.
struct NamePartsTests {
  /// People of a table with given and family names, every other record in another table with the whole name; `header` says
  /// which names the first table has.
  private static func resolve(
    _ header: String, linkOnly: Bool, seed: UInt64
  ) throws -> (resolution: Resolution, precision: Double, recall: Double) {
    var random = Numbers(seed: seed)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    let towns = (0..<6).map { _ in word(3) }
    var (parts, whole): ([String], [String]) = ([], [])
    var (ofParts, ofWhole): ([Int], [Int]) = ([], [])
    for person in 0..<600 {
      let (given, family, year) = (word(2), word(3), 1940 + random.next(60))
      let rest = "\(year)-\(10 + random.next(3))-\(10 + random.next(18)),\(towns[random.next(6)])"
      let isInOne = random.next(3)
      if isInOne != 1 {
        let names = ["first_name": given, "surname": family, "name": "\(given) \(family)"]
        let values = header.split(separator: ",").map { names[String($0)] ?? "" }
        parts.append("p\(person)," + (values + [rest]).joined(separator: ","))
        ofParts.append(person)
      }
      if isInOne != 2 {
        // Another day in one of five.
        let day = random.next(5) == 0 ? "\(1940 + random.next(60))-11-19,\(towns[random.next(6)])" : rest
        whole.append("w\(person),\(given) \(family),\(day)")
        ofWhole.append(person)
      }
    }
    let folder = try ScratchFolder()
    let files = [
      try folder.write("id,\(header),dob,town\n" + parts.joined(separator: "\n"), to: "parts.csv").path,
      try folder.write("id,name,dob,town\n" + whole.joined(separator: "\n"), to: "whole.csv").path,
    ]
    var table = try TableLoading.read(files, idColumn: nil, ignoredColumns: [])
    var settings = ResolveSettings()
    settings.linkOnly = linkOnly
    settings.explains = true
    let resolution = try Resolver(settings).resolve(&table)
    let (precision, recall) = ResolverTests.scores(ofParts + ofWhole, resolution.clusterOfRecord)
    return (resolution, precision, recall)
  }

  @Test(
    arguments: ["first_name,surname", "first_name,surname,name"],
    [(true, 1), (false, 2)] as [(Bool, UInt64)])
  func areCompared(header: String, run: (linkOnly: Bool, seed: UInt64)) throws {
    let (resolution, precision, recall) = try Self.resolve(header, linkOnly: run.linkOnly, seed: run.seed)
    let strongest = try #require(resolution.examples?.strongest.first)
    #expect(strongest.steps.flatMap(\.comparisons).allSatisfy { !$0.left.isEmpty && !$0.right.isEmpty })
    #expect(precision > 0.95 && recall > 0.75, "\(precision) \(recall)")
  }

  /// Forty people whose name nobody knows have no name in common.
  @Test func ofThoseUnknownAreNone() throws {
    var random = Numbers(seed: 4)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    let rows = (0..<320).map { record in
      let name = record % 8 == 0 ? ["UNKNOWN MALE", "Unknown male"][random.next(2)] : "\(word(2)) \(word(3))"
      return "\(record),\(name),07700\(900_000 + random.next(1000)),\(["Elm", "Oak", "Ash"][random.next(3)])"
    }
    let text = "id,name,phone,town\n" + rows.joined(separator: "\n")
    let weights = try ResolverTests.resolve(text).resolution.levelWeights
    let common = weights.filter {
      $0.field == "name (given)" && $0.agreement == "exact" && ($0.frequency?.lowerBound ?? 0) >= 32
    }
    #expect(!common.isEmpty && common.reduce(0) { $0 + $1.u } < 0.001, "\(common)")
  }
}
