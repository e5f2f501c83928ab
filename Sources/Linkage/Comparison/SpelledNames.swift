import AccountModel
import Identifiers

/// How the names that accounts show are written as handles.
///
/// Handles are held against them as keys have them, with letters that look alike as one: `winterburn` comes to `wintembum`.
struct SpelledNames {
  /// By account, the letters of its names.
  private let spellings: [UInt32: Set<String>]

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
    self.spellings = spellings
  }

  /// The letters of a name, and of its first and last word in either order, of which one may be an initial: `chloew`,
  /// `cwinterburn`.
  private static func spellings(of name: String) -> Set<String> {
    var forms = [name]
    let words = name.split { $0.isWhitespace || $0 == "," || $0 == "." }.enumerated().filter { place, word in
      NameAffix(String(word), isFirst: place == 0) == nil
    }.map(\.element)
    if let first = words.first, let last = words.last, words.count > 1 {
      for (one, other) in [(first, last), (last, first)] {
        forms += ["\(one)\(other)", "\(one.prefix(1))\(other)", "\(one)\(other.prefix(1))"]
      }
    }
    return Set(forms.map(letters))
  }

  /// Whether a handle consists of the very letters of a name that one of two accounts shows, or of one with an initial.
  func has(_ handle: String, _ left: AccountNode, _ right: AccountNode) -> Bool {
    let letters = Self.letters(handle)
    return [left, right].contains { spellings[$0.raw]?.contains(letters) == true }
  }

  private static func letters(_ text: String) -> String { KeyComparison.letters(LookAlike.skeleton(text)) }
}
