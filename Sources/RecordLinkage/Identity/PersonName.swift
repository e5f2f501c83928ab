import Foundation
import Identifiers

/// The words of a name as one person writes it, in an order that no longer depends on the writer.
///
///     Lindström, Anna-Karin (home)     anna karin lindstrom
///     Dr. J. R. van der Berg Jr.       j r van der berg          generation: jr
///     KayElmRoe878                  kayelmroe878           a handle, not a person's full name
///
/// Letters of other scripts are written in Latin ones (ICU's transliteration), accents and strokes are dropped, what
/// stands in brackets is left out, titles too. A comma says that the family name comes first.
struct PersonName {
  /// More words than this are not looked at.
  static let wordLimit = 6
  /// Bytes of a name that are looked at.
  static let byteLimit = 160

  /// The words, given name first.
  private(set) var words: [[UInt8]] = []
  /// Which of a line of namesakes: 1 for the elder or first, 2 and up for later ones; 0 where nothing says so.
  private(set) var generation = 0
  /// Whether it looks like a handle (one word, digits, or an e-mail address), which a person may have beside a name.
  private(set) var isHandle = false
  /// The name as one word, where it looks like a handle.
  private(set) var handle: [UInt8] = []

  private var scratch: [UInt8] = []

  /// Left out where a name begins with it and goes on.
  static let article = "the"

  /// Words that stand for no person when they make up the whole name: what tools write, and what people write of those whom
  /// they do not know.
  private static let nobody = TextSet([
    "your name", "name", "no author", "not committed yet", "ubuntu", "debian", "apple", "macbook pro",
    "macbook air",
    "windows", "vagrant", "jenkins", "github", "gitlab", "git", "pi", "docker", "runner", "ci",
    "github actions",
    "travis", "travis ci", "build", "builder", "deploy", "web", "guest", "owner", "default", "username", "me",
    "no name", "noname", "anon", "author", "committer", "demo", "example", "student", "home", "pc", "work",
    "private",
    "no name given", "no name provided", "name not given", "name not known", "name unknown",
    "name withheld", "not given", "not known", "not stated", "not disclosed", "not recorded",
    "not provided", "withheld", "tbc", "tba", "to be confirmed", "nn", "n n", "anonymous caller",
    "anonymous person", "unknown caller", "unknown unknown", "unknown person", "unknown name",
    "unknown male", "unknown female", "unknown man", "unknown woman", "unknown boy", "unknown girl",
    "unknown suspect", "unknown offender", "unidentified", "unidentified male", "unidentified female",
    "unidentified man", "unidentified woman", "test test", "test user", "unbekannt", "nicht bekannt",
    "nicht angegeben", "unbekannte person", "anonym", "inconnu", "inconnue", "non communique",
    "non renseigne", "anonyme", "desconocido", "desconocida", "no consta", "anonimo", "sconosciuto",
    "sconosciuta", "ignoto", "desconhecido", "desconhecida", "onbekend", "anoniem", "nieznany", "nieznana",
    "neznamy", "okand", "ukjent", "ukendt", "neizvestno", "male", "female", "suspect", "offender",
    "victim", "caller",
  ])

  /// Whether the folded words of a name stand for no person.
  static func isNobody(_ words: UnsafeBufferPointer<UInt8>) -> Bool {
    nobody.contains(words) || Roles.isRole(words)
  }

  /// Reads a name as written, anew in the same buffers; leaves no words for what is no name. `isPart` says that the text
  /// comes from columns of given or family names, in which one word is a part of a name and no handle.
  mutating func read(_ text: UnsafeBufferPointer<UInt8>, isPart: Bool = false) {
    words.removeAll(keepingCapacity: true)
    handle.removeAll(keepingCapacity: true)
    generation = 0
    isHandle = false
    if TextFolding.isPlaceholder(text) || Roles.isMachine(text) { return }
    var plain = UnsafeBufferPointer(rebasing: text.prefix(Self.byteLimit))
    // An e-mail address in place of a name: what stands before the @ is a handle.
    if let at = plain.firstIndex(of: 0x40), at > 0, !plain.contains(0x20) {
      plain = UnsafeBufferPointer(rebasing: plain[..<at])
      isHandle = true
    }
    let spoken = Self.withoutBrackets(plain)
    spoken.withUnsafeBufferPointer { TextFolding.foldWords($0, into: &scratch) }
    if scratch.contains(where: { $0 >= 0x80 }) { latinise(spoken) }
    take(familyFirst: Self.familyWords(spoken))
    // "Unknown Male 2"
    let spelt = words.filter { !$0.allSatisfy { $0 &- 0x30 < 10 } }
    if Array(spelt.joined(separator: [0x20])).withUnsafeBufferPointer(Self.isNobody) {
      words.removeAll(keepingCapacity: true)
      return
    }
    let hasDigits = words.contains { $0.contains { $0 &- 0x30 < 10 } }
    // A name has a space in it; Kay-Ann, kay_roe and elm-pirate have not.
    let isOneWord = words.count == 1 || !spoken.contains { $0 == 0x20 || $0 == 0x2C || $0 >= 0x80 }
    if hasDigits || isOneWord && !isPart { isHandle = true }
    if isHandle { for word in words { handle += word } }
  }

  /// Takes the words of the scratch buffer. The first `familyFirst` of them are the family name and go to the end.
  private mutating func take(familyFirst: Int) {
    var family: [[UInt8]] = []
    var taken = 0
    let pieces = scratch.split(separator: 0x20)
    for piece in pieces {
      let word = String(decoding: piece, as: UTF8.self)
      taken += 1
      // "The Rev. Kay Roe", and names of houses and clubs in a column of names.
      if taken == 1, pieces.count > 1, word == Self.article { continue }
      let affix = NameAffix(word, isFirst: taken == 1)
      if affix == .title { continue }
      // "Kay Roe via Some List": the list wrote it.
      if word == "via", words.count >= 1, familyFirst == 0 { break }
      if case .generation(let number) = affix {
        generation = number
        continue
      }
      if words.count + family.count == Self.wordLimit { break }
      if taken <= familyFirst { family.append(Array(piece)) } else { words.append(Array(piece)) }
    }
    words += family
  }

  /// Without what stands in round or square brackets.
  private static func withoutBrackets(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var depth = 0
    for byte in text {
      switch byte {
      case 0x28, 0x5B: depth += 1
      case 0x29, 0x5D: depth = max(depth - 1, 0)
      default: if depth == 0 { result.append(byte) }
      }
    }
    // A name that is all brackets, or whose bracket is never closed, is taken as it stands.
    return result.contains { $0 > 0x20 } && depth == 0 ? result : Array(text)
  }

  /// Words of the family name where a comma says that it comes first: "Roe, Kay", "van der Berg, Jan"; none in
  /// "Kay Roe, Jr." and "John Roe, 2nd Earl of Elm".
  private static func familyWords(_ text: [UInt8]) -> Int {
    guard let comma = text.firstIndex(of: 0x2C) else { return 0 }
    let front = text[..<comma].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self).lowercased() }
    if front.filter({ !NameParticles.all.contains($0) }).count > 2 { return 0 }
    let behind = text[(comma + 1)...].split { $0 == 0x20 || $0 == 0x2E || $0 == 0x2C }
    guard let next = behind.first.map({ String(decoding: $0, as: UTF8.self).lowercased() }) else { return 0 }
    let affix = NameAffix(next)
    if behind.count == 1 || next.first?.isNumber == true, affix != nil, affix != .peerage { return 0 }
    return wordCount(text[..<comma])
  }

  private static func wordCount(_ text: ArraySlice<UInt8>) -> Int {
    var words = 0
    var inWord = false
    for byte in text {
      let isWord = byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x27
      if isWord, !inWord { words += 1 }
      inWord = isWord
    }
    return words
  }

  /// Writes other scripts in Latin letters; before accents go, as й without its breve is another letter.
  private mutating func latinise(_ spoken: [UInt8]) {
    let text = String(decoding: spoken, as: UTF8.self)
    guard let latin = text.applyingTransform(.toLatin, reverse: false) else { return }
    Array(latin.utf8).withUnsafeBufferPointer { TextFolding.foldWords($0, into: &scratch) }
  }
}
