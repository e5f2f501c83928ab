/// Short names of what a case holds: A3 (account), C1 (cluster), I2, D4, H1, E17.
///
/// A name has one form, so that a hold or an entry of the log that has it is found by it: digits without a sign and without
/// zeros before them. `H01` names nothing, and `a007` can only be what somebody calls themselves.
public enum RecordLabel {
  /// The number in a name, which people may write without its letter or with a small one; nil for anything else.
  public static func number<Number: FixedWidthInteger>(_ text: String, letter: Character) -> Number? {
    let hasLetter = text.first == letter || text.first.map(String.init) == letter.lowercased()
    return number(hasLetter ? text.dropFirst() : text[...])
  }

  /// A name as the case and its log have it, of one that was typed with its letter; nil for anything else.
  public static func canonical(_ text: String) -> String? {
    guard let letter = text.first?.uppercased(), letter.utf8.count == 1, ("A"..."Z").contains(letter),
      let number: Int64 = number(text.dropFirst())
    else { return nil }
    return "\(letter)\(number)"
  }

  private static func number<Number: FixedWidthInteger>(_ digits: Substring) -> Number? {
    guard digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }), digits == "0" || digits.first != "0" else {
      return nil
    }
    return Number(digits)
  }
}
