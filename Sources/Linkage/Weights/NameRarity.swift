/// How likely it is that two unrelated people show the same handle or name.
///
/// A handle made of a common name is worth little, `gr1mr33fer` much. Without a corpus of handles the chance
/// is estimated from the text itself: 2.5 bits a letter, 2.3 a digit (digits in handles cluster on years and
/// `123`), 0.7 for another character. Perito, Castelluccia, Kaafar and Manils (How Unique and Traceable are
/// Usernames?, PETS 2011) measured more with a Markov model over ten million usernames: 24 bits for `ladygaga`,
/// about 40 for eight random letters, 17 for `12345678`; the lower figures keep on the safe side. A common name or
/// word at the beginning or end of a run of letters counts with the frequency of such a one instead of its letters.
public enum NameRarity {
  /// log10 of 2 to the 2.5: a letter that is part of no common name or word.
  private static let letter = 0.75
  private static let digit = 0.7
  private static let other = 0.2
  /// A very common name is borne by about 1 in 30 of those whose names are common at all.
  private static let commonName = 1.5
  /// A popular word is in about 1 in 100 of the handles that are made of words.
  private static let popularWord = 2.0
  /// Letters of a run that is two names at most.
  private static let longestRead = 64

  /// log10 of the inverse chance, at least 0.
  public static func log10Rarity(_ text: String) -> Double {
    var rarity = 0.0
    var run: [Unicode.Scalar] = []
    for scalar in text.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic {
        run.append(scalar)
        continue
      }
      rarity += ofLetters(run[...])
      run.removeAll(keepingCapacity: true)
      rarity += ("0"..."9").contains(scalar) ? digit : other
    }
    return rarity + ofLetters(run[...])
  }

  /// The least that the letters come to. Keys have `m` for `rn`, also where one name ends with the one and the next begins
  /// with the other: `peter.nelson` comes to `petemelson`.
  private static func ofLetters(_ run: ArraySlice<Unicode.Scalar>) -> Double {
    let places = run.count > longestRead ? [] : run.indices.filter { run[$0] == "m" }
    return places.reduce(byWords(run)) { least, place in
      min(least, byWords(run[..<place] + ["r", "n"] + run[(place + 1)...]))
    }
  }

  /// What the letters come to by what may be taken for a name or word at either end.
  private static func byWords(_ run: ArraySlice<Unicode.Scalar>) -> Double {
    var rest = run
    var rarity = 0.0
    for atStart in [true, false] {
      for (list, frequency) in [(CommonNames.list, commonName), (PopularWords.list, popularWord)] {
        guard let length = list.longest(of: rest, atStart: atStart) else { continue }
        rarity += min(frequency, letter * Double(length))
        rest = atStart ? rest.dropFirst(length) : rest.dropLast(length)
        break
      }
    }
    return rarity + letter * Double(rest.count)
  }
}
