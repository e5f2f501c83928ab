internal import AccountModel

/// Writes the graph of one CASE document as accounts, identifiers and records: what tools take out of telephones, by the
/// rules that are those of Cellebrite's reports.
final class UCORecords {
  typealias Node = UCOGraph.Node

  let graph: UCOGraph
  let writer: RecordWriter
  let records: CellebriteRecords
  let isOfCognate: Bool
  /// Whether the document was read to its end: else what it refers to may stand in what is lost.
  let isWhole: Bool

  /// The app in which an account wrote or called that names none itself.
  private var uses: [Node: Platform] = [:]
  private var known: [Use: Who] = [:]
  /// For how many apps an account was looked at.
  private var judgings: [Node: Int] = [:]
  /// Threads by what stands in them.
  var threads: [Node: Node] = [:]
  /// Conversations that were begun, in order.
  var chats: [Node: CellebriteModel] = [:]
  var chatOrder: [Node] = []
  /// Facets of things that have many.
  private var largeParts: [Node: [Node]] = [:]
  /// Which facet of a message with many facets stands for it.
  var mainFacets: [Node: Node] = [:]
  /// Addresses that belong to something.
  private var attached: Set<Node> = []
  /// Numbers of contacts, which are no accounts of their own by that.
  private var ofContacts: Set<Node> = []
  private var apps: [Node: Platform?] = [:]
  /// Where values were found that stand for none.
  private var placeholders: Set<String> = []
  /// Accounts of Cognate's export whose own name is one of their identifiers.
  var confirmed: Set<Node> = []
  /// Whom the document gives accounts, in order.
  var people: [Node: [Node]] = [:]
  var peopleOrder: [Node] = []
  /// Accounts that were protected in the case which Cognate exported.
  var protected: [String] = []
  var protectedCount = 0

  /// Facets of a thing that are looked through anew each time.
  static let fewFacets = 16
  /// Apps in which one account of a document may write and call.
  private static let mostApps = 64

  private struct Use: Hashable {
    var node: Node
    var platform: Platform?
  }

  /// What a reference leads to.
  enum Who {
    case account(AccountIndex)
    /// The app itself.
    case system
    /// A group, or a thing that names nobody.
    case nobody
    /// Nothing that the document describes.
    case dangling
  }

  init(
    _ document: UCODocument, _ writer: RecordWriter, member: UInt32, options: ReaderOptions,
    clock: ZonedClock?, isWhole: Bool
  ) {
    graph = document.graph
    isOfCognate = document.isOfCognate
    self.writer = writer
    self.isWhole = isWhole
    records = CellebriteRecords(writer, member: member, options: options, clock: clock, of: "document")
    // A router or a watch is no part of the telephone beside it.
    records.owners.areApart = true
  }

  // MARK: The document

  /// Writes all that the document describes, in its order.
  func write() throws {
    prepare()
    for node in graph.described {
      let kind = graph.kinds[Int(node)]
      if !kind.isDisjoint(with: .messages) { try message(node) }
      if kind.contains(.call) { try call(node) }
      if kind.contains(.contact) { try contact(node) }
      if kind.contains(.relationship) { try relationship(node) }
      if kind.contains(.annotation) { annotation(node) }
      // A facet that nothing has stands for itself.
      let object = graph.object(of: node)
      if object != node { continue }
      let all = kinds(of: node)
      if all.contains(.account), graph.text(.value, of: node) == nil,
        !ofContacts.contains(node) || uses[node] != nil
      {
        try profile(node)
      }
      if all.contains(.device) { try device(node) }
    }
    for chat in chatOrder { if let model = chats[chat] { try records.end(model) } }
    try writePeople()
    try records.finish(isWhole: isWhole)
    noteExport()
    setAsideUnattached()
  }

  /// What has to be known before the first record is written.
  private func prepare() {
    for node in graph.described {
      let kind = graph.kinds[Int(node)]
      if kind.contains(.thread) { takeThread(node) }
      if !kind.isDisjoint(with: [.message, .mail, .call]) { takeUses(node, kind) }
      if kind.contains(.relationship) { takeRelationship(node) }
      if graph.object(of: node) == node, kinds(of: node).contains(.device) { takeDevice(node) }
      for property in [UCOProperty.emailAddress, .xOriginatingIP, .contactPhoneNumber, .url] {
        for other in graph.nodes(property, of: node) {
          attached.insert(graph.object(of: other))
          if property == .contactPhoneNumber { ofContacts.insert(graph.object(of: other)) }
        }
      }
      for owner in graph.nodes(.owner, of: node) { takePerson(owner, graph.object(of: node)) }
    }
  }

  private func takeUses(_ facet: Node, _ kind: UCOKind) {
    let app: Platform? =
      kind.contains(.mail)
      ? .email : platform(.application, of: facet) ?? (kind.contains(.textMessage) ? .sms : nil)
    guard let app else { return }
    for property in [UCOProperty.from, .to, .participant] {
      for party in graph.nodes(property, of: facet) {
        let object = graph.object(of: party)
        if uses[object] == nil { uses[object] = app }
        attached.insert(object)
      }
    }
  }

  // MARK: Properties over facets

  /// The facets of an object, each once, and the object itself before them.
  func parts(of node: Node) -> [Node] {
    if let known = largeParts[node] { return known }
    let facets = graph.nodes(.hasFacet, of: node)
    var parts = [node]
    var seen: Set<Node> = [node]
    for facet in facets where parts.count < 1000 && seen.insert(facet).inserted { parts.append(facet) }
    // Each facet asks for all of them.
    if facets.count > Self.fewFacets { largeParts[node] = parts }
    return parts
  }

  /// What an object is by its facets.
  func kinds(of node: Node) -> UCOKind {
    parts(of: node).reduce(into: []) { $0.formUnion(graph.kinds[Int($1)]) }
  }

  /// The first text of a property of an object or its facets.
  func text(_ property: UCOProperty, _ parts: [Node]) -> String {
    for part in parts { if let text = graph.text(property, of: part) { return text } }
    return ""
  }

  /// Texts of a property, judged: nothing that stands for no value.
  func values(_ property: UCOProperty, _ parts: [Node]) -> [String] {
    var values: [String] = []
    var seen: Set<String> = []
    for part in parts {
      for text in graph.texts(property, of: part) {
        let value = UCOValue.undoubled(DirectionMarks.stripped(text))
        if value.isEmpty || NoValue.isNamed(by: value) || !seen.insert(value).inserted { continue }
        if UCOValue.isPlaceholder(value) {
          // What is asked for twice counts once.
          if placeholders.count < 100_000, placeholders.insert("\(part) \(property) \(value)").inserted {
            writer.setAside("value", .placeholder, at: graph.locator(part), detail: value)
          }
          continue
        }
        values.append(value)
      }
    }
    return values
  }

  /// Values of a property which may be texts or things with a property of their own.
  func values(_ property: UCOProperty, _ parts: [Node], _ inner: UCOProperty) -> [String] {
    var values = self.values(property, parts)
    for part in parts {
      for other in graph.nodes(property, of: part) {
        values.removeAll { $0 == graph.id(other) }
        for value in self.values(inner, self.parts(of: graph.object(of: other))) where !values.contains(value)
        {
          values.append(value)
        }
      }
    }
    return values
  }

  /// The app to which a property leads; nil when it leads to none.
  func platform(_ property: UCOProperty, of node: Node) -> Platform? {
    for app in graph.nodes(property, of: node) where graph.isDescribed(app) {
      if let known = apps[app] {
        if let known { return known }
        continue
      }
      let parts = parts(of: graph.object(of: app))
      let name = text(.applicationIdentifier, parts)
      let other = name.isEmpty ? text(.name, parts) : name
      let platform = other.isEmpty ? nil : UCOApplication.platform(other)
      apps[app] = .some(platform)
      if let platform { return platform }
    }
    guard let name = graph.text(property, of: node), graph.known(name) == nil else { return nil }
    return UCOApplication.platform(name)
  }

  /// Whether a part names an app that stands in what is lost of the document.
  func hasLostApp(_ parts: [Node]) -> Bool {
    !isWhole
      && parts.contains { graph.nodes(.application, of: $0).contains { !graph.isDescribed($0) } }
  }

  // MARK: Accounts

  /// What the document says of an account.
  private func account(_ object: Node) -> UCOAccount {
    var account = UCOAccount()
    let parts = parts(of: object)
    account.names = values(.accountIdentifier, parts) + values(.accountLogin, parts)
    let ofAccount = parts.filter { graph.kinds[Int($0)].contains(.account) }
    account.phones = values(.phoneNumber, parts) + values(.msisdn, ofAccount)
    account.emails = values(.emailAddress, parts, .addressValue)
    account.shown = values(.displayName, parts)
    for part in parts {
      if graph.kinds[Int(part)].contains(.emailAddress) {
        account.emails += values(.addressValue, [part]).filter { !account.emails.contains($0) }
      }
      if account.platform == nil { account.platform = platform(.application, of: part) }
      let others = graph.nodes(.emailAddress, of: part) + graph.nodes(.application, of: part)
      if !graph.isDescribed(part) || others.contains(where: { !graph.isDescribed($0) }) {
        account.isOpen = true
      }
    }
    return account
  }

  /// Who a reference is to.
  func who(_ reference: Node, use: Platform?, role: AccountRole) throws -> Who {
    let object = graph.object(of: reference)
    let key = Use(node: object, platform: use)
    if let known = known[key] {
      if case .account(let index) = known { writer.raise(index, to: role) }
      return known
    }
    // It is judged anew for each app, of which nobody has an account in any number.
    judgings[object, default: 0] += 1
    if judgings[object, default: 0] > Self.mostApps { return .nobody }
    let who = try find(object, use: use, role: role)
    known[key] = who
    return who
  }

  private func find(_ object: Node, use: Platform?, role: AccountRole) throws -> Who {
    guard graph.isDescribed(object) else { return .dangling }
    if isOfCognate, graph.text(.platform, of: object) != nil, graph.text(.value, of: object) == nil {
      return try cognateAccount(object, role)
    }
    let account = account(object)
    if account.isOpen, !isWhole { return .dangling }
    let judged = account.judged(use: use ?? uses[object])
    switch judged.identity {
    case .nothing, .group: return .nobody
    case .system: return .system
    case .account(let kind, let scope, let value, let label, let name):
      let locator = graph.locator(object)
      let assertion: Assertion =
        kind == .displayName ? .user : judged.platform == .email ? .claimed : .platform
      let index = try writer.account(
        AccountKey(platform: judged.platform, kind: kind, scope: scope, value: value), role: role,
        assertion: assertion, label: label, at: locator)
      for shown in [name] + judged.shown { try records.add(shown, to: index, label: "shown-name", locator) }
      for case .account(let kind, _, let value, _, _) in judged.others {
        try add(kind, value, label: "account", .user, to: index, locator)
      }
      try addFacets(of: object, to: index, locator)
      return .account(index)
    }
  }

  /// Adds an identifier that the account has not been given yet.
  func add(
    _ kind: IdentifierKind, _ value: String, label: String, _ assertion: Assertion, to account: AccountIndex,
    _ locator: Locator
  ) throws {
    if let key = writer.key(of: account), key.kind == kind, key.value == value { return }
    try records.memory.add(
      kind, String(value.prefix(2000)), label: label, assertion: assertion, to: account, locator, into: writer
    )
  }

  /// Addresses and names that stand at the account itself.
  private func addFacets(of object: Node, to account: AccountIndex, _ locator: Locator) throws {
    for part in parts(of: object) {
      let kind = graph.kinds[Int(part)]
      if !kind.isDisjoint(with: [.ipAddress, .hardwareAddress, .url]) {
        try addAddresses(of: part, kind, .user, to: account, locator)
      }
      if kind.contains(.name), let name = personName([part]) {
        try add(.personName, name, label: "", .user, to: account, locator)
      }
    }
  }

  /// Adds what a facet of an address gives.
  func addAddresses(
    of facet: Node, _ kind: UCOKind, _ assertion: Assertion, to account: AccountIndex, _ locator: Locator
  ) throws {
    for value in values(.addressValue, [facet]) {
      if kind.contains(.ipAddress), ValueShape.isIP(value) {
        try add(.ip, value, label: "", assertion, to: account, locator)
      } else if kind.contains(.hardwareAddress) {
        try add(.device, value, label: "mac", assertion, to: account, locator)
      } else if kind.contains(.emailAddress), ValueShape.isEmail(value) {
        try add(.email, value, label: "", assertion, to: account, locator)
      }
    }
    if kind.contains(.url) {
      for value in values(.fullValue, [facet]) {
        try add(.url, value, label: "", assertion, to: account, locator)
      }
    }
    attached.insert(graph.object(of: facet))
  }

  /// The name of a person; nil when there is none.
  func personName(_ parts: [Node]) -> String? {
    let names = values(.givenName, parts) + values(.familyName, parts)
    return names.isEmpty ? nil : String(names.joined(separator: " ").prefix(500))
  }

  /// Writes what the document says of an account, whatever it did.
  private func profile(_ object: Node) throws {
    let locator = graph.locator(object)
    // Nothing tells of what app it is, or the part of the document that does is lost.
    if !isWhole, !isOfCognate, account(object).platform == nil, uses[object] == nil {
      return writer.setAside(.profile, .truncated, at: locator, detail: graph.id(object))
    }
    switch try who(object, use: nil, role: .mentioned) {
    case .account(let index):
      let app = writer.key(of: index)?.platform ?? UCOAccount.unknownApp
      try writer.record(.profile, account: index, text: "account: \(app)", at: locator)
    case .system: writer.setAside(.profile, .system, at: locator)
    case .nobody, .dangling: writer.setAside(.profile, .noAuthor, at: locator, detail: graph.id(object))
    }
  }

  // MARK: The end

  private func setAsideUnattached() {
    // Of Cognate's export relationships say whose an address is.
    if isOfCognate { return }
    for node in graph.described where graph.object(of: node) == node && !attached.contains(node) {
      let kinds = kinds(of: node)
      guard !kinds.isDisjoint(with: [.emailAddress, .ipAddress, .hardwareAddress, .url]),
        kinds.isDisjoint(with: [.account, .device])
      else { continue }
      writer.setAside("address", .unattached, at: graph.locator(node))
    }
    for node in graph.described
    where graph.kinds[Int(node)].contains(.identity) && people[node] == nil {
      writer.setAside("identity", .notRead, at: graph.locator(node))
    }
  }
}

extension SetAsideReason {
  /// A value that a program made up.
  static let placeholder = Self(
    "placeholder", "stands for a value that was not known (a day in 1900, one sign many times)",
    isFault: false)
  /// An address of nobody.
  fileprivate static let unattached = Self("unattached", "is said to be no account's", isFault: false)
  /// A reference that leads nowhere.
  static let dangling = Self(
    "dangling", "is of somebody whom the document refers to and does not describe", isFault: true)
}
