/// How likely it is that two unrelated people show the same handle or name.
///
/// A handle made of a common name is worth little, `gr1mr33fer` much. Without a corpus of handles the chance
/// is estimated from the text itself: 2.5 bits a letter, 2.3 a digit (digits in handles cluster on years and
/// `123`), 0.7 for another character. Perito, Castelluccia, Kaafar and Manils (How Unique and Traceable are
/// Usernames?, PETS 2011) measured more with a Markov model over ten million usernames: 24 bits for `ladygaga`,
/// about 40 for eight random letters, 17 for `12345678`; the lower figures keep on the safe side. Names from
/// the common lists count with the frequency of such a name instead of their letters.
public enum NameRarity {
  /// log10 of the inverse chance, at least 0.
  public static func log10Rarity(_ text: String) -> Double {
    var rest = Array(text.lowercased().unicodeScalars)
    var rarity = 0.0
    var position = 0
    var names = 0
    while position < rest.count {
      if let length = CommonNames.longestMatch(in: rest, at: position) {
        // A very common given name is borne by about 1 in 100, a common surname by about 1 in 200.
        rarity += names == 0 ? 1.5 : 1.2
        names += 1
        position += length
        continue
      }
      let scalar = rest[position]
      if scalar.properties.isAlphabetic {
        rarity += 0.75
      } else if ("0"..."9").contains(Character(scalar)) {
        rarity += 0.7
      } else {
        rarity += 0.2
      }
      position += 1
    }
    rest.removeAll()
    return rarity
  }
}
