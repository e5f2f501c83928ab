internal import AccountModel

/// The phone's own accounts, and contacts.
extension CellebriteRecords {
  /// Writes an account that the phone is logged in to, as its owner's.
  func userAccount(_ model: CellebriteModel) throws {
    if model.isTooLarge { return setAside(model, .profile, .tooLarge) }
    let service = model[.serviceType].isEmpty ? model[.source] : model[.serviceType]
    let platform = service.isEmpty ? Platform("unknown app") : CellebriteSource.platform(service)
    var names = [model[.username]]
    for entry in model.entries where entry.sort == .userID { names.append(entry.value) }
    var found = names.map { CellebriteIdentity($0, platform) }.filter { $0.rank > 0 }
    let others = model.entries.compactMap { Self.reach($0, platform) }
    found += others
    // An app that is not known keeps its accounts to this source, but for addresses and numbers.
    guard let best = found.max(by: { $0.rank < $1.rank }), best.rank > 0 else {
      return setAside(model, .profile, .noAuthor, detail: service)
    }
    let account = try account(best, platform, .owner, .platform, model.locator)
    let text = "account on the phone" + (service.isEmpty ? "" : ": \(service.prefix(100))")
    if isDuplicate(model, .profile, platform: platform, [account], .none, .none, text + model[.name]) {
      return
    }
    take(model, .profile)
    owners.add(account, model)
    for case .account(let kind, .platform, let value, _, _) in found {
      let key = writer.key(of: account)
      guard key?.kind != kind || key?.value != value, memory.isNew(account, kind, value) else { continue }
      let isName = kind == .platformID || kind == .handle
      try writer.identifier(
        account, kind, value, label: "user-account", assertion: isName ? .platform : .user, at: model.locator)
    }
    try add(model[.name], to: account, label: "user-account", model.locator)
    try writer.record(.profile, account: account, text: text, at: model.locator)
  }

  /// The number or address that an entry gives; nil for entries of other sorts, and for nothing.
  private static func reach(_ entry: CellebriteEntry, _ platform: Platform) -> CellebriteIdentity? {
    let value = DirectionMarks.stripped(entry.value)
    switch entry.sort {
    case .email:
      guard ValueShape.isEmail(value) else { return nil }
      return .account(.email, .platform, value: value, label: "", name: "")
    case .phone:
      let identity = CellebriteIdentity(value, .sms)
      guard case .account(.phone, .platform, _, _, _) = identity else { return nil }
      return identity
    case .userID, .web: return nil
    }
  }

  /// Writes a contact of the phone's owner.
  func contact(_ model: CellebriteModel) throws {
    if model.isTooLarge { return setAside(model, .contact, .tooLarge) }
    let platform = CellebriteSource.platform(model[.source])
    guard let time = time(model, .contact) else { return }
    guard let card = try people(model, platform) else {
      return setAside(model, .contact, .noAuthor, detail: "no number, address or name of an account")
    }
    let owner = try owner(platform, model)
    let name = DirectionMarks.stripped(model[.name])
    if isDuplicate(model, .contact, platform: platform, [owner] + card, .none, time, "contact \(name)") {
      return
    }
    take(model, .contact)
    try writer.record(.contact, account: owner, other: card[0], time: time, text: name, at: model.locator)
    try declare(card, name, model)
  }

  /// Writes a contact that somebody sent in a message.
  func contact(_ model: CellebriteModel, sentBy account: AccountIndex, _ time: ObservedTime) throws {
    if model.isTooLarge { return setAside(model, .contact, .tooLarge) }
    guard let card = try people(model, CellebriteSource.platform(model[.source])) else {
      return setAside(model, .contact, .noAuthor, detail: "no number, address or name of an account")
    }
    take(model, .contact)
    let name = DirectionMarks.stripped(model[.name])
    try writer.record(
      .contact, account: account, other: card[0], time: time, text: "contact card: \(name)", at: model.locator
    )
    try declare(card, name, model)
  }

  /// The accounts of a contact, what says most of them first; nil when it names none.
  ///
  /// Of an app's contact, a number or address is what the app has of that account. Of the phone book each is an account
  /// of its own: one number may be in the cards of a whole family.
  private func people(_ model: CellebriteModel, _ platform: Platform) throws -> [AccountIndex]? {
    let isBook = platform == .sms || platform == .email
    var names: [(CellebriteIdentity, Platform)] = []
    var reaches: [(CellebriteIdentity, Platform)] = []
    for entry in model.entries {
      if entry.sort == .userID {
        // The phone book says of which app a name is.
        let app = isBook ? Self.app(entry.category) : platform
        guard let app else {
          writer.setAside("entry", .unknownApp, at: model.locator, detail: entry.category)
          continue
        }
        let identity = CellebriteIdentity(entry.value, app)
        if identity.rank > 0 { names.append((identity, app)) }
      } else if isBook, entry.sort == .phone {
        let identity = CellebriteIdentity(entry.value, .sms)
        if identity.rank > 0 { reaches.append((identity, .sms)) }
      } else if let identity = Self.reach(entry, platform) {
        let isOfApp = entry.sort == .phone || !CellebriteSource.byTelephone.contains(platform.rawValue)
        reaches.append((identity, isOfApp && !isBook ? platform : .email))
      }
    }
    var all = isBook ? reaches + names : names.isEmpty ? Array(reaches.prefix(1)) : names
    if !isBook { all.sort { $0.0.rank > $1.0.rank } }
    var accounts: [AccountIndex] = []
    for (identity, app) in all.prefix(100) {
      let account = try account(
        identity, app, .mentioned, isBook || names.isEmpty ? .user : .platform, model.locator)
      if account != .none, !accounts.contains(account) { accounts.append(account) }
    }
    guard let first = accounts.first else { return nil }
    // One name on one card is one word of its owner: with each number it would speak for what the card alone joins.
    for account in isBook ? [first] : accounts {
      try add(model[.name], to: account, label: "saved-name", model.locator)
    }
    if !isBook {
      // The phone book adds its numbers to an app's contact. Where the account is a number already, or one card has
      // several, they may be other people's: each is an account of its own then.
      let several = [IdentifierKind.phone, .email].filter { Self.hasSeveral($0, reaches) }
      for case (.account(let kind, .platform, let value, _, _), _) in reaches {
        let key = writer.key(of: first)
        if let key, key.kind == kind, Self.isSame(key.value, value, kind) { continue }
        if kind == .phone && key?.kind == .phone || several.contains(kind) {
          let platform = kind == .phone ? Platform.sms : .email
          let other = try self.account(
            .account(kind, .platform, value: value, label: "", name: ""), platform, .mentioned, .user,
            model.locator)
          if accounts.count < 100, !accounts.contains(other) { accounts.append(other) }
          continue
        }
        guard memory.isNew(first, kind, value) else { continue }
        try writer.identifier(first, kind, value, label: "contact", assertion: .user, at: model.locator)
      }
    }
    for entry in model.entries where entry.sort == .web && memory.isNew(first, .url, entry.value) {
      try writer.identifier(
        first, .url, String(entry.value.prefix(2000)), label: "contact", assertion: .user, at: model.locator)
    }
    return accounts
  }

  /// Whether a card has several numbers, or several addresses.
  private static func hasSeveral(_ kind: IdentifierKind, _ reaches: [(CellebriteIdentity, Platform)]) -> Bool
  {
    var first: String?
    for case (.account(let one, _, let value, _, _), _) in reaches where one == kind {
      if let first, !isSame(first, value, kind) { return true }
      first = first ?? value
    }
    return false
  }

  /// Whether two texts are one number, written with its country or without, or one address.
  private static func isSame(_ one: String, _ other: String, _ kind: IdentifierKind) -> Bool {
    if kind != .phone { return one.lowercased() == other.lowercased() }
    let digits = [one, other].map { text in
      String(decoding: text.utf8.filter(\.isDigit).drop { $0 == 0x30 }, as: UTF8.self)
    }
    return digits[0] == digits[1] || digits[0].utf8.count >= 9 && digits[1].hasSuffix(digits[0])
      || digits[1].utf8.count >= 9 && digits[0].hasSuffix(digits[1])
  }

  /// Somebody put these accounts on one card.
  private func declare(_ card: [AccountIndex], _ name: String, _ model: CellebriteModel) throws {
    for other in card.dropFirst() {
      try writer.record(
        .declaredLink, account: card[0], other: other, assertion: .user, text: "on one contact card: \(name)",
        at: model.locator)
    }
  }

  /// The app that the category of an entry names; nil for one that is not known.
  private static func app(_ category: String) -> Platform? {
    let words = category.lowercased().split { !$0.isLetter }.map(String.init)
    for count in (1...2).reversed() where words.count >= count {
      let platform = CellebriteSource.platform(words.prefix(count).joined(separator: " "))
      let name = platform.rawValue
      if platform != .sms,
        CellebriteSource.named.contains(name) || CellebriteSource.numbered.contains(name)
          || CellebriteSource.byTelephone.contains(name)
      {
        return platform
      }
    }
    return nil
  }
}

extension SetAsideReason {
  /// The name of an account on some app.
  fileprivate static let unknownApp = Self(
    "unknown-app", "names an account of an app that it does not name", isFault: false)
}
