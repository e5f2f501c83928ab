internal import CArchive

/// Puts workbooks together as different programs write them, and as none would.
package struct WorkbookBuilder {
  package enum Cell {
    case empty
    /// A text among those that all cells share.
    case shared(String)
    case inline(String)
    /// The text that a formula gave.
    case result(String)
    case number(String, style: Int = 0)
    case boolean(Bool)
    case error(String)
    /// A date that is written out.
    case date(String)
    /// An element `c` as it is.
    case raw(String)
  }

  package struct Row {
    package var cells: [Cell]
    /// Attributes of the element, with a space before them.
    package var attributes: String
    /// What to write for its number; nil for the true one.
    package var number: String?

    package init(cells: [Cell], attributes: String = "", number: String? = nil) {
      (self.cells, self.attributes, self.number) = (cells, attributes, number)
    }
  }

  package struct Sheet {
    package var name: String
    package var rows: [Row]
    package var state = ""
    /// What stands before the cells.
    package var before = ""
    package var merges: [String] = []

    package init(_ name: String, _ rows: [[Cell]]) {
      self.name = name
      self.rows = rows.map { Row(cells: $0) }
    }
  }

  /// Before all names of the vocabulary, with a colon (`x:`).
  package var prefix = ""
  package var isStrict = false
  /// Whether relations give their targets from the root.
  package var isAbsolute = false
  /// Whether rows and cells say where they stand.
  package var saysPlaces = true
  /// Whether the parts that say what others are stand behind these.
  package var isBackwards = false
  package var is1904 = false
  /// Formats of the styles from the second on: a code, or the number of a built-in one.
  package var formats: [String] = []
  package var sheets: [Sheet]
  /// Shared texts as elements `si`, in place of those that the cells need.
  package var items: [String]?
  /// Parts that take the place of others, or come behind them; nil takes one away.
  package var changes: [(name: String, text: String?)] = []

  package init(_ sheets: Sheet...) { self.sheets = sheets }

  package static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// The number of a built-in format; a code of zeros is none.
  private static func builtIn(_ format: String) -> Int? { format.count <= 2 ? Int(format) : nil }

  private static func column(_ number: Int) -> String {
    var (rest, letters) = (number + 1, "")
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }

  private var main: String {
    isStrict
      ? "http://purl.oclc.org/ooxml/spreadsheetml/main"
      : "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  }
  private var relationships: String {
    isStrict
      ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
      : "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  }
  private var declaration: String { "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" }

  /// A root element with the namespaces.
  private func root(_ name: String, _ body: String, _ attributes: String = "") -> String {
    let space = prefix.isEmpty ? "xmlns" : "xmlns:\(prefix.dropLast())"
    return declaration
      + "<\(prefix)\(name) \(space)=\"\(main)\" xmlns:r=\"\(relationships)\"\(attributes)>\(body)</\(prefix)\(name)>"
  }

  private func element(_ name: String, _ attributes: String = "", _ body: String? = nil) -> String {
    let start = "<\(prefix)\(name)\(attributes)"
    return body.map { "\(start)>\($0)</\(prefix)\(name)>" } ?? start + "/>"
  }

  private func relations(_ list: [(type: String, target: String)], at folder: String) -> String {
    let lines = list.enumerated().map { number, one in
      let target = isAbsolute ? "/\(folder)\(one.target)" : one.target
      return
        "<Relationship Id=\"rId\(number + 1)\" Type=\"\(relationships)/\(one.type)\" Target=\"\(target)\"/>"
    }
    return declaration
      + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(lines.joined())</Relationships>"
  }

  /// The parts, in the order of the archive.
  package var parts: [(name: String, text: String)] {
    var texts: [String] = []
    var numbers: [String: Int] = [:]
    func number(of text: String) -> Int {
      if let known = numbers[text] { return known }
      numbers[text] = texts.count
      texts.append(text)
      return texts.count - 1
    }
    func text(_ text: String) -> String {
      element("t", " xml:space=\"preserve\"", Self.escaped(text))
    }
    func value(_ cell: Cell, _ place: String) -> String {
      func c(_ type: String, _ body: String, _ style: Int = 0) -> String {
        let kind = type.isEmpty ? "" : " t=\"\(type)\""
        return element("c", place + (style == 0 ? "" : " s=\"\(style)\"") + kind, body)
      }
      return switch cell {
      case .empty: saysPlaces ? "" : element("c", place)
      case .shared(let text): c("s", element("v", "", "\(number(of: text))"))
      case .inline(let written): c("inlineStr", element("is", "", text(written)))
      case .result(let text): c("str", element("f", "", "A1&amp;B1") + element("v", "", Self.escaped(text)))
      case .number(let number, let style): c("", element("v", "", number), style)
      case .boolean(let value): c("b", element("v", "", value ? "1" : "0"))
      case .error(let error): c("e", element("v", "", Self.escaped(error)))
      case .date(let date): c("d", element("v", "", date))
      case .raw(let xml): xml
      }
    }
    var sheetParts: [(String, String)] = []
    for (index, sheet) in sheets.enumerated() {
      var data = ""
      for (row, content) in sheet.rows.enumerated() {
        if content.cells.isEmpty, content.attributes.isEmpty { continue }
        let place = saysPlaces || content.number != nil ? " r=\"\(content.number ?? "\(row + 1)")\"" : ""
        let cells = content.cells.enumerated().map { column, cell in
          value(cell, saysPlaces ? " r=\"\(Self.column(column))\(content.number ?? "\(row + 1)")\"" : "")
        }
        data += element("row", place + content.attributes, cells.joined())
      }
      let merges =
        sheet.merges.isEmpty
        ? "" : element("mergeCells", "", sheet.merges.map { element("mergeCell", " ref=\"\($0)\"") }.joined())
      sheetParts.append(
        (
          "xl/worksheets/sheet\(index + 1).xml",
          root("worksheet", sheet.before + element("sheetData", "", data) + merges)
        ))
    }
    let list = sheets.enumerated().map { index, sheet in
      element(
        "sheet",
        " name=\"\(Self.escaped(sheet.name))\" sheetId=\"\(index + 1)\""
          + (sheet.state.isEmpty ? "" : " state=\"\(sheet.state)\"") + " r:id=\"rId\(index + 1)\"")
    }
    let properties = element("workbookPr", is1904 ? " date1904=\"1\"" : "")
    let workbook = root("workbook", properties + element("sheets", "", list.joined()))
    let targets =
      sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
      + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    let codes = formats.enumerated().filter { Self.builtIn($0.element) == nil }
    let numFmts = codes.map {
      element("numFmt", " numFmtId=\"\(164 + $0.offset)\" formatCode=\"\(Self.escaped($0.element))\"")
    }
    let xfs = (["0"] + formats).enumerated().map { index, format in
      element("xf", " numFmtId=\"\(Self.builtIn(format) ?? 163 + index)\" applyNumberFormat=\"1\"")
    }
    let styles = root(
      "styleSheet",
      element("numFmts", "", numFmts.joined())
        + element("cellStyleXfs", "", element("xf", " numFmtId=\"14\""))
        + element("cellXfs", "", xfs.joined()))
    let strings = root("sst", (items ?? texts.map { element("si", "", text($0)) }).joined())
    let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    let types =
      declaration
      + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"\(type)\"/></Types>"
    let about: [(String, String)] = [
      ("[Content_Types].xml", types),
      ("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")], at: "")),
      ("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relations(targets, at: "xl/")),
      ("xl/styles.xml", styles),
    ]
    let texts2: [(String, String)] = [("xl/sharedStrings.xml", strings)]
    var all =
      isBackwards
      ? [("docProps/app.xml", declaration + "<Properties/>")] + sheetParts + texts2 + about.reversed()
      : about + sheetParts + texts2
    for change in changes {
      if let place = all.firstIndex(where: { $0.0 == change.name }) {
        if let text = change.text { all[place].1 = text } else { all.remove(at: place) }
      } else if let text = change.text {
        all.append((change.name, text))
      }
    }
    return all.map { (name: $0.0, text: $0.1) }
  }

  /// The workbook, its parts packed.
  package var bytes: [UInt8] {
    guard let writer = cog_zip_create() else { return [] }
    defer { cog_zip_close(writer) }
    for (name, text) in parts {
      let content = Array(text.utf8)
      _ = content.withUnsafeBytes { cog_zip_add(writer, name, $0.baseAddress, $0.count) }
    }
    var start: UnsafePointer<UInt8>?
    var count = 0
    guard cog_zip_finish(writer, &start, &count) == 0 else { return [] }
    return Array(UnsafeBufferPointer(start: start, count: count))
  }
}
