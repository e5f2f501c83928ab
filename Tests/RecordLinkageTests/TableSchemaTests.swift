import Foundation
import RecordLinkage
import TestSupport
import Testing

@Suite("Schemas of tables")
struct TableSchemaTests {
  private func read(_ text: String, _ schema: TableSchema) throws -> Table {
    let folder = try ScratchFolder()
    return try TableLoading.read([try folder.write(text, to: "t.csv").path], schema: schema)
  }

  @Test func theExampleIsASchema() throws {
    let schema = try TableSchema(toml: TableSchema.example)
    #expect(schema.idColumn == "Reference" && schema.sourceColumn == "Force")
    #expect(schema.ignoredColumns == ["Outcome"])
    #expect(schema.columns["Born"] == .kind(.birthDate))
    #expect(schema.dateOrder == .dmy && schema.linkOnly == false)
    #expect(schema.blocking == [["Born", "Town"]])
  }

  /// The guide shows the example, and nothing else that calls itself a schema.
  @Test func theGuideShowsTheExample() throws {
    let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Docs/Resolve.md")
    let text = try String(contentsOf: guide, encoding: .utf8)
    let blocks = text.components(separatedBy: "```toml\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
    #expect(blocks == [TableSchema.example])
    for kind in ColumnKind.allCases where kind != .empty && kind != .constant {
      #expect(text.contains("`\(kind.rawValue)`"), "the guide lacks the kind \(kind.rawValue)")
    }
  }

  @Test(arguments: [
    ("version = 1", "version = 2", "version", 1),
    ("date_order = \"dmy\"", "date_order = \"day\"", "date_order", 2),
    ("link_only = false", "link_only = \"no\"", "link_only", 3),
    ("link_only", "linkonly", "linkonly", 3),
    ("\"source\"", "\"id\"", "columns.Force", 7),
    ("\"full-name\"", "\"fullname\"", "columns.Knownas", 8),
    ("\"full-name\"", "\"constant\"", "columns.Knownas", 8),
    ("\"date-of-birth\"", "3", "columns.Born", 9),
    ("columns = [\"Born\", \"Town\"]", "columns = \"Born\"", "blocking[0].columns", 13),
    ("columns = [\"Born\", \"Town\"]", "columns = [\"a\", \"b\", \"c\"]", "blocking[0].columns", 13),
    ("columns = [\"Born\", \"Town\"]", "column = [\"Born\"]", "blocking[0].column", 13),
  ])
  func errorsNameKeyAndLine(_ old: String, _ new: String, _ key: String, _ line: Int) throws {
    let text = TableSchema.example.replacing(old, with: new, maxReplacements: 1)
    let error = #expect(throws: TableSchemaError.self) { try TableSchema(toml: text) }
    #expect(error?.key.filter { $0 != " " } == key)
    #expect(error?.line == line, "\(error?.description ?? "")")
  }

  @Test func errorsNameTheFile() throws {
    let folder = try ScratchFolder()
    let file = try folder.write("version = 1\ncolumns = \n", to: "s.toml").path
    let error = #expect(throws: TableSchemaError.self) { try TableSchema(file: file) }
    #expect(error?.description.hasPrefix("\(file), line 2: ") == true, "\(error?.description ?? "")")
    #expect(throws: TableSchemaError.self) { try TableSchema(file: folder.url.path + "/none.toml") }
    let latin = try folder.write([0xE9, 0x3D, 0x31], to: "l.toml").path
    #expect(throws: TableSchemaError.self) { try TableSchema(file: latin) }
  }

  @Test func statedKindsOverruleWhatIsRecognised() throws {
    let (rows, truth) = ResolverTests.people(400)
    var schema = TableSchema()
    schema.columns = ["c4": .kind(.text), "c1": .kind(.givenName), "c2": .kind(.familyName), "c3": .ignore]
    var table = try read("id,c1,c2,c3,c4\n" + rows.joined(separator: "\n"), schema)
    let resolution = try Resolver().resolve(&table)
    let found = Dictionary(uniqueKeysWithValues: resolution.findings.map { ($0.name, $0) })
    #expect(found["c4"]?.kind == .text && found["c4"]?.reason == .stated)
    #expect(found["c1"]?.kind == .givenName)
    #expect(found["c3"] == nil && table.ignored == ["c3"])
    #expect(ResolverTests.scores(truth, resolution.clusterOfRecord).precision > 0.9)
    // A kind that is not compared keeps a column out.
    schema.columns["c4"] = .kind(.platform)
    table = try read("id,c1,c2,c3,c4\n" + rows.joined(separator: "\n"), schema)
    #expect(try Resolver().resolve(&table).findings.first { $0.name == "c4" }?.isCompared == false)
  }

  @Test func aColumnOfSourcesKeepsRecordsOfOneSourceApart() throws {
    let (rows, _) = ResolverTests.people(300)
    let text =
      "id,first_name,surname,dob,phone,force\n"
      + rows.enumerated().map { "\($0.element),\(["north", "south", ""][$0.offset % 3])" }.joined(
        separator: "\n")
    var schema = TableSchema()
    schema.columns = ["force": .source]
    var table = try read(text, schema)
    #expect(!table.columns.contains { $0.name == "force" })
    var settings = ResolveSettings()
    settings.linkOnly = true
    let resolution = try Resolver(settings).resolve(&table)
    var seen: Set<[Int]> = []
    for (record, cluster) in resolution.clusterOfRecord.enumerated() {
      #expect(seen.insert([Int(cluster), record % 3]).inserted)
    }
    #expect(resolution.clusterCount < rows.count)
    #expect(resolution.clusterSizes.max() == 3)
  }

  @Test func askedKeysAreUsedOrRefused() throws {
    let (rows, _) = ResolverTests.people(200)
    let text = ResolverTests.header + rows.joined(separator: "\n")
    var settings = ResolveSettings()
    settings.blockingKeys = [["first_name", "dob"]]
    var table = try read(text, TableSchema())
    let names = try Resolver(settings).resolve(&table).blocking.map(\.key)
    #expect(names.contains("first_name + dob"))
    settings.blockingKeys = [["shoe_size"]]
    table = try read(text, TableSchema())
    #expect {
      try Resolver(settings).resolve(&table)
    } throws: { error in
      guard case TableError.noSuchKey(let name, let columns) = error else { return false }
      return name == "shoe_size" && columns.contains("dob")
    }
  }

  @Test func dateOrderIsRespected() throws {
    // Each person once with day or month first, no number above 12, and once with the year first: the order decides
    // whether the two dates are the same.
    var rows: [String] = []
    for person in 0..<400 {
      let first = ["karo", "mitensol", "vidar", "lunpe", "goshel", "nybar", "tiswen"][person % 7]
      let last = ["ka", "ro", "mi", "ten"][person % 4] + ["sol", "vi", "dar", "lun", "pe"][person % 5]
      let name = "\(first),\(last)\(["son", "ton", "man", "by", "ley", "ford"][person % 6])"
      let (month, day, year) = (1 + person % 12, 1 + (person + 5) % 12, 1950 + person % 45)
      rows.append("\(2 * person),\(name),\(day)/\(month)/\(year)")
      rows.append("\(2 * person + 1),\(name),\(year)-\(month)-\(day)")
    }
    for order in [TableSchema.DateOrder.dmy, .mdy] {
      var schema = TableSchema()
      schema.dateOrder = order
      schema.columns = ["dob": .kind(.birthDate)]
      var table = try read("id,first_name,surname,dob\n" + rows.joined(separator: "\n"), schema)
      var settings = ResolveSettings()
      settings.explains = true
      let examples = try #require(try Resolver(settings).resolve(&table).examples)
      let shown = (examples.strongest + examples.weakestJoined + examples.nearThreshold)
        .filter { $0.left % 2 == 0 && $0.right == $0.left + 1 }
      #expect(!shown.isEmpty)
      for comparison in shown.flatMap(\.steps).flatMap(\.comparisons) where comparison.field == "dob" {
        #expect((comparison.agreement == "exact") == (order == .dmy), "\(order): \(comparison)")
      }
    }
  }

  @Test func columnsThatAreNotThereAreRefused() throws {
    for role in [TableSchema.Role.id, .source, .ignore, .kind(.email)] {
      var schema = TableSchema()
      schema.columns = ["nowhere": role]
      #expect {
        try read("id,a\n1,x\n", schema)
      } throws: { error in
        guard case TableError.noSuchColumn(_, let name, _) = error else { return false }
        return name == "nowhere"
      }
    }
  }

  @Test func aColumnOfOneFileOfSeveralMayBeLeftOut() throws {
    let folder = try ScratchFolder()
    let one = try folder.write("id,a,truth\n1,x,7\n", to: "1.csv").path
    let two = try folder.write("id,a\n2,x\n", to: "2.csv").path
    let table = try TableLoading.read([one, two], idColumn: nil, ignoredColumns: ["truth"])
    #expect(table.columns.map(\.name) == ["a"])
  }
}
