/// A CSV field as RFC 4180 writes it: in quotes, doubled inside, when it holds a comma, quote or line end.
func csvField(_ value: String) -> String {
  guard value.utf8.contains(where: { $0 == 0x2c || $0 == 0x22 || $0 == 0x0a || $0 == 0x0d }) else {
    return value
  }
  return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    + "\""
}

/// A CSV line with the line end of RFC 4180.
func csvLine(_ fields: [String]) -> String { fields.map(csvField).joined(separator: ",") + "\r\n" }

/// An XML attribute's value as SMS Backup & Restore before version 10.05.602 wrote it: characters beyond the
/// basic plane as two references to surrogates, which no XML parser accepts as they stand.
func surrogateAttribute(_ value: String) -> String {
  var result = ""
  for scalar in value.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\n": result += "&#10;"
    case _ where scalar.value > 0xffff:
      for unit in String(scalar).utf16 { result += "&#\(unit);" }
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
