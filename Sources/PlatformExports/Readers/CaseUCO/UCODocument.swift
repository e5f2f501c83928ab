internal import AccountModel

/// Takes the values of a JSON-LD document into a graph: nodes wherever they stand, with the properties that are taken.
final class UCODocument {
  let graph: UCOGraph
  /// Whether something was described with Cognate's own properties.
  private(set) var isOfCognate = false
  /// Whether all nodes found room.
  private(set) var isWhole = true
  /// Whether facets are called by names without `Facet` behind them, as in older versions.
  private(set) var hasOldNames = false
  private let writer: RecordWriter
  private var context = LinkedContext()
  private var ids = UCOIDs()
  private var root: UCOGraph.Node?
  private var rootKinds: UCOKind = []
  /// Values that stand before the context, and where each stands.
  private var held = HeldValues()
  private var heldKeys: [(pattern: Pattern, key: String)] = []
  private var heldBytes = 0
  private var mayHold = true
  private var hasHeld = false
  private var namesOfOthers: Set<String> = []
  private var nested: (base: UInt16, key: String, number: UInt16) = (0, "", 0)

  /// Where in a document nodes stand.
  enum Pattern: Int, CaseIterable {
    case context, id, type, graph, list, object, element, inGraph, inList, inElement, inObject

    var text: String {
      switch self {
      case .context: "$.@context"
      case .id: "$.@id"
      case .type: "$.@type"
      case .graph: "$.@graph[*]"
      case .list: "$.*[*]"
      case .object: "$.*{}"
      case .element: "$[*]"
      // Of what is too large to be taken as a whole, as a bundle is that holds all there is.
      case .inGraph: "$.@graph[*].*[*]"
      case .inList: "$.*[*].*[*]"
      case .inElement: "$[*].*[*]"
      case .inObject: "$.*.*[*]"
      }
    }
  }

  /// Nesting of nodes in nodes.
  private static let depthLimit = 128
  /// Names of sorts that are told apart.
  private static let nameLimit = 200
  /// Bytes that a held value takes beside its own.
  private static let heldOverhead = 128
  /// Bytes of a value that is no text of a message.
  private static let valueLimit = 4096

  init(_ graph: UCOGraph, _ writer: RecordWriter) {
    self.graph = graph
    self.writer = writer
  }

  /// Reads a member.
  ///
  /// - Returns: whether it was read to its end.
  func read(_ input: MemberInput, limits: ImportLimits) throws -> Bool {
    let pass = try JSONPass(limits: limits)
    let patterns = Pattern.allCases
    let isRead = try pass.read(
      patterns.map(\.text), of: input, into: writer, entersLarge: true, unit: { _ in "node" }
    ) { match, value, locator in
      let pattern = patterns[match.pattern]
      if pattern == .context {
        if !mayHold {
          writer.setAside(
            JSONPass.fileUnit, .tooLarge, at: locator,
            detail:
              "its context stands behind more than can be kept, whose prefixes are taken to be the usual ones"
          )
        }
        context.add(value)
        noteRemote(context)
        return try release(pass)
      }
      // Names mean nothing before the context, and the order of keys means nothing either.
      if !context.isGiven, mayHold, pattern != .element, pattern != .inElement {
        heldBytes += match.bytes.count + Self.heldOverhead
        // A part of what the nodes may take, which these become.
        guard heldBytes <= limits.heldBytes / 4, held.add(match.bytes, locator) else {
          mayHold = false
          try release(pass)
          return take(pattern, match.key, try pass.parse(match.bytes), locator)
        }
        heldKeys.append((pattern, match.key))
        hasHeld = true
        return
      }
      take(pattern, match.key, value, locator)
    }
    try release(pass)
    if !context.isGiven, hasHeld {
      writer.note("the document gives no context: its prefixes are taken to be the usual ones (uco-core, …)")
    }
    return isRead && isWhole
  }

  private func release(_ pass: JSONPass) throws {
    let values = held
    let keys = heldKeys
    held = HeldValues()
    heldKeys = []
    var position = 0
    try values.forEach { bytes, locator in
      let (pattern, key) = keys[position]
      position += 1
      take(pattern, key, try pass.parse(bytes), locator)
    }
  }

  private func noteRemote(_ context: LinkedContext) {
    for iri in context.remote {
      writer.note(
        "the context \(iri.prefix(200)) is not fetched: prefixes that the document does not give are taken to be the usual ones (uco-core, …)"
      )
    }
  }

  // MARK: Values

  private func take(_ pattern: Pattern, _ key: String, _ value: JSONValue, _ locator: Locator) {
    switch pattern {
    case .context: break
    case .id: if root == nil, value.kind == .string { root = ids.node(value.stringBytes, context, in: graph) }
    case .type:
      if graph.isFull { return }
      rootKinds = kinds(value, context, locator, isFacet: false)
      if !rootKinds.isEmpty { describeRoot(locator) }
    case .graph, .element: _ = walk(value, context, locator, isFacet: false, depth: 0)
    case .inGraph, .inList, .inElement, .inObject:
      let isNode =
        if case .known(.object) = context.property(key) { true } else {
          key == "@graph" || key == "@included"
        }
      if isNode {
        _ = walk(value, context, locator, isFacet: false, depth: 0)
      } else {
        // A part of something tells nothing without the rest.
        writer.setAside("part", .tooLarge, at: locator, detail: key)
      }
    case .list, .object:
      if key.hasPrefix("@") {
        if value.kind == .object { _ = walk(value, context, locator, isFacet: false, depth: 0) }
        return
      }
      guard case .known(let property) = context.property(key), property != .object, !graph.isFull else {
        _ = walk(value, context, locator, isFacet: false, depth: 0)
        return
      }
      describeRoot(locator)
      add(property, value, to: root ?? UCOGraph.none, context, locator, depth: 0)
    }
  }

  /// The document itself is a node.
  private func describeRoot(_ locator: Locator) {
    let node = root ?? graph.blank()
    root = node
    graph.describe(node, rootKinds, locator)
  }

  /// Takes a node with all that stands in it.
  ///
  /// - Returns: the node; nil for what is none.
  private func walk(
    _ value: JSONValue, _ outer: LinkedContext, _ locator: Locator, isFacet: Bool, depth: Int
  ) -> UCOGraph.Node? {
    guard value.kind == .object else { return nil }
    guard depth < Self.depthLimit else {
      writer.setAside("node", .malformed, at: locator, detail: "nested deeper than \(Self.depthLimit)")
      return nil
    }
    var context = outer
    if let own = value["@context"] {
      context = outer.adding(own)
      if context.remote.count > outer.remote.count { noteRemote(context) }
    }
    var fields = 0
    value.forEachFieldBytes { key, _ in if !(key == "@id" || key == "@context") { fields += 1 } }
    if depth == 0, graph.isFull {
      lose(value, context, locator, isFacet: isFacet, depth: depth)
      return nil
    }
    let id = value["@id"]
    let node =
      id?.kind == .string
      ? ids.node(id?.stringBytes ?? .init(start: nil, count: 0), context, in: graph) : graph.blank()
    if fields == 0 { return node }
    let kinds = value["@type"].map { self.kinds($0, context, locator, isFacet: isFacet) } ?? []
    let before = graph.describe(node, kinds, locator)
    for recordClass in Self.classes(kinds.intersection(before)) {
      writer.setAside(recordClass, .duplicate, at: locator, detail: "is described more than once")
    }
    value.forEachField { key, field in
      guard !key.hasPrefix("@") else {
        if key == "@graph" || key == "@included" { descend(field, key, context, locator, depth: depth) }
        return
      }
      guard case .known(let property) = context.property(key), property != .object else {
        return descend(field, key, context, locator, depth: depth)
      }
      add(property, field, to: node, context, locator, depth: depth)
    }
    return node
  }

  /// Counts what finds no room any more.
  private func lose(
    _ value: JSONValue, _ context: LinkedContext, _ locator: Locator, isFacet: Bool, depth: Int
  ) {
    if isWhole {
      isWhole = false
      writer.setAside(
        JSONPass.fileUnit, .tooLarge, at: locator,
        detail: "holds more than can be kept until its end is known: what stands from here on is not read")
    }
    let kinds = value["@type"].map { self.kinds($0, context, locator, isFacet: isFacet, counts: false) } ?? []
    for recordClass in Self.classes(kinds) { writer.setAside(recordClass, .tooLarge, at: locator) }
    value.forEachField { key, field in
      let isFacets = if case .known(.hasFacet) = context.property(key) { true } else { false }
      func inside(_ value: JSONValue) {
        if value.kind == .object, value["@value"] == nil, depth < Self.depthLimit {
          lose(value, context, locator, isFacet: isFacets, depth: depth + 1)
        }
      }
      if field.kind == .array { field.forEachElement(inside) } else if key != "@context" { inside(field) }
    }
  }

  /// The record classes of facets, of which each becomes one record.
  static func classes(_ kinds: UCOKind) -> [RecordClass] {
    var classes: [RecordClass] = []
    if !kinds.isDisjoint(with: .messages) { classes.append(.message) }
    if kinds.contains(.call) { classes.append(.call) }
    if kinds.contains(.contact) { classes.append(.contact) }
    return classes
  }

  /// Takes the nodes in a value of which nothing else is taken.
  private func descend(
    _ value: JSONValue, _ key: String, _ context: LinkedContext, _ locator: Locator, depth: Int
  ) {
    switch value.kind {
    case .array:
      var position: UInt32 = 0
      value.forEachElement { element in
        if element.kind == .object, element["@value"] == nil {
          _ = walk(element, context, inside(locator, key, position), isFacet: false, depth: depth + 1)
        }
        position &+= 1
      }
    case .object:
      if let list = value["@list"] ?? value["@set"] {
        descend(list, key, context, locator, depth: depth + 1)
      } else if value["@value"] == nil {
        _ = walk(value, context, locator, isFacet: false, depth: depth + 1)
      }
    default: break
    }
  }

  /// The place of an element of a list in a node, as far as a place can say so.
  private func inside(_ locator: Locator, _ key: String, _ position: UInt32) -> Locator {
    if nested.base != locator.pattern || nested.key != key || nested.number == 0 {
      let base = writer.patterns[Int(locator.pattern)]
      guard base.split(separator: "[*]", omittingEmptySubsequences: false).count <= 2,
        writer.patterns.count < 1000
      else { return locator }
      nested = (locator.pattern, key, writer.pattern("\(base).\(key)[*]"))
    }
    var locator = locator
    locator.pattern = nested.number
    // The first position is the node's, where it stands in a list itself.
    if writer.patterns[Int(nested.base)].contains("[*]") {
      locator.index.1 = position
    } else {
      locator.index.0 = position
    }
    return locator
  }

  private func add(
    _ property: UCOProperty, _ value: JSONValue, to node: UCOGraph.Node, _ context: LinkedContext,
    _ locator: Locator, depth: Int
  ) {
    switch value.kind {
    case .array:
      value.forEachElement { add(property, $0, to: node, context, locator, depth: depth + 1) }
    case .object:
      if let literal = value["@value"] {
        add(property, literal, to: node, context, locator, depth: depth + 1)
      } else if let list = value["@list"] ?? value["@set"] {
        add(property, list, to: node, context, locator, depth: depth + 1)
      } else if let other = walk(
        value, context, locator, isFacet: property == .hasFacet, depth: depth + 1)
      {
        graph.add(property, other, to: node)
      }
    case .string:
      if property == .hasFacet {
        graph.add(property, ids.node(value.stringBytes, context, in: graph), to: node)
      } else if property.isReference, let form = ids.form(value.stringBytes, context) {
        text(property, form, to: node)
      } else {
        text(property, value.stringBytes, to: node)
      }
    case .bool: text(property, value.bool == true ? "true" : "false", to: node)
    default: if let number = value.scalarText { text(property, number, to: node) }
    }
  }

  private func text(_ property: UCOProperty, _ text: String, to node: UCOGraph.Node) {
    var text = text
    text.withUTF8 { self.text(property, $0, to: node) }
  }

  private func text(
    _ property: UCOProperty, _ bytes: UnsafeBufferPointer<UInt8>, to node: UCOGraph.Node
  ) {
    if bytes.isEmpty { return }
    let isLong = property == .messageText || property == .body || property == .subject
    guard !isLong, bytes.count > Self.valueLimit else { return graph.add(property, bytes, to: node) }
    // One sign may have any number of bytes, but a scalar has four at most.
    var end = Self.valueLimit
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    graph.add(property, UnsafeBufferPointer(rebasing: bytes[..<end]), to: node)
  }

  // MARK: Types

  /// What the types of a node make it; what is not read is set aside by its name.
  private func kinds(
    _ value: JSONValue, _ context: LinkedContext, _ locator: Locator, isFacet: Bool, counts: Bool = true
  ) -> UCOKind {
    var kinds: UCOKind = []
    func type(_ value: JSONValue) {
      guard let text = value.string else { return }
      guard let type = context.type(text) else {
        // Facets of other vocabularies may be messages by another name.
        if isFacet, counts { setAside(text, .notRead, locator) }
        return
      }
      if type.module == UCOName.cognate {
        isOfCognate = true
        if counts { writer.setAside(type.name.lowercased(), .inferred, at: locator) }
      } else if type.name.hasSuffix("Facet") || isFacet {
        let isNew = type.name.hasSuffix("Facet")
        if let known = UCOKind.facets[isNew ? String(type.name.dropLast(5)) : type.name] {
          kinds.formUnion(known)
          if !isNew, !known.isDisjoint(with: .recorded) { hasOldNames = true }
        } else if counts {
          setAside(type.name, .notRead, locator)
        }
      } else if let known = UCOKind.nodes[type.name] {
        kinds.formUnion(known)
      } else if type.module == "identity" {
        kinds.formUnion(.identity)
      } else if counts, !["observable", "core", "types", "co", ""].contains(type.module) {
        setAside(type.name, .notRead, locator)
      } else if counts, type.name == "Grouping" {
        if context.hasCognate {
          writer.setAside("cluster", .inferred, at: locator)
        } else {
          setAside(type.name, .notRead, locator)
        }
      }
    }
    if value.kind == .array { value.forEachElement(type) } else { type(value) }
    if context.hasCognate { isOfCognate = true }
    return kinds
  }

  private func setAside(_ name: String, _ reason: SetAsideReason, _ locator: Locator) {
    let name = String(name.prefix(60))
    let isKnown = namesOfOthers.contains(name)
    if !isKnown, namesOfOthers.count >= Self.nameLimit {
      return writer.setAside("other sort", reason, at: locator, detail: name)
    }
    namesOfOthers.insert(name)
    writer.setAside(name, reason, at: locator)
  }
}

extension SetAsideReason {
  /// Of a sort that holds no account record.
  static let notRead = Self("not-read", "is of a sort of which nothing is read", isFault: false)
  /// A result of Cognate's, in its own export.
  static let inferred = Self("inferred", "was worked out and is no evidence", isFault: false)
}
