internal import AccountModel

/// Turns the contacts of a Skype database into records. Whoever the program met is in their table, as members of groups
/// are: contacts are those alone whom the owner added or asked.
final class SkypeContacts {
  /// How somebody stands to the owner's list.
  private enum Standing {
    case listed, asked, removed, stranger

    init(_ number: Int64?) {
      switch number {
      case 1: self = .removed
      case 2: self = .asked
      case 3: self = .listed
      default: self = .stranger
      }
    }

    /// What is said beside the name.
    var words: String {
      switch self {
      case .asked: "asked, no answer yet"
      case .removed: "removed"
      case .listed, .stranger: ""
      }
    }
  }

  private static let notListed = SetAsideReason(
    "not-listed", "is known to the program and was never in the owner's list", isFault: false)

  private let database: OpenDatabase
  private let writer: RecordWriter
  private let people: SkypeDatabasePeople

  init(_ database: OpenDatabase, _ people: SkypeDatabasePeople) {
    self.database = database
    self.people = people
    writer = database.writer
  }

  /// Reads all of them.
  func read(_ table: DatabaseTable<SkypeContactColumn>) throws {
    try database.eachRecord(.contact, of: table) { try read($0, $1) }
  }

  private func read(_ row: DatabaseRow<SkypeContactColumn>, _ locator: Locator) throws {
    func string(_ column: SkypeContactColumn) -> String { DatabaseText.string(row.text(column)) }
    let own = people.owner(locator)
    let name = string(.skypename)
    let number = string(.pstnnumber)
    let identity = name.isEmpty ? SkypeDatabasePeople.phone(number) : SkypeDatabasePeople.identity(name)
    var isPhone = false
    if case .phone = identity { isPhone = true }
    // A telephone in the list is nobody's word but the owner's.
    let contact = try people.account(
      identity, role: .mentioned, assertion: isPhone ? .user : .platform, locator)
    guard contact != .none, writer.resolve(contact) != writer.resolve(own) else {
      return writer.setAside(.contact, .noAuthor, at: locator, detail: string(.displayname))
    }
    try SkypeProfile(row).write(of: contact, people, locator)
    let given = string(.givenDisplayname)
    let saved = NoValue.isNamed(by: given) ? "" : given
    try people.add(.displayName, saved, label: "saved-name", .user, to: contact, locator)
    if !isPhone {
      for column in [SkypeContactColumn.pstnnumber, .assignedPhone1, .assignedPhone2, .assignedPhone3] {
        let number = string(column)
        if NoValue.isNamed(by: number) { continue }
        try people.add(.phone, number, label: "saved-number", .user, to: contact, locator)
      }
    }
    if row.integer(.isblocked) == 1 {
      try writer.record(.block, account: own, other: contact, text: "", at: locator)
    }
    let standing = Standing(row.integer(.buddystatus))
    // A telephone that the owner gave a name is in the list whatever is written there.
    if case .stranger = standing, !isPhone || saved.isEmpty {
      return writer.setAside(.contact, Self.notListed, at: locator, detail: name)
    }
    let shown = [saved, string(.displayname), string(.fullname)].first { !$0.isEmpty } ?? ""
    let words = [shown, standing.words].filter { !$0.isEmpty }.joined(separator: ", ")
    try writer.record(.contact, account: own, other: contact, text: words, at: locator)
  }
}
