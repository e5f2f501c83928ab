/// A source, or a unit of it, that is refused as a whole: nothing of it is imported.
public struct ExportRefusal: Error, Sendable, CustomStringConvertible {
  /// Stable name, for example `doctype`, `path-traversal`, `ambiguous-date-order`.
  public let code: String
  /// What is wrong.
  public let what: String
  /// Where: file, member, line or offset.
  public let place: String
  /// What to do about it.
  public let advice: String

  /// Makes a refusal.
  public init(_ code: String, what: String, place: String, advice: String) {
    self.code = code
    self.what = what
    self.place = place
    self.advice = advice
  }

  /// Where, what and what to do.
  public var description: String { "\(place): \(what). \(advice)" }

  /// Exports of two accounts that lie in one folder: nothing would say whose of the two a message is.
  static func twoOwners(place: String) -> Self {
    Self(
      "two-owners", what: "names another account as the owner than a file before it did", place: place,
      advice: "Exports of two accounts were put together: give each of them alone.")
  }
}
