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
      let found = spellingsOfKey[sighting.key] ?? [Self.letters(key.text)]
      spellingsOfKey[sighting.key] = found
      spellings[sighting.account.raw, default: []].formUnion(found)
    }
    self.spellings = spellings
  }

  /// Whether a handle consists of the very letters of a name that one of two accounts shows.
  func has(_ handle: String, _ left: AccountNode, _ right: AccountNode) -> Bool {
    let letters = Self.letters(handle)
    return [left, right].contains { spellings[$0.raw]?.contains(letters) == true }
  }

  private static func letters(_ text: String) -> String { KeyComparison.letters(LookAlike.skeleton(text)) }
}
