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
}
