internal import AccountModel

/// Who is who in a return: the account that was asked for, and which user name has which id.
struct SnapchatReturnPeople {
  /// The account asked for by the file at hand; made at its first record, named by the file's beginning.
  private var target: AccountIndex?
  /// The user name and id that the beginning of the file at hand gives.
  private var named: (handle: String, id: String, locator: Locator)?
  /// Targets that no file named so far: they are the subscriber's.
  private var unnamed: [AccountIndex] = []
  /// The subscriber of the rows on it.
  private var subscriber: (account: AccountIndex, handle: String)?
  private var hasSeveralSubscribers = false
  /// The subscriber of the file at hand, and whether it has several, so that nothing says whose its further rows are.
  private var ofFile: AccountIndex?
  private var isOfSeveral = false
  /// Accounts that the beginnings of files name.
  private var targets: Set<AccountIndex> = []
  /// Accounts whose id stands beside a user name, by the name in small letters.
  private var byName: [String: Set<AccountIndex>] = [:]
  /// Accounts that are known by their user name alone.
  private var byHandle: [(handle: String, account: AccountIndex)] = []
  private var memory = IdentifierMemory()

  mutating func beginFile() {
    target = nil
    named = nil
    ofFile = nil
    isOfSeveral = false
  }

  mutating func endFile(into writer: RecordWriter) {
    if let target, writer.key(of: target) == nil { unnamed.append(target) }
    target = nil
    named = nil
  }

  /// Reads `Target username "x" is associated with User ID "y"` out of what stands before a section. What follows the
  /// beginning of another account, as where files were put together, is that one's.
  ///
  /// - Returns: whether the text is such a beginning.
  mutating func banner(_ text: String, _ locator: Locator, into writer: RecordWriter) -> Bool {
    guard let start = text.range(of: "Target username") else { return false }
    let quoted = text[start.upperBound...].replacing("\"\"", with: "\"").split(
      separator: "\"", omittingEmptySubsequences: false)
    guard quoted.count >= 4, quoted[2].contains("User ID") else { return false }
    let handle = String(quoted[1].trimmingPrefix(while: \.isWhitespace))
    let id = String(quoted[3])
    if let known = named, known.id == id, known.handle.lowercased() == handle.lowercased() { return true }
    // What stands above is of another account, or of one that nothing there named.
    endFile(into: writer)
    beginFile()
    named = (handle, id, locator)
    return true
  }

  /// The account that was asked for.
  mutating func asked(_ locator: Locator, into writer: RecordWriter) throws -> AccountIndex {
    if let target { return target }
    let known = try named.flatMap {
      try person($0.handle, $0.id, role: .owner, $0.locator, into: writer)
    }
    if let known { targets.insert(known) }
    let account = known ?? writer.unnamedAccount(.snapchat, role: .owner, at: locator)
    target = account
    return account
  }

  /// The account of a row on a subscriber.
  mutating func subscriber(
    _ handle: String, _ id: String, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex {
    guard let account = try person(handle, id, role: .owner, locator, into: writer) else {
      return try asked(locator, into: writer)
    }
    if let known = subscriber, writer.resolve(known.account) != writer.resolve(account) {
      hasSeveralSubscribers = true
    }
    if subscriber == nil { subscriber = (account, handle) }
    guard named == nil else { return account }
    if let ofFile, writer.resolve(ofFile) != writer.resolve(account) {
      if !isOfSeveral { target = nil }
      isOfSeveral = true
    }
    ofFile = ofFile ?? account
    if target == nil, !isOfSeveral { target = account }
    return account
  }

  /// The account of a user name and an id, of which either may be missing; nil when both are.
  mutating func person(
    _ handle: String, _ id: String, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    let name = NoValue.isNamed(by: handle) ? "" : handle
    if !id.isEmpty, !NoValue.isNamed(by: id) {
      let account = try writer.account(
        AccountKey(platform: .snapchat, kind: .platformID, scope: .platform, value: id), role: role,
        assertion: .platform, at: locator)
      guard !name.isEmpty else { return account }
      byName[name.lowercased(), default: []].insert(account)
      if memory.isNew(account, .handle, name) {
        try writer.identifier(account, .handle, name, assertion: .platform, at: locator)
      }
      return account
    }
    guard !name.isEmpty else { return nil }
    let isHandle = SnapchatJSONReader.isHandle(name)
    let count = writer.accounts.count
    let account = try writer.account(
      AccountKey(
        platform: .snapchat, kind: isHandle ? .handle : .displayName, scope: isHandle ? .platform : .source,
        value: name),
      role: role, assertion: isHandle ? .platform : .user, at: locator)
    if isHandle, writer.accounts.count > count { byHandle.append((name.lowercased(), account)) }
    return account
  }

  mutating func finish(into writer: RecordWriter) throws {
    // A name with two ids was given to somebody else in between, and joins nobody.
    for (handle, account) in byHandle {
      guard let found = byName[handle], found.count == 1, let known = found.first else { continue }
      writer.unite(account, with: known)
    }
    // Files without a beginning that says so are of the one account that the return is about.
    let about = Set((targets + (subscriber.map { [$0.account] } ?? [])).map { writer.resolve($0) })
    if let subscriber, !hasSeveralSubscribers, about.count == 1 {
      for account in unnamed { writer.unite(account, with: subscriber.account) }
    } else if let first = unnamed.first {
      // Nothing tells the files of a return that names nobody apart.
      if about.isEmpty { for account in unnamed.dropFirst() { writer.unite(account, with: first) } }
      writer.note(
        "nothing says whose account some files of the return are about: their records are an account's without a name"
      )
    }
  }
}
