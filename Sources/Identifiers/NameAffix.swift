/// A word that stands with a person's name and is no part of it.
public enum NameAffix: Hashable, Sendable {
  /// A form of address, a title or a degree.
  case title
  /// A title that is a family name or a given name as well (Lord, Lady): the word does not tell which.
  case peerage
  /// Which of a line of namesakes: 1 for the elder or first, 2 and up for later ones.
  case generation(Int)

  /// Tells what a word of a name is; nil for a word of the name itself.
  ///
  /// - Parameters:
  ///   - word: in small letters, without a full stop.
  ///   - isFirst: whether the name begins with it: what does is no generation ("Sr. Pérez").
  public init?(_ word: String, isFirst: Bool = false) {
    guard let affix = Self.words[word] else { return nil }
    if case .generation = affix, isFirst { return nil }
    self = affix
  }

  private static let words: [String: NameAffix] = {
    let titles = [
      "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev", "phd", "md", "esq",
      "msc", "bsc", "mba", "bt", "frau", "herr", "mme", "mlle", "dipl", "ing",
    ]
    let generations = [
      ["sr", "snr", "senior", "1st"], ["jr", "jnr", "junior", "ii", "2nd"], ["iii", "3rd"], ["iv", "4th"],
    ]
    var words: [String: NameAffix] = ["lord": .peerage, "lady": .peerage]
    for title in titles { words[title] = .title }
    for (number, names) in generations.enumerated() {
      for name in names { words[name] = .generation(number + 1) }
    }
    return words
  }()
}
