internal import AccountModel

/// What an export of Cognate's says: its accounts and their identifiers, as the sources of that case had them. What it
/// worked out itself is set aside.
extension UCORecords {
  private func isHolding(_ relationship: Node) -> Bool {
    graph.text(.kindOfRelationship, of: relationship) == "Has_Identifier"
  }

  /// Notes that an account's own name is one of its identifiers: one that means something in a source of that case only
  /// is none, and reaches no further here.
  func takeHolding(_ relationship: Node, _ account: Node, _ identifier: Node) {
    guard isHolding(relationship), let kind = graph.text(.kind, of: identifier),
      kind == graph.text(.kind, of: account), kind != IdentifierKind.displayName.rawValue,
      let value = graph.text(.value, of: identifier), value == text(.accountIdentifier, parts(of: account))
    else { return }
    let platform = graph.text(.platform, of: identifier) ?? ""
    if platform.isEmpty || platform == graph.text(.platform, of: account) { confirmed.insert(account) }
  }

  /// The account of that case.
  func cognateAccount(_ object: Node, _ role: AccountRole) throws -> Who {
    let parts = parts(of: object)
    let platform = Platform(graph.text(.platform, of: object) ?? "")
    let value = text(.accountIdentifier, parts)
    if value.isEmpty { return .nobody }
    let kind = graph.text(.kind, of: object).flatMap { IdentifierKind(rawValue: $0) }
    let locator = graph.locator(object)
    let isConfirmed = confirmed.contains(object)
    let index = try writer.account(
      AccountKey(
        platform: platform, kind: kind ?? .handle, scope: isConfirmed ? .platform : .source,
        value: String(value.prefix(2000))), role: role,
      assertion: kind == .displayName ? .user : platform == .email ? .claimed : .platform, at: locator)
    for shown in values(.displayName, parts) {
      // It may be a handle, which stands among its identifiers then.
      try records.add(shown, to: index, label: "shown-name", locator)
    }
    if graph.text(.isProtected, of: object) == "true" {
      protectedCount += 1
      if protected.count < 10 { protected.append("\(platform):\(value.prefix(60))") }
    }
    return .account(index)
  }

  /// Writes an identifier of an account, as that case had it.
  func holding(_ relationship: Node, _ kind: String) throws {
    let locator = graph.locator(relationship)
    guard isHolding(relationship) else {
      let isLink = graph.kinds[Int(relationship)].contains(.relationship) && kind == "Related_To"
      return writer.setAside(
        isLink ? "link" : "relationship", isLink ? .inferred : .notRead, at: locator, detail: kind)
    }
    guard let source = graph.nodes(.source, of: relationship).first,
      let target = graph.nodes(.target, of: relationship).first,
      case .account(let account) = try who(source, use: nil, role: .mentioned),
      let identifier = graph.text(.kind, of: target).flatMap({ IdentifierKind(rawValue: $0) }),
      let value = graph.text(.value, of: target)
    else { return writer.setAside("identifier", .malformed, at: locator) }
    let assertion = graph.text(.assertion, of: relationship).flatMap { Assertion(rawValue: $0) } ?? .claimed
    if assertion == .inferred { return writer.setAside("identifier", .inferred, at: locator) }
    let label = graph.text(.sourceLabel, of: relationship) ?? ""
    try add(identifier, value, label: String(label.prefix(100)), assertion, to: account, locator)
  }

  /// Sets aside a judgement or a merge that was held.
  func annotation(_ node: Node) {
    let locator = graph.locator(node)
    guard isOfCognate else { return writer.setAside("Annotation", .notRead, at: locator) }
    let tags = graph.texts(.tag, of: node)
    writer.setAside(
      tags.contains("held-merge") ? "held merge" : tags.contains("judgement") ? "judgement" : "annotation",
      .inferred, at: locator)
  }

  /// Says what whoever imports an export of Cognate's should know.
  func noteExport() {
    guard isOfCognate else { return }
    writer.note(
      "the document is an export of Cognate: its accounts and identifiers come from the sources of that case, without records and places; import these where they are at hand"
    )
    if graph.described.contains(where: { graph.text(.authorisation, of: $0) != nil }) {
      writer.note(
        "a source of that case is what a provider gave: what is here needs the authorisation that it does")
    }
    guard protectedCount > 0 else { return }
    let more = protectedCount > protected.count ? " and \(protectedCount - protected.count) more" : ""
    writer.note(
      "in that case these accounts were protected, and are here only by --protect: "
        + protected.joined(separator: ", ") + more)
  }
}
