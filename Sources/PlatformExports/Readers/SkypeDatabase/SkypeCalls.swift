internal import AccountModel

/// Turns the calls of a Skype database into records.
///
/// Messages say of each call that it began and that it ended. Where the table of calls has rows, calls are read from it
/// alone; where it has none, from what messages say of their ends.
final class SkypeCalls {
  private let database: OpenDatabase
  private let writer: RecordWriter
  private let people: SkypeDatabasePeople
  private let conversations: SkypeConversations
  private let table: DatabaseTable<SkypeCallColumn>?
  /// Rows of the table of calls, as far as they can be counted.
  let count: Int

  init(
    _ database: OpenDatabase, _ people: SkypeDatabasePeople, _ conversations: SkypeConversations
  ) throws {
    self.database = database
    self.people = people
    self.conversations = conversations
    writer = database.writer
    table = try database.table(SkypeCallColumn.self)
    // A table that cannot be counted is damaged, and has rows.
    count = try table.map { try $0.count() ?? 1 } ?? 0
  }

  /// Whether calls are read from their own table.
  var hasRows: Bool { count > 0 }

  // MARK: Table

  /// Reads all of them.
  func read() throws {
    guard let table, hasRows else { return }
    let members = try database.table(SkypeCallMemberColumn.self)
    let membersOf = try database.links(members) { ($0.integer(.callDbId), $0.id) }
    let member = try members.map { try DatabaseLookup($0) }
    try database.eachRecord(.call, of: table) { row, locator in
      var others: [Party] = []
      for id in try membersOf?.others(of: row.integer(.id) ?? row.id) ?? [] {
        do throws(DatabaseError) {
          if let found = try member?.row(id) { others.append(Party(found)) }
        } catch { try database.lose(error, SkypeCallMemberColumn.table, id) }
      }
      try read(row, others, locator)
    }
  }

  /// Somebody who took part beside whoever called.
  private struct Party {
    let identity: SkypeIdentity
    let name: String
    let seconds: Int64

    init(_ row: DatabaseRow<SkypeCallMemberColumn>) {
      identity = SkypeDatabasePeople.identity(DatabaseText.string(row.text(.identity)))
      name = DatabaseText.string(row.text(.dispname))
      seconds = row.integer(.callDuration) ?? 0
    }
  }

  private func read(
    _ row: DatabaseRow<SkypeCallColumn>, _ parties: [Party], _ locator: Locator
  ) throws {
    guard let time = SkypeTime.time(row.integer(.beginTimestamp)) else {
      return writer.setAside(.call, .badTime, at: locator, detail: row.string(.beginTimestamp))
    }
    let own = people.owner(locator)
    let host = SkypeDatabasePeople.identity(DatabaseText.string(row.text(.hostIdentity)))
    var caller = try people.account(host, role: .participant, locator)
    var others: [AccountIndex] = []
    for party in parties {
      let account = try people.account(party.identity, name: party.name, role: .participant, locator)
      if account != .none, account != caller, !others.contains(account) { others.append(account) }
    }
    if caller == .none, others.count == 1 {
      // Who began it is not written: it came from the only other, or it went there.
      if row.integer(.isIncoming) == 1 {
        caller = others[0]
        others = []
      } else if row.integer(.isIncoming) == 0 {
        caller = own
      }
    }
    guard caller != .none else {
      return writer.setAside(.call, .noAuthor, at: locator, detail: "does not say who called")
    }
    // A call by somebody else came to the owner, whom the table of members need not list, whoever else took part.
    let isWithOwner = ([caller] + others).contains { writer.resolve($0) == writer.resolve(own) }
    if !isWithOwner, others.isEmpty || people.ownIdentity != nil { others.append(own) }
    let seconds = max(parties.map(\.seconds).max() ?? 0, row.integer(.duration) ?? 0)
    var words = ["call"]
    if seconds > 0 { words.append("\(seconds) s") }
    if row.integer(.isUnseenMissed) == 1 { words.append("missed") }
    let name = conversations.name(row.integer(.convDbid))
    try writer.record(
      .call, account: caller, other: others.count == 1 ? others[0] : .none,
      channel: name.isEmpty ? .none : writer.channel(name), time: time, text: words.joined(separator: ", "),
      at: locator)
  }

  // MARK: Messages

  /// Writes a call of which a message says that it ended.
  func write(
    _ content: SkypeContent, by account: AccountIndex, _ author: SkypeIdentity, in conversation: Int64?,
    _ time: ObservedTime, _ locator: Locator
  ) throws {
    var longest = ""
    for participant in content.participants {
      _ = try people.account(
        SkypeIdentity(participant.identity), name: participant.name, role: .participant, locator)
      if let seconds = Double(participant.duration), seconds > Double(longest) ?? -1 {
        longest = participant.duration
      }
    }
    let partner = conversations.partner(conversation)
    let other: AccountIndex
    if author == partner {
      other = people.owner(locator)
    } else {
      other = try people.account(partner, role: .participant, locator)
    }
    let words = ["call", longest.isEmpty ? "" : "\(longest) s", content.state].filter { !$0.isEmpty }
    let name = conversations.name(conversation)
    writer.count(.call, seen: 1)
    try writer.record(
      .call, account: account, other: other, channel: name.isEmpty ? .none : writer.channel(name), time: time,
      text: words.joined(separator: ", "), at: locator)
  }
}
