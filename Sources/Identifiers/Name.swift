public import AccountModel

/// Names that accounts show, and names of persons.
///
/// Canonical form: NFKC with case folding, white space written once, hidden characters removed. Loose keys,
/// strongest first: `unaccented`, `skeleton`, `sorted-tokens`, `initial-surname`. Flags: `hidden-characters`,
/// `push-name` (WhatsApp's `~` before a name that the sender chose), `mixed-script`. Canonical is empty
/// with `deleted-user` or `placeholder`.
///
/// The name under which a contact was saved is another person's word: never a link by itself.
public enum Name {
  /// - Parameter kind: `displayName` or `personName`.
  public static func normalise(_ raw: String, kind: IdentifierKind) -> NormalisedIdentifier {
    var (text, hidden) = raw.cleaned
    var flags = hidden ? ["hidden-characters"] : []
    if let name = withoutPushMark(text) {
      text = name
      flags.append("push-name")
    }
    let canonical = folded(text)
    if DeletedUser.matches(canonical) {
      return NormalisedIdentifier(kind: kind, canonical: "", flags: flags + ["deleted-user"])
    }
    if placeholders.contains(canonical) {
      return NormalisedIdentifier(kind: kind, canonical: "", flags: flags + ["placeholder"])
    }
    if UnicodeText.hasMixedScript(canonical) { flags.append("mixed-script") }
    return NormalisedIdentifier(
      kind: kind, canonical: canonical, looseKeys: keys(of: canonical), flags: flags)
  }

  /// Folds a name: NFKC and case, white space written once. Joiners within emoji and the tags of flags stay.
  public static func folded(_ text: String) -> String {
    if text.isASCII { return singleSpaced(text.lowercased()) }
    // NFKC_Casefold would drop the joiners that `HiddenCharacters` kept, so it is applied between them.
    // They stand between emoji, which compose with nothing.
    var result = ""
    var piece = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if HiddenCharacters.isHidden(scalar) {
        result += UnicodeText.compatibilityFolded(String(piece))
        result.unicodeScalars.append(scalar)
        piece.removeAll()
      } else {
        piece.append(scalar)
      }
    }
    return singleSpaced(result + UnicodeText.compatibilityFolded(String(piece)))
  }

  /// `~ name` and `~name` with any space between; nil without the mark or without a name.
  private static func withoutPushMark(_ text: String) -> String? {
    guard let first = text.unicodeScalars.first, first == "~" || first == "\u{223C}" || first == "\u{FF5E}"
    else {
      return nil
    }
    var rest = Substring(text).unicodeScalars.dropFirst()
    guard let next = rest.first, next.properties.isWhitespace || next.properties.isAlphabetic else {
      return nil
    }
    while let next = rest.first, next.properties.isWhitespace { rest = rest.dropFirst() }
    // A mark that stays would be taken for another the next time.
    guard let start = rest.first, !["~", "\u{223C}", "\u{FF5E}"].contains(start) else { return nil }
    return String(rest)
  }

  /// White space written once, none at the ends.
  static func singleSpaced(_ text: String) -> String {
    var copy = text
    if copy.withUTF8({ isSingleSpaced($0) }) { return text }
    var result = String.UnicodeScalarView()
    var wantsSpace = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        wantsSpace = !result.isEmpty
        continue
      }
      if wantsSpace { result.append(" ") }
      wantsSpace = false
      result.append(scalar)
    }
    return String(result)
  }

  /// Whether an ASCII text has no white space but single spaces between other characters.
  private static func isSingleSpaced(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var previous = ascii(" ")
    for byte in text {
      guard byte < 0x80, byte == ascii(" ") ? previous != byte : !byte.isBlank else { return false }
      previous = byte
    }
    return previous != ascii(" ")
  }

  /// Names longer than this are no names; they keep a canonical form and get no keys.
  private static let longest = 256

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case ascii(" "), ascii(","), ascii("."), ascii(";"), ascii("("), ascii(")"), ascii("["), ascii("]"),
      ascii("\""):
      true
    default: false
    }
  }

  private static func keys(of canonical: String) -> [LooseKey] {
    guard canonical.utf8.count <= longest else { return [] }
    var keys = KeyCollector(canonical: canonical)
    let plain = UnicodeText.unaccented(canonical)
    keys.add("unaccented", plain)
    keys.add("skeleton", LookAlike.skeleton(canonical))
    // A title or an initial's full stop says nothing of who it is.
    let tokens = plain.utf8.split(whereSeparator: isPunctuation).map { Substring($0) }
    if tokens.count >= 2 {
      keys.add("sorted-tokens", tokens.sorted().joined(separator: " "))
      let firstWord = canonical.utf8.prefix { $0 != ascii(" ") }
      let isSurnameFirst = firstWord.last == ascii(",")
      let given = isSurnameFirst ? tokens[1] : tokens[0]
      let surname = isSurnameFirst ? tokens[0] : tokens[tokens.count - 1]
      if let initial = given.first { keys.add("initial-surname", "\(initial) \(surname)") }
    }
    return keys.keys
  }
}
