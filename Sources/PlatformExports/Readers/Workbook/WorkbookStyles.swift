/// How the numbers of cells are shown (`styles.xml`), by the style of the cell.
struct WorkbookStyles {
  private var formats: [NumberFormat] = []

  /// Styles that are kept; a workbook has 65,490 at most.
  private static let limit = 1 << 17

  private enum Name: UInt32, CaseIterable { case numFmt = 1, cellXfs, xf, numFmtId, formatCode }

  /// No styles.
  init() {}

  /// Reads the part.
  init(_ input: MemberInput, limits: ImportLimits) throws {
    var codes: [Int: NumberFormat] = [:]
    var formats: [NumberFormat] = []
    var isInside = false
    let elements = PartElements(
      ended: { if Name(rawValue: $0) == .cellXfs { isInside = false } },
      { name, attributes in
        func id() -> Int? {
          Int(String(decoding: attributes.value(number: Name.numFmtId.rawValue), as: UTF8.self))
        }
        switch Name(rawValue: name) {
        case .numFmt?:
          // Formats stand before the styles that name them.
          guard let id = id(), codes.count < Self.limit else { return }
          codes[id] = NumberFormat(code: attributes.value(number: Name.formatCode.rawValue))
        case .cellXfs?: isInside = true
        case .xf? where isInside && formats.count < Self.limit:
          formats.append(id().map { codes[$0] ?? NumberFormat(builtIn: $0) } ?? NumberFormat())
        default: break
        }
      })
    try elements.read(input, names: Name.allCases.map { "\($0)" }, limits: limits)
    self.formats = formats
  }

  /// The format of a style; that of plain numbers for one that is not there.
  subscript(_ style: Int) -> NumberFormat {
    formats.indices.contains(style) ? formats[style] : NumberFormat()
  }
}
