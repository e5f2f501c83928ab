import RecordLinkage
import TestSupport
import Testing

/// Names of the people whom the records are of, and of others, in columns of full names.
struct OwnNamesTests {
  private static let syllables = [
    "ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny",
  ]

  /// 300 people, one in three of them twice, as `row` has them: number, given name, family name, and the draw.
  private static func resolve(
    _ header: String, _ row: (Int, String, String, inout Numbers) -> String
  ) throws -> (resolution: Resolution, truth: [Int]) {
    var random = Numbers(seed: 3)
    var (rows, truth): ([String], [Int]) = ([], [])
    for person in 0..<300 {
      let (given, family) = (word(2, &random), word(3, &random))
      for _ in 0..<(random.next(3) == 0 ? 2 : 1) {
        rows.append("r\(truth.count),\(row(person, given, family, &random))")
        truth.append(person)
      }
    }
    let text = "id,\(header)\n" + rows.joined(separator: "\n")
    return (try ResolverTests.resolve(text).resolution, truth)
  }

  private static func word(_ parts: Int, _ random: inout Numbers) -> String {
    (0..<parts).map { _ in syllables[random.next(12)] }.joined()
  }

  private static func day(_ person: Int) -> String {
    "\(1940 + person * 7 % 60)-\(10 + person % 3)-\(10 + person * 5 % 18)"
  }

  /// Twelve caseworkers, in a column that is fuller than that of the people's own names.
  @Test(arguments: ["contact", "caseworker_name"])
  func ofCaseworkersAreNoPersons(header: String) throws {
    var other = Numbers(seed: 8)
    let workers = (0..<12).map { _ in "\(Self.word(2, &other)) \(Self.word(3, &other))" }
    let (resolution, truth) = try Self.resolve("name,\(header),email,phone") {
      person, given, family, random in
      let name = random.next(50) == 0 ? "" : "\(given) \(family)"
      let email = "\(given)\(family.prefix(1))\(random.next(40))@post\(random.next(9)).example"
      return "\(name),\(workers[person % 12]),\(email),0770090\(1000 + person)"
    }
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.95 && recall > 0.9, "\(precision) \(recall)")
    #expect(resolution.findings[0].kind == .fullName)
    #expect([.text, .category].contains(resolution.findings[1].kind))
  }

  /// A parent's name has the family name of the child's.
  @Test(arguments: ["name", "first_name,surname"])
  func areComparedBesideThoseOfOthers(header: String) throws {
    let (resolution, _) = try Self.resolve("contact,\(header),dob") { person, given, family, random in
      let name = header == "name" ? "\(given) \(family)" : "\(given),\(family)"
      return "\(Self.word(2, &random)) \(family),\(random.next(50) == 0 ? name.filter { $0 == "," } : name),"
        + Self.day(person)
    }
    let fields = Set(resolution.levelWeights.map(\.field))
    #expect(fields.contains(header == "name" ? "name (given)" : "first_name"))
    #expect(fields.contains("contact") && resolution.findings[0].kind == .text)
  }

  /// Victims by name in one column and thirty offenders in two; pupils in two and parents in one.
  @Test(arguments: [true, false])
  func inOneColumnOrTwo(areOthersInTwo: Bool) throws {
    var other = Numbers(seed: 8)
    let others = (0..<30).map { _ in (Self.word(2, &other), Self.word(3, &other)) }
    let header =
      areOthersInTwo
      ? "victim_name,offender_forename,offender_surname" : "pupil_forename,pupil_surname,carer_name"
    let (resolution, _) = try Self.resolve(header + ",dob") { person, given, family, _ in
      let one = others[person % 30]
      return
        (areOthersInTwo
        ? "\(given) \(family),\(one.0),\(one.1)" : "\(given),\(family),\(one.0) \(one.1)")
        + ",\(Self.day(person))"
    }
    let kinds = resolution.findings.map(\.kind)
    let own: [ColumnKind] = areOthersInTwo ? [.fullName] : [.givenName, .familyName]
    #expect(Array(kinds.prefix(own.count)) == own, "\(kinds)")
    #expect(kinds[own.count..<3].allSatisfy { [.text, .category].contains($0) }, "\(kinds)")
  }

  /// Children of 250 homes, one in five of them twice, with the name of a parent, and the date of birth, which is known of
  /// more parents than children.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func ofParentsDoNotMakeOneChildOfTwo(seed: UInt64) throws {
    var random = Numbers(seed: seed)
    let given = (0..<80).map { _ in Self.word(2, &random) }
    let family = (0..<200).map { _ in Self.word(3, &random) }
    func day(_ first: Int, _ years: Int) -> String {
      "\(first + random.next(years))-\(10 + random.next(3))-\(10 + random.next(18))"
    }
    var (rows, truth, children): ([String], [Int], Int) = ([], [], 0)
    for _ in 0..<250 {
      let parent = (given[random.next(80)], family[random.next(200)], day(1965, 30))
      let home = "\(1 + random.next(90)) \(Self.word(2, &random)) Road,\(10_000 + random.next(300))"
      for _ in 0..<1 + random.next(3) {
        let surname = random.next(5) < 3 ? parent.1 : family[random.next(200)]
        let (name, born) = (given[random.next(80)], day(2005, 15))
        for _ in 0..<(random.next(5) == 0 ? 2 : 1) {
          let written = random.next(10) == 0 ? "\(name.prefix(1))x\(name.dropFirst())" : name
          let (day, known) = (random.next(10) == 0 ? "" : born, random.next(20) == 0 ? "" : parent.0)
          rows.append(
            "r\(truth.count),\(written),\(surname),\(day),\(known),\(parent.1),\(parent.2),\(home)")
          truth.append(children)
        }
        children += 1
      }
    }
    let header =
      "id,child_first_name,child_surname,child_dob,parent_first_name,parent_surname,parent_dob,address,postcode\n"
    let resolution = try ResolverTests.resolve(header + rows.joined(separator: "\n")).resolution
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.9 && recall > 0.95, "\(precision) \(recall)")
  }

  /// Headers that do not speak of names, and one that speaks of those of others. More victims than offenders, but of the
  /// names of these all are familiar.
  @Test(arguments: ["Offender", "GP name"])
  func areFoundBesideThoseOfOthers(header: String) throws {
    let familiar = ["William", "Elizabeth", "Robert", "Susan", "Thomas"]
    let (resolution, _) = try Self.resolve("Victim,DOB,\(header)") { person, given, family, random in
      let name = random.next(3) == 0 ? given : familiar[random.next(5)]
      let other = "\(familiar[person % 5]) Off\(["er", "am", "ot"][person % 3])"
      return "\(name) \(family),\(Self.day(person)),\(other)"
    }
    let kinds = resolution.findings.map(\.kind)
    #expect(kinds[0] == .fullName && [.text, .category].contains(kinds[2]), "\(kinds)")
  }

  /// Brothers and sisters in two files that have names and dates of birth by different headers: they tell in both.
  @Test func ofAnotherFileAreInTheirPlace() throws {
    var random = Numbers(seed: 6)
    let (given, family) = (
      (0..<80).map { _ in Self.word(2, &random) }, (0..<200).map { _ in Self.word(3, &random) }
    )
    let headers = ["first_name,surname,dob", "forename,last_name,date_of_birth"]
    var (rows, truth, person): ([[String]], [[Int]], Int) = ([[], []], [[], []], 0)
    for _ in 0..<300 {
      let (file, surname) = (random.next(2), family[random.next(200)])
      let home = "\(1 + random.next(90)) \(Self.word(2, &random)) Road,\(10_000 + random.next(900))"
      for _ in 0..<1 + random.next(2) {
        let day = "\(1960 + random.next(50))-\(10 + random.next(3))-\(10 + random.next(18))"
        let name = given[random.next(80)]
        for _ in 0..<(random.next(5) == 0 ? 2 : 1) {
          let born = random.next(10) == 0 ? "" : day
          rows[file].append("r\(file)-\(rows[file].count),\(name),\(surname),\(born),\(home)")
          truth[file].append(person)
        }
        person += 1
      }
    }
    let folder = try ScratchFolder()
    let files = try (0..<2).map { file in
      let text = "id,\(headers[file]),address,postcode\n" + rows[file].joined(separator: "\n")
      return try folder.write(text, to: "\(file).csv").path
    }
    var table = try TableLoading.read(files, idColumn: nil, ignoredColumns: [])
    let clusters = try Resolver().resolve(&table).clusterOfRecord
    let (precision, recall) = ResolverTests.scores(truth[0] + truth[1], clusters)
    #expect(precision > 0.9 && recall > 0.9, "\(precision) \(recall)")
  }

  /// What is said to be compared is, and another form of a name is no second piece of news.
  @Test func otherNamesOfTheSamePeople() throws {
    let (resolution, _) = try Self.resolve("first_name,surname,alias_name,display_name,dob") {
      person, given, family, random in
      let alias = random.next(3) == 0 ? "\(Self.word(2, &random)) \(Self.word(3, &random))" : ""
      return "\(given),\(family),\(alias),\(given.prefix(1)). \(family),\(Self.day(person))"
    }
    let compared = resolution.findings.filter(\.isCompared).map(\.name)
    #expect(compared == ["first_name", "surname", "alias_name", "dob"])
    #expect(Set(resolution.levelWeights.map(\.field)) == Set(compared))
  }

  /// Half of the accounts have a name on record beside the one that they show.
  @Test(arguments: ["name", "display_name"])
  func legalNamesAreThePeoplesOwn(header: String) throws {
    let (resolution, _) = try Self.resolve("\(header),legal_first_name,legal_last_name,dob") {
      person, given, family, random in
      let legal = person % 2 == 0 ? "\(given),\(family)" : ","
      return "\(Self.word(2, &random)) \(Self.word(2, &random)),\(legal),\(Self.day(person))"
    }
    #expect(resolution.findings.prefix(3).map(\.kind) == [.fullName, .givenName, .familyName])
  }

  /// No word of the headers says that the names on record are those of whoever shows another one.
  @Test func namesOnRecordBesideInventedOnes() throws {
    let familiar = ["William", "Elizabeth", "Robert", "Susan", "Thomas"]
    let (resolution, _) = try Self.resolve("name,kyc_first_name,kyc_last_name,dob") {
      person, _, family, random in
      let known = person % 2 == 0 ? "\(familiar[person % 5]),\(family)" : ","
      return "\(Self.word(2, &random)) \(Self.word(2, &random)),\(known),\(Self.day(person))"
    }
    #expect(resolution.findings.prefix(3).map(\.kind) == [.fullName, .givenName, .familyName])
  }
}
