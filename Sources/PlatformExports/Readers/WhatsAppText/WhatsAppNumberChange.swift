/// A change of number as WhatsApp reports it, on a line of its own.
///
/// The whole line must be the report. Members choose the group's name and their own, and such lines quote
/// both: a report that stands inside a quotation, or behind somebody else's name, is what a member wrote.
enum WhatsAppNumberChange: Equatable {
  /// Both sides are named; `saved` is the name under which the phone knows them, when the line gives it.
  case link(old: String, new: String, saved: String?)
  /// The new number is not named.
  case untold

  /// Verbs between an old and a new number, and what may follow the new one.
  private static let verbs = [
    (verb: " changed their phone number to ", after: ""), (verb: " changed to ", after: ""),
    (verb: " hat zu ", after: " gewechselt"), (verb: " cambió a ", after: ""),
    (verb: " a changé pour ", after: ""), (verb: " mudou para ", after: ""),
  ]

  /// What stands between a saved name and the old number, where a line names all three.
  private static let owners = [
    " changed their phone number from ", " changed your phone number from ", "'s phone number changed from ",
    "’s phone number changed from ",
  ]

  /// How a line goes on that does not name the new number.
  private static let untoldVerb = " changed their phone number"

  /// Reads a system text without marks of direction, if it reports a change of number and nothing else.
  init?(_ text: String) {
    if text.unicodeScalars.contains(where: Self.isQuote) { return nil }
    if let change = Self.fromTo(text) ?? Self.change(text) {
      self = change
      return
    }
    guard let verb = text.firstRange(ofBytes: Self.untoldVerb), Self.isSide(String(text[..<verb.lowerBound]))
    else { return nil }
    let rest = text[verb.upperBound...]
    guard rest.isEmpty || rest.hasPrefix(".") || rest.hasPrefix(" to a new number") else { return nil }
    self = .untold
  }

  private static func change(_ text: String) -> Self? {
    for (verb, after) in verbs {
      guard let range = text.firstRange(ofBytes: verb) else { continue }
      var new = firstSentence(String(text[range.upperBound...]))
      if !after.isEmpty {
        guard new.hasSuffix(after) else { continue }
        new.removeLast(after.count)
      }
      let old = String(text[..<range.lowerBound])
      if WhatsAppSystemText.isPhone(new), old != new,
        after.isEmpty ? isSide(old) : WhatsAppSystemText.isPhone(old)
      {
        return .link(old: old, new: new, saved: nil)
      }
    }
    return nil
  }

  /// `<name> changed their phone number from A to B`, `<name>'s phone number changed from A to B`.
  private static func fromTo(_ text: String) -> Self? {
    for owner in owners {
      guard let from = text.firstRange(ofBytes: owner),
        let to = text[from.upperBound...].firstRange(ofBytes: " to ")
      else { continue }
      let name = String(text[..<from.lowerBound])
      let old = String(text[from.upperBound..<to.lowerBound])
      let new = firstSentence(String(text[to.upperBound...]))
      guard isSide(name), WhatsAppSystemText.isPhone(old), WhatsAppSystemText.isPhone(new), old != new else {
        continue
      }
      let isName = name != "You" && !WhatsAppSystemText.isPhone(name)
      return .link(old: old, new: new, saved: isName ? name : nil)
    }
    return nil
  }

  /// The text up to a full stop that a space follows, without a last full stop: WhatsApp goes on with what to
  /// tap.
  private static func firstSentence(_ text: String) -> String {
    var sentence = text
    if let stop = text.firstRange(ofBytes: ". ") { sentence = String(text[..<stop.lowerBound]) }
    if sentence.hasSuffix(".") { sentence.removeLast() }
    return sentence
  }

  /// Whether a text is an account as WhatsApp names one at the head of a line: a number, a saved name, or a
  /// tilde and the name that a stranger gave themselves. Further words, as of a line on somebody who added a
  /// stranger, show by a second tilde, by a number among them or by one of the verbs of such lines.
  private static func isSide(_ text: String) -> Bool {
    if WhatsAppSystemText.isPhone(text) { return true }
    let name = DirectionMarks.stripped(text)
    if name.isEmpty || name.utf8.count > 120 || name != text { return false }
    if name.utf8.contains(UInt8(ascii: "+")) { return false }
    if name.unicodeScalars.dropFirst().contains(where: { $0 == "~" || $0 == "\u{223C}" }) { return false }
    return !WhatsAppSystemText.quoted.contains { (name + " ").holdsBytes($0) }
      && !WhatsAppMarkedText.actions.contains { (name + " ").holdsBytes($0) }
  }

  private static func isQuote(_ scalar: Unicode.Scalar) -> Bool { "\"“”„«»".unicodeScalars.contains(scalar) }
}
