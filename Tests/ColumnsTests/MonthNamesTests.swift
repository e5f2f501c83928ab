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

  @Test func numerals() {
    let words = ["i", "iv", "xii", "xiii", "iiii", ""]
    let months = words.map { word in Array(word.utf8).withUnsafeBufferPointer { MonthNames.romanMonth($0) } }
    #expect(months == [1, 4, 12, nil, nil, nil])
  }
}
