internal import AccountModel

/// The owner of a download, and the people of its threads.
struct MetaPeople {
  /// The account that logins, contacts and the profile belong to.
  var owner: AccountIndex?
  /// Names under which the profile says that the owner writes.
  var ownNames: [String] = []
  /// What the profile says under labels that are not known: one of them may be the owner's name.
  var unlabelled: Set<String> = []
  /// The name under which the owner comments; nil when there are several, as of pages.
  private(set) var authorName: String?
  private var hasSeveralAuthors = false
  var handle: (value: String, locator: Locator)?
  var platformID: (value: String, locator: Locator)?
  /// The accounts of those who take part in threads.
  var participants = MetaParticipants()
  /// Participants common to all threads so far.
  private(set) var common: Set<String>?
  private var firstThread: String?
  private(set) var hasSeveralThreads = false

  /// The one value of the profile under a label that is not known that is the name of somebody in all threads.
  var unlabelledName: String? {
    let found = common?.intersection(unlabelled) ?? []
    return found.count == 1 ? found.first : nil
  }

  /// Takes note of a name under which the owner comments.
  mutating func add(author name: String) {
    if hasSeveralAuthors || authorName == name { return }
    hasSeveralAuthors = authorName != nil
    authorName = hasSeveralAuthors ? nil : name
  }

  /// Takes note of who takes part in a thread; one that lists a single name may lack the owner.
  mutating func add(thread: String, _ names: Set<String>) {
    guard names.count > 1 else { return }
    common = common.map { $0.intersection(names) } ?? names
    if let firstThread, firstThread != thread { hasSeveralThreads = true }
    firstThread = firstThread ?? thread
  }
}

/// The thread of the member at hand.
struct MetaThread {
  /// The thread's folder with its box, or the file's name for a file without folders.
  var name = ""
  /// The thread's folder, which is the same in every box, or the file's name.
  var label = ""
  /// Its number among the threads of the download, once somebody takes part in it.
  var number: UInt32?
  /// How many take part.
  var size = 0
  var names: Set<String> = []
  /// Names that more than one participant has.
  var shared: Set<String> = []
  var channel: ChannelIndex?
  var accounts: [AccountIndex] = []
  /// The first senders by name: most threads have few.
  private var senders: [(name: [UInt8], account: AccountIndex)] = []
  /// Messages that stand before the participants.
  var held = HeldValues()

  /// The account of a sender that was met before, if it is one of the first.
  func sender(_ name: [UInt8]) -> AccountIndex? {
    for known in senders where known.name == name { return known.account }
    return nil
  }

  /// Remembers a sender.
  mutating func add(sender name: [UInt8], _ account: AccountIndex) {
    if senders.count < 8 { senders.append((name, account)) }
  }

  init() {}

  /// Whether a file is called as the parts of a thread are; pages of the first downloads have no number.
  private static func isPart(_ name: String) -> Bool { name.hasPrefix("message_") || name == "message.html" }

  init(path: String) {
    let parts = path.split(separator: "/")
    if parts.count >= 3, Self.isPart(parts.last?.lowercased() ?? "") {
      name = parts.dropLast().suffix(2).joined(separator: "/")
      label = String(parts[parts.count - 2])
    } else {
      name = String(parts.last ?? "")
      label = name
    }
  }
}

extension MetaDownload {
  /// What Meta calls every account that was deleted, in the languages known.
  private static let deleted: Set<String> = [
    "facebook user", "instagram user", "instagrammer", "facebook-nutzer", "facebook-nutzer/in",
    "instagram-nutzer", "instagram-nutzer/in", "utilisateur de facebook", "utilisateur facebook",
    "utilisateur instagram", "utilisateur d'instagram", "usuario de facebook", "usuario de instagram",
    "utente di facebook", "utente di instagram", "usuário do facebook", "usuário do instagram",
    "facebook-gebruiker", "instagram-gebruiker", "użytkownik facebooka", "użytkownik instagrama",
  ]

  static func isDeleted(_ name: String) -> Bool {
    deleted.contains(name.lowercased().replacing("\u{2019}", with: "'"))
  }

  /// The account whose download this is.
  mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&people.owner, platform, at: locator)
  }

  mutating func endThread(_ writer: RecordWriter) {
    if let channel = thread.channel, thread.size > 2 { writer.markAsGroup(channel) }
    if let number = thread.number { people.participants.list(thread.size, in: number) }
    people.add(thread: thread.label, thread.names)
    thread = MetaThread()
  }

  /// Names the people of the threads and the owner, and finds the owner among those who write.
  mutating func finish(into writer: RecordWriter) throws {
    if people.ownNames.isEmpty, let name = people.authorName { people.ownNames = [name] }
    var unlabelled: String?
    if people.ownNames.isEmpty, let name = people.unlabelledName {
      people.ownNames = [name]
      unlabelled = name
    }
    let known = people.ownNames.compactMap { people.participants.first($0) }
    let common = people.hasSeveralThreads && people.common?.count == 1 ? people.common?.first : nil
    let owners = known.isEmpty ? common.map { [$0] } ?? [] : Set(people.ownNames)
    try people.participants.settle(owners: owners, platform, into: writer)
    if let owner = people.owner {
      if let id = people.platformID {
        try name(owner, .platformID, .platform, id.value, id.locator, writer)
        if let handle = people.handle {
          try writer.identifier(owner, .handle, handle.value, assertion: .platform, at: handle.locator)
        }
      } else if let handle = people.handle {
        try name(owner, .handle, .platform, handle.value, handle.locator, writer)
      }
    }
    if !known.isEmpty {
      for person in known { try claim(person.account, person.locator, writer) }
      if let unlabelled, let person = known.first {
        try writer.identifier(
          people.owner ?? person.account, .displayName, unlabelled, label: "owner", assertion: .inferred,
          at: person.locator)
        writer.note(
          "the owner is taken to be \(unlabelled.debugDescription), whom the profile names under a label that is not "
            + "known")
      }
      return
    }
    guard people.ownNames.isEmpty, let name = common, let person = people.participants.first(name) else {
      if let owner = people.owner, let name = people.ownNames.first {
        let place = writer.accounts[Int(owner.raw)].firstSeen
        try self.name(owner, .displayName, .source, name, place, writer)
      }
      if people.owner != nil, !people.participants.isEmpty {
        writer.note(
          "nothing says who in the threads is the owner: what the owner wrote there is another account's than the "
            + "logins and the profile, and is not protected with it")
      }
      return
    }
    try claim(person.account, person.locator, writer)
    try writer.identifier(
      people.owner ?? person.account, .displayName, name, label: "owner", assertion: .inferred,
      at: person.locator)
    writer.note(
      "the owner is taken to be the only participant common to all threads, \(name.debugDescription)")
  }

  /// Makes a participant the owner.
  private mutating func claim(_ account: AccountIndex, _ locator: Locator, _ writer: RecordWriter) throws {
    let owner = ownAccount(locator, writer)
    guard let key = writer.key(of: account) else { return }
    if writer.key(of: owner) == nil {
      try writer.name(owner, key, assertion: .user, at: locator)
    } else {
      writer.unite(account, with: owner)
    }
  }

  private func name(
    _ account: AccountIndex, _ kind: IdentifierKind, _ scope: AccountScope, _ value: String,
    _ locator: Locator, _ writer: RecordWriter
  ) throws {
    try writer.name(
      account, AccountKey(platform: platform, kind: kind, scope: scope, value: value),
      assertion: scope == .platform ? .platform : .user, at: locator)
  }
}
