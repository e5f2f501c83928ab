import TestSupport
import Testing

import RecordLinkage

/// Probabilities where most of what is known is what all at home have in common.
struct HomesTests {
  /// A record, by column, of the people of `homes` homes of one to four; one to three records each. Everybody at home has
  /// one landline number, a surname and a place.
  private struct Record {
    var person: Int
    var given, surname, handle, landline, mobile, postcode, city: String
  }

  private static func records(_ homes: Int, seed: UInt64) -> [Record] {
    var random = Numbers(seed: seed)
    let consonants = Array("bcdfghklmnprstvw")
    func word(_ syllables: Int) -> String {
      String((0..<syllables).flatMap { _ in [consonants[random.next(16)], Array("aeiou")[random.next(5)]] })
    }
    var (records, person): ([Record], Int) = ([], 0)
    for home in 0..<homes {
      let (surname, city) = (word(3), word(2) + "ton")
      for _ in 0..<1 + random.next(4) {
        let given = word(2)
        let handle =
          random.next(10) < 6 ? "\(given)\(surname)\(random.next(99))" : "\(word(4))\(random.next(99))"
        for _ in 0..<1 + random.next(3) {
          records.append(
            Record(
              person: person, given: given, surname: surname, handle: handle,
              landline: random.next(10) == 0 ? "" : "02079\(100_000 + home)",
              mobile: "077\(10_000_000 + random.next(90_000_000))",
              postcode: "N\(home % 90) \(home / 90)AB", city: city))
        }
        person += 1
      }
    }
    return records
  }

  private static func resolve(
    _ records: [Record], _ header: String, _ values: (Record) -> [String]
  ) throws -> Resolution {
    let rows = records.enumerated().map { number, record in
      (["r\(number)"] + values(record)).joined(separator: ",")
    }
    return try ResolverTests.resolve("id," + header + "\n" + rows.joined(separator: "\n")).1
  }

  private static func holding(_ resolution: Resolution, _ records: [Record], from least: Double) -> (
    count: Int, share: Double
  ) {
    let sure = resolution.pairs.filter { resolution.probability($0) >= least }
    let right = sure.count { records[Int($0.left)].person == records[Int($0.right)].person }
    return (sure.count, Double(right) / Double(max(sure.count, 1)))
  }

  /// Who shares number, postcode and city and has another handle is another person, however small the table.
  @Test(arguments: [(30, 1), (120, 2), (500, 3), (1_200, 4)] as [(Int, UInt64)])
  func ofOneNumberEach(homes: Int, seed: UInt64) throws {
    let records = Self.records(homes, seed: seed)
    let resolution = try Self.resolve(records, "username,phone,postcode,city") {
      [$0.handle, $0.landline, $0.postcode, $0.city]
    }
    let (precision, recall) = ResolverTests.scores(records.map(\.person), resolution.clusterOfRecord)
    #expect(precision > 0.95 && recall > 0.95, "\(precision) \(recall)")
    let (count, share) = Self.holding(resolution, records, from: 0.99)
    #expect(count > homes && share > 0.97, "\(count) \(share)")
    #expect(resolution.homeDoubt == .columns(["username"]))
  }

  /// Where nothing tells the people of a home apart, a pair is given what is known of homes in general, and none is joined,
  /// not even records that say the same in a table of a few.
  @Test(arguments: [(10, 5), (100, 6), (400, 7)] as [(Int, UInt64)])
  func ofHomesThatNothingTellsApart(homes: Int, seed: UInt64) throws {
    let records = Self.records(homes, seed: seed)
    let resolution = try Self.resolve(records, "phone,postcode,city") { [$0.landline, $0.postcode, $0.city] }
    #expect(resolution.homeDoubt == .noColumn)
    #expect(resolution.clusterCount == records.count)
    let (count, share) = Self.holding(resolution, records, from: 0.1)
    let stated = resolution.pairs.map { resolution.probability($0) }
    #expect(count > homes && stated.allSatisfy { $0 < 0.5 })
    let mean = stated.filter { $0 >= 0.1 }.reduce(0, +) / Double(max(count, 1))
    #expect(abs(mean - share) < 0.15, "\(mean) \(share)")
  }

  /// Beside a surname and a place, titles and sums are nobody's own and change nothing of that.
  @Test(arguments: [(40, 11), (300, 12)] as [(Int, UInt64)])
  func ofHomesWithTitlesAndSums(homes: Int, seed: UInt64) throws {
    let records = Self.records(homes, seed: seed)
    var random = Numbers(seed: seed)
    let resolution = try Self.resolve(records, "title,surname,postcode,city,amount") { record in
      let (title, amount) = (["Mr", "Mrs", "Dr"][random.next(3)], "\(5 + 5 * random.next(4))")
      return [title, record.surname, record.postcode, record.city, amount]
    }
    #expect(resolution.homeDoubt == .noColumn)
    #expect(resolution.clusterCount == records.count)
    #expect(resolution.pairs.allSatisfy { resolution.probability($0) < 0.5 })
  }

  /// Names in a language that is not known tell people apart, though nothing says that they are names.
  @Test func ofNamesThatAreTakenForWords() throws {
    let records = Self.records(300, seed: 13)
    let resolution = try Self.resolve(records, "prezime,ime,adresa,grad,telefon") {
      let street = "\($0.city.dropLast(3))ska \($0.postcode.filter(\.isNumber))"
      return [$0.surname, $0.given, street, $0.city, $0.landline]
    }
    let (precision, _) = ResolverTests.scores(records.map(\.person), resolution.clusterOfRecord)
    #expect(precision > 0.8)
    let (count, share) = Self.holding(resolution, records, from: 0.9)
    #expect(count == 0 || share > 0.8, "\(count) \(share)")
  }

  /// A number that most pairs of one home do not share is a person's own, and tells.
  @Test(arguments: [8, 10] as [UInt64])
  func ofNumbersOfTheirOwn(seed: UInt64) throws {
    let records = Self.records(300, seed: seed)
    let resolution = try Self.resolve(records, "surname,phone,postcode,city") {
      [$0.surname, $0.mobile, $0.postcode, $0.city]
    }
    for pair in resolution.pairs {
      let stated = resolution.probability(pair)
      if records[Int(pair.left)].mobile == records[Int(pair.right)].mobile {
        #expect(stated > 0.6)
      } else {
        #expect(stated < 0.2)
      }
    }
  }

  /// An address or a number of a home is nobody's own, whatever its header says.
  @Test(arguments: ["family_email", "household_id", "account", "family_email,household_id,guardian"])
  func ofWhatAHomeHasInCommon(columns: String) throws {
    let records = Self.records(300, seed: 14)
    for isWhole in [false, true] {
      let names = isWhole ? "full_name" : "first_name,surname"
      let resolution = try Self.resolve(records, "\(names),city,\(columns)") { record in
        let home = record.postcode.filter(\.isNumber)
        let values = columns.split(separator: ",").map { column in
          switch column {
          case "family_email": "\(record.surname)\(home)@web.example"
          case "account": "\(70_000_000 + (Int(home) ?? 0))"
          case "household_id": "H\(home)"
          default: "Dr Ned \(record.surname)"
          }
        }
        return [record.given + (isWhole ? " " : ",") + record.surname, record.city] + values
      }
      let (precision, recall) = ResolverTests.scores(records.map(\.person), resolution.clusterOfRecord)
      #expect(precision > 0.95 && recall > 0.9, "\(isWhole) \(precision) \(recall)")
      let (count, share) = Self.holding(resolution, records, from: 0.9)
      #expect(count > 300 && share > 0.95, "\(isWhole) \(count) \(share)")
    }
  }

  /// Where no surname is given, those who share an address and have other given names are several all the same.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func ofGivenNamesAlone(seed: UInt64) throws {
    let records = Self.records(300, seed: seed)
    for other in ["city", "mobile", "phone"] {
      let resolution = try Self.resolve(records, "first_name,family_email,\(other)") { record in
        let values = ["city": record.city, "mobile": record.mobile, "phone": record.landline]
        let home = record.postcode.filter(\.isNumber)
        return [record.given, "\(record.surname)\(home)@web.example", values[other] ?? ""]
      }
      let (precision, recall) = ResolverTests.scores(records.map(\.person), resolution.clusterOfRecord)
      #expect(precision > 0.95 && recall > 0.95, "\(other) \(precision) \(recall)")
      let (count, share) = Self.holding(resolution, records, from: 0.9)
      #expect(count > 300 && share > 0.95, "\(other) \(count) \(share)")
    }
  }

  /// A number that half of a home's people have in common, where four in ten are there twice: of the pairs that share it
  /// about a third are of two people.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func ofANumberThatSomeShare(seed: UInt64) throws {
    var random = Numbers(seed: seed)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    var (rows, truth, person): ([String], [Int], Int) = ([], [], 0)
    for home in 0..<700 {
      let family = word(3)
      for _ in 0..<1 + random.next(3) {
        let given = word(2)
        let address = "\(given).\(family)\(random.next(100))@post.example"
        let phone =
          random.next(2) == 0 ? "02079\(100_000 + home)" : "0770\(1_000_000 + random.next(9_000_000))"
        for _ in 0..<(random.next(10) < 4 ? 2 : 1) {
          let email = random.next(4) == 0 ? "\(word(4))@post.example" : address
          rows.append("r\(rows.count),\(given) \(family),\(email),\(phone)")
          truth.append(person)
        }
        person += 1
      }
    }
    let resolution = try ResolverTests.resolve("id,full_name,email,phone\n" + rows.joined(separator: "\n"))
      .resolution
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.8 && recall > 0.95, "\(precision) \(recall)")
  }

  /// Where people are there several times an address that a home shares has more records than a home has people.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func ofAnAddressOfManyRecords(seed: UInt64) throws {
    var random = Numbers(seed: seed)
    let consonants = Array("bcdfghklmnprstvw")
    func word(_ syllables: Int) -> String {
      String((0..<syllables).flatMap { _ in [consonants[random.next(16)], Array("aeiou")[random.next(5)]] })
    }
    var (rows, truth, person): ([String], [Int], Int) = ([], [], 0)
    for home in 0..<300 {
      let (shared, city) = ("\(word(3))\(home)@post.example", word(2) + "ton")
      for _ in 0..<1 + random.next(4) {
        let given = word(2)
        let address = random.next(2) == 0 ? shared : "\(given)\(word(2))\(person)@post.example"
        for _ in 0..<1 + random.next(5) {
          rows.append("r\(rows.count),\(given),\(address),\(city)")
          truth.append(person)
        }
        person += 1
      }
    }
    let resolution = try ResolverTests.resolve("id,first_name,email,city\n" + rows.joined(separator: "\n"))
      .resolution
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.9 && recall > 0.95, "\(precision) \(recall)")
  }

  /// A mobile number beside one that a home shares is one person's own, and is compared by itself.
  @Test func ofANumberOfTheirOwnBesideTheHomes() throws {
    let records = Self.records(300, seed: 16)
    let resolution = try Self.resolve(records, "full_name,home_phone,mobile,city") { record in
      ["\(record.given) \(record.surname)", record.landline, "0771\(1_000_000 + record.person)", record.city]
    }
    let fields = Set(resolution.levelWeights.map(\.field))
    #expect(fields.contains("home_phone") && fields.contains("mobile"), "\(fields)")
    let (precision, recall) = ResolverTests.scores(records.map(\.person), resolution.clusterOfRecord)
    #expect(precision > 0.97 && recall > 0.97, "\(precision) \(recall)")
  }

  /// What another file calls a phone may be either number of the first file, and is compared with both.
  @Test func ofANumberThatMayBeTheirOwnOrTheHomes() throws {
    let records = Self.records(300, seed: 18)
    var isOfFirstFile = false
    let resolution = try Self.resolve(records, "full_name,home_phone,mobile,phone,city") { record in
      isOfFirstFile.toggle()
      let mobile = "0771\(1_000_000 + record.person)"
      let phone = record.person % 3 == 0 ? mobile : record.landline
      let numbers = isOfFirstFile ? [record.landline, mobile, ""] : ["", "", phone]
      return ["\(record.given) \(record.surname)"] + numbers + [record.city]
    }
    let fields = Set(resolution.levelWeights.map(\.field))
    #expect(fields.contains { $0.split(separator: ", ").count == 3 }, "\(fields)")
    let (precision, recall) = ResolverTests.scores(records.map(\.person), resolution.clusterOfRecord)
    #expect(precision > 0.9 && recall > 0.97, "\(precision) \(recall)")
  }

  /// Two of one surname and one town are not one person for it beside addresses of their own.
  @Test func ofASurnameAndATown() throws {
    let records = Self.records(300, seed: 15)
    let resolution = try Self.resolve(records, "email,surname,city") {
      ["\($0.handle)@web.example", $0.surname, $0.city]
    }
    let (precision, recall) = ResolverTests.scores(records.map(\.person), resolution.clusterOfRecord)
    #expect(precision > 0.9 && recall > 0.9, "\(precision) \(recall)")
  }

  /// Nor does a place prove anything where names and addresses are weighed by given weights.
  @Test func ofAddressesAndOnePlace() throws {
    let records = Self.records(300, seed: 9)
    for isNamed in [false, true] {
      let resolution = try Self.resolve(records, "email,\(isNamed ? "name" : "surname"),postcode,city") {
        [
          "\($0.handle)@web.example", isNamed ? "\($0.given) \($0.surname)" : $0.surname, $0.postcode,
          $0.city,
        ]
      }
      let (precision, recall) = ResolverTests.scores(records.map(\.person), resolution.clusterOfRecord)
      #expect(precision > 0.9 && recall > 0.9, "\(isNamed) \(precision) \(recall)")
    }
  }

  /// One home in five has two people, and given names alone tell them apart.
  @Test(arguments: [(60, 1), (300, 2), (300, 3), (1_000, 4)] as [(Int, UInt64)])
  func ofFewWhoLiveTogether(homes: Int, seed: UInt64) throws {
    var random = Numbers(seed: seed)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    func place() -> String { "\(1 + random.next(90)) \(word(2)) Road,\(10_000 + random.next(900))" }
    let (given, family) = ((0..<80).map { _ in word(2) }, (0..<200).map { _ in word(3) })
    var (rows, truth, person): ([String], [Int], Int) = ([], [], 0)
    for _ in 0..<homes {
      let (surname, home) = (family[random.next(200)], place())
      for _ in 0..<(random.next(5) == 0 ? 2 : 1) {
        let name = given[random.next(80)]
        for _ in 0..<(random.next(4) == 0 ? 2 : 1) {
          let written = random.next(10) == 0 ? "\(name.prefix(1))x\(name.dropFirst())" : name
          rows.append("r\(truth.count),\(written),\(surname),\(random.next(10) == 0 ? place() : home)")
          truth.append(person)
        }
        person += 1
      }
    }
    let text = "id,first_name,surname,address,postcode\n" + rows.joined(separator: "\n")
    let resolution = try ResolverTests.resolve(text).resolution
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.9 && recall > 0.3, "\(precision) \(recall)")
  }
}
