import RecordLinkage
import TestSupport
import Testing

@Suite("Names, handles and e-mail addresses alone")
struct IdentityTests {
  /// Accounts of strangers, one or two each, with names and addresses as people have them.
  static func strangers(_ count: Int) -> [(name: String, email: String)] {
    var random = Numbers(seed: 11)
    let syllables = [
      "bar", "del", "fos", "gren", "hol", "kam", "lin", "mor", "nes", "ost", "pol", "rud", "sten", "vik",
    ]
    var accounts: [(String, String)] = []
    for number in 0..<count {
      let first = (0..<2).map { _ in syllables[random.next(syllables.count)] }.joined().capitalized
      let last = (0..<3).map { _ in syllables[random.next(syllables.count)] }.joined()
      let name = "\(first) \(last.prefix(1).uppercased())\(last.dropFirst())"
      let local = "\(first.lowercased()).\(last)"
      accounts.append((name, "\(local)@mail\(number % 40).example"))
      if random.next(3) > 0 { accounts.append((name, "\(last)\(number)@provider.example")) }
    }
    return accounts
  }

  /// Whether two accounts come into one cluster, in the company of strangers.
  static func areJoined(
    _ one: (name: String, email: String), _ other: (name: String, email: String),
    beside more: [(name: String, email: String)] = []
  ) throws -> Bool {
    let accounts = [one, other] + more + strangers(250)
    var text = "id,name,email\n"
    for (number, account) in accounts.enumerated() {
      text += "a\(number),\"\(account.name)\",\(account.email)\n"
    }
    let (_, resolution) = try ResolverTests.resolve(text)
    return resolution.clusterOfRecord[0] == resolution.clusterOfRecord[1]
  }

  @Test(arguments: [
    ("Zofia Brzeska", "Brzeska Zofia"),
    ("Zofia Brzeska", "Brzeska, Zofia"),
    ("Łucja Żórawska", "Lucja Zorawska"),
    ("Søren Bjørnsgård", "Soren Bjornsgard"),
    ("Jürgen Groß-Hütter", "Juergen Gross-Huetter"),
    ("Theodora Quimby", "Theodora Margaret Quimby"),
    ("Theodora M. Quimby", "Theodora Quimby"),
    ("Theodora Quimby", "theodora quimby (laptop)"),
    ("Theodora Quimby Jr.", "Theodora Quimby"),
    ("Dr. Theodora Quimby", "Theodora Quimby, PhD"),
    ("Professor Theodora Quimby", "Quimby, Mx Theodora"),
    ("Robert Quimbleton", "Bob Quimbleton"),
    ("Пётр Чайковников", "Petr Cajkovnikov"),
    ("Kay Elstrupp via Some List", "Kay Elstrupp"),
  ])
  func onePersonWritesTheNameInManyWays(_ one: String, _ other: String) throws {
    #expect(try Self.areJoined((one, "q1@first.example"), (other, "z9@second.example")))
  }

  @Test(arguments: [
    ("Theodora Quimby", "t@x.example", "tquimby", "tquimby@y.example"),
    ("Theodora Quimby", "t@x.example", "quimbyt", "quimbyt@y.example"),
    ("Theodora Quimby", "t@x.example", "theodora.quimby", "theodora.quimby@y.example"),
    ("Theodora Quimby", "nightowl77@x.example", "nightowl77", "12345+nightowl77@users.noreply.github.com"),
    ("Theodora Quimby", "tq@quimby.example", "nightowl77", "tq@quimby.example"),
    ("Theodora Quimby", "nightowl77@x.example", "", "nightowl77@y.example"),
  ])
  func handlesAreMadeFromNamesAndKept(_ name: String, _ email: String, _ other: String, _ address: String)
    throws
  {
    #expect(try Self.areJoined((name, email), (other, address)))
  }

  @Test(arguments: [
    // Role addresses and names are nobody's.
    ("root", "root@localhost", "root", "root@localhost"),
    ("unknown", "unknown@unknown", "unknown", "unknown@unknown"),
    ("Your Name", "you@example.com", "Your Name", "you@example.com"),
    ("Zofia Brzeska", "info@firm.example", "Kira Mandelbaum", "info@firm.example"),
    ("ci[bot]", "noreply@github.com", "deploy[bot]", "noreply@github.com"),
    ("renovate[bot]", "2914+renovate[bot]@users.noreply.github.com", "renovate[bot]", "bot@renovate.example"),
    ("Anonymous Caller", "q7@x.example", "Anonymous Caller", "z4@y.example"),
    ("UNKNOWN MALE", "q7@x.example", "Unknown Male", "z4@y.example"),
    ("Unknown male 2", "q7@x.example", "Unknown Male 2", "z4@y.example"),
    ("Non communiqué", "q7@x.example", "non communique", "z4@y.example"),
    // A given name alone is not a person.
    ("David", "d1@x.example", "David", "d2@y.example"),
    ("Ann", "ann@x.example", "Ann Quimby", "quimby@y.example"),
    ("Ann Quimby", "ann@x.example", "Ann Brzeska", "ann@y.example"),
    // Nor is a family name.
    ("Theodora Quimby", "theodora@x.example", "Edgar Quimby", "edgar@y.example"),
    ("Theodora Quimby", "q@x.example", "E. Quimby", "e@y.example"),
    // Father and son.
    ("Edgar Quimby Sr.", "e1@x.example", "Edgar Quimby Jr.", "e2@y.example"),
    // The domain of a role's address is nobody's handle.
    ("Anonymous", "noreply@translations.example", "Translations", "noreply@translations.example"),
    // Two given names that are a letter apart, and a family name that begins as another does.
    ("Ronald Quimby", "r@x.example", "Donald Quimby", "d@y.example"),
    ("Daniel Quimbe", "quimbe.daniel@x.example", "Daniel Zorbel-Quimb", "zorbel89@y.example"),
  ])
  func strangersStayApart(_ name: String, _ email: String, _ other: String, _ address: String) throws {
    #expect(try !Self.areJoined((name, email), (other, address)))
  }

  @Test func anAddressOfManyJoinsNobody() throws {
    let list = (0..<6).map { (name: "Person\($0)a Writer\($0)b", email: "list@lists.example.com") }
    let joined = try Self.areJoined(list[0], list[1], beside: Array(list[2...]))
    #expect(!joined)
  }

  /// As one of a desk or a machine, or what is said of many accounts. Beside a user name of one person stands no other name.
  @Test(arguments: [true, false])
  func aUserNameOfManyJoinsNobody(areNamed: Bool) throws {
    var rows = ["o0,nightowl77,\(areNamed ? "Theodora Quimby" : "tq@x.example")", "o1,nightowl77,"]
    let names = [
      "Marta Oldfield", "Gwen Pascoe", "Ivor Tregear", "Lubna Saddiq", "Piers Hanway", "Odile Renshaw",
      "Kwame Bossman", "Sunniva Falk", "Teodor Vasile", "Brid Mulcahy", "Anwen Probert", "Casper Ulrich",
    ]
    for (number, name) in names.enumerated() {
      rows.append("d\(number),till.four,\(areNamed ? name : "zed\(Self.letters(number))quill@x.example")")
    }
    for (number, stranger) in Self.strangers(250).enumerated() {
      let user = stranger.email.prefix { $0 != "@" }
      rows.append("s\(number),\(user),\(areNamed ? stranger.name : stranger.email)")
    }
    let text = "id,username,\(areNamed ? "name" : "email")\n" + rows.joined(separator: "\n")
    let clusters = try ResolverTests.resolve(text).resolution.clusterOfRecord
    #expect(Set(clusters[2..<14]).count == 12)
    #expect(clusters[0] == clusters[1])
  }

  /// The addresses of eight referrers beside those of the people, and no names.
  @Test func anAddressBesideManyOthersJoinsNobody() throws {
    var (rows, truth): ([String], [Int]) = ([], [])
    for (number, stranger) in Self.strangers(250).enumerated() {
      for copy in 0..<(number % 3 == 0 ? 2 : 1) {
        let referrer = "referrer\((number + 3 * copy) % 8).zed@agency.example"
        rows.append("s\(rows.count),\(stranger.email),\(referrer),Town\((number + copy) % 5)")
        truth.append(number)
      }
    }
    let text = "id,email,referrer_email,town\n" + rows.joined(separator: "\n")
    let clusters = try ResolverTests.resolve(text).resolution.clusterOfRecord
    let (precision, recall) = ResolverTests.scores(truth, clusters)
    #expect(precision > 0.9 && recall > 0.9, "\(precision) \(recall)")
  }

  @Test func anAddressOfHundredsOfRecordsJoinsThem() throws {
    var text = "id,name,email\n"
    for number in 0..<300 {
      text += "a\(number),Theodora Quimby (host \(number)),quimby@first.example\n"
      text += "b\(number),Edgar Elm\(Self.letters(number)),e\(number)@x\(number).example\n"
    }
    let (_, resolution) = try ResolverTests.resolve(text)
    let clusters = stride(from: 0, to: 600, by: 2).map { resolution.clusterOfRecord[$0] }
    #expect(Set(clusters).count == 1)
  }

  @Test func aCommonNameDoesNotChain() throws {
    var accounts: [(name: String, email: String)] = []
    // Forty people of one given name and thirty of one family name, so that both are common.
    for number in 0..<40 {
      accounts.append(("Ann Elm\(Self.letters(number))", "e\(number)@x\(number).example"))
    }
    for number in 0..<30 {
      accounts.append(("P\(Self.letters(number))o Smith", "p\(number)@y\(number).example"))
    }
    for number in 0..<8 { accounts.append(("Ann Smith", "as\(number)@z\(number).example")) }
    var text = "id,name,email\n"
    for (number, account) in accounts.enumerated() { text += "a\(number),\(account.name),\(account.email)\n" }
    let (_, resolution) = try ResolverTests.resolve(text)
    let smiths = Set(resolution.clusterOfRecord.suffix(8))
    #expect(smiths.count > 4)
  }

  /// Without the digits at its end a user name is too short for a key, or nothing: two records with one were not compared.
  @Test(arguments: ["1000", "", "user"])
  func oneUserNameThatEndsWithDigits(front: String) throws {
    var random = Numbers(seed: 6)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    var rows: [String] = []
    for person in 0..<240 {
      let number = 10_000_000 + person * 353_571
      let user = "\(front.isEmpty ? String(Self.letters(person).prefix(2)) : front)\(number)"
      rows.append("\(rows.count),\(user),\(word(2)) \(word(3))")
      rows.append("\(rows.count),\(user),")
    }
    let (_, resolution) = try ResolverTests.resolve("id,username,name\n" + rows.joined(separator: "\n"))
    let clusters = resolution.clusterOfRecord
    #expect(stride(from: 0, to: clusters.count, by: 2).allSatisfy { clusters[$0] == clusters[$0 + 1] })
  }

  /// One word of a name says as much as it is rare; the address beside it tells who it is.
  @Test(arguments: ["given_name", "surname"])
  func oneWordBesideAnAddress(column: String) throws {
    var random = Numbers(seed: 5)
    let words = (0..<30).map { "Lor\(Self.letters($0))" }
    var (text, truth): (String, [Int]) = ("id,\(column),email\n", [])
    for person in 0..<600 {
      let word = words[min(random.next(30), random.next(30))]
      let address = "\(Self.letters(person))ow\(person * 7919 % 1000)@post\(person % 9).example"
      for _ in 0..<1 + random.next(3) {
        text += "r\(truth.count),\(word),\(random.next(10) == 0 ? "" : address)\n"
        truth.append(person)
      }
    }
    let (_, resolution) = try ResolverTests.resolve(text)
    let (precision, recall) = ResolverTests.scores(truth, resolution.clusterOfRecord)
    #expect(precision > 0.97)
    #expect(recall > 0.7)
  }

  /// Where no column tells names, a word that many addresses are made of is one all the same.
  @Test func aWordOfManyAddressesIsNoPerson() throws {
    var addresses: [String] = []
    for number in 0..<400 {
      let name = "ferr\(Self.letters(number % 40))"
      addresses.append("\(name)\(1950 + number / 40 * 6)@post\(number % 11).example")
      addresses.append("\(Self.letters(number))wop\(Self.letters(number * 7 % 600))@web.example")
    }
    let (_, resolution) = try ResolverTests.resolve(
      "id,email,city\n" + addresses.enumerated().map { "r\($0),\($1),Town\($0 % 5)" }.joined(separator: "\n"))
    #expect(resolution.clusterSizes.max() ?? 0 <= 2)
    let named = Set(stride(from: 0, to: addresses.count, by: 2).map { resolution.clusterOfRecord[$0] })
    #expect(named.count > 380)
  }

  private static func letters(_ number: Int) -> String {
    String(decoding: [UInt8(0x61 + number % 26), UInt8(0x61 + number / 26), 0x6E], as: UTF8.self)
  }

  @Test func accountsOfManyAddressesAndPosts() throws {
    var lines = [
      #"{"id":"a","platform":"git","name":"Zofia Brzeska","emails":["zb@x.example","zofia@y.example"],"posts":[{"at":"2026-01-01T10:00:00Z","text":"Fix"}]}"#,
      #"{"id":"b","platform":"git","name":"","emails":["other@z.example","ZB@x.example"],"posts":[]}"#,
      #"{"id":"c","platform":"git","name":"Kira Mandelbaum","emails":["kira@y.example"],"posts":[{"text":"Add"},{"text":"Go"}]}"#,
    ]
    for (number, account) in Self.strangers(200).enumerated() {
      lines.append(
        #"{"id":"s\#(number)","platform":"git","name":"\#(account.name)","emails":["\#(account.email)"]}"#)
    }
    let (table, resolution) = try ResolverTests.resolve(lines.joined(separator: "\n"), name: "t.ndjson")
    let clusters = resolution.clusterOfRecord
    #expect(clusters[0] == clusters[1])
    #expect(clusters[0] != clusters[2])
    #expect(table.sources[0].notes.contains { $0.contains("3 posts") })
  }

  @Test func givenAndFamilyNameInColumnsOfTheirOwn() throws {
    var text = "id,first_name,last_name,mail\n0,Zofia,Brzeska,zb@x.example\n1,Brzeska,Zofia,z@y.example\n"
    for (number, account) in Self.strangers(200).enumerated() {
      text += "s\(number),\(account.name.replacing(" ", with: ",")),\(account.email)\n"
    }
    let (_, resolution) = try ResolverTests.resolve(text)
    #expect(resolution.clusterOfRecord[0] == resolution.clusterOfRecord[1])
  }
}
