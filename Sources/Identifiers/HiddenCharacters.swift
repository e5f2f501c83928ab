/// Characters that show nothing: bidi controls, zero-width characters, variation selectors, tags, fillers.
///
/// They are removed before anything is compared, since two names that look the same must meet; that they were
/// there is kept as a flag, since they are put in names to deceive. Joiners inside an emoji and the tags of a
/// flag (England, Scotland, Wales) change what is seen and stay.
enum HiddenCharacters {
  /// Whether a character shows nothing by itself.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x08, 0x0E...0x1F, 0x7F...0x84, 0x86...0x9F,  // control characters that are not white space
      0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E,
      0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1D173...0x1D17A,
      0xE0000...0xE0FFF:
      true
    default: false
    }
  }

  /// The text without hidden characters, and whether any was there that has no honest use where it stood.
  ///
  /// An emoji's variation selector and the joiners of Persian and Indic words are removed without being
  /// reported.
  static func strip(_ text: String) -> (text: String, found: Bool) {
    if text.utf8.allSatisfy({ $0 < 0x7F && ($0 >= 0x20 || $0.isBlank) }) { return (text, false) }
    guard text.unicodeScalars.contains(where: isHidden) else { return (text, false) }
    let scalars = Array(text.unicodeScalars)
    var kept = String.UnicodeScalarView()
    var found = false
    var inFlag = false
    for (position, scalar) in scalars.enumerated() {
      if inFlag, (0xE0020...0xE007F).contains(scalar.value) {
        kept.append(scalar)
        inFlag = scalar.value != 0xE007F
        continue
      }
      inFlag = scalar.value == 0x1F3F4 && flagIsComplete(scalars[(position + 1)...])
      guard isHidden(scalar) else {
        kept.append(scalar)
        continue
      }
      let before = kept.last
      let after = position + 1 < scalars.count ? scalars[position + 1] : nil
      switch scalar.value {
      case 0x200D where isEmoji(before) && isEmoji(after): kept.append(scalar)
      case 0x200C, 0x200D: if !(isForeignLetter(before) && isForeignLetter(after)) { found = true }
      case 0xFE0E, 0xFE0F: if !isEmojiBase(before) { found = true }
      default: found = true
      }
    }
    return (String(kept), found)
  }

  private static func flagIsComplete(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    var length = 0
    for scalar in rest.prefix(8) {
      if scalar.value == 0xE007F { return length > 0 }
      guard (0xE0020...0xE007E).contains(scalar.value) else { return false }
      length += 1
    }
    return false
  }

  private static func isEmoji(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar, scalar.value > 0xFF else { return false }
    return scalar.properties.isEmoji || scalar.properties.isEmojiModifier
  }

  /// What may carry a variation selector: emoji, and digits, `#` and `*` in key caps.
  private static func isEmojiBase(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isEmoji ?? false }

  /// A letter or mark outside ASCII, beside which a joiner may be orthography.
  private static func isForeignLetter(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar, scalar.value >= 0x600 else { return false }
    return scalar.properties.isAlphabetic || scalar.properties.canonicalCombiningClass != .notReordered
  }
}

extension String {
  /// Trimmed, hidden characters removed; whether there were any.
  var cleaned: (text: String, hidden: Bool) {
    let (text, found) = HiddenCharacters.strip(self)
    return (text.trimmed, found)
  }
}
