/// SQL that reads what a payload says, whatever stands in its place: a row that was tampered with is what a check is for,
/// and no JSON, or a number where a text should be, must not end it.
enum PayloadText {
  /// The payload, or NULL where it is no JSON.
  static func valid(_ payload: String = "payload") -> String {
    "CASE WHEN json_valid(\(payload)) THEN \(payload) END"
  }

  /// What stands at a path such as `details.run`, as text; NULL where nothing does.
  static func at(_ path: String, of payload: String = "payload") -> String {
    "CAST(json_extract(\(valid(payload)), '$.\(path)') AS TEXT)"
  }

  /// Details, one after the other; NULL where one is missing.
  static func details(_ names: [String]) -> String {
    names.map { at("details.\($0)") }.joined(separator: " || char(10) || ")
  }

  /// What an entry is about in the first place.
  static let subject = at("subjects[0]")

  /// The number in the first subject: 4 of D4.
  static let subjectNumber = "CAST(substr(\(subject), 2) AS INTEGER)"

  /// A number among the details.
  static func number(_ name: String) -> String { "CAST(\(at("details.\(name)")) AS INTEGER)" }
}
