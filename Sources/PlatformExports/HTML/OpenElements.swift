/// The elements of a page that are open, and the part of an export that each belongs to.
///
/// An end without a beginning is passed over, and one that has a beginning ends all within it. Memory holds `depthLimit`
/// elements, whatever the page nests.
struct OpenElements<Part: Equatable> {
  private struct Element {
    /// Its name's first seven bytes and length.
    let name: UInt64
    let part: Part
    /// Whether the part begins with it.
    let isFirst: Bool
  }

  private var open: [Element] = []
  /// Elements that are open beyond the limit of nesting.
  private var deeper = 0

  /// Elements that are remembered; exports have one or two dozen open.
  private var depthLimit: Int { 256 }

  /// The part at hand; nil outside all elements.
  var part: Part? { open.last?.part }

  /// Elements that are open.
  var count: Int { open.count }

  private static func key(_ name: [UInt8]) -> UInt64 {
    name.prefix(7).reduce(UInt64(truncatingIfNeeded: name.count)) { $0 << 8 | UInt64($1) }
  }

  /// Whether another element is remembered; else it is counted alone.
  mutating func hasRoom() -> Bool {
    if open.count < depthLimit { return true }
    deeper += 1
    return false
  }

  /// An element begins.
  ///
  /// - Parameter outer: the part that it stands in.
  mutating func begin(_ tag: HTMLTag, _ part: Part, in outer: Part) {
    open.append(Element(name: Self.key(tag.name), part: part, isFirst: part != outer))
  }

  /// How many elements the end of one ends.
  mutating func ended(by tag: HTMLTag) -> Int {
    if deeper > 0 {
      deeper -= 1
      return 0
    }
    let name = Self.key(tag.name)
    return open.lastIndex { $0.name == name }.map { open.count - $0 } ?? 0
  }

  /// Ends the innermost element.
  mutating func end() -> (part: Part, isFirst: Bool)? { open.popLast().map { ($0.part, $0.isFirst) } }

  /// Whether all that is open has one of some names, in small letters.
  func areAll(named names: [StaticString]) -> Bool {
    let keys = names.map { name in name.withUTF8Buffer { Self.key(Array($0)) } }
    return open.allSatisfy { keys.contains($0.name) }
  }
}
