internal import TOMLKit

/// One table of a TOML text, read with errors that name key and line.
public struct TOMLSection {
  private let table: TOMLTable
  private let path: String
  private let lines: TOMLKeyLines

  /// Reads a whole text.
  ///
  /// - Throws: `ConfigurationError` with the line at which it stops being TOML.
  public init(toml: String) throws(ConfigurationError) {
    do {
      table = try TOMLTable(string: toml)
    } catch let error as TOMLParseError {
      throw ConfigurationError(key: "", line: Int(error.source.begin.line), problem: error.description)
    } catch {
      throw ConfigurationError(key: "", line: 0, problem: "is no TOML: \(error)")
    }
    path = ""
    lines = TOMLKeyLines(toml)
  }

  private init(_ table: TOMLTable, path: String, lines: TOMLKeyLines) {
    self.table = table
    self.path = path
    self.lines = lines
  }

  /// The keys of the table, in the order of their lines.
  public var keys: [String] {
    var places: [(line: Int, key: String)] = []
    for key in table.keys { places.append((lines.line(name(key)) ?? .max, key)) }
    places.sort { one, other in one.line != other.line ? one.line < other.line : one.key < other.key }
    return places.map(\.key)
  }

  /// An error about a key, with its line, or that of the table which lacks it.
  public func error(_ key: String, _ problem: String) -> ConfigurationError {
    let full = name(key)
    return ConfigurationError(key: full, line: lines.line(full) ?? lines.line(path) ?? 0, problem: problem)
  }

  /// Refuses keys that mean nothing, which are mostly misspelt ones.
  public func allow(_ keys: [String]) throws(ConfigurationError) {
    for key in self.keys where !keys.contains(key) {
      throw error(key, "means nothing here; known are \(keys.joined(separator: ", "))")
    }
  }

  /// A text, or nil where the key is missing.
  public func text(_ key: String) throws(ConfigurationError) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw error(key, "must be a text in quotation marks") }
    return text
  }

  /// A text that must be there and hold something.
  public func requiredText(_ key: String) throws(ConfigurationError) -> String {
    guard let text = try text(key), !text.isEmpty else { throw error(key, "is missing") }
    return text
  }

  /// A whole number, or nil where the key is missing.
  public func integer(_ key: String) throws(ConfigurationError) -> Int? {
    guard let value = table[key] else { return nil }
    guard let number = value.int else { throw error(key, "must be a whole number") }
    return number
  }

  /// `true` or `false`, or nil where the key is missing.
  public func bool(_ key: String) throws(ConfigurationError) -> Bool? {
    guard let value = table[key] else { return nil }
    guard let bool = value.bool else { throw error(key, "must be true or false") }
    return bool
  }

  /// A list of texts, or nil where the key is missing.
  public func texts(_ key: String) throws(ConfigurationError) -> [String]? {
    guard let value = table[key] else { return nil }
    guard let array = value.array else { throw error(key, "must be a list of texts") }
    var texts: [String] = []
    for element in array {
      guard let text = element.string else { throw error(key, "must be a list of texts") }
      texts.append(text)
    }
    return texts
  }

  /// One of the values of a type, or nil where the key is missing.
  public func choice<Value: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Value.Type
  ) throws(ConfigurationError) -> Value? where Value.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let value = Value(rawValue: text) else {
      throw error(key, "must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return value
  }

  /// A table, or nil where the key is missing.
  public func section(_ key: String) throws(ConfigurationError) -> TOMLSection? {
    guard let value = table[key] else { return nil }
    guard let inner = value.table else { throw error(key, "must be a table [\(key)]") }
    return TOMLSection(inner, path: name(key), lines: lines)
  }

  /// A table that must be there.
  public func required(_ key: String) throws(ConfigurationError) -> TOMLSection {
    guard let section = try section(key) else { throw error(key, "the table [\(key)] is missing") }
    return section
  }

  /// Tables `[[key]]`; none where the key is missing.
  public func sections(_ key: String) throws(ConfigurationError) -> [TOMLSection] {
    guard let value = table[key] else { return [] }
    guard let array = value.array else { throw error(key, "must be tables [[\(key)]]") }
    var sections: [TOMLSection] = []
    for (position, element) in array.enumerated() {
      guard let inner = element.table else { throw error(key, "must be tables [[\(key)]]") }
      sections.append(TOMLSection(inner, path: "\(name(key))[\(position)]", lines: lines))
    }
    return sections
  }

  private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
