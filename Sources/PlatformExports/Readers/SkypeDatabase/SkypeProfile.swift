internal import AccountModel

/// What a profile says, of the owner or of somebody else: whoever has the account typed it, and Skype checked none of
/// it.
struct SkypeProfile {
  private let name: String
  private let birthday: Int64?
  private let emails: [String]
  private let phones: [(number: String, label: String)]
  private let homepage: String
  /// What says more of somebody than it names: mood, words about oneself, place.
  let words: String

  /// Addresses of one profile that are kept; Skype shows few.
  private static let emailLimit = 20
  /// Characters of a text that are kept.
  private static let textLimit = 4000

  init<Column: SkypeProfileColumn>(_ row: DatabaseRow<Column>) {
    func string(_ column: Column) -> String { DatabaseText.string(row.text(column)) }
    func text(_ column: Column) -> String { String(row.string(column).trimmingSpaces.prefix(Self.textLimit)) }
    name = string(.fullname)
    birthday = row.integer(.birthday)
    emails = string(.emails).split(whereSeparator: \.isWhitespace).prefix(Self.emailLimit).map { String($0) }
      .filter { ValueShape.isEmail($0) }
    phones = [
      (string(.phoneHome), "home"), (string(.phoneOffice), "office"), (string(.phoneMobile), "mobile"),
    ]
    homepage = string(.homepage)
    let place = [string(.city), string(.province), string(.country)].filter { !$0.isEmpty }
    words = [text(.moodText), text(.about), place.joined(separator: ", ")].filter { !$0.isEmpty }
      .joined(separator: "; ")
  }

  /// Writes it as what an account says of itself.
  func write(of account: AccountIndex, _ people: SkypeDatabasePeople, _ locator: Locator) throws {
    if !NoValue.isNamed(by: name) { try people.add(.displayName, name, .user, to: account, locator) }
    // Year, month and day in one number.
    if let birthday, Self.days.contains(birthday) {
      try people.add(.dateOfBirth, "\(birthday)", .user, to: account, locator)
    }
    for email in emails { try people.add(.email, email, label: "profile", .claimed, to: account, locator) }
    for (number, label) in phones where !NoValue.isNamed(by: number) {
      try people.add(.phone, number, label: "profile-\(label)", .claimed, to: account, locator)
    }
    try people.add(.url, homepage, label: "homepage", .user, to: account, locator)
  }

  private static let days: Range<Int64> = 1900_01_01..<2100_01_01
}
