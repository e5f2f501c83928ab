import RecordLinkage
import TestSupport
import Testing

/// Columns that files have by different names.
struct ColumnsApartTests {
  private static func resolve(_ one: String, _ other: String) throws -> Resolution {
    var random = Numbers(seed: 6)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    let towns = (0..<30).map { _ in word(3) }
    let folder = try ScratchFolder()
    let files = try [("a", one), ("b", other)].map { name, header in
      let rows = (0..<200).map { record in
        let day = "\(1940 + random.next(60))-\(10 + random.next(3))-\(10 + random.next(18))"
        let town = towns[random.next(30)]
        return "\(name)\(record),\(word(2)) \(word(3)),\(day),\(town),\(towns[random.next(30)])"
      }
      return try folder.write("id,\(header)\n" + rows.joined(separator: "\n"), to: name + ".csv").path
    }
    var table = try TableLoading.read(files, idColumn: nil, ignoredColumns: [])
    return try Resolver().resolve(&table)
  }

  @Test func areNamed() throws {
    let found = try Self.resolve("name,dob,town,birthplace", "name,date_of_birth,town,city")
    #expect(found.columnsApart?.columns == ["dob", "date_of_birth"])
    #expect(found.remarks.contains { $0.contains("(dob and date_of_birth)") })
  }

  @Test func areNoneWhereTheHeadersAreTheSame() throws {
    #expect(try Self.resolve("name,dob,town,city", "name,dob,town,birthplace").columnsApart == nil)
  }

  /// One file has addresses in parts and whole, the other one whole: the parts are what is left out.
  @Test func partsOfWhatAllFilesHaveAreLeftOut() throws {
    var random = Numbers(seed: 8)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    let towns = (0..<30).map { _ in word(3) }
    func table(_ file: String, _ header: String, isWhole: Bool) -> String {
      let rows = (0..<200).map { record in
        let (street, town) = ("\(1 + random.next(90)) \(word(3)) Road", towns[random.next(30)])
        let name = "\(word(2)) \(word(3))"
        return "\(file)\(record),\(name),\(isWhole ? "" : "\(street),\(town),")\(street) \(town)"
      }
      return "id,\(header)\n" + rows.joined(separator: "\n")
    }
    let folder = try ScratchFolder()
    let files = [
      try folder.write(table("a", "name,street,town,address", isWhole: false), to: "a.csv").path,
      try folder.write(table("b", "name,address", isWhole: true), to: "b.csv").path,
    ]
    for (number, expected) in [(2, ["name", "address"]), (1, ["name", "street", "town"])] {
      var table = try TableLoading.read(
        Array(files.prefix(number)), idColumn: nil, ignoredColumns: [])
      let findings = try Resolver().resolve(&table).findings
      #expect(findings.filter(\.isCompared).map(\.name) == expected)
    }
  }
}
