import Foundation
import TestSupport

/// Invented people who live together: a household shares surname and address, and each person has one to four records
/// with slips of the pen, some of them from an address before.
enum Households {
  static let header = "id,first_name,surname,dob,house_number,street,city,postcode\n"

  private static let syllables = [
    "ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny", "bar", "tis", "wen", "mar",
    "od",
    "fer", "lin", "su",
  ]

  private static func slip(_ text: String, _ random: inout Numbers) -> String {
    var bytes = Array(text.utf8)
    if bytes.count < 3 { return text }
    bytes.swapAt(random.next(bytes.count - 1), bytes.count - 1)
    return String(decoding: bytes, as: UTF8.self)
  }

  static let contactHeader = header.dropLast() + ",phone,email\n"

  /// An address that nobody else has, made of the name in one of the usual ways or of nothing.
  private static func email(_ first: String, _ surname: String, _ person: Int, _ random: inout Numbers)
    -> String
  {
    switch random.next(4) {
    case 0: "\(first).\(surname)@mail\(person).example"
    case 1: "\(first.prefix(1))\(surname)\(random.next(100))@post\(person % 7).example"
    case 2: "\(surname)\(1950 + random.next(60))@web\(person % 5).example"
    default: "\(syllables[random.next(20)])\(syllables[random.next(20)])\(person)@post\(person % 7).example"
    }
  }

  /// Rows, whose ids are r0, r1, …, and by row the person; with `hasContacts` there are a telephone number, which half
  /// of a household share, and an e-mail address as well, and any value may be missing.
  static func rows(
    _ households: Int, seed: UInt64, hasContacts: Bool = false
  ) -> (rows: [String], truth: [Int]) {
    var random = Numbers(seed: seed)
    func word(_ parts: Int, _ random: inout Numbers) -> String {
      (0..<parts).map { _ in syllables[random.next(syllables.count)] }.joined()
    }
    let given = (0..<150).map { _ in word(2, &random) }
    let surnames = (0..<400).map { _ in word(3, &random) }
    let streets = (0..<300).map { _ in word(3, &random) + " street" }
    let cities = (0..<60).map { _ in word(3, &random) }
    func address(_ random: inout Numbers) -> [String] {
      let city = random.next(cities.count)
      return [
        "\(1 + random.next(150))", streets[random.next(streets.count)], cities[city], "\(4_000 + city * 17)",
      ]
    }
    var rows: [String] = []
    var truth: [Int] = []
    var person = 0
    for _ in 0..<households {
      let surname = surnames[random.next(surnames.count)]
      let home = address(&random)
      let landline = "02079460\(random.next(1_000_000))"
      for _ in 0..<1 + random.next(4) {
        let first = given[random.next(given.count)]
        var contacts: [String] = []
        if hasContacts {
          let own = "07700\(100_000 + random.next(900_000))"
          contacts = [random.next(2) == 0 ? landline : own, email(first, surname, person, &random)]
        }
        let birth = "\(1930 + random.next(70))-\(10 + random.next(3))-\(10 + random.next(19))"
        for _ in 0..<1 + random.next(4) {
          let place = random.next(100) < 20 ? address(&random) : home
          var values = [first, surname, random.next(100) < 25 ? "" : birth] + place
          for field in [0, 1, 4] where random.next(100) < 8 { values[field] = slip(values[field], &random) }
          if hasContacts {
            values += contacts
            for field in values.indices where random.next(100) < 10 { values[field] = "" }
          }
          rows.append("r\(rows.count)," + values.joined(separator: ","))
          truth.append(person)
        }
        person += 1
      }
    }
    return (rows, truth)
  }
}
