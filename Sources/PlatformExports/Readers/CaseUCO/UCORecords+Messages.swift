internal import AccountModel

/// Messages, mail, calls and threads.
extension UCORecords {
  /// Notes what stands in a thread.
  func takeThread(_ facet: Node) {
    func take(_ node: Node) {
      let object = graph.object(of: node)
      if threads[object] == nil { threads[object] = facet }
    }
    for list in [facet] + graph.nodes(.messageThread, of: facet) {
      for element in graph.nodes(.element, of: list) { take(element) }
      for item in graph.nodes(.item, of: list) {
        for content in graph.nodes(.itemContent, of: item) { take(content) }
      }
    }
  }

  /// Who a message or call is from and to.
  private struct Parties {
    var all: [CellebriteParty] = []
    var author: AccountIndex?
    var isOfSystem = false
    /// Who is not described, and stands in the author's place.
    var missing: String?
  }

  private func parties(_ parts: [Node], use: Platform?) throws -> Parties {
    var found = Parties()
    var seen: Set<AccountIndex> = []
    for (property, role) in [
      (UCOProperty.from, CellebriteRole.from), (.to, .to), (.participant, .parties),
    ] {
      for part in parts {
        var nodes: Set<Node> = []
        for node in graph.nodes(property, of: part) where nodes.insert(node).inserted {
          switch try who(node, use: use, role: role == .from ? .participant : .mentioned) {
          case .account(let index): add(index, role, to: &found, &seen)
          case .system: if role == .from { found.isOfSystem = true }
          case .nobody: break
          case .dangling: if role == .from, found.missing == nil { found.missing = graph.id(node) }
          }
        }
        // Older documents give an address itself.
        for text in values(property, [part]) where graph.known(text) == nil {
          let judged = UCOAccount(names: [text]).judged(use: use)
          guard case .account(let kind, let scope, let value, let label, _) = judged.identity else {
            continue
          }
          let index = try writer.account(
            AccountKey(platform: judged.platform, kind: kind, scope: scope, value: value),
            role: role == .from ? .participant : .mentioned,
            assertion: kind == .displayName ? .user : judged.platform == .email ? .claimed : .platform,
            label: label, at: graph.locator(part))
          add(index, role, to: &found, &seen)
        }
      }
    }
    return found
  }

  private func add(
    _ index: AccountIndex, _ role: CellebriteRole, to found: inout Parties, _ seen: inout Set<AccountIndex>
  ) {
    let index = writer.resolve(index)
    // Of several who are given as the author the first is.
    if role == .from, found.author != nil { return }
    if role == .from { found.author = index }
    guard seen.insert(index).inserted else { return }
    found.all.append(
      CellebriteParty(
        role: role, identifier: writer.key(of: index)?.value ?? "\(index.raw)", name: "", isOwner: false,
        account: index))
  }

  private func model(_ kind: CellebriteKind, _ node: Node, _ parts: [Node]) -> CellebriteModel {
    CellebriteModel(
      kind: kind, role: .other, locator: graph.locator(node), id: "", state: text(.allocationStatus, parts),
      isRelated: false, extraction: "")
  }

  /// A time as it is written; empty for a placeholder.
  private func time(_ properties: [UCOProperty], _ parts: [Node]) -> String {
    for property in properties {
      let text = text(property, parts)
      if text.isEmpty { continue }
      if !UCOValue.isPlaceholder(text) { return text }
      writer.setAside("time", .placeholder, at: graph.locator(parts[0]), detail: text)
    }
    return ""
  }

  /// Writes the message of which this is a facet.
  func message(_ facet: Node) throws {
    let object = graph.object(of: facet)
    func setAside() {
      writer.setAside(
        .message, .otherFacet, at: graph.locator(facet), detail: "its message has another facet")
    }
    if let main = mainFacets[object], main != facet { return setAside() }
    let facets =
      object == facet
      ? [facet] : parts(of: object).filter { !graph.kinds[Int($0)].isDisjoint(with: .messages) }
    let main =
      facets.first { !graph.nodes(.from, of: $0).isEmpty || graph.text(.from, of: $0) != nil } ?? facets.first
    if facets.count > Self.fewFacets { mainFacets[object] = main }
    guard main == facet else { return setAside() }
    let parts = [facet] + facets.filter { $0 != facet }
    let kinds = parts.reduce(into: UCOKind()) { $0.formUnion(graph.kinds[Int($1)]) }
    let isMail = kinds.contains(.mail)
    let isText = kinds.contains(.textMessage)
    var use: Platform? = isMail ? .email : nil
    for part in parts where use == nil { use = platform(.application, of: part) }
    if use == nil, isText { use = .sms }
    var model = model(isMail ? .email : isText ? .sms : .instantMessage, facet, parts)
    if hasLostApp(parts) { return records.setAside(model, .message, .dangling, detail: "the app") }
    let parties = try parties(parts, use: use)
    if parties.author == nil {
      if parties.isOfSystem { return records.setAside(model, .message, .system) }
      if let missing = parties.missing {
        return records.setAside(model, .message, .dangling, detail: missing)
      }
    }
    let source = use ?? parties.author.flatMap { writer.key(of: $0)?.platform } ?? UCOAccount.unknownApp
    model.parties = parties.all
    model.fields = [
      (.source, source.rawValue), (.timeStamp, time([.sentTime, .receivedTime], parts)),
      (.subject, text(.subject, parts)), (.body, body(parts)),
    ]
    if let author = parties.author, isMail {
      for part in parts {
        for address in graph.nodes(.xOriginatingIP, of: part) {
          for other in self.parts(of: graph.object(of: address)) {
            try addAddresses(
              of: other, graph.kinds[Int(other)].intersection(.ipAddress), .claimed, to: author,
              graph.locator(facet))
          }
        }
      }
    }
    guard let thread = threads[object] ?? threads[facet] else { return try records.message(model, chat: nil) }
    var chat = try chats.removeValue(forKey: thread) ?? begin(thread, source)
    noteParties(model, in: &chat)
    _ = try records.message(model, in: &chat)
    chats[thread] = chat
  }

  /// The words of a message; several texts of one facet are lines of it, in the document's order.
  private func body(_ parts: [Node]) -> String {
    for property in [UCOProperty.messageText, .body] {
      for part in parts {
        let texts = graph.texts(property, of: part)
        if !texts.isEmpty { return texts.joined(separator: "\n") }
      }
    }
    return ""
  }

  private func begin(_ thread: Node, _ source: Platform) throws -> CellebriteModel {
    let object = graph.object(of: thread)
    let parts = object == thread ? [thread] : [thread] + parts(of: object).filter { $0 != thread }
    var chat = model(.chat, thread, parts)
    let name = text(.displayName, parts)
    chat.fields = [
      (.source, source.rawValue), (.id, graph.id(object)),
      (.name, DirectionMarks.stripped(name.isEmpty ? text(.name, [object]) : name)),
    ]
    var seen: Set<AccountIndex> = []
    for part in parts {
      for node in graph.nodes(.participant, of: part) {
        guard case .account(let index) = try who(node, use: source, role: .mentioned),
          seen.insert(writer.resolve(index)).inserted
        else { continue }
        chat.parties.append(
          CellebriteParty(
            role: .participants, identifier: "\(index.raw)", name: "", isOwner: false, account: index))
      }
    }
    chatOrder.append(thread)
    return chat
  }

  /// Of a thread that does not say who takes part those do who wrote and were written to: three of them tell a group.
  private func noteParties(_ model: CellebriteModel, in chat: inout CellebriteModel) {
    for party in model.parties where chat.parties.count < 3 {
      guard let index = party.account, !chat.parties.contains(where: { $0.account == index }) else {
        continue
      }
      chat.parties.append(
        CellebriteParty(
          role: .participants, identifier: "\(index.raw)", name: "", isOwner: false, account: index))
    }
  }

  /// Writes a call.
  func call(_ facet: Node) throws {
    let object = graph.object(of: facet)
    let facets =
      object == facet ? [facet] : parts(of: object).filter { graph.kinds[Int($0)].contains(.call) }
    guard facets.first == facet else {
      return writer.setAside(
        .call, .otherFacet, at: graph.locator(facet), detail: "its call has another facet")
    }
    var model = model(.call, facet, facets)
    if hasLostApp(facets) { return records.setAside(model, .call, .dangling, detail: "the app") }
    let use = platform(.application, of: facet)
    let parties = try parties(facets, use: use)
    if parties.author == nil, let missing = parties.missing {
      return records.setAside(model, .call, .dangling, detail: missing)
    }
    let source = use ?? parties.all.first?.account.flatMap { writer.key(of: $0)?.platform }
    model.parties = parties.all
    model.fields = [
      (.source, source?.rawValue ?? ""), (.timeStamp, time([.startTime], facets)),
      (.type, text(.callType, facets)), (.duration, text(.duration, facets)),
    ]
    try records.call(model)
  }
}

extension SetAsideReason {
  /// A second facet of one thing.
  fileprivate static let otherFacet = Self(
    "other-facet", "is a further facet of what another facet gave", isFault: false)
}
