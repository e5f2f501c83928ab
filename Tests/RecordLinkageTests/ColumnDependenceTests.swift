import Testing

import RecordLinkage

/// Columns that follow from another one.
struct ColumnDependenceTests {
  private static let syllables = [
    "ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny",
  ]

  private static func word(_ parts: Int, _ random: inout Numbers) -> String {
    (0..<parts).map { _ in syllables[random.next(syllables.count)] }.joined()
  }

  private static func compared(_ resolution: Resolution) -> Set<String> {
    Set(resolution.findings.filter(\.isCompared).map(\.name))
  }

  /// Clients of a dozen caseworkers, each of whom has a telephone number, an e-mail address and an office; one or two
  /// records each.
  private static func clients(_ count: Int, seed: UInt64) -> (text: String, truth: [Int]) {
    var random = Numbers(seed: seed)
    let workers = (0..<12).map { number in
      let name = "\(word(2, &random)) \(word(3, &random))"
      return
        "\(name),\(name.split(separator: " ").joined(separator: "."))@help.example,0207946\(1000 + number),\(word(2, &random))ton"
    }
    var (rows, truth): ([String], [Int]) = ([], [])
    for client in 0..<count {
      let (first, last) = (word(2, &random), word(3, &random))
      let dob = "\(1950 + random.next(50))-1\(random.next(3))-\(10 + random.next(18))"
      let worker = workers[random.next(12)]
      for copy in 0..<1 + random.next(2) {
        let given = copy == 1 && random.next(4) == 0 ? String(first.dropLast()) : first
        rows.append("r\(rows.count),\(given),\(last),\(dob),\(worker)")
        truth.append(client)
      }
    }
    let header = "id,first_name,surname,dob,caseworker,caseworker_email,caseworker_phone,office\n"
    return (header + rows.joined(separator: "\n"), truth)
  }

  /// The clients of one caseworker are not one person for sharing all that is the caseworker's.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func whatIsSaidOfACaseworkerCountsOnce(seed: UInt64) throws {
    let (text, truth) = Self.clients(500, seed: seed)
    let resolution = try ResolverTests.resolve(text).resolution
    #expect(Self.compared(resolution) == ["first_name", "surname", "dob", "caseworker"])
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.98 && recall > 0.95, "\(precision) \(recall)")
  }

  /// What says the family name once more is left out, and not the family name: by a second given name that is mostly the
  /// first everybody of one given name was one person then.
  @Test func aSalutationIsNoMoreThanAFamilyName() throws {
    var random = Numbers(seed: 7)
    let families = (0..<40).map { _ in Self.word(3, &random) }
    let rows = (0..<600).map { record in
      let (given, family) = (Self.word(2, &random), families[random.next(40)])
      let dob = "\(2005 + random.next(12))-1\(random.next(3))-\(10 + random.next(18))"
      return "\(record),\(given),\(family),\(dob),Mr and Mrs \(family)"
    }
    let resolution = try ResolverTests.resolve(
      "id,forename,surname,dob,parental_salutation\n" + rows.joined(separator: "\n")
    ).resolution
    #expect(Self.compared(resolution) == ["forename", "surname", "dob"])
  }

  /// Beside given names alone the sex says nothing more: everybody of one name was one person.
  @Test func aSexBesideAGivenNameIsLeftOut() throws {
    var random = Numbers(seed: 9)
    let names = (0..<60).map { "\(Self.word(2, &random)),\(["F", "M"][$0 % 2])" }
    let rows = (0..<600).map { record in
      "\(record),\(names[random.next(60)]),077009\(10_000 + record),\(["open", "closed"][random.next(2)])"
    }
    let resolution = try ResolverTests.resolve(
      "id,first_name,sex,mobile,status\n" + rows.joined(separator: "\n")
    ).resolution
    #expect(Self.compared(resolution) == ["first_name", "mobile", "status"])
    #expect(resolution.clusterCount == 600)
  }

  /// An age says no more than the date of birth beside it; somebody else's does.
  @Test func anAgeBesideADateOfBirthIsLeftOut() throws {
    var random = Numbers(seed: 8)
    let rows = (0..<300).map { record in
      let (year, older) = (1950 + random.next(50), 18 + random.next(25))
      let name = "\(Self.word(2, &random)),\(Self.word(3, &random))"
      return
        "\(record),\(name),\(year)-1\(random.next(3))-\(10 + random.next(18)),\(2020 - year),\(2020 - year + older)"
    }
    let resolution = try ResolverTests.resolve(
      "id,first_name,surname,dob,age,mother_age\n" + rows.joined(separator: "\n")
    ).resolution
    #expect(Self.compared(resolution) == ["first_name", "surname", "dob", "mother_age"])
  }

  /// Where one in five has no age and another one no date, the two say the same of all others: people of one birthday are not
  /// one person.
  @Test(arguments: [1, 2] as [UInt64])
  func anAgeBesideSomeDatesOfBirthIsLeftOut(seed: UInt64) throws {
    var random = Numbers(seed: seed)
    let families = (0..<300).map { _ in Self.word(3, &random) }
    var (rows, truth): ([String], [Int]) = ([], [])
    for person in 0..<2_000 {
      let (family, year) = (families[random.next(300)], 1940 + random.next(60))
      let dob = "\(year)-1\(random.next(3))-\(10 + random.next(18))"
      let postcode = "\(10_000 + random.next(4_000))"
      for _ in 0..<(random.next(20) == 0 ? 2 : 1) {
        let values = [dob, "\(2020 - year)", postcode].map { random.next(5) == 0 ? "" : $0 }
        rows.append("r\(rows.count),\(family),\(values.joined(separator: ","))")
        truth.append(person)
      }
    }
    let resolution = try ResolverTests.resolve("id,surname,dob,age,postcode\n" + rows.joined(separator: "\n"))
      .resolution
    #expect(Self.compared(resolution) == ["surname", "dob", "postcode"])
    let (precision, _) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.9, "\(precision)")
  }

  /// Who stands in a table eight times has one e-mail address and one telephone number: both stay.
  @Test func whatIsOnePersonsOwnIsCompared() throws {
    var random = Numbers(seed: 4)
    var rows: [String] = []
    for person in 0..<60 {
      let (first, last) = (Self.word(2, &random), Self.word(3, &random))
      let dob = "\(1950 + random.next(50))-1\(random.next(3))-\(10 + random.next(18))"
      for _ in 0..<8 {
        let given = random.next(10) == 0 ? String(first.dropLast()) : first
        rows.append(
          "r\(rows.count),\(given),\(last),\(dob),\(last)\(person)@post.example,077009\(10_000 + person)")
      }
    }
    let resolution = try ResolverTests.resolve(
      "id,first_name,surname,dob,email,phone\n" + rows.joined(separator: "\n")
    ).resolution
    #expect(Self.compared(resolution) == ["first_name", "surname", "dob", "email", "phone"])
  }

  /// Of an album's tracks artist and year say no more than the album does.
  @Test func tracksOfOneAlbumAreNotOne() throws {
    var random = Numbers(seed: 5)
    var (rows, truth, track): ([String], [Int], Int) = ([], [], 0)
    for _ in 0..<150 {
      let (artist, album) = ("\(Self.word(2, &random)) \(Self.word(3, &random))", Self.word(5, &random))
      let year = 1960 + random.next(60)
      for _ in 0..<8 {
        let (title, length) = (Self.word(4, &random), 120 + random.next(300))
        for _ in 0..<(random.next(5) == 0 ? 2 : 1) {
          rows.append("r\(rows.count),\(title),\(artist),\(album),\(year),\(length)")
          truth.append(track)
        }
        track += 1
      }
    }
    let resolution = try ResolverTests.resolve(
      "id,title,artist,album,year,length\n" + rows.joined(separator: "\n")
    ).resolution
    #expect(Self.compared(resolution) == ["title", "album", "length"])
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.95 && recall > 0.95, "\(precision) \(recall)")
  }

  /// The first letter of a name and the year of a date say nothing that these do not say.
  @Test func initialsAndYearsOfBirth() throws {
    var random = Numbers(seed: 5)
    let rows = (0..<400).map { number in
      let (first, last) = (Self.word(2, &random), Self.word(3, &random))
      let year = 1940 + random.next(60)
      return
        "r\(number),\(first),\(first.prefix(1).uppercased()),\(last),\(year)-1\(random.next(3))-\(10 + random.next(18)),\(year),\(2_020 - year + random.next(2))"
    }
    func compared(_ header: String) throws -> Set<String> {
      try Self.compared(ResolverTests.resolve(header + "\n" + rows.joined(separator: "\n")).resolution)
    }
    let names = "id,first_name,initials,surname"
    #expect(try compared("\(names),dob,birth_year,age") == ["first_name", "surname", "dob"])
    #expect(try compared("\(names),entered,birth_year,age") == ["first_name", "surname", "age"])
  }
}
