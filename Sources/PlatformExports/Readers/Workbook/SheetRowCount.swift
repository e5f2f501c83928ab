/// Counts the rows of a sheet in which a cell holds a value or a formula, by another way than the parse: tags in the raw
/// bytes, whatever stands around them.
struct SheetRowCount {
  private enum State { case text, open, name, tag, quoted, declaration, comment, section }

  private(set) var rows = 0
  private var state = State.text
  /// The name of the tag without what stands before a colon: its last eight letters.
  private var name: UInt64 = 0
  private var isEmptyTag = false
  private var isEndTag = false
  private var quote: UInt8 = 0
  /// The last bytes, to find how a comment or section begins and ends.
  private var last: UInt32 = 0
  private var isInRow = false
  private var isFilled = false
  /// Whether text would be a value.
  private var isValue = false

  private static func name(_ text: StaticString) -> UInt64 {
    (0..<text.utf8CodeUnitCount).reduce(0) { $0 << 8 | UInt64(text.utf8Start[$1]) }
  }
  private static let row = name("row")
  private static let value = name("v")
  private static let text = name("t")
  private static let formula = name("f")

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      switch state {
      case .text:
        if byte == UInt8(ascii: "<") { state = .open } else if isValue { isFilled = true }
      case .open:
        if byte == UInt8(ascii: "!") {
          (state, last) = (.declaration, 0)
          continue
        }
        (isValue, isEmptyTag, isEndTag) = (false, false, byte == UInt8(ascii: "/"))
        (state, name) = byte == UInt8(ascii: "?") ? (.tag, 0) : (.name, isEndTag ? 0 : UInt64(byte))
      case .name:
        switch byte {
        case UInt8(ascii: ":"): name = 0
        case UInt8(ascii: ">"):
          begin()
          end()
        case UInt8(ascii: "/"), 0x20, 0x09, 0x0A, 0x0D:
          begin()
          (state, isEmptyTag) = (.tag, byte == UInt8(ascii: "/") && !isEndTag)
        default: name = name << 8 | UInt64(byte)
        }
      case .tag:
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): (state, quote) = (.quoted, byte)
        case UInt8(ascii: ">"): end()
        default: isEmptyTag = byte == UInt8(ascii: "/") && !isEndTag
        }
      case .quoted: if byte == quote { (state, isEmptyTag) = (.tag, false) }
      case .declaration:
        last = last << 8 | UInt32(byte)
        if last == 0x2D2D {
          (state, last) = (.comment, 0)
        } else if byte == UInt8(ascii: "["), last > 0xFF {
          (state, last) = (.section, 0)
          isFilled = isFilled || isValue
        } else if byte == UInt8(ascii: ">") {
          state = .text
        }
      case .comment, .section:
        last = last << 8 | UInt32(byte)
        if last & 0xFF_FFFF == (state == .comment ? 0x2D_2D3E : 0x5D_5D3E) { state = .text }
      }
    }
  }

  /// The name of a tag is read.
  private mutating func begin() {
    if name == Self.row {
      finish()
      isInRow = !isEndTag
    } else if name == Self.formula, isInRow, !isEndTag {
      isFilled = true
    }
  }

  /// A tag ends.
  private mutating func end() {
    state = .text
    if isEmptyTag {
      if name == Self.row { isInRow = false }
    } else if !isEndTag, name == Self.value || name == Self.text {
      isValue = isInRow
    }
    name = 0
  }

  /// Counts the row that was open.
  mutating func finish() {
    if isInRow, isFilled { rows += 1 }
    (isInRow, isFilled) = (false, false)
  }
}
