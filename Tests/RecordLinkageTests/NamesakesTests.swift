import TestSupport
import Testing

import RecordLinkage

/// Tables of few names, in which addresses are made of the name: namesakes have addresses that are alike.
struct NamesakesTests {
  private static let syllables = [
    "ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny",
  ]

  /// People of thirty given and forty family names, three in ten of them twice; a quarter of what is no name is missing.
  private static func table(_ people: Int, seed: UInt64) -> (text: String, truth: [Int]) {
    var random = Numbers(seed: seed)
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    let given = (0..<30).map { _ in word(2) }
    let family = (0..<40).map { _ in word(3) }
    var rows: [String] = []
    var truth: [Int] = []
    for person in 0..<people {
      let first = given[random.next(30)]
      let last = family[random.next(40)]
      let phone = "07\(100_000_000 + random.next(900_000_000))"
      let separator = ["", ".", "_"][random.next(3)]
      let local = first + separator + last + (random.next(2) == 0 ? "\(random.next(100))" : "")
      let day = "\(1950 + random.next(50))-\(10 + random.next(3))-\(10 + random.next(18))"
      let address = "\(local)@mail\(random.next(3)).example"
      for _ in 0..<(random.next(10) < 3 ? 2 : 1) {
        let number = random.next(4) > 0 ? phone : "07\(100_000_000 + random.next(900_000_000))"
        let values = [day, number, address].map { random.next(4) > 0 ? $0 : "" }
        rows.append("r\(rows.count),\(first),\(last)," + values.joined(separator: ","))
        truth.append(person)
      }
    }
    return ("id,first_name,surname,dob,phone,email\n" + rows.joined(separator: "\n"), truth)
  }

  /// Seven hundred people of 1,200 names: too few for what names and addresses say together to be learnt.
  @Test(arguments: [2, 3] as [UInt64])
  func areNotJoinedForAddressesMadeOfTheirName(seed: UInt64) throws {
    let (text, truth) = Self.table(700, seed: seed)
    let found = try ResolverTests.resolve(text).resolution
    let (precision, recall) = ResolverTests.scores(truth, found.clusterOfRecord)
    #expect(precision > 0.75 && recall > 0.7, "\(precision) \(recall)")
  }

  /// People of 45,000 names, each up to four times, with slips, other dates and addresses at other providers.
  private static func rareNames(_ people: Int, seed: UInt64) -> (text: String, truth: [Int]) {
    var random = Numbers(seed: seed)
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(12)] }.joined() }
    func day() -> String { "\(1950 + random.next(50))-\(10 + random.next(3))-\(10 + random.next(18))" }
    func slip(_ text: String) -> String {
      if random.next(4) > 0 { return text }
      let place = random.next(text.count)
      return text.prefix(place) + "x" + text.dropFirst(place + 1)
    }
    let given = (0..<150).map { _ in word(3) }
    let family = (0..<300).map { _ in word(4) }
    var rows: [String] = []
    var truth: [Int] = []
    for person in 0..<people {
      let first = given[random.next(150)]
      let last = family[random.next(300)]
      let local = "\(first)\(random.next(100))"
      let birth = day()
      let town = "town\(random.next(20))"
      for _ in 0..<(1 + random.next(4)) {
        let date = random.next(3) > 0 ? birth : day()
        let values = [
          slip(first), slip(last), date, town, "\(slip(local))@mail\(random.next(4)).example",
        ].map { random.next(5) > 0 ? $0 : "" }
        rows.append("r\(rows.count)," + values.joined(separator: ","))
        truth.append(person)
      }
    }
    return ("id,first_name,surname,dob,city,email\n" + rows.joined(separator: "\n"), truth)
  }

  /// Where next to nobody has a namesake, addresses that are alike tell as much as they seem to.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func addressesThatAreAlikeCountWhereNobodyHasOne(seed: UInt64) throws {
    let (text, truth) = Self.rareNames(250, seed: seed)
    let found = try ResolverTests.resolve(text).resolution
    let (precision, recall) = ResolverTests.scores(truth, found.clusterOfRecord)
    #expect(precision > 0.85 && recall > 0.7, "\(precision) \(recall)")
  }
}
