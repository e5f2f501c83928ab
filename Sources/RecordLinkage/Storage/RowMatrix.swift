import CKernels

/// Columns of numbers held record by record, so that what is compared of a record lies in one place of memory.
final class RowMatrix: @unchecked Sendable {
  let cells: Packed<UInt32>
  let width: Int
  private let slots: [ObjectIdentifier: Int]

  /// Copies columns, each once, into rows.
  init(_ columns: [Packed<UInt32>]) {
    var slots: [ObjectIdentifier: Int] = [:]
    var distinct: [Packed<UInt32>] = []
    for column in columns where slots[ObjectIdentifier(column)] == nil {
      slots[ObjectIdentifier(column)] = distinct.count
      distinct.append(column)
    }
    width = Self.width(distinct.count)
    self.slots = slots
    var rows = RowBuilder(records: distinct.first?.count ?? 0, width: width)
    for column in distinct { rows.add(column) }
    cells = rows.finish()
  }

  /// Numbers a row is given for `count` of them, so that it lies in few lines of memory (64 bytes).
  static func width(_ count: Int) -> Int {
    switch count {
    case ...4: 4
    case ...8: 8
    default: (count + 3) / 4 * 4
    }
  }

  /// Has the row of a record fetched.
  @inline(__always)
  func fetch(_ record: Int) {
    let row = cells.base + record &* width
    cog_prefetch(row)
    cog_prefetch(row + (width &- 1))
  }

  /// A column that was copied.
  func view(of column: RowColumn) -> RowColumn {
    guard let own = column.own, let slot = slots[ObjectIdentifier(own)] else { return column }
    return RowColumn(cells: cells, base: cells.base + slot, stride: width, own: nil)
  }
}

/// A column of numbers, on its own or in the rows of a matrix.
struct RowColumn: @unchecked Sendable {
  private let cells: Packed<UInt32>
  private let base: UnsafeMutablePointer<UInt32>
  private let stride: Int
  /// The column, while it stands on its own.
  let own: Packed<UInt32>?

  init(_ column: Packed<UInt32>) { self.init(cells: column, base: column.base, stride: 1, own: column) }

  init(cells: Packed<UInt32>, base: UnsafeMutablePointer<UInt32>, stride: Int, own: Packed<UInt32>?) {
    self.cells = cells
    self.base = base
    self.stride = stride
    self.own = own
  }

  /// The number of a record.
  @inline(__always) subscript(record: Int) -> UInt32 { base[record &* stride] }

  /// The column for a loop, without the object that keeps it alive: the field that lends it does.
  @inline(__always) var raw: Raw { Raw(base: base, stride: stride) }

  /// See `raw`.
  struct Raw {
    let base: UnsafeMutablePointer<UInt32>
    let stride: Int
    @inline(__always) subscript(record: Int) -> UInt32 { base[record &* stride] }
  }
}

extension RowColumn: Codable {
  private enum CodingKeys: String, CodingKey { case cells, slot, stride }

  /// Its place in the rows of a matrix.
  var slot: Int { base - cells.base }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(array: cells, .cells)
    try container.encode(slot, forKey: .slot)
    try container.encode(stride, forKey: .stride)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let cells: Packed<UInt32> = try container.array(.cells)
    self.init(
      cells: cells, base: cells.base + (try container.decode(Int.self, forKey: .slot)),
      stride: try container.decode(Int.self, forKey: .stride), own: nil)
  }
}

extension RowMatrix {
  /// The matrix in a store.
  struct Stored: Codable {
    let cells: StoredArray<UInt32>
    let width: Int
  }

  var stored: Stored { Stored(cells: StoredArray(cells), width: width) }
}
