/// The context of a JSON-LD document, as far as names of properties and types depend on it: prefixes, terms and the
/// vocabulary of names without a prefix. Nothing is ever fetched.
///
/// Aliases of keywords (`"id": "@id"`) and contexts that a term brings along are not followed.
final class LinkedContext {
  /// What a name of a property is.
  enum Property {
    case known(UCOProperty)
    /// Of the ontologies, and not taken; or of others.
    case other
  }

  private var terms: [String: String] = [:]
  /// That of the node around this one's, whose terms are not copied: each node may bring a context along.
  private let outer: LinkedContext?
  private var vocabulary: String?
  /// Contexts that stand elsewhere, in order.
  private(set) var remote: [String]
  /// Whether a document gave any context.
  private(set) var isGiven = false
  private var properties: [String: Property] = [:]
  private var types: [String: UCOName?] = [:]

  /// Terms of one document, and names that are kept.
  private static let limit = 4096
  /// Terms that lead from one to another.
  private static let stepLimit = 8

  init() {
    outer = nil
    remote = []
  }

  /// The context of a node inside another's.
  private init(inside other: LinkedContext) {
    outer = other
    vocabulary = other.vocabulary
    remote = other.remote
    isGiven = other.isGiven
    hasCognate = other.hasCognate
  }

  /// This context with another's terms added, for the node that gives them.
  func adding(_ value: JSONValue) -> LinkedContext {
    let inner = LinkedContext(inside: self)
    inner.add(value)
    return inner
  }

  /// Takes up a context: an object, the IRI of one, or a list of these.
  func add(_ value: JSONValue) {
    isGiven = true
    properties.removeAll()
    types.removeAll()
    defer { hasCognate = outer?.hasCognate == true || terms.values.contains { UCOName.isOfCognate($0) } }
    switch value.kind {
    case .array: value.forEachElement { if $0.kind != .array { add($0) } }
    case .string:
      if let iri = value.string, remote.count < 16, !remote.contains(iri) { remote.append(iri) }
    case .object:
      value.forEachField { key, definition in
        let iri = definition.string ?? definition["@id"]?.string
        if key == "@vocab" {
          vocabulary = iri
        } else if !key.hasPrefix("@"), let iri, terms.count < Self.limit {
          terms[key] = iri
        }
      }
    default: break
    }
  }

  /// Whether prefixes that nothing defines are taken to be the usual ones.
  var fallsBack: Bool { !isGiven || !remote.isEmpty }

  /// Whether the document has Cognate's own properties.
  private(set) var hasCognate = false

  /// The property of a key.
  func property(_ key: String) -> Property {
    if let known = properties[key] { return known }
    let name = name(key)
    let found = name.flatMap { UCOProperty($0.name, module: $0.module) }.map(Property.known) ?? .other
    if properties.count < Self.limit { properties[key] = found }
    return found
  }

  /// The name of a type; nil for one of another vocabulary.
  func type(_ text: String) -> UCOName? {
    if let known = types[text] { return known }
    let name = name(text)
    if types.count < Self.limit { types[text] = .some(name) }
    return name
  }

  /// What a prefix of ids stands for; nil for one that nothing defines.
  func base(_ prefix: String) -> String? { term(prefix).map { iri($0, steps: 1) ?? $0 } }

  private func name(_ text: String) -> UCOName? { iri(text, steps: 0).flatMap { UCOName(iri: $0) } }

  private func term(_ text: String) -> String? { terms[text] ?? outer?.term(text) }

  private func iri(_ text: String, steps: Int) -> String? {
    guard steps < Self.stepLimit else { return nil }
    if let term = term(text), term != text { return iri(term, steps: steps + 1) }
    guard let colon = text.firstIndex(of: ":") else {
      if text.hasPrefix("@") { return nil }
      if let vocabulary { return join(iri(vocabulary, steps: steps + 1) ?? vocabulary, text) }
      return fallsBack ? Self.usual("observable") + text : nil
    }
    let rest = text[text.index(after: colon)...]
    if rest.hasPrefix("//") { return text }
    let prefix = String(text[..<colon])
    if let base = term(prefix) { return join(iri(base, steps: steps + 1) ?? base, String(rest)) }
    if fallsBack, let base = Self.wellKnown[prefix] { return base + rest }
    return text
  }

  /// Prefix and name; of the ontologies people leave the mark between them out.
  private func join(_ base: String, _ name: String) -> String {
    let isOpen = base.last.map { $0 == "/" || $0 == "#" } ?? true
    return isOpen || !UCOName.isOfOntology(base) ? base + name : "\(base)/\(name)"
  }

  private static func usual(_ module: String) -> String {
    module == "investigation"
      ? "https://ontology.caseontology.org/case/investigation/"
      : "https://ontology.unifiedcyberontology.org/uco/\(module)/"
  }

  /// Prefixes as nearly all documents have them.
  static let wellKnown: [String: String] = {
    var all = ["co": "http://purl.org/co/", "case-investigation": usual("investigation")]
    let modules = [
      "core", "observable", "identity", "action", "tool", "types", "location", "role", "marking", "analysis",
      "vocabulary", "investigation",
    ]
    for module in modules {
      all["uco-\(module)"] = usual(module)
      all[module] = usual(module)
    }
    return all
  }()
}
