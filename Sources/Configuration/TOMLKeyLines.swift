/// The lines on which keys stand: the parser's values do not say.
struct TOMLKeyLines {
  private var lineOfKey: [String: Int] = [:]

  init(_ text: String) {
    var path = ""
    var counts: [String: Int] = [:]
    for (position, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = line.drop(while: \.isWhitespace)
      if line.hasPrefix("[[") {
        let name = line.dropFirst(2).prefix { $0 != "]" }.filter { !$0.isWhitespace }
        path = "\(name)[\(counts[name, default: 0])]"
        counts[name, default: 0] += 1
        lineOfKey[path] = position + 1
      } else if line.hasPrefix("[") {
        path = line.dropFirst().prefix { $0 != "]" }.filter { !$0.isWhitespace }
        lineOfKey[path] = position + 1
      } else if let equals = line.firstIndex(of: "=") {
        let key = Self.unquoted(line[..<equals])
        lineOfKey[path.isEmpty ? key : "\(path).\(key)"] = position + 1
      }
    }
  }

  /// A key without quotes and the space around it; a space inside quotes stays.
  private static func unquoted(_ text: Substring) -> String {
    var key = ""
    var quote: Character?
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
      } else if quote != nil || !character.isWhitespace {
        key.append(character)
      }
    }
    return key
  }

  func line(_ key: String) -> Int? { lineOfKey[key] }
}
