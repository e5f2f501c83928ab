/// Short names of what a case holds: A3 (account), C1 (cluster), I2, D4, H1, E17.
public enum RecordLabel {
  /// The number in a name, which people may write without its letter or with a small one; nil for anything else.
  public static func number<Number: FixedWidthInteger>(_ text: String, letter: Character) -> Number? {
    let hasLetter = text.first == letter || text.first.map(String.init) == letter.lowercased()
    return Number(hasLetter ? text.dropFirst() : text[...])
  }
}
