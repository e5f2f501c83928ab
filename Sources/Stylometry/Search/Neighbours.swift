internal import CKernels

/// A row that lies near to another.
public struct Neighbour: Hashable, Sendable {
  /// Its number, below 2^32.
  public var row: Int {
    get { Int(number) }
    set { number = UInt32(truncatingIfNeeded: newValue) }
  }
  /// Dot product; of vectors of length 1 their cosine.
  public var similarity: Float
  // A search gives millions.
  private var number: UInt32

  /// Makes a neighbour.
  public init(row: Int, similarity: Float) {
    number = UInt32(truncatingIfNeeded: row)
    self.similarity = similarity
  }
}

/// The nearest rows of each of many, the most similar first; of equal ones the lower number.
public struct Neighbours: Sendable, Equatable {
  /// Rows that have neighbours here.
  public let count: Int
  /// How many each has.
  public let nearest: Int
  /// Row after row.
  private let all: [Neighbour]

  init(count: Int, nearest: Int, _ all: [Neighbour]) {
    self.count = count
    self.nearest = nearest
    self.all = all
  }

  /// Neighbours of which `body` writes the rows one after another; what it does not write is row 0 at similarity 0.
  init(count: Int, nearest: Int, _ body: (UnsafeMutableBufferPointer<Neighbour>) -> Void) {
    let all = [Neighbour](unsafeUninitializedCapacity: count * nearest) { buffer, initialized in
      buffer.initialize(repeating: Neighbour(row: 0, similarity: 0))
      body(buffer)
      initialized = buffer.count
    }
    self.init(count: count, nearest: nearest, all)
  }

  /// The neighbours of a row.
  public subscript(row: Int) -> ArraySlice<Neighbour> { all[row * nearest..<(row + 1) * nearest] }

  /// Those of some rows, in the order named.
  public func selecting(_ rows: [Int]) -> Neighbours {
    Neighbours(count: rows.count, nearest: nearest, rows.flatMap { self[$0] })
  }

  /// How many of these neighbours another search found, of 0 to 1, for the rows that both were asked for.
  public func recall(of other: Neighbours) -> Double {
    var found = 0
    let rows = min(count, other.count)
    for row in 0..<rows {
      let others = Set(other[row].map(\.row))
      found += self[row].count { others.contains($0.row) }
    }
    return rows * nearest == 0 ? 1 : Double(found) / Double(rows * nearest)
  }
}
