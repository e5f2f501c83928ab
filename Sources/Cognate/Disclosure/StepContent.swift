internal import Disclosure
internal import Foundation

/// What a line of a record says, field by field, as people are shown it.
public enum StepContent {
  /// Whether a record was erased: there are steps, the log tells of each, and none has its content.
  static func isErased(_ steps: [(isLogged: Bool, content: String?)]) -> Bool {
    !steps.isEmpty && steps.allSatisfy { $0.isLogged && $0.content == nil }
  }

  /// A field with its value in words.
  public struct Field: Sendable, Hashable {
    /// Its name: `rationale`.
    public let name: String
    /// What stands in it.
    public let value: String
  }

  /// Whatever stands in a content.
  private enum Value: Decodable {
    case flag(Bool)
    case number(Int64)
    case text(String)
    case list([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let found = try? value.decode(Bool.self) {
        self = .flag(found)
      } else if let found = try? value.decode(Int64.self) {
        self = .number(found)
      } else if let found = try? value.decode(String.self) {
        self = .text(found)
      } else if let found = try? value.decode([Value].self) {
        self = .list(found)
      } else {
        self = .object(try value.decode([String: Value].self))
      }
    }
  }

  private struct Content: Decodable {
    let event: [String: Value]
  }

  /// The fields of a content as it is stored, in order of their names; none of what is no content.
  public static func fields(of content: String?) -> [Field] {
    guard let content,
      let found = try? JSONDecoder().decode(Content.self, from: Data(content.utf8))
    else { return [] }
    return fields(found.event)
  }

  private static func fields(_ object: [String: Value]) -> [Field] {
    object.sorted { $0.key < $1.key }.flatMap { name, value -> [Field] in
      // What was done stands before it.
      if name == "action" { return [] }
      // A deferral is part of its decision.
      if case .object(let inner) = value, inner["id"] == nil { return fields(inner) }
      return [Field(name: name.replacing("_", with: " "), value: words(value, isTime: name == "time"))]
    }
  }

  private static func words(_ value: Value, isTime: Bool = false) -> String {
    switch value {
    case .flag(let found): found ? "yes" : "no"
    case .number(let found): isTime ? Instant.text(LondonTime.clamped(found)) : String(found)
    case .text(let found): found
    case .list(let found): found.map { words($0) }.joined(separator: ", ")
    case .object(let found):
      // Of somebody the roles are a matter of the rules.
      if case .text(let id)? = found["id"] {
        id
      } else {
        fields(found).map { "\($0.name) \($0.value)" }.joined(separator: ", ")
      }
    }
  }
}
