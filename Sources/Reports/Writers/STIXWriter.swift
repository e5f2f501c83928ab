/// STIX 2.1 (OASIS), one bundle, an object a line.
///
/// Accounts are `user-account`, sources `file`, addresses and numbers what STIX has for them; pairs are relationships
/// `related-to` between accounts; clusters are groupings, judgements and held merges notes. There is no `identity` at
/// all, so nobody can be named by one. What STIX has no property for stands in a property extension; the ratio is there
/// alone, as STIX's `confidence` runs from 0 to 100 and is another thing.
enum STIXWriter {
  /// The id of our property extension; Docs/Exports.md defines it.
  static let extensionID = "extension-definition--7a0c2a38-7e0b-4f5d-9a5e-64d0f1b3c9d2"

  private static let observables: Set<String> = [
    "file", "user-account", "email-addr", "ipv4-addr", "ipv6-addr", "url",
  ]

  static func write(_ content: some CaseContent, to file: ExportFile) throws {
    let mark = content.mark
    var bundle = Bundle(file, StableID(reference: mark.caseReference, run: mark.run), at: mark.at)
    try bundle.begin(mark)
    try bundle.note(
      "mark", "", abstract: "\(mark.caseReference), export \(mark.number)", content: mark.text,
      about: [bundle.marking], [("mark", .mark(mark))])
    try content.sources { source in
      try bundle.observable(
        "file", source.id,
        [
          ("name", .string(source.name)), ("size", .number(String(source.bytes))),
          ("hashes", .object([("SHA-256", .string(source.sha256))])),
        ],
        [
          ("element", "source"), ("id", .string(source.id)), ("format", .string(source.format)),
          ("imported_at", .string(source.importedAt)),
        ] + (source.authorisation.map { [("authorisation", .string($0))] } ?? []))
    }
    try writeAccounts(content, &bundle)
    try content.pairs { pair in
      try bundle.relationship(
        "pair \(pair.left) \(pair.right)", "related-to", bundle.id("user-account", pair.left),
        bundle.id("user-account", pair.right), pair.reading,
        [("element", "pair"), ("label", .string(ExportMark.label))] + ExportJSON.weight(pair))
    }
    try content.clusters { cluster in
      try bundle.grouping(cluster)
    }
    try content.judgements { judgement in
      let back = judgement.undoneAt.map { " Taken back at \($0)." } ?? ""
      try bundle.note(
        "judgement", judgement.id, abstract: "Judgement \(judgement.id): \(judgement.verdict)",
        content: "\(judgement.left) and \(judgement.right): \(judgement.reason).\(back)",
        about: [bundle.id("user-account", judgement.left), bundle.id("user-account", judgement.right)],
        [
          ("element", "judgement"), ("verdict", .string(judgement.verdict)),
          ("at", .string(judgement.madeAt)),
        ]
          + (judgement.undoneAt.map { [("taken_back_at", .string($0))] } ?? []))
    }
    try content.held { held in
      try bundle.note(
        "held", held.id, abstract: "Held merge \(held.id)",
        content: "\(held.left) and \(held.right) were not joined: \(held.cause).",
        about: [bundle.id("user-account", held.left), bundle.id("user-account", held.right)],
        [("element", "held"), ("cause", .string(held.cause))]
          + (held.log10LR.map { [("log10_lr", .number(ExportNumber.weight($0)))] } ?? []))
    }
    try file.append("\n]}\n")
  }

  private static func writeAccounts(_ content: some CaseContent, _ bundle: inout Bundle) throws {
    var identifiers: [String: ExportedIdentifier] = [:]
    try content.identifiers { identifier in
      identifiers[identifier.id] = identifier
      guard let (type, property) = type(of: identifier) else { return }
      try bundle.observable(
        type, identifier.id, [(property, .string(identifier.value))],
        [("element", "identifier"), ("id", .string(identifier.id)), ("kind", .string(identifier.kind))])
    }
    var held: [String: [ExportedHolding]] = [:]
    try content.holdings { held[$0.account, default: []].append($0) }
    try content.accounts { account in
      let own = (held[account.id] ?? []).compactMap { holding -> ExportJSON? in
        guard let identifier = identifiers[holding.identifier] else { return nil }
        return .members([
          "id": .string(identifier.id), "kind": .string(identifier.kind), "value": .string(identifier.value),
          "label": holding.label.isEmpty ? nil : .string(holding.label),
          "assertion": .string(holding.assertion), "sightings": .number(String(holding.sightings)),
        ])
      }
      var parts: [(String, ExportJSON)] = [("user_id", .string(account.name))]
      if let shown = account.shown { parts.append(("display_name", .string(shown))) }
      try bundle.observable(
        "user-account", account.id, parts,
        [
          ("element", "account"), ("id", .string(account.id)), ("platform", .string(account.platform)),
          ("kind", .string(account.kind)), ("protected", .boolean(account.isProtected)),
          ("records", .number(String(account.records))),
        ] + (ExportJSON.list(own).map { [("identifiers", $0)] } ?? [])
          + (account.cluster.map { [("cluster", .string($0))] } ?? []))
    }
    try content.holdings { holding in
      guard let identifier = identifiers[holding.identifier], let (type, _) = type(of: identifier) else {
        return
      }
      try bundle.relationship(
        "holding \(holding.account) \(holding.identifier) \(holding.label) \(holding.assertion)",
        "related-to",
        bundle.id("user-account", holding.account), bundle.id(type, holding.identifier),
        "The account shows this \(identifier.kind).",
        [
          ("element", "holding"), ("assertion", .string(holding.assertion)),
          ("sightings", .number(String(holding.sightings))),
        ] + (holding.label.isEmpty ? [] : [("label", .string(holding.label))]))
    }
    try content.mentions { mention in
      try bundle.relationship(
        "mention \(mention.account) \(mention.source)", "related-to",
        bundle.id("user-account", mention.account), bundle.id("file", mention.source),
        "The source mentions the account.",
        [("element", "mention"), ("records", .number(String(mention.records)))])
    }
  }

  /// STIX's type for a kind of identifier, and the property that holds its value; numbers, handles, and addresses and links
  /// that its schema does not take have none, and stand with the account alone.
  private static func type(of identifier: ExportedIdentifier) -> (String, String)? {
    switch identifier.kind {
    case "email" where isSchemaAddress(identifier.value): ("email-addr", "value")
    case "ip": (identifier.value.contains(":") ? "ipv6-addr" : "ipv4-addr", "value")
    case "url" where isURI(identifier.value), "profile-link" where isURI(identifier.value): ("url", "value")
    default: nil
    }
  }

  /// Whether the schema of `email-addr` takes an address: letters, digits and `_.+-` before the @, a domain of two parts
  /// or more after it, all ASCII. One that it does not take would have the whole bundle refused.
  private static func isSchemaAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let point = parts[1].firstIndex(of: "."),
      point > parts[1].startIndex, point < parts[1].index(before: parts[1].endIndex)
    else { return false }
    func isPlain(_ byte: UInt8, _ more: StaticString) -> Bool {
      isDigit(byte) || isLetter(byte) || more.withUTF8Buffer { $0.contains(byte) }
    }
    return parts[0].utf8.allSatisfy { isPlain($0, "_.+-") } && parts[1].utf8.allSatisfy { isPlain($0, ".-") }
  }

  /// Whether RFC 3986 takes a link, as the schema of `url` asks. Browsers take more, as `|`, brackets in a query and a percent
  /// sign that begins no byte, and links that people send have them. A host in brackets is left out as well.
  private static func isURI(_ text: String) -> Bool {
    guard let mark = text.firstRange(of: "://"), mark.lowerBound > text.startIndex else { return false }
    let rest = text[mark.upperBound...]
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let authority = rest[..<end].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard !authority[0].isEmpty, authority.dropFirst().allSatisfy({ $0.utf8.allSatisfy(isDigit) }) else {
      return false
    }
    return isSpelt(authority[0], more: "") && isSpelt(rest[end...], more: ":@/?")
  }

  /// Whether a part of a link has no other characters than its own, and bytes with their percent sign.
  private static func isSpelt(_ part: Substring, more: String) -> Bool {
    var bytes = part.utf8[...]
    while let byte = bytes.popFirst() {
      if byte == 0x25 {
        guard bytes.count >= 2, bytes.prefix(2).allSatisfy(isHexDigit) else { return false }
        bytes.removeFirst(2)
      } else if !isLetter(byte), !isDigit(byte), !"-._~!$&'()*+,;=".utf8.contains(byte),
        !more.utf8.contains(byte)
      {
        return false
      }
    }
    return true
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
  }

  /// A bundle that is written object by object.
  private struct Bundle {
    private let file: ExportFile
    private let ids: StableID
    private let time: ExportJSON
    private var isFirst = true

    init(_ file: ExportFile, _ ids: StableID, at: String) {
      self.file = file
      self.ids = ids
      // STIX wants times to the millisecond.
      time = .string(at.hasSuffix("Z") && !at.contains(".") ? at.dropLast() + ".000Z" : at)
    }

    /// STIX wants ids of observables to be made of names (version 5), and all others to look random (version 4).
    func id(_ type: String, _ name: String) -> String {
      let isObservable = STIXWriter.observables.contains(type)
      return "\(type)--\(ids.uuid("stix " + type, name, version: isObservable ? 5 : 4))"
    }

    /// The marking that every object refers to: the statement that this is a lead, and whose.
    var marking: String { id("marking-definition", "") }

    mutating func begin(_ mark: ExportMark) throws {
      try file.append(
        "{\"type\":\"bundle\",\"id\":\"\(id("bundle", "\(mark.number)"))\",\"objects\":[\n")
      try put([
        ("type", "marking-definition"), ("spec_version", "2.1"), ("id", .string(marking)), ("created", time),
        ("definition_type", "statement"), ("definition", .object([("statement", .string(mark.text))])),
      ])
    }

    mutating func observable(
      _ type: String, _ name: String, _ parts: [(String, ExportJSON)], _ more: [(String, ExportJSON)]
    ) throws {
      try put(
        [("type", .string(type)), ("spec_version", "2.1"), ("id", .string(id(type, name)))] + parts
          + end(more))
    }

    mutating func relationship(
      _ name: String, _ type: String, _ source: String, _ target: String, _ description: String,
      _ more: [(String, ExportJSON)]
    ) throws {
      try put(
        start("relationship", name) + [
          ("relationship_type", .string(type)), ("description", .string(description)),
          ("source_ref", .string(source)), ("target_ref", .string(target)),
        ] + end(more))
    }

    mutating func grouping(_ cluster: ExportedCluster) throws {
      try put(
        start("grouping", cluster.id) + [
          ("name", .string(cluster.id)), ("context", "suspicious-activity"),
          ("description", .string("Accounts that one controller may hold (\(ExportMark.label)).")),
          ("object_refs", .array(cluster.accounts.map { .string(id("user-account", $0)) })),
        ]
          + end(
            [("element", "cluster")]
              + (cluster.weakestLink.map {
                [("weakest_log10_lr", .number(ExportNumber.weight($0)))]
              } ?? [])))
    }

    mutating func note(
      _ kind: String, _ name: String, abstract: String, content: String, about: [String],
      _ more: [(String, ExportJSON)]
    ) throws {
      try put(
        start("note", "\(kind) \(name)") + [
          ("abstract", .string(abstract)), ("content", .string(content)),
          ("object_refs", .array(about.map(ExportJSON.string))),
        ] + end(more))
    }

    private func start(_ type: String, _ name: String) -> [(String, ExportJSON)] {
      [
        ("type", .string(type)), ("spec_version", "2.1"), ("id", .string(id(type, name))), ("created", time),
        ("modified", time),
      ]
    }

    private func end(_ more: [(String, ExportJSON)]) -> [(String, ExportJSON)] {
      [
        ("object_marking_refs", .array([.string(marking)])),
        (
          "extensions",
          .object([(extensionID, .object([("extension_type", "property-extension")] + more))])
        ),
      ]
    }

    private mutating func put(_ members: [(String, ExportJSON)]) throws {
      try file.append((isFirst ? "" : ",\n") + ExportJSON.object(members).text)
      isFirst = false
    }
  }
}
