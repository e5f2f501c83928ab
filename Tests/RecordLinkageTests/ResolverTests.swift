import Foundation
import RecordLinkage
import TestSupport
import Testing

@Suite("Resolving tables")
struct ResolverTests {
  /// People with planted duplicates: names from syllables, a date, a phone number; each field of a copy is mistyped
  /// with a known chance.
  static func people(
    _ count: Int, typo: Int = 10, seed: UInt64 = 3
  ) -> (rows: [String], truth: [Int]) {
    var random = Numbers(seed: seed)
    let syllables = [
      "ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny", "bar", "tis", "wen",
    ]
    func name(_ parts: Int) -> String {
      (0..<parts).map { _ in syllables[random.next(syllables.count)] }.joined()
    }
    var rows: [String] = []
    var truth: [Int] = []
    for person in 0..<count {
      let first = name(2)
      let last = name(3)
      let year = 1950 + random.next(50)
      let month = 10 + random.next(3)
      let day = 10 + random.next(18)
      let phone = "07700900" + String(100 + random.next(900))
      for _ in 0..<(1 + random.next(3)) {
        var values = [first, last, "\(year)-\(month)-\(day)", phone]
        for field in values.indices where random.next(100) < typo {
          var bytes = Array(values[field].utf8)
          let place = random.next(bytes.count - 1)
          bytes.swapAt(place, place + 1)
          values[field] = String(decoding: bytes, as: UTF8.self)
        }
        rows.append("r\(rows.count)," + values.joined(separator: ","))
        truth.append(person)
      }
    }
    return (rows, truth)
  }

  static let header = "id,first_name,surname,dob,phone\n"

  static func resolve(
    _ text: String, _ settings: ResolveSettings = ResolveSettings(), name: String = "t.csv"
  ) throws -> (table: Table, resolution: Resolution) {
    let folder = try ScratchFolder()
    let file = try folder.write(text, to: name)
    var table = try TableLoading.read([file.path], idColumn: nil, ignoredColumns: [])
    let resolution = try Resolver(settings).resolve(&table)
    return (table, resolution)
  }

  static func scores(_ truth: [Int], _ found: [UInt32]) -> (precision: Double, recall: Double) {
    var joint: [[Int]: Int] = [:]
    var byTruth: [Int: Int] = [:]
    var byFound: [UInt32: Int] = [:]
    for (one, other) in zip(truth, found) {
      joint[[one, Int(other)], default: 0] += 1
      byTruth[one, default: 0] += 1
      byFound[other, default: 0] += 1
    }
    func pairs(_ counts: some Sequence<Int>) -> Double { counts.reduce(0) { $0 + Double($1 * ($1 - 1) / 2) } }
    let both = pairs(joint.values)
    return (both / max(pairs(byFound.values), 1), both / max(pairs(byTruth.values), 1))
  }

  /// Platforms show the handle of who gave no name, another on each: as much is found as where the name is empty.
  @Test(arguments: [8, 9] as [UInt64])
  func aHandleInThePlaceOfANameIsNone(seed: UInt64) throws {
    let (people, truth) = Self.people(200, typo: 0, seed: seed)
    func resolve(_ isShown: Bool) throws -> Resolution {
      let rows = people.enumerated().map { number, row in
        let values = row.split(separator: ",")
        let handle = "\(["dusk", "moor", "fen", "wold", "tarn"][number % 5])\(number * 7 % 13)x\(number)"
        let name = number % 2 == 0 ? "\(values[1]) \(values[2])" : isShown ? handle : ""
        let email = number % 3 == 0 ? "" : "\(values[2])\(values[4].suffix(3))@post.example"
        let phone = number % 4 == 3 ? "" : "\(values[4])\(values[3].dropFirst(2).prefix(2))"
        let device = number % 5 > 2 ? "" : "d0e\(100_000_000 + truth[number] * 7_919)"
        return "\(values[0]),\(handle),\(name),\(email),\(phone),\(device)"
      }
      return try Self.resolve("id,username,name,email,phone,device\n" + rows.joined(separator: "\n"))
        .resolution
    }
    for isShown in [true, false] {
      let (precision, recall) = Self.scores(truth, try resolve(isShown).clusterOfRecord)
      #expect(precision > 0.95 && recall > 0.8, "\(isShown): \(precision) \(recall)")
    }
  }

  @Test func plantedDuplicatesAreFound() throws {
    let (rows, truth) = Self.people(1_500)
    let (_, resolution) = try Self.resolve(Self.header + rows.joined(separator: "\n"))
    let (precision, recall) = Self.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.98)
    #expect(recall > 0.97)
  }

  @Test func plantedAgreementIsRecovered() throws {
    let (rows, truth) = Self.people(3_000)
    let (_, resolution) = try Self.resolve(Self.header + rows.joined(separator: "\n"))
    let values = rows.map { $0.split(separator: ",") }
    for (column, field) in [(1, "first_name"), (2, "surname"), (4, "phone")] {
      var pairs = 0.0
      var agreeing = 0.0
      for one in values.indices {
        for other in one + 1..<min(one + 3, values.count) where truth[one] == truth[other] {
          pairs += 1
          if values[one][column] == values[other][column] { agreeing += 1 }
        }
      }
      let exact = resolution.levelWeights.filter { $0.field == field && $0.level.hasPrefix("exact") }
        .reduce(0) { $0 + $1.m }
      #expect(abs(exact - agreeing / pairs) < 0.03, "\(field): \(exact), planted \(agreeing / pairs)")
    }
  }

  @Test func theOrderOfRecordsDoesNotMatter() throws {
    let (rows, _) = Self.people(600)
    var random = Numbers(seed: 5)
    var order = Array(rows.indices)
    for place in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(place, random.next(place + 1)) }
    let (_, one) = try Self.resolve(Self.header + rows.joined(separator: "\n"))
    let (_, other) = try Self.resolve(Self.header + order.map { rows[$0] }.joined(separator: "\n"))
    var numberOf: [UInt32: UInt32] = [:]
    var agree = 0
    for (place, row) in order.enumerated() {
      let (mine, theirs) = (one.clusterOfRecord[row], other.clusterOfRecord[place])
      if numberOf[mine, default: theirs] == theirs { agree += 1 }
      numberOf[mine] = theirs
    }
    #expect(agree == rows.count)
    #expect(one.clusterCount == other.clusterCount)
  }

  /// Two numbers of different length are as near from either side.
  @Test func whichOfTwoRecordsStandsFirstDoesNotMatter() throws {
    let (rows, _) = Self.people(300)
    let two = ["x,Zofia,Brzeskava,1971-03-09,40312", "y,Zofia,Brzeskava,1971-03-09,4031277"]
    let weights = try [two, two.reversed()].map { two in
      let (_, resolution) = try Self.resolve(Self.header + (two + rows).joined(separator: "\n"))
      return try #require(resolution.pairs.first { $0.left == 0 && $0.right == 1 }).log10LR
    }
    #expect(weights[0] == weights[1])
  }

  @Test func aRunIsRepeatable() throws {
    let (rows, _) = Self.people(400)
    let folder = try ScratchFolder()
    var outputs: [Data] = []
    for run in 1...2 {
      let (table, resolution) = try Self.resolve(Self.header + rows.joined(separator: "\n"))
      let path = folder.url.appendingPathComponent("\(run)").path
      try ResultWriter(table, resolution).writeClusters(to: path + ".clusters")
      try ResultWriter(table, resolution).writeEdges(to: path + ".edges")
      outputs.append(try Data(contentsOf: URL(fileURLWithPath: path + ".clusters")))
      outputs.append(try Data(contentsOf: URL(fileURLWithPath: path + ".edges")))
    }
    #expect(outputs[0] == outputs[2])
    #expect(outputs[1] == outputs[3])
    #expect(outputs[1].count > 1000)
  }

  @Test func edgesAreWrittenToTheLastDecimal() throws {
    let (rows, _) = Self.people(200)
    let folder = try ScratchFolder()
    let (table, resolution) = try Self.resolve(Self.header + rows.joined(separator: "\n"))
    let path = folder.url.appendingPathComponent("edges.csv").path
    try ResultWriter(table, resolution).writeEdges(to: path)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.first == "id_l,id_r,log10_lr,probability")
    let pairs = resolution.pairs.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    #expect(lines.count == pairs.count + 1)
    for (line, pair) in zip(lines.dropFirst(), pairs) {
      let fields = [table.id(Int(pair.left)), table.id(Int(pair.right))]
      // But for what six decimals would call certain.
      let probability = min(resolution.probability(pair), 0.999999)
      let numbers = String(format: "%.4f,%.6f", Double(pair.log10LR), probability)
      #expect(line == fields.joined(separator: ",") + "," + numbers)
    }
  }

  /// Streets and towns that are written in several ways, and the rest mistyped: what is near is seen without parting words.
  @Test func addressesAreComparedWordByWord() throws {
    let (people, _) = Self.people(300, typo: 0, seed: 12)
    let ways = [
      "12 Elm Road Northwood", "12 Elm Rd, Northwood", "Elm Road 12 Northwood", "12 Elm Raod Northwood",
      "14 Elm Road Northwood", "12 Northwood Elm Road",
    ]
    var rows: [String] = []
    for (number, row) in people.enumerated() {
      let way = ways[number % ways.count].replacing("12", with: "\(12 + number / ways.count)")
      rows.append(row + ",\"\(way)\"")
    }
    let (_, resolution) = try Self.resolve(
      "id,first_name,surname,dob,phone,address\n" + rows.joined(separator: "\n"))
    let kinds = Set(resolution.levelWeights.filter { $0.field == "address" && $0.u > 1e-3 }.map(\.agreement))
    #expect(kinds.isSuperset(of: ["exact", "near", "loose"]), "\(kinds)")
  }

  /// Flats of one number in two houses of a street are two, also where the street is mistyped.
  @Test func allNumbersOfAnAddressCount() throws {
    let (people, truth) = Self.people(300, typo: 0, seed: 12)
    var rows: [String] = []
    for (number, row) in people.enumerated() {
      rows.append(row + ",\"Flat 4, \(100 + truth[number]) Elm \(["Road", "Raod"][number % 2]) Northwood\"")
    }
    let (_, resolution) = try Self.resolve(
      "id,first_name,surname,dob,phone,address\n" + rows.joined(separator: "\n"))
    let near = resolution.levelWeights.filter { $0.field == "address" && $0.agreement == "near" }
    #expect(near.reduce(0) { $0 + $1.m } > 0.5 && near.reduce(0) { $0 + $1.u } < 0.05, "\(near)")
  }

  /// Packs of one product differ in a number alone; the brand before it is mistyped in three of ten.
  @Test func numbersInTextsTellThingsApart() throws {
    var random = Numbers(seed: 1)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny", "bar"]
    let brands = (0..<60).map { _ in (0..<3).map { _ in syllables[random.next(13)] }.joined() }
    let goods = ["baked beans", "tomato soup", "orange juice", "olive oil", "corn flakes", "green tea"]
    let sizes = [100, 200, 250, 330, 415, 500, 750, 1_000]
    var (rows, truth, thing): ([String], [Int], Int) = ([], [], 0)
    for product in 0..<150 {
      let (brand, name) = (brands[product % 60], goods[product / 60 * 2 + random.next(2)])
      let first = random.next(8)
      for pack in 0..<1 + random.next(4) {
        let size = sizes[(first + pack) % 8]
        for _ in 0..<1 + random.next(3) {
          let written = random.next(10) < 3 ? String(brand.dropLast()) : brand
          let beside = random.next(10) == 0 ? "" : brand
          rows.append(
            "r\(rows.count),\(written) \(name) \(size)g,\(beside),\(size / 100 + 1).\(random.next(3))9")
          truth.append(thing)
        }
        thing += 1
      }
    }
    let (_, resolution) = try Self.resolve("id,product,brand,price\n" + rows.joined(separator: "\n"))
    let (precision, recall) = Self.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.7 && recall > 0.5, "\(precision) \(recall)")
  }

  /// Of notes with forty numbers one more or less does not tell two things apart.
  @Test func oneOfManyNumbersTellsNothing() throws {
    let (people, truth) = Self.people(300, typo: 0, seed: 14)
    let rows = people.enumerated().map { number, row in
      let seen = (0..<40).map { "seen \(truth[number] * 40 + $0) " }
      return row + "," + seen.joined() + "page \(number)"
    }
    let (_, resolution) = try Self.resolve(
      "id,first_name,surname,dob,phone,notes\n" + rows.joined(separator: "\n"))
    let near = resolution.levelWeights.filter { $0.field == "notes" && $0.agreement == "near" }
    #expect(near.reduce(0) { $0 + $1.m } > 0.5, "\(near)")
  }

  @Test func linkOnlyJoinsNoTwoRecordsOfAFile() throws {
    let (rows, _) = Self.people(300)
    let folder = try ScratchFolder()
    let one = try folder.write(
      Self.header + rows.indices.filter { $0 % 2 == 0 }.map { rows[$0] }.joined(separator: "\n"), to: "1.csv")
    let two = try folder.write(
      Self.header + rows.indices.filter { $0 % 2 == 1 }.map { rows[$0] }.joined(separator: "\n"), to: "2.csv")
    var table = try TableLoading.read([one.path, two.path], idColumn: nil, ignoredColumns: [])
    var settings = ResolveSettings()
    settings.linkOnly = true
    let resolution = try Resolver(settings).resolve(&table)
    var seen: Set<[Int]> = []
    for (record, cluster) in resolution.clusterOfRecord.enumerated() {
      #expect(seen.insert([Int(cluster), table.sources[0].records.contains(record) ? 0 : 1]).inserted)
    }
    #expect(resolution.clusterCount < rows.count)
  }

  @Test func columnsOfNoUseAreNotCompared() throws {
    let (rows, truth) = Self.people(500)
    let text =
      "id,first_name,surname,dob,phone,empty,same\n" + rows.map { $0 + ",,x" }.joined(separator: "\n")
    let (_, resolution) = try Self.resolve(text)
    let kinds = Dictionary(uniqueKeysWithValues: resolution.findings.map { ($0.name, $0.kind) })
    #expect(kinds["empty"] == .empty)
    #expect(kinds["same"] == .constant)
    #expect(kinds["dob"] == .birthDate)
    #expect(kinds["phone"] == .phone)
    #expect(Self.scores(truth, resolution.clusterOfRecord).precision > 0.95)
    #expect(throws: TableError.self) { try Self.resolve("id,a,b\n1,,x\n2,,x\n") }
  }

  /// One record that is there twice is the likeliest pair among fifty people without labels.
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func oneCopyAmongFewIsLikeliest(seed: UInt64) throws {
    var random = Numbers(seed: seed)
    let given = [
      "James", "Mary", "John", "Linda", "Peter", "Susan", "Karen", "David", "Ruth", "Mark", "Helen", "Paul",
    ]
    let family = ["Smith", "Jones", "Brown", "Okonkwo", "Hall", "Patel", "Green", "Wood", "Clarke", "Hughes"]
    var rows = (0..<50).map { person in
      let names = "\(given[random.next(12)]),\(family[random.next(10)])"
      return "\(names),\(1950 + person)-\(10 + random.next(3))-\(10 + random.next(18))"
    }
    rows.append(rows[0])
    let text = rows.indices.map { "r\($0),\(rows[$0])" }.joined(separator: "\n")
    let (_, resolution) = try Self.resolve("id,first_name,surname,dob\n" + text)
    let pair = try #require(resolution.pairs.first { $0.left == 0 && $0.right == 50 })
    // More likely one person than two, before which there are 1,275 pairs.
    #expect(pair.log10LR > 3)
    #expect(resolution.pairs.allSatisfy { $0.log10LR <= pair.log10LR })
    #expect(resolution.clusterCount >= 50)
  }

  @Test func smallAndUniformTables() throws {
    let (_, two) = try Self.resolve("id,name,email\n1,Ada Ray,a@example.org\n2,Bo Lin,b@example.org\n")
    #expect(two.clusterCount == 2)
  }

  @Test func manyCopiesOfOneRecordStayCheap() throws {
    var text = "id,name,email\n0,Bo Lin,bo@example.org\n"
    for number in 1..<100_000 { text += "\(number),Ada Ray,ada@example.org\n" }
    let (_, resolution) = try Self.resolve(text)
    #expect(resolution.comparedPairs < 10_000_000)
  }

  @Test func theReportHoldsNoScriptFromTheTable() throws {
    let (rows, _) = Self.people(50)
    let text = "id,first_name,<script>alert(1)</script>,dob,phone\n" + rows.joined(separator: "\n")
    let (table, resolution) = try Self.resolve(text)
    let page = HTMLReport.page(table, resolution)
    #expect(!page.contains("<script"))
    #expect(page.contains("&lt;script&gt;"))
    #expect(!page.contains("http://") && !page.contains("https://"))
  }
}
