import AccountModel
import Identifiers

/// The people's names on record of each account, to tell whether two can be of one person; of accounts without one, for whose
/// family they may be, what they show in its place (many services ask for no other name).
struct GivenNames {
  /// The words of a name, in their order and to be looked up.
  private struct Name {
    let words: [String]
    let set: Set<String>
    /// What the last word consists of between its hyphens, but for particles.
    let lastParts: Set<String>
    /// Whether it has a woman's title or a man's; nil where it has neither or both.
    let isWoman: Bool?

    /// - Parameters:
    ///   - name: as it stands.
    ///   - words: with their hyphens.
    init(_ name: String, _ words: [String]) {
      let titles = Set(name.lowercased().split { !$0.isLetter }.map(String.init))
      let isWomans = !titles.isDisjoint(with: GivenNames.titlesOfWomen)
      isWoman = isWomans == !titles.isDisjoint(with: GivenNames.titlesOfMen) ? nil : isWomans
      self.words = words.map { $0.filter(\.isLetter) }
      set = Set(self.words)
      lastParts = Set((words.last ?? "").split { !$0.isLetter }.map(String.init)).filter {
        $0.count > 1 && !NameParticles.all.contains($0)
      }
    }
  }

  private static let titlesOfWomen: Set<String> = ["mrs", "ms", "miss", "dame", "frau", "mme", "mlle"]
  private static let titlesOfMen: Set<String> = ["mr", "sir", "herr"]

  /// By account.
  private let names: [UInt32: [Name]]
  /// By account that has none of these, the names that it shows and that read as a person's.
  private let shown: [UInt32: [Name]]

  private static let mostCompared = 10_000

  init(_ input: LinkageInput) {
    var names: [UInt32: [Name]] = [:]
    var shown: [UInt32: [Name]] = [:]
    var nameOfKey: [KeyNode: Name] = [:]
    for sighting in input.sightings where sighting.rule.isEmpty {
      let key = input.keys[Int(sighting.key.raw)]
      // A name of one word, as most of those that are shown are, tells no family.
      guard key.kind == .personName || key.kind == .displayName && key.text.contains(where: \.isWhitespace)
      else { continue }
      // An accent makes no other word: beside each other, `garcía` and `garcia` would pass for a name and a short form of it.
      let name = nameOfKey[sighting.key] ?? Name(key.text, NameWords.of(UnicodeText.unaccented(key.text)))
      nameOfKey[sighting.key] = name
      if key.kind == .personName {
        if !name.words.isEmpty { names[sighting.account.raw, default: []].append(name) }
      } else if Self.isPersons(name), !Self.isOfSeveral(key.text) {
        shown[sighting.account.raw, default: []].append(name)
      }
    }
    self.names = names
    self.shown = shown.filter { names[$0.key] == nil }
  }

  /// Whether a name that an account shows reads as a given name that is known and a family name.
  private static func isPersons(_ name: Name) -> Bool {
    guard (2...4).contains(name.words.count), let first = name.words.first, let last = name.words.last else {
      return false
    }
    return isKnownGiven(first) && mayBeFamilyName(last)
  }

  /// Whether a name that is shown is of several, of whom the one that shares something may be any: `Tom & Emma Clarke`, `Sam & Co`.
  private static func isOfSeveral(_ name: String) -> Bool {
    name.contains { "&+/".contains($0) } || name.lowercased().split(separator: " ").contains("and")
  }

  /// Whether a name that is shown may end with a family name: `Zoe Official`, `Chris London` and `Emma xx` do not.
  private static func mayBeFamilyName(_ word: String) -> Bool {
    CommonNames.isFamily(word) || Set(word).count > 1 && !PopularWords.list.contains(word)
  }

  /// The names by which a family is told, and whether they are on record.
  private func names(of account: AccountNode) -> (names: [Name], areOnRecord: Bool)? {
    names[account.raw].map { ($0, true) } ?? shown[account.raw].map { ($0, false) }
  }

  /// Whether both accounts have people's names on record and no name of one can be of who bears one of the other.
  func differ(_ left: AccountNode, _ right: AccountNode) -> Bool {
    guard let one = names[left.raw], let other = names[right.raw] else { return false }
    return Self.differ(one, other)
  }

  private static func differ(_ one: [Name], _ other: [Name]) -> Bool {
    // Whoever has a hundred names is not told by them.
    one.count * other.count <= mostCompared
      && !one.contains { name in other.contains { canBeOne(name, $0) } }
  }

  /// What tells that two accounts are of two people, in words: `given names on record`.
  func difference(_ left: AccountNode, _ right: AccountNode) -> String {
    let (one, other) = (names(of: left), names(of: right))
    let isTitle = (one?.names ?? []).contains { name in
      (other?.names ?? []).contains { Self.haveTitlesOfTwo(name, $0) }
    }
    let areShown = one?.areOnRecord == false || other?.areOnRecord == false
    return "\(isTitle ? "titles" : "given names") \(areShown ? "that they show" : "on record")"
  }

  /// Whether one has a man's title and one a woman's (Mr Smith, Mrs Smith), and no given name tells that they are one's.
  private static func haveTitlesOfTwo(_ one: Name, _ other: Name) -> Bool {
    guard let isWoman = one.isWoman, let isOtherWoman = other.isWoman, isWoman != isOtherWoman else {
      return false
    }
    return !one.words.dropLast().contains { $0.count > 1 && other.words.dropLast().contains($0) }
  }

  /// Whether no name of one can be of who bears one of the other, and a family name is the same: those of one family, by the
  /// names that they show where none is on record. Short forms and spellings of one given name (Kate, Katherine; Bob, Robert;
  /// Mohammed, Muhammad) are not told from names of two people and count as one.
  func areOfOneFamily(_ left: AccountNode, _ right: AccountNode) -> Bool {
    guard let (one, isOnRecord) = names(of: left), let (other, isOtherOnRecord) = names(of: right),
      Self.differ(one, other)
    else { return false }
    let areShown = !isOnRecord || !isOtherOnRecord
    return one.contains { name in other.contains { Self.areOfOneFamily(name, $0) } }
      && !one.contains { name in
        other.contains { Self.mayBeShortened(name, $0) || areShown && Self.beginAlike(name, $0) }
      }
  }

  /// Whether two names begin with the same two letters. What people show they shorten in ways that no list has (Mo, Mohammed;
  /// Jonny, John).
  private static func beginAlike(_ one: Name, _ other: Name) -> Bool {
    one.words.first?.prefix(2) == other.words.first?.prefix(2)
  }

  /// Whether both have names on record and none of one has anything to do with one of the other.
  func areUnlike(_ left: AccountNode, _ right: AccountNode) -> Bool {
    guard differ(left, right), let one = names[left.raw], let other = names[right.raw] else { return false }
    return !one.contains { name in
      other.contains {
        !name.set.isDisjoint(with: $0.set) || Self.haveFormsOfOneFamilyName(name, $0)
          || Self.mayBeShortened(name, $0)
      }
    }
  }

  private static func areOfOneFamily(_ one: Name, _ other: Name) -> Bool {
    if haveFormsOfOneFamilyName(one, other) { return true }
    return one.words.contains {
      $0.count > 1 && other.set.contains($0)
        && (!NameParticles.all.contains($0) || isFamilyName($0, of: one) && isFamilyName($0, of: other))
    }
  }

  /// Whether a particle is the family name in a name: it is the last word, or Le, Du or Do as the first one, as Vietnamese
  /// and Chinese names have it (Le Minh).
  private static func isFamilyName(_ particle: String, of name: Name) -> Bool {
    name.words.last == particle || name.words.first == particle && ["le", "du", "do"].contains(particle)
  }

  /// Whether two names with no word in common end in forms of one family name: a man's and a woman's (Kowalski, Kowalska;
  /// Novák, Nováková), two spellings (Hussain, Hussein, but not Martin and Morton), or one that is part of the other (Jones,
  /// Smith-Jones; Hassan, Al-Hassan).
  private static func haveFormsOfOneFamilyName(_ one: Name, _ other: Name) -> Bool {
    guard one.words.count > 1, other.words.count > 1, one.set.isDisjoint(with: other.set),
      let last = one.words.last, let otherLast = other.words.last
    else { return false }
    return last.prefix(shortForm) == otherLast.prefix(shortForm) && areOneSpelledTwice(last, otherLast)
      || !one.lastParts.isDisjoint(with: other.lastParts)
      || isOfHusband(last, wife: otherLast) || isOfHusband(otherLast, wife: last)
  }

  private static func isOfHusband(_ name: String, wife: String) -> Bool {
    let stem = wife.dropLast(3)
    return wife.hasSuffix("ova") && stem.count >= shortForm && (name == stem || name.dropLast() == stem)
  }

  /// Letters of a short form of a name.
  private static let shortForm = 3

  private static func mayBeShortened(_ one: Name, _ other: Name) -> Bool {
    var rest = one.words.filter { !other.set.contains($0) }
    var otherRest = other.words.filter { !one.set.contains($0) }
    if haveFormsOfOneFamilyName(one, other) {
      rest.removeLast()
      otherRest.removeLast()
    }
    return rest.contains { word in otherRest.contains { mayBeOne(word, $0) } }
  }

  private static func mayBeOne(_ word: String, _ other: String) -> Bool {
    if areForms(word, other) { return true }
    // Names that are known by other short forms each: Michael is no spelling of Michelle.
    if groups(word) != 0, groups(other) != 0 { return false }
    if areOneSpelledTwice(word, other) { return true }
    if groups(word) == 0, groups(other) == 0, goOnDifferently(word, other) { return false }
    // Nor is Ian short for Brian.
    return !(isGiven(word) && isGiven(other)) && min(word.count, other.count) >= shortForm
      && (word.contains(other.prefix(shortForm)) || other.contains(word.prefix(shortForm)))
  }

  /// Forms that came of another name long ago and are given as names of their own, also beside that one: sisters are Anna and
  /// Hannah, Amelia and Mia. Nobody bears one of them and another form of the name.
  private static let ownNames: Set<String> = [
    "daisy", "ella", "elsie", "greta", "hannah", "ian", "lena", "lisa", "mae", "megan", "mia", "molly",
    "nancy", "nora", "polly", "rita",
  ]

  /// Whether two given names are forms of one (Kate, Katherine; Bob, Robert). Meg is one of Megan all the same.
  private static func areForms(_ word: String, _ other: String) -> Bool {
    Nicknames.share(groups(word), groups(other))
      && (!ownNames.contains(word) && !ownNames.contains(other)
        || word.hasPrefix(other) || other.hasPrefix(word))
  }

  /// Also of names that are family names of others.
  private static func isKnownGiven(_ word: String) -> Bool { isGiven(word) || CommonNames.isFurther(word) }

  private static func isGiven(_ word: String) -> Bool { groups(word) != 0 || CommonNames.isGiven(word) }

  /// Whether two words begin alike and go on for three letters or more each, as names of two parts do that sisters and brothers
  /// have (Gurpreet, Gurjit; Xiaoming, Xiaohong; Abdulrahman, Abdulkarim). Of what ends alike for four letters or more one may
  /// be another spelling (Aleksander, Alexander).
  private static func goOnDifferently(_ word: String, _ other: String) -> Bool {
    let alike = zip(word, other).prefix { $0 == $1 }.count
    return alike >= shortForm && min(word.count, other.count) >= alike + shortForm
      && word.suffix(shortForm + 1) != other.suffix(shortForm + 1)
  }

  /// Whether two words differ in vowels and double letters alone, as Mohammed and Muhammad, Zainab and Zaynab do.
  private static func areOneSpelledTwice(_ word: String, _ other: String) -> Bool {
    let consonants = Self.consonants(word)
    return consonants.count >= shortForm && consonants == Self.consonants(other)
  }

  /// Latin and Cyrillic ones, without accents, and signs that are no sound of their own.
  private static let vowels: Set<Character> = Set("aeiou" + "аеиоуыэюяієьъ")

  private static func consonants(_ word: String) -> String {
    word.enumerated().reduce(into: "") { kept, letter in
      // A `y` is a consonant at the beginning.
      let isVowel = vowels.contains(letter.element) || letter.element == "y" && letter.offset > 0
      if !isVowel, kept.last != letter.element { kept.append(letter.element) }
    }
  }

  private static func groups(_ word: String) -> UInt64 {
    Nicknames.groups(of: word, length: word.utf8.count)
  }

  /// Whether both begin with one given name that may be a family name elsewhere, and end differently, as those of one person
  /// who married do (Siobhan Kelly, Siobhan Murphy). Mohammed stands before the names of many brothers.
  private static func haveOneFurtherName(_ one: Name, _ other: Name) -> Bool {
    guard let first = one.words.first, first == other.words.first, one.words.last != other.words.last else {
      return false
    }
    return isKnownGiven(first) && !CommonNames.isFamily(first) && !areOneSpelledTwice(first, "mohammed")
  }

  /// Whether what two names do not have in common can be of one person: one of them has nothing more, an initial or a short
  /// form stands for a word of the other, or what they have in common is a given name. Where the given name stands, the
  /// order does not tell: a return may have the family name first. But of Anna Thomas and Beth Thomas it tells, as Thomas is
  /// last in both and the others are given names.
  private static func canBeOne(_ one: Name, _ other: Name) -> Bool {
    if haveTitlesOfTwo(one, other) { return false }
    let rest = one.words.filter { !other.set.contains($0) }
    let otherRest = other.words.filter { !one.set.contains($0) }
    if rest.isEmpty || otherRest.isEmpty { return true }
    if one.words.last == other.words.last, (rest + otherRest).allSatisfy(isKnownGiven),
      !mayBeShortened(one, other)
    {
      return false
    }
    if one.words.contains(where: { other.set.contains($0) && CommonNames.isGiven($0) }) { return true }
    if haveOneFurtherName(one, other) { return true }
    // Twins are not Kate and Katherine; that both are of the list says nothing without a name in common.
    let haveMore = rest.count < one.words.count
    return rest.contains { word in
      otherRest.contains {
        $0.count == 1 && word.hasPrefix($0) || word.count == 1 && $0.hasPrefix(word)
          || haveMore && areForms(word, $0)
      }
    }
  }
}
