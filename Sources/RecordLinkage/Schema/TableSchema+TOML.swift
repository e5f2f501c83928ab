internal import Configuration
import Foundation

extension TableSchema {
  /// The version of the format.
  public static let formatVersion = 1

  /// What a column may be called beside a kind.
  private static let roles: [String: Role] = [
    "id": .id, "source": .source, "writing": .writing, "ignore": .ignore,
  ]
  /// Kinds that a person may state; the others are findings.
  private static let kinds = ColumnKind.allCases.filter { $0 != .empty && $0 != .constant }

  /// Reads a schema.
  ///
  /// - Throws: `TableSchemaError`, which names key and line.
  public init(toml: String) throws(TableSchemaError) {
    do throws(ConfigurationError) {
      try self.init(TOMLSection(toml: toml))
    } catch {
      throw TableSchemaError(key: error.key, line: error.line, problem: error.problem)
    }
  }

  /// Reads a schema from a file.
  ///
  /// - Throws: `TableSchemaError`, which names the file, and key and line.
  public init(file: String) throws(TableSchemaError) {
    let text: String
    do {
      text = try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8)
    } catch {
      throw TableSchemaError(
        key: "", line: 0, problem: "cannot be read; name a file of UTF-8 text that exists", file: file)
    }
    do {
      try self.init(toml: text)
    } catch {
      var error = error
      error.file = file
      throw error
    }
  }

  private init(_ top: TOMLSection) throws(ConfigurationError) {
    self.init()
    try top.allow(["version", "date_order", "link_only", "columns", "blocking"])
    guard try top.integer("version") == Self.formatVersion else {
      throw top.error("version", "must be \(Self.formatVersion)")
    }
    dateOrder = try top.choice("date_order", DateOrder.self)
    linkOnly = try top.bool("link_only")
    if let section = try top.section("columns") {
      for name in section.keys {
        let role = try Self.role(section, name)
        if role == .id || role == .source, columns.values.contains(role) {
          throw section.error(name, "a second column of this sort; there is one at most")
        }
        columns[name] = role
      }
    }
    for section in try top.sections("blocking") {
      try section.allow(["columns"])
      guard let names = try section.texts("columns"), (1...2).contains(names.count) else {
        throw section.error("columns", "must be a list of one or two columns")
      }
      blocking.append(names)
    }
  }

  private static func role(_ section: TOMLSection, _ name: String) throws(ConfigurationError) -> Role {
    let text = try section.requiredText(name)
    if let role = roles[text] { return role }
    guard let kind = kinds.first(where: { $0.rawValue == text }) else {
      throw section.error(
        name, "must be id, source, writing, ignore or one of \(kinds.map(\.rawValue).joined(separator: ", "))"
      )
    }
    return .kind(kind)
  }

  /// A whole schema, for people to start from.
  public static let example = """
    version = 1
    date_order = "dmy"              # of dates such as 03/04/1990: dmy, mdy or ymd
    link_only = false               # true: join no two records of one source

    [columns]                       # the ones not named here are recognised
    "Reference" = "id"
    "Force" = "source"              # where a record came from; without it, each file is a source
    "Known as" = "full-name"
    "Born" = "date-of-birth"
    "Outcome" = "ignore"

    [[blocking]]                    # a key beside those that the engine chooses
    columns = ["Born", "Town"]
    """
}
