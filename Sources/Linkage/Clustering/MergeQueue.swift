/// Merges that could be made, the one with the most evidence first; ties go by the order of nodes.
struct MergeQueue {
  /// A merge that could be made when it was put in.
  struct Entry {
    /// The evidence between the two clusters, in ten-thousandths.
    let evidence: Int64
    /// The strongest pair between them.
    let left: UInt32
    let right: UInt32
    /// The link that it is about.
    let link: Int
    /// What the link's `version` was; a link that changed since has put in another entry.
    let version: UInt32

    @inline(__always) func precedes(_ other: Self) -> Bool {
      if evidence != other.evidence { return evidence > other.evidence }
      return left != other.left ? left < other.left : right < other.right
    }
  }

  private var heap: [Entry] = []

  mutating func reset() { heap.removeAll(keepingCapacity: true) }

  mutating func push(_ entry: Entry) {
    heap.append(entry)
    var place = heap.count - 1
    while place > 0 {
      let above = (place - 1) / 2
      guard entry.precedes(heap[above]) else { break }
      heap[place] = heap[above]
      place = above
    }
    heap[place] = entry
  }

  mutating func pop() -> Entry? {
    guard let top = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return top }
    var place = 0
    while true {
      var below = 2 * place + 1
      if below >= heap.count { break }
      if below + 1 < heap.count, heap[below + 1].precedes(heap[below]) { below += 1 }
      guard heap[below].precedes(last) else { break }
      heap[place] = heap[below]
      place = below
    }
    heap[place] = last
    return top
  }
}
