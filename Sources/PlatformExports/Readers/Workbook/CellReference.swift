/// Where a cell stands: `B7`.
struct CellReference: Equatable {
  /// From 0.
  let column: Int
  /// From 1.
  let row: UInt32

  /// Rows of a sheet.
  static let rowLimit: UInt32 = 1_048_576
  /// Columns of a sheet.
  static let columnLimit = 16_384

  /// Reads a reference; nil for one that is none or lies outside every sheet.
  init?(_ bytes: some Sequence<UInt8>) {
    var (column, row) = (0, 0)
    for byte in bytes {
      switch byte {
      case 0x41...0x5A where row == 0: column = column * 26 + Int(byte) - 0x40
      case 0x61...0x7A where row == 0: column = column * 26 + Int(byte) - 0x60
      case 0x31...0x39,
        0x30 where row > 0:
        row = row * 10 + Int(byte) - 0x30
      case UInt8(ascii: "$"): continue
      default: return nil
      }
      guard column <= Self.columnLimit, row <= Int(Self.rowLimit) else { return nil }
    }
    guard column > 0, row > 0 else { return nil }
    self.column = column - 1
    self.row = UInt32(row)
  }

  /// The letters of a column.
  static func letters(_ column: Int) -> String {
    var (rest, letters) = (column + 1, "")
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}
