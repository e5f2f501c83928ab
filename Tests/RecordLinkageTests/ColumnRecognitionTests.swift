import RecordLinkage
import TestSupport
import Testing

@Suite("Recognising columns")
struct ColumnRecognitionTests {
  /// People in columns: given and family name, date of birth, street, city, postcode.
  static func people(_ count: Int, header: String, order: [Int] = [0, 1, 2, 3, 4, 5]) -> String {
    var random = Numbers(seed: 21)
    let given = ["William", "Elizabeth", "Robert", "Susan", "Zelma", "Orvik", "Thomas", "Brunna"]
    let syllables = ["bar", "del", "fos", "gren", "hol", "kam", "lin", "mor", "nes", "ost", "pol", "rud"]
    let cities = ["Elmford", "Oakham", "Ashby", "Birchley", "Rowanton"]
    var text = "id,\(header)\n"
    for record in 0..<count {
      let family = (0..<3).map { _ in syllables[random.next(syllables.count)] }.joined()
      let values = [
        given[random.next(given.count)], family,
        "\(10 + random.next(18))/\(10 + random.next(3))/\(1940 + random.next(60))",
        "\(1 + random.next(90)) \(syllables[random.next(12)]) \(["Street", "Road"][random.next(2)])",
        cities[random.next(cities.count)], "\(10_000 + random.next(400))",
      ]
      text += "\(record)," + order.map { values[$0] }.joined(separator: ",") + "\n"
    }
    return text
  }

  static func kinds(_ text: String) throws -> [ColumnKind] {
    try ResolverTests.resolve(text).resolution.findings.map(\.kind)
  }

  @Test(arguments: [
    "vorname,nachname,geburtsdatum,straße,stadt,plz",
    "prénom,nom,date_naissance,adresse,ville,code_postal",
    "nombre de pila: given,apellido,fecha_nacimiento,calle,ciudad,codigo_postal",
    "imię,nazwisko,data_urodzenia,ulica,miasto,kod_pocztowy",
    "FirstName,LastName,BirthDate,StreetAddress,City,ZipCode",
    "fname_c1,lname_c1,dob,addr1,town,post_code",
  ])
  func headersInOtherLanguages(_ header: String) throws {
    let kinds = try Self.kinds(Self.people(400, header: header))
    #expect(kinds == [.givenName, .familyName, .birthDate, .street, .locality, .postcode])
  }

  @Test func headersThatSayNothing() throws {
    let kinds = try Self.kinds(Self.people(400, header: "c1,c2,c3,c4,c5,c6"))
    #expect(Array(kinds.prefix(4)) == [.givenName, .familyName, .birthDate, .street])
    let turned = try Self.kinds(Self.people(400, header: "c1,c2,c3", order: [1, 0, 2]))
    #expect(turned == [.familyName, .givenName, .birthDate])
  }

  /// A column called "title" holds what stands before names, which many share, or what things are called.
  @Test func titlesOfPeopleAndOfThings() throws {
    var random = Numbers(seed: 4)
    let syllables = ["bar", "del", "fos", "gren", "hol", "kam", "lin", "mor", "nes", "ost", "pol", "rud"]
    func word() -> String { (0..<3).map { _ in syllables[random.next(12)] }.joined() }
    var (people, things, few) = ("id,title,surname\n", "id,title,author\n", "id,title,author\n")
    for record in 0..<300 {
      people += "\(record),\(["Mr", "Mrs", "Ms", "Dr", "Prof. Dr."][random.next(5)]),\(word())\n"
      things += "\(record),The \(word()) of \(word()),Kay \(word())\n"
      if record < 12 { few += "\(record),The \(word()) of \(word()),Kay \(word())\n" }
    }
    #expect(try Self.kinds(people) == [.category, .familyName])
    #expect(try Self.kinds(things) == [.text, .fullName])
    #expect(try Self.kinds(few) == [.text, .fullName])
  }

  /// Three dots part the numbers of an address, and those of dates and telephone numbers as well: dates of birth were
  /// taken for addresses that a family shares, whatever their header said, and everybody of one home was one person.
  @Test(arguments: ["geburtsdatum", "c2"])
  func datesAndNumbersWithThreeDots(births: String) throws {
    var random = Numbers(seed: 8)
    var text = "id,vorname,\(births),telefon,login,padded\n"
    for record in 0..<200 {
      let letter = UnicodeScalar(UInt8(97 + record % 26))
      let (host, end) = (1 + random.next(250), 100 + random.next(900))
      let (day, month) = (10 + random.next(18), 1 + random.next(9))
      text += "\(record),Ka\(letter)y,\(day).0\(month).\(1940 + random.next(60)).,"
      text += "07.700.900.\(end),203.0.113.\(host),203.000.113.0\(10 + host % 90)\n"
    }
    #expect(try Self.kinds(text) == [.givenName, .birthDate, .phone, .network, .network])
  }

  @Test func datesOfRecentYearsAreNoBirths() throws {
    var text = "id,name,c1,c2\n"
    for record in 0..<300 {
      text += "\(record),Kay Roe\(record),2026-01-\(10 + record % 18),2026-01-01T1\(record % 10):00:00Z\n"
    }
    let kinds = try Self.kinds(text)
    #expect(kinds[1] == .time && kinds[2] == .time)
  }

  /// "Name, Vorname" held given names, of which each was another, and people of one home had theirs in common.
  @Test(arguments: [
    ("Name, Vorname", ColumnKind.fullName), ("Vor- und Nachname", .fullName), ("Nom et prénom", .fullName),
    ("Nombre y apellidos", .fullName), ("Jméno a příjmení", .fullName), ("Nom Prénom", .fullName),
    ("Apellidos", .familyName), ("Given names", .givenName), ("Surname / Maiden name", .familyName),
  ])
  func namesOfTwoPartsAreWhole(header: String, kind: ColumnKind) throws {
    var text = "id,\"\(header)\",town\n"
    for record in 0..<300 {
      let letter = Character(UnicodeScalar(UInt8(97 + record % 26)))
      text += "\(record),Ro\(letter)e Ka\(letter)y,Elm\(letter)\n"
    }
    #expect(try Self.kinds(text)[0] == kind)
  }

  /// Beside family names they were taken for whole names, and people of one home for one person.
  @Test(arguments: [
    ("Nombre", "Apellidos", ColumnKind.givenName), ("Nombre", "Primer apellido", .givenName),
    ("Nome", "Cognome", .givenName),
    ("Name", "Surname", .givenName), ("Client name", "Client surname", .givenName),
    ("Name", "Maiden name", .fullName), ("Contact name", "Surname", .fullName),
  ])
  func aNameBesideAFamilyNameIsAGivenName(name: String, family: String, kind: ColumnKind) throws {
    var text = "id,\(name),\(family),town\n"
    for record in 0..<300 {
      let (one, other) = (UnicodeScalar(UInt8(97 + record % 26)), UnicodeScalar(UInt8(97 + record / 26)))
      text += "\(record),Ka\(one)y,Ro\(one)\(other)e,Elm\(other)\n"
    }
    #expect(Array(try Self.kinds(text).prefix(2)) == [kind, .familyName])
  }

  /// Events of forty years: under a header that says so they are no births.
  @Test(arguments: [
    ("Tenancy start", ColumnKind.time), ("Date of death", .time), ("policy_expiry", .time),
    ("Appointed on", .time), ("Eintritt", .time), ("Mietbeginn", .time), ("Vertragsdatum", .time),
    ("Data zawarcia umowy", .time), ("Startdatum", .time), ("Date", .time), ("c5", .birthDate),
    ("syntymäaika", .birthDate), ("patent_date", .number), ("registr_dt", .number), ("Date joined", .time),
    ("dt_nasc", .birthDate), ("BRTH_DT", .birthDate), ("date_naiss", .birthDate), ("date1", .birthDate),
    ("baptism_date", .birthDate), ("data nașterii", .birthDate),
  ])
  func datesOfEventsAreNoBirths(header: String, kind: ColumnKind) throws {
    var text = "id,name,\(header)\n"
    for record in 0..<300 {
      text += "\(record),Kay Roe\(record),\(1975 + record % 40)-0\(1 + record % 9)-\(10 + record % 18)\n"
    }
    #expect(try Self.kinds(text)[1] == kind)
  }

  /// Days beside dates of birth are of something else, where the same records have both and one header speaks of births.
  @Test(arguments: [
    ("Geb.-Datum,Beitritt", false, [ColumnKind.birthDate, .number]),
    ("datum_lid,geb_datum", false, [.number, .birthDate]),
    ("dob,mother_dob", false, [.birthDate, .birthDate]),
    ("D.O.B.,mother_dob", false, [.birthDate, .birthDate]),
    ("c1,c2", false, [.birthDate, .birthDate]), ("dob,syntymäaika", true, [.birthDate, .birthDate]),
  ])
  func daysBesideBirths(headers: String, isEitherAlone: Bool, kinds: [ColumnKind]) throws {
    var random = Numbers(seed: 27)
    func day() -> String { "\(1950 + random.next(50))-0\(1 + random.next(9))-\(10 + random.next(18))" }
    var text = "id,name,\(headers)\n"
    for record in 0..<300 {
      let (one, other) = (day(), day())
      let isFirst = record % 2 == 0
      text += "\(record),Kay Roe\(record),\(isEitherAlone && !isFirst ? "" : one),"
      text += "\(isEitherAlone && isFirst ? "" : other)\n"
    }
    #expect(Array(try Self.kinds(text).dropFirst()) == kinds)
  }

  /// People have a day each time they come, which is not what tells them from others.
  @Test func aDayOfEachTimeLeavesPeopleWhoTheyAre() throws {
    var random = Numbers(seed: 28)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    func day(_ first: Int) -> String {
      "\(first + random.next(45))-0\(1 + random.next(9))-\(10 + random.next(18))"
    }
    var (rows, truth): ([String], [Int]) = ([], [])
    for person in 0..<800 {
      let own = "\(word(2)),\(word(3)),\(day(1940)),\(word(2))"
      for _ in 0..<1 + random.next(2) {
        rows.append("r\(rows.count),\(own),\(day(1978))")
        truth.append(person)
      }
    }
    for last in ["Beitritt", "reg_date"] {
      let (_, resolution) = try ResolverTests.resolve(
        "id,Vorname,Nachname,Geb.-Datum,Ort,\(last)\n" + rows.joined(separator: "\n"))
      let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
      #expect(precision > 0.95 && recall > 0.95, "\(last) \(precision) \(recall)")
    }
  }

  @Test func aColumnMadeOfOthersCountsOnce() throws {
    var text = "id,full_name,first_name,surname,city,town,phone\n"
    var random = Numbers(seed: 5)
    for record in 0..<400 {
      let (given, family) = ("Gi\(random.next(200))ven", "Fam\(random.next(300))ily")
      let city = ["Elmford", "Oakham", "Ashby", "Birchley", "Rowanton", "Limeham"][random.next(6)]
      text +=
        "\(record),Dr \(given) K \(family),\(given),\(family),\(city),\(city.uppercased()),07700900\(100 + record)\n"
    }
    let found = try ResolverTests.resolve(text).resolution.findings
    let compared = Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0.isCompared) })
    #expect(compared["full_name"] == false)
    #expect(compared["first_name"] == true && compared["surname"] == true)
    #expect(compared["city"] == true && compared["town"] == false)
  }

  /// Beside a whole name one part of it counted twice, and a surname as if it were one person's own.
  @Test(arguments: ["surname", "forename", "surname,middle_name"])
  func aPartOfAWholeNameCountsOnce(parts: String) throws {
    var text = "id,full_name,\(parts),postcode\n"
    var random = Numbers(seed: 16)
    let syllables = ["bar", "del", "fos", "gren", "hol", "kam", "lin", "mor", "nes", "ost", "pol", "rud"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    for record in 0..<300 {
      let (given, middle, family) = (word(2), word(2), word(3))
      let values = parts.split(separator: ",").map {
        $0 == "surname" ? family : $0 == "forename" ? given : middle
      }
      let postcode = 10_000 + random.next(200)
      text += "\(record),\(given) \(middle) \(family),\(values.joined(separator: ",")),\(postcode)\n"
    }
    let found = try ResolverTests.resolve(text).resolution.findings
    #expect(found.filter(\.isCompared).map(\.name) == ["full_name", "postcode"])
  }

  /// A preferred name that is mostly the first one would count twice where it is.
  @Test func aPreferredNameCountsOnce() throws {
    var text = "id,forename,preferred_forename,second_forename,surname,dob\n"
    var random = Numbers(seed: 15)
    let syllables = ["bar", "del", "fos", "gren", "hol", "kam", "lin", "mor", "nes", "ost", "pol", "rud"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    for record in 0..<400 {
      let (given, other) = (word(2), word(2))
      let preferred = random.next(4) == 0 ? String(given.prefix(3)) : given
      let dob = "\(1940 + random.next(60))-1\(random.next(3))-\(10 + random.next(18))"
      text += "\(record),\(given),\(preferred),\(other),\(word(3)),\(dob)\n"
    }
    let found = try ResolverTests.resolve(text).resolution.findings
    #expect(found.filter(\.isCompared).map(\.name) == ["forename", "second_forename", "surname", "dob"])
    #expect(found.prefix(3).map(\.kind) == [.givenName, .givenName, .givenName])
  }

  @Test func anyOfSeveralPhonesMayAgree() throws {
    var lines: [String] = []
    for record in 0..<200 {
      lines.append(
        #"{"id":"s\#(record)","name":"Kay Roe\#(record)","city":"Elm\#(record % 20)","phones":["0770090\#(1000 + record)","0770091\#(1000 + record)"]}"#
      )
    }
    lines.append(#"{"id":"x","name":"Zofia Brzeska","city":"Ash","phones":["07700955555","07700944444"]}"#)
    lines.append(#"{"id":"y","name":"Zofia Brzeska","city":"Ash","phones":["07700933333","07700955555"]}"#)
    let (_, resolution) = try ResolverTests.resolve(lines.joined(separator: "\n"), name: "t.ndjson")
    #expect(resolution.clusterOfRecord[200] == resolution.clusterOfRecord[201])
    let fields = Set(resolution.levelWeights.map(\.field))
    #expect(fields.contains("phones, phones (2)"))
  }

  @Test func streetsAreReadPastTheirAbbreviations() throws {
    var text = "id,first_name,surname,address,age\n"
    var random = Numbers(seed: 8)
    for record in 0..<300 {
      text +=
        "\(record),Gi\(random.next(40))ven,Fam\(random.next(300))ily,\(record) Elm\(random.next(60))wood Street,\(20 + random.next(60))\n"
    }
    text += "300,Zofia,Brzeska,12 Rowan Avenue Apt 4,44\n301,Zofia,Brzeska,\"12 Rowan Ave, #4\",45\n"
    let (_, resolution) = try ResolverTests.resolve(text)
    #expect(resolution.clusterOfRecord[300] == resolution.clusterOfRecord[301])
    let kinds = resolution.findings.map(\.kind)
    #expect(kinds == [.givenName, .familyName, .street, .age])
  }

  /// What platforms show of accounts under a header that says nothing: a whole name, a given one, or the user name.
  @Test func namesShownBesideUserNames() throws {
    var random = Numbers(seed: 9)
    let syllables = ["bar", "del", "fos", "gren", "hol", "kam", "lin", "mor", "nes", "ost", "pol", "rud"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    let towns = (0..<40).map { _ in word(3) }
    var text = "id,username,c2,c3\n"
    for record in 0..<300 {
      let (given, family) = (word(2), word(3))
      let user = random.next(2) == 0 ? "\(given).\(family)" : "\(given)\(random.next(1000))"
      let shown = ["\(given) \(family)", "\(given) \(family)", given, user][random.next(4)]
      text += "\(record),\(user),\(shown),\(towns[random.next(40)])\n"
    }
    #expect(try Self.kinds(text) == [.handle, .fullName, .text])
  }

  /// Headers that speak of users and logins, of which one column holds user names.
  @Test func whatIsSaidOfUsersIsNoUserName() throws {
    var random = Numbers(seed: 12)
    let systems = ["Windows NT 10.0; Win64", "iPhone; CPU iPhone OS 16_1", "Linux; Android 13"]
    var text = "id,user_agent,login_time,account_created,user_type,user\n"
    for record in 0..<300 {
      func day() -> String { "2024-0\(1 + random.next(9))-\(10 + random.next(18))" }
      let agent = "Mozilla/5.0 (\(systems[random.next(3)])) Build \(random.next(40))"
      text += "\(record),\(agent),\(day())T1\(random.next(10)):12:00Z,\(day()),"
      text += "\(["admin", "member", "guest"][random.next(3)]),kay\(random.next(200))\n"
    }
    #expect(try Self.kinds(text) == [.text, .time, .time, .category, .handle])
  }

  /// Of the words of a header the one that says what the column holds, and not whose or which it is.
  @Test func wordsThatOnlyDescribe() throws {
    var random = Numbers(seed: 14)
    let syllables = ["bar", "del", "fos", "gren", "hol", "kam", "lin", "mor", "nes", "ost", "pol", "rud"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    func street() -> String { "\(1 + random.next(90)) \(word(2)) Road" }
    let towns = (0..<30).map { _ in word(3) }
    let columns: [(header: String, kind: ColumnKind, value: (String, String) -> String)] = [
      ("Service User First Name", .givenName, { given, _ in given }),
      ("Service User Surname", .familyName, { _, family in family }),
      ("Service number", .idNumber, { _, _ in "\(10_000_000 + random.next(90_000_000))" }),
      ("Service address", .street, { _, _ in street() }),
      ("Last known address", .street, { _, _ in street() }),
      ("Postal address", .street, { _, _ in street() }),
      ("Last known town", .locality, { _, _ in towns[random.next(30)] }),
      ("First language", .category, { _, _ in ["Polish", "Welsh", "English"][random.next(3)] }),
      ("Account holder", .fullName, { "\($0) \($1)" }),
      ("user_level", .category, { _, _ in ["gold", "silver", "bronze"][random.next(3)] }),
      ("user_city", .locality, { _, _ in towns[random.next(30)] }),
      ("Twitter account", .handle, { "\($0)\($1.prefix(3))\(random.next(90))" }),
      ("User (Instagram)", .handle, { "\($1)\($0.prefix(2))\(random.next(90))" }),
      ("Screen name on Facebook", .handle, { "\($1.prefix(3))\($0)\(random.next(90))" }),
      ("Cell ID", .number, { _, _ in "\(10_000 + random.next(60))" }),
      ("Customer no", .text, { _, _ in "C\(10_000 + random.next(90_000))" }),
      ("Service", .platform, { _, _ in ["housing", "advice", "court"][random.next(3)] }),
    ]
    var text = "id," + columns.map(\.header).joined(separator: ",") + "\n"
    for record in 0..<300 {
      let (given, family) = (word(2), word(3))
      text += "\(record)," + columns.map { $0.value(given, family) }.joined(separator: ",") + "\n"
    }
    #expect(try Self.kinds(text) == columns.map(\.kind))
  }

  /// Two records in five begin with an article, before two words or one: it is nobody's given name.
  @Test func anArticleIsNoGivenName() throws {
    var random = Numbers(seed: 5)
    let syllables = ["bar", "del", "fos", "gren", "hol", "kam", "lin", "mor", "nes", "ost", "pol", "rud"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    var text = "id,name,town\n"
    for record in 0..<400 {
      let name = record % 3 == 0 ? word(2) : "\(word(2)) \(word(2))"
      text += "\(record),\(["The ", "the ", "", "", ""][random.next(5)])\(name),\(word(1))\n"
    }
    let weights = try ResolverTests.resolve(text).resolution.levelWeights
    let same = weights.filter { $0.field == "name (given)" && $0.agreement == "exact" }
    #expect(!same.isEmpty && same.reduce(0) { $0 + $1.u } < 0.05, "\(same)")
  }
}
