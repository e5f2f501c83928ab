/// A table that comes in rows of cells and not as a file of text, as a sheet of a workbook does.
public protocol RowTable {
  /// What messages call it: the file, and what it is of that.
  var name: String { get }
  /// Names of its columns; those without one are empty.
  var headers: [String] { get }
  /// The row in which these stand, from 1.
  var headerRow: Int { get }

  /// Lends the rows below the header that hold something, in their order.
  ///
  /// - Returns: what there is to say once all are read.
  /// - Throws: `TableError` for a table that cannot be read, and whatever `take` throws.
  func read(_ take: (RowCells) throws -> Void) throws -> RowTableEnd
}

/// The cells of a row, which are valid until the next one.
public struct RowCells {
  /// From 1.
  public let row: Int
  /// The texts.
  public let bytes: UnsafeBufferPointer<UInt8>
  /// By column, where in `bytes` its text is; there may be fewer than columns.
  public let cells: [Range<Int>]
  /// Columns in which something stands that is no value.
  public let lost: [(column: Int, why: LostCell)]
  /// Whether cells behind the last column hold something.
  public let hasMore: Bool

  /// Makes cells.
  public init(
    row: Int, bytes: UnsafeBufferPointer<UInt8>, cells: [Range<Int>],
    lost: [(column: Int, why: LostCell)] = [], hasMore: Bool = false
  ) {
    (self.row, self.bytes, self.cells, self.lost, self.hasMore) = (row, bytes, cells, lost, hasMore)
  }
}

/// Why what stands in a cell is no value.
public enum LostCell: Int, Sendable, CaseIterable {
  /// An error of the spreadsheet: `#REF!`, `#N/A`.
  case error
  /// A formula whose result was not stored.
  case noResult
  /// A number of which digits were lost: `4.47701E+11`, or more than fifteen.
  case rounded
  /// Anything else that cannot be read.
  case unreadable

  /// What it is, of one value and of several.
  var words: (one: String, several: String) {
    switch self {
    case .error:
      ("is an error of the spreadsheet (#N/A, #REF!)", "are errors of the spreadsheet (#N/A, #REF!)")
    case .noResult:
      (
        "is a formula whose result the workbook does not hold",
        "are formulas whose results the workbook does not hold"
      )
    case .rounded:
      (
        "is a number that lost digits to a spreadsheet (4.47701E+11, over fifteen digits)",
        "are numbers that lost digits to a spreadsheet (4.47701E+11, over fifteen digits)"
      )
    case .unreadable: ("cannot be read", "cannot be read")
    }
  }
}

/// What there is to say of a table once its rows are read.
public struct RowTableEnd {
  /// Rows of the table that could not be read.
  public var unreadRows: Int
  /// Cells that are one over several rows, whose value the first alone has.
  public var merges: [(columns: ClosedRange<Int>, rows: ClosedRange<Int>)]
  /// What else there is to say, in words, with counts.
  public var notes: [String]

  /// Makes an end.
  public init(
    unreadRows: Int = 0, merges: [(columns: ClosedRange<Int>, rows: ClosedRange<Int>)] = [],
    notes: [String] = []
  ) {
    (self.unreadRows, self.merges, self.notes) = (unreadRows, merges, notes)
  }
}

/// An open file that may hold tables of rows.
public struct TableFile {
  /// Its path as given.
  public let path: String
  /// The descriptor, behind `head`.
  public let descriptor: Int32
  /// The first bytes, which were read already: from a pipe they come once.
  public let head: [UInt8]
  /// Names of the id's column, of which a header has one; without regard to capitals.
  public let idNames: [String]
}
