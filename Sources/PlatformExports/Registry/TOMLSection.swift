internal import TOMLKit

/// One table of a TOML text, read with errors that name key and line.
struct TOMLSection {
  private let table: TOMLTable
  private let path: String
  private let lines: TOMLKeyLines

  init(_ table: TOMLTable, path: String, lines: TOMLKeyLines) {
    self.table = table
    self.path = path
    self.lines = lines
  }

  func error(_ key: String, _ problem: String) -> TableMappingError {
    let full = name(key)
    return TableMappingError(key: full, line: lines.line(full) ?? lines.line(path) ?? 0, problem: problem)
  }

  /// Refuses keys that mean nothing, which are mostly misspelt ones.
  func allow(_ keys: [String]) throws {
    for key in table.keys where !keys.contains(key) {
      throw error(key, "means nothing here; known are \(keys.joined(separator: ", "))")
    }
  }

  func text(_ key: String) throws -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw error(key, "must be a text in quotation marks") }
    return text
  }

  func requiredText(_ key: String) throws -> String {
    guard let text = try text(key), !text.isEmpty else { throw error(key, "is missing") }
    return text
  }

  func integer(_ key: String) throws -> Int? {
    guard let value = table[key] else { return nil }
    guard let number = value.int else { throw error(key, "must be a whole number") }
    return number
  }

  func bool(_ key: String) throws -> Bool? {
    guard let value = table[key] else { return nil }
    guard let bool = value.bool else { throw error(key, "must be true or false") }
    return bool
  }

  func texts(_ key: String) throws -> [String]? {
    guard let value = table[key] else { return nil }
    guard let array = value.array else { throw error(key, "must be a list of texts") }
    return try array.map { element in
      guard let text = element.string else { throw error(key, "must be a list of texts") }
      return text
    }
  }

  func choice<Value: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Value.Type
  ) throws -> Value? where Value.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let value = Value(rawValue: text) else {
      throw error(key, "must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return value
  }

  func section(_ key: String) throws -> TOMLSection? {
    guard let value = table[key] else { return nil }
    guard let inner = value.table else { throw error(key, "must be a table [\(key)]") }
    return TOMLSection(inner, path: name(key), lines: lines)
  }

  func required(_ key: String) throws -> TOMLSection {
    guard let section = try section(key) else { throw error(key, "the table [\(key)] is missing") }
    return section
  }

  func sections(_ key: String) throws -> [TOMLSection] {
    guard let value = table[key] else { return [] }
    guard let array = value.array else { throw error(key, "must be tables [[\(key)]]") }
    return try array.enumerated().map { position, element in
      guard let inner = element.table else { throw error(key, "must be tables [[\(key)]]") }
      return TOMLSection(inner, path: "\(name(key))[\(position)]", lines: lines)
    }
  }

  private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

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
