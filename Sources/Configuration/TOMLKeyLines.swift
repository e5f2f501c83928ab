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
        let key = line[..<equals].filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        lineOfKey[path.isEmpty ? key : "\(path).\(key)"] = position + 1
      }
    }
  }

  func line(_ key: String) -> Int? { lineOfKey[key] }
}
