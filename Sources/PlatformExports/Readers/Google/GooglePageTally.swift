/// Counts the logins of a subscriber's page by its raw bytes, apart from the parser: rows, between one that holds the words
/// of the headers and the end of its table. It knows no quotes or comments.
struct GooglePageTally {
  private(set) var logins = 0
  private var isTable = false
  private var inTag = false
  private var tag: [UInt8] = []
  /// The words of the row at hand; nil outside rows.
  private var row: [UInt8]?

  /// Parts the words of cells.
  private static let cell: UInt8 = 0x1F
  /// Headers without their spaces.
  private let times = Set(GoogleColumns.times.map { $0.replacing(" ", with: "") })
  private let addresses = Set(GoogleColumns.addresses.map { $0.replacing(" ", with: "") })

  private static let tagLimit = 6
  private static let rowLimit = 512

  mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      if inTag {
        if byte == UInt8(ascii: ">") || byte.isSpace {
          name()
          inTag = byte != UInt8(ascii: ">")
          tag = inTag ? [0] : []
        } else if tag.count < Self.tagLimit {
          tag.append(byte | 0x20)
        }
      } else if byte == UInt8(ascii: "<") {
        inTag = true
        tag.removeAll(keepingCapacity: true)
      } else if !byte.isSpace, let count = row?.count, count < Self.rowLimit {
        row?.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      }
    }
  }

  private mutating func name() {
    // `/` is 0x2F already.
    if tag.elementsEqual("tr".utf8) {
      end()
      row = []
    } else if tag.elementsEqual("/tr".utf8) {
      end()
    } else if tag.elementsEqual("td".utf8) || tag.elementsEqual("th".utf8) {
      if row?.last != Self.cell { row?.append(Self.cell) }
    } else if tag.elementsEqual("table".utf8) || tag.elementsEqual("/table".utf8) {
      end()
      isTable = false
    }
  }

  private mutating func end() {
    guard let words = row else { return }
    row = nil
    if isTable {
      if words.contains(where: { $0 != Self.cell }) { logins += 1 }
      return
    }
    let cells = words.split(separator: Self.cell).map {
      String(decoding: $0, as: UTF8.self).replacing("&nbsp;", with: "")
    }
    isTable =
      cells.contains { times.contains($0) } && cells.contains { addresses.contains($0) }
  }
}
