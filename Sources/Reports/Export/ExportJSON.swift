import Linkage

/// A JSON value whose objects keep the order in which their members were written: equal values give equal bytes.
indirect enum ExportJSON {
  case object([(String, ExportJSON)])
  case array([ExportJSON])
  case string(String)
  /// A number as it is to be written.
  case number(String)
  case boolean(Bool)

  /// An object without the members that are nil.
  static func members(_ members: KeyValuePairs<String, ExportJSON?>) -> ExportJSON {
    .object(members.compactMap { name, value in value.map { (name, $0) } })
  }

  /// The value on one line.
  var text: String {
    var result = ""
    append(to: &result)
    return result
  }

  private func append(to result: inout String) {
    switch self {
    case .boolean(let value): result += value ? "true" : "false"
    case .number(let value): result += value
    case .string(let value): Self.append(value, to: &result)
    case .array(let values):
      result += "["
      for (place, value) in values.enumerated() {
        if place > 0 { result += "," }
        value.append(to: &result)
      }
      result += "]"
    case .object(let members):
      result += "{"
      for (place, member) in members.enumerated() {
        if place > 0 { result += "," }
        Self.append(member.0, to: &result)
        result += ":"
        member.1.append(to: &result)
      }
      result += "}"
    }
  }

  /// A string; characters that would not be seen or would reorder text come as `\u….`, the same value.
  private static func append(_ text: String, to result: inout String) {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
      result += "\""
      result += text
      result += "\""
      return
    }
    var string = "\""
    var isPlain = true
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": string += "\\\""
      case "\\": string += "\\\\"
      case "\n": string += "\\n"
      case "\r": string += "\\r"
      case "\t": string += "\\t"
      default:
        if scalar.value < 0x20 {
          string += scalar.value < 0x10 ? "\\u000" : "\\u00"
          string += String(scalar.value, radix: 16)
        } else {
          if scalar.value >= 0x7F { isPlain = false }
          string.unicodeScalars.append(scalar)
        }
      }
    }
    string += "\""
    result += isPlain ? string : VisibleText.escapeJSON(string)
  }
}

extension ExportJSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
  ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(booleanLiteral value: Bool) { self = .boolean(value) }
  init(arrayLiteral elements: ExportJSON...) { self = .array(elements) }
}

extension ExportJSON {
  /// The mark by parts.
  static func mark(_ mark: ExportMark) -> ExportJSON {
    .object(mark.parts.map { ($0.name, .string($0.value)) })
  }

  /// A pair's weight with both propositions and the evidence: what formats have no field for. A list that would be
  /// empty is left out, as STIX allows none.
  static func weight(_ pair: ExportedPair) -> [(String, ExportJSON)] {
    let evidence = pair.evidence.map { item -> ExportJSON in
      .members([
        "family": .string(item.family), "rule": .string(item.rule),
        "log10_lr": .number(ExportNumber.weight(item.log10LR)), "support": .string(item.support),
        "statement": .string(item.statement), "places": list(item.places.map(ExportJSON.string)),
      ])
    }
    return [
      ("log10_lr", .number(ExportNumber.weight(pair.log10LR))), ("support", .string(pair.support)),
      ("propositions", [.string(Propositions.same), .string(Propositions.different)]),
      ("in_one_cluster", .boolean(pair.isInOneCluster)),
    ] + (list(evidence).map { [("evidence", $0)] } ?? [])
  }

  /// A list; nil when there is nothing in it.
  static func list(_ values: [ExportJSON]) -> ExportJSON? { values.isEmpty ? nil : .array(values) }
}
