import AccountModel

/// Postal addresses, or parts of them.
///
/// Canonical form: folded like a name, punctuation as white space. Loose key `postcode`: a UK postcode in the
/// text, without its space. Geocoding and abbreviations are not attempted.
enum PostalAddress {
  /// Normalises an address.
  static func normalise(_ raw: String) -> NormalisedIdentifier {
    let (text, hidden) = raw.cleaned
    let folded = Name.folded(text)
    if placeholders.contains(folded) { return .nothing(.postalAddress, "placeholder") }
    let canonical = Name.folded(
      String(
        String.UnicodeScalarView(
          folded.unicodeScalars.map { ",.;:\"()".unicodeScalars.contains($0) ? " " : $0 })))
    if placeholders.contains(canonical) { return .nothing(.postalAddress, "placeholder") }
    var keys = KeyCollector(canonical: canonical)
    if let postcode = postcode(in: canonical) { keys.add("postcode", postcode) }
    return NormalisedIdentifier(
      kind: .postalAddress, canonical: canonical, looseKeys: keys.keys,
      flags: hidden ? ["hidden-characters"] : [])
  }

  /// The last UK postcode in a folded text, without its space (`sw1a1aa`).
  static func postcode(in folded: String) -> String? {
    let words = folded.split(separator: " ").suffix(64).map { Array($0.utf8) }
    for position in words.indices.reversed() {
      if isInward(words[position][...]), position > 0, isOutward(words[position - 1][...]) {
        return String(bytes: words[position - 1] + words[position])
      }
      let word = words[position]
      if (5...7).contains(word.count), isInward(word.suffix(3)), isOutward(word.dropLast(3)) {
        return String(bytes: word)
      }
    }
    return nil
  }

  /// `1aa`.
  private static func isInward(_ word: ArraySlice<UInt8>) -> Bool {
    word.count == 3 && word.prefix(1).allSatisfy(\.isDigit) && word.suffix(2).allSatisfy(\.isLower)
  }

  /// `a9`, `a99`, `a9a`, `aa9`, `aa99`, `aa9a`.
  private static func isOutward(_ word: ArraySlice<UInt8>) -> Bool {
    let area = word.prefix { $0.isLower }
    let district = word.dropFirst(area.count)
    guard (1...2).contains(area.count), (1...2).contains(district.count) else { return false }
    return district.prefix(1).allSatisfy(\.isDigit)
      && district.dropFirst().allSatisfy { $0.isDigit || $0.isLower }
  }
}
