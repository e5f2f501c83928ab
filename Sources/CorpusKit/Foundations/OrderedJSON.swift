/// A JSON value whose objects keep the order in which their members were written.
indirect enum OrderedJSON: Sendable {
  case object([(String, OrderedJSON)])
  case array([OrderedJSON])
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case null

  /// How an exporter writes JSON.
  struct Style: Sendable {
    /// Spaces for each level, or nil for one line.
    var indent: Int?
    /// What stands between a name and its value.
    var colon = ": "
    /// Whether each byte of a character beyond ASCII is written as `\u00xx`, as Meta does (the "mojibake").
    var escapesBytes = false

    /// Meta's downloads: two spaces, bytes escaped.
    static let meta = Style(indent: 2, escapesBytes: true)
    /// Telegram Desktop: one space.
    static let telegram = Style(indent: 1)
    /// The X archive: two spaces, and a space before the colon.
    static let x = Style(indent: 2, colon: " : ")
    /// One line, as in NDJSON.
    static let line = Style(indent: nil, colon: ":")
  }

  /// The value as text.
  func text(_ style: Style) -> String {
    var result = ""
    append(to: &result, style, level: 0)
    return result
  }

  private func append(to result: inout String, _ style: Style, level: Int) {
    switch self {
    case .null: result += "null"
    case .boolean(let value): result += value ? "true" : "false"
    case .integer(let value): result += String(value)
    case .string(let value): Self.appendString(value, to: &result, style)
    case .array(let values):
      Self.appendList(values, "[", "]", to: &result, style, level) { value, text in
        value.append(to: &text, style, level: level + 1)
      }
    case .object(let members):
      Self.appendList(members, "{", "}", to: &result, style, level) { member, text in
        Self.appendString(member.0, to: &text, style)
        text += style.colon
        member.1.append(to: &text, style, level: level + 1)
      }
    }
  }

  private static func appendList<Element>(
    _ elements: [Element], _ open: String, _ close: String, to result: inout String, _ style: Style,
    _ level: Int,
    _ body: (Element, inout String) -> Void
  ) {
    result += open
    for (position, element) in elements.enumerated() {
      if position > 0 { result += "," }
      if let indent = style.indent { result += "\n" + String(repeating: " ", count: indent * (level + 1)) }
      body(element, &result)
    }
    if let indent = style.indent, !elements.isEmpty {
      result += "\n" + String(repeating: " ", count: indent * level)
    }
    result += close
  }

  private static func appendString(_ value: String, to result: inout String, _ style: Style) {
    result += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20: result += "\\u00" + hexByte(UInt8(scalar.value))
      case _ where scalar.value >= 0x80 && style.escapesBytes:
        for byte in String(scalar).utf8 { result += "\\u00" + hexByte(byte) }
      default: result.unicodeScalars.append(scalar)
      }
    }
    result += "\""
  }

  private static func hexByte(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

extension OrderedJSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
  ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .integer(value) }
  init(booleanLiteral value: Bool) { self = .boolean(value) }
  init(nilLiteral: ()) { self = .null }
  init(arrayLiteral elements: OrderedJSON...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, OrderedJSON)...) { self = .object(elements) }
}
