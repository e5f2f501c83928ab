import AccountModel

/// Handles that are alike to the eye alone: `pauIsmith` and `paulsmith`, `tornlee` and `tomlee`, a Cyrillic letter among
/// Latin ones.
///
/// Who writes the own name differently changes marks between its words, digits at its end, repeats a letter or writes
/// digits for letters; nobody needs letters that only look like the right ones, but whoever wants to be taken for somebody
/// else.
struct Disguise {
  /// By account, what is left of its handles without what people change in their own.
  private let stems: [UInt32: Set<String>]

  /// Rules by which a handle comes to the name in it: in small letters, without the server or number that its service writes
  /// beside it. By none of them letters are one that only look alike.
  static let rulesOfNames: Set<String> = [
    "", "nfkc-casefold", "legacy-name", WeightTable.localPartRule,
  ]

  init(_ input: LinkageInput) {
    var stems: [UInt32: Set<String>] = [:]
    var stemsOfKey: [KeyNode: [String]] = [:]
    for sighting in input.sightings where Self.rulesOfNames.contains(sighting.rule) {
      let key = input.keys[Int(sighting.key.raw)]
      guard key.kind == .handle else { continue }
      let found = stemsOfKey[sighting.key] ?? Self.stems(key.text)
      stemsOfKey[sighting.key] = found
      stems[sighting.account.raw, default: []].formUnion(found)
    }
    self.stems = stems
  }

  /// Whether no handle of one account comes to one of the other but by letters that look alike.
  func isBetween(_ left: AccountNode, _ right: AccountNode) -> Bool {
    guard let one = stems[left.raw], let other = stems[right.raw] else { return false }
    return one.isDisjoint(with: other)
  }

  /// Letters that digits stand for; `1` stands for two.
  private static let letters: [Character: Character] = [
    "0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "@": "a", "$": "s",
  ]

  /// A handle with digits read as letters and with those at its end left out, without what is neither, each letter once
  /// where it is repeated: by both readings of `1`. A single digit at the end is a letter as well (`an0nym0u5`).
  private static func stems(_ handle: String) -> [String] {
    var name = Substring(handle)
    while let last = name.last, last.isASCII, last.isNumber { name.removeLast() }
    let names = handle.count - name.count == 1 ? [name, handle[...]] : [name]
    return names.flatMap { name in ["i", "l"].map { read(name, one: $0) } }
  }

  private static func read(_ name: Substring, one: Character) -> String {
    var stem = ""
    for character in name {
      let isOne = character == "1" || character == "!" || character == "|"
      let read = isOne ? one : letters[character] ?? character
      if read.isLetter || read.isNumber, stem.last != read { stem.append(read) }
    }
    return stem
  }
}
