/// Brings ids of nodes to one form: a prefix may stand for one thing in a context and for another in the next, as where
/// documents were put together in a list.
struct UCOIDs {
  /// What prefixes stood for where they came first.
  private var bases: [String: String] = [:]
  /// The prefixes of these.
  private var prefixes: [String: String] = [:]

  /// Prefixes that are remembered.
  private static let limit = 4096

  /// The node of an id as a context has it.
  mutating func node(
    _ id: UnsafeBufferPointer<UInt8>, _ context: LinkedContext, in graph: UCOGraph
  ) -> UCOGraph.Node {
    guard var form = self.form(id, context) else { return graph.node(id) }
    return form.withUTF8 { graph.node($0) }
  }

  /// An id in the form that it has everywhere in the document: as it is written where its prefix means what it did first.
  ///
  /// - Returns: nil for one that stays as it is written.
  mutating func form(_ id: UnsafeBufferPointer<UInt8>, _ context: LinkedContext) -> String? {
    guard let colon = id.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let rest = id[(colon + 1)...]
    if rest.starts(with: "//".utf8) { return nil }
    let prefix = String(decoding: id[..<colon], as: UTF8.self)
    guard let base = context.base(prefix) else { return nil }
    if bases[prefix] == base { return nil }
    if bases[prefix] == nil, prefixes[base] == nil, bases.count < Self.limit {
      bases[prefix] = base
      prefixes[base] = prefix
      return nil
    }
    let name = String(decoding: rest, as: UTF8.self)
    return prefixes[base].map { "\($0):\(name)" } ?? base + name
  }
}
