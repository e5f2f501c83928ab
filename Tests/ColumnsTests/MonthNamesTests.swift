import Columns
import Testing

@Suite struct MonthNamesTests {
  @Test(arguments: [
    ("Jan", 1), ("SEPTEMBER", 9), ("sept", 9), ("Août", 8), ("AOU\u{302}T", 8), ("f\u{E9}vr", 2), ("März", 3),
    ("mrt", 3),
    ("października", 10), ("úno", 2), ("říjen", 10), ("červen", 6), ("července", 7), ("março", 3),
    ("dic", 12),
  ])
  func named(_ name: String, _ month: Int) { #expect(MonthNames.month(of: name) == month) }

  /// What begins the names of two months, is too short, too long, or no name.
  @Test(arguments: ["", "ju", "jui", "cerve", "mardi", "7", "maybe", "januaryjanuaryjanuary", "月", "jan."])
  func none(_ name: String) { #expect(MonthNames.month(of: name) == nil) }

  @Test(
    arguments: [
      ("siječnja", 1, nil), ("VELJ", 2, nil), ("ožujka", 3, nil), ("tra", 4, nil), ("svi", 5, nil),
      ("lip", 6, 7), ("srpnja", 7, nil), ("srp", 7, 8), ("srpna", nil, 8), ("kol", 8, nil), ("ruj", 9, nil),
      ("listopada", 10, 11), ("lis", 10, 11), ("listopadu", nil, 11), ("studenoga", 11, nil),
      ("prosinac", 12, nil), ("pro", 12, 12), ("maj", nil, 5), ("li", nil, nil), ("", nil, nil),
    ] as [(String, Int?, Int?)])
  func croatian(_ name: String, _ month: Int?, _ other: Int?) {
    #expect(MonthNames.croatianMonth(of: name) == month && MonthNames.month(of: name) == other)
  }

  @Test func numerals() {
    let words = ["i", "iv", "xii", "xiii", "iiii", ""]
    let months = words.map { word in Array(word.utf8).withUnsafeBufferPointer { MonthNames.romanMonth($0) } }
    #expect(months == [1, 4, 12, nil, nil, nil])
  }
}
