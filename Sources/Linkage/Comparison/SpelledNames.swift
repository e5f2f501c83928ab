import AccountModel
import Identifiers

/// How the names that accounts show are written as handles.
///
/// Names are read as they are and as keys have them, with letters that look alike as one: `winterburn` comes to `wintembum`.
struct SpelledNames {
  /// By account, the letters of its names.
  private let spellings: [UInt32: Set<String>]
  /// Sightings of handles and addresses that spell a name of their account but for digits. So does whatever they come to,
  /// also where digits are letters in it: `chloewinterburn01` comes to `chloewintembumol`.
  private let spelled: Set<Int64>

  init(_ input: LinkageInput) {
    var spellings: [UInt32: Set<String>] = [:]
    var spellingsOfKey: [KeyNode: Set<String>] = [:]
    // A handle spells `Siân` without its accent.
    for sighting in input.sightings where sighting.rule.isEmpty || sighting.rule == "unaccented" {
      let key = input.keys[Int(sighting.key.raw)]
      guard key.kind == .displayName || key.kind == .personName else { continue }
      // Many services show an account by its handle until it is given a name: that is no name which the handle spells.
      if key.kind == .displayName, Handle.shownAsName(key.text) != nil { continue }
      let found = spellingsOfKey[sighting.key] ?? Self.spellings(of: key.text)
      spellingsOfKey[sighting.key] = found
      spellings[sighting.account.raw, default: []].formUnion(found)
    }
    var spelled: Set<Int64> = []
    var lettersOfKey: [KeyNode: String] = [:]
    for sighting in input.sightings where sighting.rule.isEmpty || sighting.rule == WeightTable.localPartRule
    {
      let key = input.keys[Int(sighting.key.raw)]
      guard key.kind == .handle || key.kind == .email, let names = spellings[sighting.account.raw] else {
        continue
      }
      let letters = lettersOfKey[sighting.key] ?? NameLetters.of(key.text)
      lettersOfKey[sighting.key] = letters
      if names.contains(letters) { spelled.insert(sighting.reference) }
    }
    self.spellings = spellings
    self.spelled = spelled
  }

  /// Words of a name that are combined each with each.
  private static let mostCombined = 5

  /// The letters of a name, also with its first word last or its last one first, and of any two of its words in either order,
  /// of which one may be an initial: `chloew`, `cwinterburn`; `luciafernandez` of Lucía Fernández Ortega, `vanannguyen` of
  /// Nguyen Van An.
  private static func spellings(of name: String) -> Set<String> {
    var forms = [name]
    let words = NameWords.of(name)
    forms.append((words.dropFirst() + words.prefix(1)).joined())
    forms.append((words.suffix(1) + words.dropLast()).joined())
    for (place, first) in words.prefix(mostCombined).enumerated() {
      for last in words.prefix(mostCombined).dropFirst(place + 1) {
        for (one, other) in [(first, last), (last, first)] {
          forms += ["\(one)\(other)", "\(one.prefix(1))\(other)", "\(one)\(other.prefix(1))"]
        }
      }
    }
    let asKeys = forms.map { LookAlike.skeleton(LookAlike.withoutSeparators($0)) }
    return Set((forms + asKeys).map(NameLetters.of))
  }

  /// Whether a handle, or one of those that come to it by these sightings, consists of the very letters of a name that one of
  /// two accounts shows, or of one with an initial.
  func has(
    _ handle: String, _ left: AccountNode, _ right: AccountNode, seen: [LinkageInput.Sighting]
  ) -> Bool {
    if seen.contains(where: { spelled.contains($0.reference) }) { return true }
    let names = [left, right].compactMap { spellings[$0.raw] }
    if names.isEmpty { return false }
    let letters = NameLetters.of(handle)
    return names.contains { $0.contains(letters) }
  }
}
