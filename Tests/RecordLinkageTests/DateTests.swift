import Foundation
import RecordLinkage
import TestSupport
import Testing

@Suite("Dates of birth")
struct DateTests {
  struct Day {
    var (year, month, day) = (0, 0, 0)
    var iso: String { "\(year)-\(DateTests.two(month))-\(DateTests.two(day))" }
  }

  static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }

  private static func day(_ person: Int) -> Day {
    Day(year: 1950 + person * 7 % 55, month: 1 + person % 12, day: 1 + person * 5 % 28)
  }

  private static func name(_ person: Int) -> String {
    let first = ["karo", "mitensol", "vidar", "lunpe", "goshel", "nybar", "tiswen"][person % 7]
    let last = ["ka", "ro", "mi", "ten"][person % 4] + ["sol", "vi", "dar", "lun", "pe"][person % 5]
    return "\(first),\(last)\(["son", "ton", "man", "by", "ley", "ford"][person % 6])"
  }

  /// People of different names and days, each in two records: with the day as `write` writes it, and in ISO 8601. What
  /// comparing the two came to, and what the column was taken for.
  private func twice(_ write: (Day) -> String) throws -> (agreements: [String], finding: ColumnFinding) {
    var rows: [String] = []
    for person in 0..<150 {
      let day = Self.day(person)
      rows.append("\(2 * person),\(Self.name(person)),\"\(write(day))\"")
      rows.append("\(2 * person + 1),\(Self.name(person)),\(day.iso)")
    }
    var settings = ResolveSettings()
    settings.explains = true
    let (_, resolution) = try ResolverTests.resolve(
      "id,first_name,surname,dob\n" + rows.joined(separator: "\n"), settings)
    let examples = try #require(resolution.examples)
    let shown = (examples.strongest + examples.weakestJoined + examples.nearThreshold)
      .filter { $0.left % 2 == 0 && $0.right == $0.left + 1 }
    let agreements = shown.flatMap(\.steps).flatMap(\.comparisons).filter { $0.field == "dob" }.map(
      \.agreement)
    return (agreements, resolution.findings[2])
  }

  /// What became of dates that stand in a column beside others.
  private func finding(_ dates: [String], column: String = "dob", others: Int = 100) throws -> ColumnFinding {
    var rows = dates.enumerated().map { "d\($0.offset),\(Self.name($0.offset)),\"\($0.element)\"" }
    for person in 0..<others { rows.append("o\(person),\(Self.name(person)),\(Self.day(person).iso)") }
    let text = "id,first_name,surname,\(column)\n" + rows.joined(separator: "\n")
    return try ResolverTests.resolve(text).resolution.findings[2]
  }

  private static let digits = "01 02 03 04 05 06 07 08 09 10 11 12"

  /// The months of a language, and how a day is written around them.
  private static let layouts: [(months: String, pattern: String)] = [
    ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "%d %m %y"),
    ("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC", "%d%m%y"),
    ("January February March April May June July August September October November December", "%m %dth, %y"),
    ("Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.", "Mon, %d-%m-%y 10:15:00 GMT"),
    ("Januar Februar März April Mai Juni Juli August September Oktober November Dezember", "%d. %m %y"),
    ("Jänner Feber Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez", "%d.%m.%y"),
    ("januari februari maart april mei juni juli augustus september oktober november december", "%d %m %y"),
    ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre", "le %der %m %y"),
    (
      "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre",
      "%d de %m de %y"
    ),
    (
      "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
      "%dº de %m de %y"
    ),
    ("gen feb mar apr mag giu lug ago set ott nov dic", "%d/%m/%y"),
    (
      "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
      "%d %m %y r."
    ),
    ("I II III IV V VI VII VIII IX X XI XII", "%d %m %y"),
    ("ledna února března dubna května června července srpna září října listopadu prosince", "%d. %m %y"),
    ("januar februar marts april maj juni juli august september oktober november december", "den %d. %m %y"),
    ("januari februari mars april maj juni juli augusti september oktober november december", "%d %m %y"),
    ("jan feb mars apr mai juni juli aug sep okt nov des", "%y-%m-%d"),
    ("Janary Febuary Marrch Aprl May June Jully Agust Septmber Ocotber Novembr Decenber", "%d %m %y"),
    (digits, "%y%m%d"), (digits, "%d%m%y"), (digits, "%m%d%y"), (digits, "%y/%m/%d"), (digits, "%d.%m.%y"),
    (digits, "%y-%m-%dT00:00:00Z"), (digits, "%y%m%d.0"), (digits, "%y%m%d000000"),
    (digits, "%m/%d/%y 10:15"),
    (digits, "%y\u{2013}%m\u{2013}%d"), (digits, "%y年%m月%d日"),
  ]

  @Test(arguments: layouts.indices)
  func oneDayIsOneDayHoweverItIsWritten(_ number: Int) throws {
    let (names, pattern) = Self.layouts[number]
    let months = names.split(separator: " ")
    let (agreements, finding) = try twice { day in
      pattern.replacing("%y", with: "\(day.year)").replacing("%m", with: months[day.month - 1])
        .replacing("%d", with: Self.two(day.day))
    }
    #expect(finding.kind == .birthDate)
    #expect(finding.remarks == [], "\(pattern)")
    #expect(
      !agreements.isEmpty && agreements.allSatisfy { $0 == "exact" }, "\(pattern): \(agreements.prefix(4))")
  }

  /// Years of two digits, and six digits without a mark, whose order the others of the column tell.
  @Test(arguments: ["%d/%m/%y", "%y-%m-%d", "%d-Mon-%y", "%y%m%d", "%d%m%y", "%m%d%y"])
  func yearsOfTwoDigits(_ pattern: String) throws {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let (agreements, finding) = try twice { day in
      pattern.replacing("%y", with: Self.two(day.year % 100)).replacing("%m", with: Self.two(day.month))
        .replacing("%d", with: Self.two(day.day)).replacing("Mon", with: names[day.month - 1])
    }
    #expect(finding.dates?.shortYears == 150 && finding.remarks.count == 1)
    #expect(!agreements.isEmpty && agreements.allSatisfy { $0 == "exact" }, "\(agreements.prefix(4))")
  }

  /// People in two records each, and twelve of a common name who were born in the twelve months of one year.
  @Test func monthsByNameTellPeopleApart() throws {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var rows: [String] = []
    for person in 0..<200 {
      let day = Self.day(person)
      let text = "\(Self.two(day.day)) \(months[day.month - 1]) \(day.year)"
      rows += ["a", "b"].map { "\($0)\(person),\(Self.name(person % 4)),\(text)" }
    }
    let others = rows.count
    for month in months { rows.append("\(month),\(Self.name(0)),03 \(month) 1965") }
    let (_, resolution) = try ResolverTests.resolve("id,given,family,dob\n" + rows.joined(separator: "\n"))
    #expect(resolution.findings[2].kind == .birthDate)
    #expect(Set(resolution.clusterOfRecord[others...]).count == 12)
    #expect(resolution.clusterCount == 212 && resolution.clusterSizes.max() == 2)
  }

  /// The same twelve of a name that nobody else has: the wrong month is no slip of the pen, and weighs far less than one.
  @Test(arguments: [
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "I II III IV V VI VII VIII IX X XI XII",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
  ])
  func aMonthByNameIsNoSlipOfAnother(_ names: String) throws {
    func most(_ names: String) throws -> Float {
      let months = names.split(separator: " ")
      var rows: [String] = []
      for person in 0..<200 {
        let day = Self.day(person)
        let text = "\(Self.two(day.day)) \(months[day.month - 1]) \(day.year)"
        rows += ["a", "b"].map { "\($0)\(person),\(Self.name(person)),\(text)" }
      }
      let others = rows.count
      for month in months { rows.append("c\(month),Quillon,Ombersley,03 \(month) 1965") }
      let (_, resolution) = try ResolverTests.resolve(
        "id,given,family,dob\n" + rows.joined(separator: "\n"))
      return try #require(resolution.pairs.filter { $0.left >= others }.map(\.log10LR).max())
    }
    #expect(try most(names) < (try most(Self.digits)) - 3)
  }

  /// What two dates that differ in the month, or in a digit of the day, come to; both are written as `write` writes them.
  private func agreements(_ write: (Day) -> String) throws -> (month: [String], day: [String]) {
    var rows: [String] = []
    for person in 0..<240 {
      let day = Self.day(person)
      var other = day
      // Months of one digit, so that as numbers they would be one digit apart.
      if person % 24 == 0 { other.month = day.month % 9 + 1 }
      if person % 24 == 1 { other.day = day.day % 10 == 9 ? day.day - 1 : day.day + 1 }
      rows.append("\(2 * person),\(Self.name(person)),\"\(write(day))\",p\(person)")
      rows.append("\(2 * person + 1),\(Self.name(person)),\"\(write(other))\",p\(person)")
    }
    var settings = ResolveSettings()
    settings.explains = true
    let (_, resolution) = try ResolverTests.resolve(
      "id,first_name,surname,dob,device\n" + rows.joined(separator: "\n"), settings)
    let examples = try #require(resolution.examples)
    var found = (month: [String](), day: [String]())
    for pair in examples.strongest + examples.weakestJoined + examples.nearThreshold
    where pair.left % 2 == 0 && pair.right == pair.left + 1 {
      let agreed = pair.steps.flatMap(\.comparisons).filter { $0.field == "dob" }.map(\.agreement)
      if pair.left / 2 % 24 == 0 { found.month += agreed }
      if pair.left / 2 % 24 == 1 { found.day += agreed }
    }
    return found
  }

  @Test func aMonthByNameHasNoDigitToMistype() throws {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let named = try agreements { "\(Self.two($0.day)) \(months[$0.month - 1]) \($0.year)" }
    #expect(!named.month.isEmpty && named.month.allSatisfy { $0 == "loose" }, "\(named)")
    let numbers = try agreements { "\(Self.two($0.day))/\(Self.two($0.month))/\($0.year)" }
    #expect(!numbers.month.isEmpty && numbers.month.allSatisfy { $0 == "near" }, "\(numbers)")
    for found in [named, numbers] { #expect(found.day.allSatisfy { $0 == "near" }, "\(found)") }
  }

  @Test func whatIsNoDateIsCountedAndCompared() throws {
    let dates = [
      "early 1965", "03 Tammikuuta 1965", "3 Jan", "Jan 12", "1965-66", "03/65", "12",
      "01.01.1965 - 02.02.1966",
      "0000-00-00", "00/00/00", "03/01/xx", "N/A",
    ]
    let finding = try finding(dates)
    #expect(finding.dates?.unread == 11 && finding.dates?.firstUnread == "d0")
    #expect(
      finding.remarks == [
        "11 of 111 values are no dates that can be read and count as empty, the first in record \u{201C}d0\u{201D}"
      ])
  }

  @Test func partsOfDatesAreCounted() throws {
    let finding = try finding([
      "1965", "00/00/1965", "1965-00-00", "Jan 1965", "1965-03", "03/1965", "xx.03.1965", "1965-03-00",
      "1965-02-30",
      "19651399", "31 Apr 1970", "1965-o1-03",
    ])
    let dates = try #require(finding.dates)
    #expect(dates.yearsAlone == 3 && dates.months == 5 && dates.slips == 4 && dates.unread == 0)
  }

  /// Two people of one name and one month, of whom only the month is known, are not told from one; two of one year are.
  @Test func aYearAloneAgreesWithNoDay() throws {
    let finding = try finding((0..<40).map { "\(1940 + $0)" }, column: "born", others: 5)
    #expect(finding.kind == .birthDate && finding.dates?.yearsAlone == 0 && finding.remarks == [])
    let (_, resolution) = try ResolverTests.resolve(
      "id,first_name,surname,dob\n"
        + (0..<300).flatMap { person in
          ["a", "b"].map { "\($0)\(person),\(Self.name(person)),\(Self.day(person).iso)" }
        }.joined(separator: "\n") + "\nx,Una,Vance,1965\ny,Una,Vance,1965-03-02\n")
    #expect(resolution.findings[2].dates?.yearsAlone == 1)
    #expect(!resolution.levelWeights.isEmpty)
  }

  @Test func anOrderThatNothingTellsIsSaid() throws {
    let ambiguous = (0..<50).map { "\(1 + $0 % 12)/\(1 + $0 % 11)/19\(60 + $0 % 40)" }
    let found = try finding(ambiguous, others: 0)
    let same = (0..<50).filter { $0 % 12 == $0 % 11 }.count
    #expect(found.dates?.ambiguous == 50 - same)
    #expect(found.remarks.contains { $0.contains("date_order") })
    #expect(try finding(ambiguous + ["25/12/1960"], others: 0).dates?.ambiguous == 0)
    // Where dates show both orders, one that can be read in a single order is, and the others are told of.
    let both = try finding(ambiguous + ["25/12/1960", "26/11/1961", "12/25/1960", "11/26/1961"], others: 0)
    #expect(both.dates?.ambiguous == 50 - same && both.dates?.slips == 0)
  }

  /// A column that is called one of dates of birth is one, though its dates cannot be read; they are not words.
  @Test(arguments: ["dob", "Geburtsdatum", "customer_date_of_birth", "fecha_de_nacimiento"])
  func aColumnOfBirthsStaysOne(_ column: String) throws {
    let months = ["tammikuuta", "helmikuuta", "huhtikuuta", "heinäkuuta"]
    let dates = (0..<100).map { "\(1 + $0 % 28). \(months[$0 % 4]) \(1950 + $0 % 50)" }
    let finding = try finding(dates, column: column, others: 0)
    #expect(finding.kind == .birthDate && finding.dates?.unread == 100)
    let places = (0..<100).map { "Elmford \($0 % 7)a, Ashby" }
    #expect(try self.finding(places, column: "birth_place", others: 0).kind == .locality)
  }

  /// Numbers of people that begin with their days of birth, and telephone numbers in pairs of digits.
  @Test func numbersThatBeginAsDatesAreNone() throws {
    let numbers = (0..<100).map { Self.day($0).iso.replacing("-", with: "") + "\(1234 + $0 * 83)" }
    #expect(try finding(numbers, column: "c1", others: 0).kind == .phone)
    let swedish = (0..<100).map { Self.day($0).iso.replacing("-", with: "") + "-\(1234 + $0 * 83)" }
    #expect(try finding(swedish, column: "c1", others: 0).kind == .phone)
    let calls = (0..<100).map { "01 02 \(Self.two(1 + $0 % 12)) \(Self.two($0 % 60)) \(10 + $0 % 89)" }
    #expect(try finding(calls, column: "c1", others: 0).kind == .phone)
  }

  /// A letter for a digit or a mark, and marks in wrong places, leave a day near or equal to what was meant.
  @Test(arguments: [("%y-%m-%d", 7, 0x6F), ("%d/%m/%y", 1, 0x6F), ("%y-%m-%d", 4, 0x78), ("%y%m%d", 5, 0x4F)])
  func slipsOfThePenStayNear(_ pattern: String, _ place: Int, _ byte: Int) throws {
    let (agreements, finding) = try twice { day in
      let text = pattern.replacing("%y", with: "\(day.year)").replacing("%m", with: Self.two(day.month))
        .replacing("%d", with: Self.two(day.day))
      guard day.year % 10 == 0 else { return text }
      var bytes = Array(text.utf8)
      bytes[place] = UInt8(byte)
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(finding.dates?.unread == 0)
    #expect(!agreements.isEmpty && agreements.allSatisfy { ["exact", "near"].contains($0) }, "\(agreements)")
  }
}
