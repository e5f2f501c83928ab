import AccountModel
import Identifiers

/// The people's names on record of each account, to tell whether two can be of one person.
struct GivenNames {
  /// The words of each name, by account.
  private let names: [UInt32: [[String]]]

  private static let mostCompared = 10_000

  init(_ input: LinkageInput) {
    var names: [UInt32: [[String]]] = [:]
    for sighting in input.sightings where sighting.rule.isEmpty || sighting.rule == "unaccented" {
      let key = input.keys[Int(sighting.key.raw)]
      guard key.kind == .personName else { continue }
      let words = Self.words(key.text)
      if !words.isEmpty { names[sighting.account.raw, default: []].append(words) }
    }
    self.names = names
  }

  /// The words of a name, without titles and what tells an elder from a junior: two of one date of birth are not these.
  private static func words(_ name: String) -> [String] {
    let pieces = name.lowercased().split { $0.isWhitespace || $0 == "," || $0 == "." }
    return pieces.enumerated().compactMap { place, piece in
      let word = piece.filter(\.isLetter)
      let isAffix = [word, String(piece)].contains { NameAffix($0, isFirst: place == 0) != nil }
      return word.isEmpty || isAffix ? nil : word
    }
  }

  /// Whether both accounts have people's names on record and no name of one can be of who bears one of the other.
  func differ(_ left: AccountNode, _ right: AccountNode) -> Bool {
    // Whoever has a hundred names is not told by them.
    guard let one = names[left.raw], let other = names[right.raw],
      one.count * other.count <= Self.mostCompared
    else { return false }
    return !one.contains { name in other.contains { Self.canBeOne(name, $0) } }
  }

  /// Whether what two names do not have in common can be of one person: one of them has nothing more, an initial stands for
  /// a word of the other, or what they have in common is a given name. Where the given name stands, the order does not
  /// tell: a return may have the family name first.
  private static func canBeOne(_ one: [String], _ other: [String]) -> Bool {
    let common = Set(one).intersection(other)
    let (rest, otherRest) = (one.filter { !common.contains($0) }, other.filter { !common.contains($0) })
    if rest.isEmpty || otherRest.isEmpty { return true }
    if common.contains(where: CommonNames.isGiven) { return true }
    return rest.contains { word in
      otherRest.contains { $0.count == 1 && word.hasPrefix($0) || word.count == 1 && $0.hasPrefix(word) }
    }
  }
}
