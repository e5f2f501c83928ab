/// Fields of JSON as text, for exports that write words where they have no value.
enum FieldText {
  /// A field as text without white space around it; empty when it is none.
  static func text(_ field: JSONValue?) -> String {
    guard let field else { return "" }
    if field.kind != .string { return field.scalarText ?? "" }
    return String(decoding: field.stringBytes.trimmed, as: UTF8.self)
  }

  /// The same; empty when it is a word for no value.
  static func value(_ field: JSONValue?) -> String {
    let text = text(field)
    return NoValue.isNamed(by: text) ? "" : text
  }

  /// The values of those fields that have one, in the order given.
  static func values(of object: JSONValue, _ keys: [StaticString]) -> [String] {
    keys.map { value(object[$0]) }.filter { !$0.isEmpty }
  }
}
