internal import AccountModel

/// Contacts, devices, and what relates one thing to another.
extension UCORecords {
  // MARK: Contacts

  /// Writes a contact, as of a telephone's book or an app.
  func contact(_ facet: Node) throws {
    let object = graph.object(of: facet)
    // Another card of the same thing is one of its own.
    let all =
      object == facet
      ? [facet] : [facet] + parts(of: object).filter { !graph.kinds[Int($0)].contains(.contact) }
    var model = CellebriteModel(
      kind: .contact, role: .other, locator: graph.locator(facet), id: "",
      state: text(.allocationStatus, all),
      isRelated: false, extraction: "")
    var isOpen = all.contains { !graph.isDescribed($0) }
    func inner(_ property: UCOProperty) -> [[Node]] {
      all.flatMap { graph.nodes(property, of: $0) }.map { node in
        if !graph.isDescribed(node) { isOpen = true }
        return parts(of: graph.object(of: node))
      }
    }
    var entries: [CellebriteEntry] = []
    func add(_ sort: CellebriteEntry.Sort, _ category: String, _ values: [String]) {
      for value in values where entries.count < 200 {
        entries.append(CellebriteEntry(sort: sort, category: category, value: value))
      }
    }
    add(.phone, "", values(.phoneNumber, all))
    for parts in inner(.contactPhone) {
      add(.phone, "", values(.contactPhoneNumber, parts, .phoneNumber) + values(.phoneNumber, parts))
    }
    add(.email, "", values(.emailAddress, all, .addressValue))
    for parts in inner(.contactEmail) {
      add(.email, "", values(.emailAddress, parts, .addressValue) + values(.addressValue, parts))
    }
    for parts in inner(.contactMessaging) {
      let app = parts.lazy.compactMap { self.platform(.contactMessagingPlatform, of: $0) }.first
      add(.userID, app?.rawValue ?? "", values(.messagingAddress, parts, .accountIdentifier))
    }
    for parts in inner(.contactURL) {
      add(.web, "", values(.url, parts, .fullValue) + values(.fullValue, parts))
    }
    if isOpen, !isWhole { return records.setAside(model, .contact, .truncated) }
    let names = values(.firstName, all) + values(.lastName, all)
    let app = all.lazy.compactMap { self.platform(.sourceApplication, of: $0) }.first
    model.entries = entries
    model.fields = [
      (.name, values(.displayName, all).first ?? names.joined(separator: " ")),
      (.source, app?.rawValue ?? ""),
    ]
    try records.contact(model)
  }

  // MARK: Devices

  /// Properties of devices by what a report on a telephone calls them.
  private static let items: [(UCOProperty, String)] = [
    (.imei, "IMEI"), (.meid, "MEID"), (.serialNumber, "Serial"), (.imsi, "IMSI"), (.iccid, "ICCID"),
    (.msisdn, "MSISDN"), (.androidID, "AndroidID"), (.advertisingID, "AdvertisingID"),
  ]

  private func extraction(_ node: Node) -> String { "\(node)" }

  /// Takes the identifiers of a device, before the first record: each is one of its own, unless a number is another's too.
  func takeDevice(_ node: Node) {
    let parts = parts(of: node)
    let locator = graph.locator(node)
    for (property, name) in Self.items {
      // A card or telephone may name the account whose number it has.
      for value in values(property, parts, property) {
        records.device(name, value, extraction: extraction(node), locator)
      }
    }
    for part in parts where graph.kinds[Int(part)].contains(.hardwareAddress) {
      for value in values(.addressValue, [part]) {
        records.device("MAC", value, extraction: extraction(node), locator)
      }
    }
  }

  /// Writes a device, as its user's, whom nothing names.
  func device(_ node: Node) throws {
    let locator = graph.locator(node)
    guard records.owners.devices.contains(where: { $0.extraction == extraction(node) }) else {
      return writer.setAside("device", isLost(node) ? .furtherDevice : .empty, at: locator)
    }
    let model = CellebriteModel(
      kind: .other, role: .other, locator: locator, id: "", state: "", isRelated: false,
      extraction: extraction(node))
    let account = try records.owner(.sms, model)
    let parts = parts(of: node)
    let words = [text(.deviceType, parts), text(.model, parts)].filter { !$0.isEmpty }
    try writer.record(
      .profile, account: account,
      text: "device: " + (words.isEmpty ? "unnamed" : words.joined(separator: ", ")),
      at: locator)
  }

  /// Whether a device has identifiers that found no room.
  private func isLost(_ node: Node) -> Bool {
    let parts = parts(of: node)
    return records.owners.isFull
      && (Self.items.contains { !values($0.0, parts, $0.0).isEmpty }
        || parts.contains {
          graph.kinds[Int($0)].contains(.hardwareAddress) && !values(.addressValue, [$0]).isEmpty
        })
  }

  // MARK: Relationships

  /// Kinds of relationships by which one thing is another's, in small letters.
  private static let owning: Set<String> = [
    "hasaccount", "hasidentifier", "hasemail", "hasemailaddress", "hasphone", "hasphonenumber", "hasaddress",
    "hasipaddress", "hasname", "hasurl", "ownedby", "owns", "ownerof", "owner", "belongsto", "usedby", "uses",
    "registeredto",
  ]

  private func kind(_ relationship: Node) -> String {
    (graph.text(.kindOfRelationship, of: relationship) ?? "").lowercased().filter(\.isLetter)
  }

  /// What a relationship relates, a pair each; none where it has several ends on both sides, of which nobody knows which belong
  /// together.
  private func ends(_ relationship: Node) -> [(Node, Node)] {
    func objects(_ property: UCOProperty) -> [Node] {
      var seen: Set<Node> = []
      return graph.nodes(property, of: relationship).map { graph.object(of: $0) }
        .filter { seen.insert($0).inserted }
    }
    let (sources, targets) = (objects(.source), objects(.target))
    guard sources.count == 1 || targets.count == 1 else { return [] }
    return sources.flatMap { source in targets.map { (source, $0) } }
  }

  /// Takes what must be known before the first record.
  func takeRelationship(_ node: Node) {
    for (source, target) in ends(node) {
      if isOfCognate { takeHolding(node, source, target) } else { take(kind(node), source, target) }
    }
  }

  private func take(_ kind: String, _ source: Node, _ target: Node) {
    // A message may say so that it stands in a thread.
    if kind == "containedwithin" || kind == "contains" {
      let (inner, outer) = kind == "contains" ? (target, source) : (source, target)
      guard let thread = parts(of: outer).first(where: { graph.kinds[Int($0)].contains(.thread) }) else {
        return
      }
      if threads[inner] == nil { threads[inner] = thread }
      return
    }
    guard Self.owning.contains(kind) else { return }
    takePerson(target, source)
    takePerson(source, target)
  }

  /// Notes that the document gives somebody an account.
  func takePerson(_ person: Node, _ account: Node) {
    let person = graph.object(of: person)
    // Files and devices have owners as well.
    guard self.kinds(of: account).contains(.account) else { return }
    let kinds = kinds(of: person)
    guard kinds.contains(.name), !kinds.contains(.account) else { return }
    if people[person] == nil { peopleOrder.append(person) }
    if people[person, default: []].count < 100, people[person]?.contains(account) != true {
      people[person, default: []].append(account)
    }
  }

  /// Writes a relationship that says what is whose; all others are set aside.
  func relationship(_ node: Node) throws {
    let locator = graph.locator(node)
    let written = graph.text(.kindOfRelationship, of: node) ?? ""
    if isOfCognate { return try holding(node, written) }
    let (kind, ends) = (kind(node), ends(node))
    if ends.isEmpty {
      let isHalf = graph.nodes(.source, of: node).isEmpty || graph.nodes(.target, of: node).isEmpty
      let isLost = isHalf || Self.owning.contains(kind)
      writer.setAside(
        "relationship", isLost ? .malformed : .notRead, at: locator,
        detail: isHalf ? "has no two ends" : isLost ? "has several ends on both sides" : written)
    }
    for (source, target) in ends where try !relates(kind, source, target, locator) {
      writer.setAside("relationship", .notRead, at: locator, detail: written)
    }
  }

  /// Takes what two things have to do with each other; false for what is not read.
  private func relates(_ kind: String, _ source: Node, _ target: Node, _ locator: Locator) throws -> Bool {
    // A message stands in a thread, and in the file that it was found in.
    for (inner, outer) in [(source, target), (target, source)]
    where kind == "containedwithin" || kind == "contains" {
      if let thread = threads[inner], graph.object(of: thread) == outer { return true }
    }
    guard Self.owning.contains(kind) else { return false }
    // The person's name is written with the account.
    if people[source]?.contains(target) == true || people[target]?.contains(source) == true { return true }
    for (owner, owned) in [(source, target), (target, source)] {
      guard isAccount(owner), isAddress(owned) else { continue }
      guard case .account(let index) = try who(owner, use: nil, role: .mentioned) else { continue }
      for part in parts(of: owned) {
        try addAddresses(of: part, graph.kinds[Int(part)], .claimed, to: index, locator)
        for number in values(.phoneNumber, [part]) {
          try add(.phone, number, label: "", .claimed, to: index, locator)
        }
        for address in values(.emailAddress, [part], .addressValue) {
          try add(.email, address, label: "", .claimed, to: index, locator)
        }
      }
      return true
    }
    return false
  }

  private func isAccount(_ node: Node) -> Bool {
    let parts = parts(of: node)
    return kinds(of: node).contains(.account)
      && (!text(.accountIdentifier, parts).isEmpty
        || parts.contains { platform(.application, of: $0) != nil })
  }

  /// Whether a node is an address or number and no account of an app.
  private func isAddress(_ node: Node) -> Bool {
    let kinds = kinds(of: node)
    return !isAccount(node)
      && !kinds.isDisjoint(with: [.emailAddress, .ipAddress, .hardwareAddress, .url, .account])
  }

  /// Writes the names of people. Of several accounts that the document gives to one person it says what somebody found
  /// out, which is no evidence for it.
  func writePeople() throws {
    for person in peopleOrder {
      let locator = graph.locator(person)
      let accounts = people[person] ?? []
      guard let name = personName(parts(of: person)), let first = accounts.first else { continue }
      if accounts.count > 1 {
        writer.setAside(
          "attribution", .attribution, at: locator, detail: "\(accounts.count) accounts",
          count: accounts.count)
      } else if case .account(let index) = try who(first, use: nil, role: .mentioned) {
        try add(.personName, name, label: "", .claimed, to: index, locator)
      }
    }
  }
}

extension SetAsideReason {
  /// A device beyond those that are kept.
  fileprivate static let furtherDevice = Self(
    "further-device", "stands behind the 500 numbers and addresses of devices that are kept of one document",
    isFault: true)
  /// What somebody concluded.
  fileprivate static let attribution = Self(
    "attribution", "gives several accounts to one person, which is what somebody found out", isFault: false)
}
