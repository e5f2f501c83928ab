/// Disjoint sets over 0..<count, with union by size and path halving (Tarjan and van Leeuwen, 1984).
public struct UnionFind: Sendable {
  /// Parent of each element; a root holds the negative of its set's size.
  private var parent: [Int32]
  /// Sets left.
  public private(set) var setCount: Int

  /// Every element alone.
  public init(count: Int) {
    parent = Array(repeating: -1, count: count)
    setCount = count
  }

  /// The representative of an element's set.
  public mutating func find(_ element: Int) -> Int {
    var element = element
    while parent[element] >= 0 {
      let above = Int(parent[element])
      if parent[above] >= 0 { parent[element] = parent[above] }
      element = above
    }
    return element
  }

  /// Joins two sets; false when they were one already.
  @discardableResult
  public mutating func union(_ one: Int, _ other: Int) -> Bool {
    var larger = find(one)
    var smaller = find(other)
    if larger == smaller { return false }
    if parent[larger] > parent[smaller] { swap(&larger, &smaller) }
    parent[larger] += parent[smaller]
    parent[smaller] = Int32(larger)
    setCount -= 1
    return true
  }

  /// Elements in the set of an element.
  public mutating func size(of element: Int) -> Int { -Int(parent[find(element)]) }
}
