internal import AccountModel
internal import Columns

/// Accounts as dumps of Reddit name them: by id and name, or by name alone.
struct RedditDumpPeople {
  /// What is known of a name.
  private struct Name {
    var account: AccountIndex
    var hasID: Bool
  }

  /// Whose an entry is.
  enum Author: Equatable {
    case account(AccountIndex)
    case program
    case nobody
  }

  /// Names in small letters.
  private var tokens = Interner()
  private var names: [Name] = []
  /// Further accounts of a name that has several, by token and account.
  private var others: Set<UInt64> = []
  /// Names of several accounts.
  private(set) var sharedNames = 0
  private var shared: Set<UInt32> = []
  private var lowered: [UInt8] = []

  /// Whose an entry is.
  ///
  /// Where the account is deleted its name is a mark, which is nobody's; an id beside it still is somebody's.
  mutating func author(
    _ entry: RedditDumpEntry, _ locator: Locator, into writer: RecordWriter
  ) throws -> Author {
    let name = entry.author?.stringBytes.trimmed ?? .empty
    let isName = Self.isName(name)
    if isName {
      lowered.removeAll(keepingCapacity: true)
      for byte in name { lowered.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) }
      if lowered.elementsEqual("automoderator".utf8) { return .program }
    }
    guard let id = entry.authorID?.stringBytes else {
      return isName ? .account(try account(named: name, locator, into: writer)) : .nobody
    }
    let account = try writer.account(
      .reddit, .platformID, .platform, value: id, role: .participant, assertion: .platform, at: locator)
    if isName { try add(name, to: account, locator, into: writer) }
    return .account(writer.resolve(account))
  }

  /// The account of a name without an id.
  private mutating func account(
    named name: Bytes, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex {
    let token = lowered.withUnsafeBufferPointer { tokens.intern($0) }
    if Int(token.raw) < names.count { return writer.resolve(names[Int(token.raw)].account) }
    let account = try writer.account(
      .reddit, .handle, .platform, value: name, role: .participant, assertion: .platform, at: locator)
    names.append(Name(account: account, hasID: false))
    return account
  }

  /// Says that an account with an id has a name.
  private mutating func add(
    _ name: Bytes, to account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let token = lowered.withUnsafeBufferPointer { tokens.intern($0) }
    guard Int(token.raw) < names.count else {
      names.append(Name(account: account, hasID: true))
      return try writer.identifier(account, .handle, value: name, assertion: .platform, at: locator)
    }
    let known = writer.resolve(names[Int(token.raw)].account)
    if known == account { return }
    if !names[Int(token.raw)].hasID {
      // The name's own account has its handle already, and gets the id.
      names[Int(token.raw)].hasID = true
      return writer.unite(known, with: account)
    }
    guard others.insert(UInt64(token.raw) << 32 | UInt64(account.raw)).inserted else { return }
    if shared.insert(token.raw).inserted { sharedNames += 1 }
    try writer.identifier(account, .handle, value: name, assertion: .platform, at: locator)
  }

  /// Whether a text is an account's id: `t2_` and a number of base 36.
  static func isID(_ text: Bytes) -> Bool {
    (4...16).contains(text.count) && text.starts(with: "t2_".utf8)
      && text.dropFirst(3).allSatisfy { $0.isDigit || (0x61...0x7A).contains($0) }
  }

  /// Whether a text is the name of an account.
  private static func isName(_ text: Bytes) -> Bool {
    guard (1...64).contains(text.count) else { return false }
    for byte in text {
      guard
        byte.isDigit || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
          || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      else { return false }
    }
    return !NoValue.isNamed(by: text)
  }
}
