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
}
