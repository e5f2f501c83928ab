/// How somebody writes and when: what stays the same when the account changes.
enum Voice: Sendable {
  case first
  case second
  case third
  case victim
  case bystander

  /// Hours of the day in London with weights; an hour beyond 23 belongs to the next day.
  var hours: [(hour: Int, weight: Int)] {
    switch self {
    case .first: [(22, 5), (23, 8), (24, 9), (25, 7), (26, 3)]
    case .second: [(6, 5), (7, 9), (8, 4), (12, 3), (13, 5)]
    case .third: [(17, 4), (18, 8), (19, 9), (20, 7), (21, 4)]
    case .victim: [(8, 2), (9, 4), (12, 5), (15, 3), (18, 4), (20, 3)]
    case .bystander: [(9, 3), (11, 4), (14, 4), (16, 3), (19, 5), (21, 2)]
    }
  }

  private var sentences: ClosedRange<Int> {
    switch self {
    case .first: 1...3
    case .second: 2...4
    case .third: 1...3
    case .victim, .bystander: 1...2
    }
  }

  /// A message in this voice.
  func message(_ random: inout SeededRandom, addressing surname: String) -> String {
    var bodies: [String] = []
    for _ in 0..<random.int(in: sentences) {
      var body = random.pick(Phrases.bodies(self))
      if bodies.contains(body) { body = random.pick(Phrases.bodies(self)) }
      bodies.append(body)
    }
    let filled = bodies.map { fill($0, &random) }
    switch self {
    case .first: return first(filled, &random)
    case .second: return second(filled, surname, &random)
    case .third: return third(filled, &random)
    case .victim, .bystander: return filled.joined(separator: " ")
    }
  }

  private func fill(_ template: String, _ random: inout SeededRandom) -> String {
    var result = template
    for (slot, pool) in [
      ("{place}", NamePools.places), ("{thing}", NamePools.things), ("{when}", NamePools.times),
    ] {
      while let range = result.firstRange(of: slot) { result.replaceSubrange(range, with: random.pick(pool)) }
    }
    return result
  }

  /// Lower case, no apostrophes, two dots, `u` and `ur`.
  private func first(_ sentences: [String], _ random: inout SeededRandom) -> String {
    var parts: [String] = []
    if random.chance(0.4) { parts.append(random.pick(["lol", "so", "ok", "haha", "nah", "listen"])) }
    for sentence in sentences {
      let bare = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
      parts.append(bare.lowercased())
    }
    let swaps = [
      "you": "u", "your": "ur", "are": "r", "because": "bc", "you're": "ur", "know": "kno", "what": "wot",
      "something": "sumthin",
    ]
    var text = replaceWords(parts.joined(separator: ".. "), swaps)
    text = text.split(separator: "'", omittingEmptySubsequences: false).joined()
    if random.chance(0.45) { text += ".." }
    if random.chance(0.3) { text += random.pick([" lol", " 🙃", " 🙃🙃", " jus sayin", " u wait"]) }
    return text
  }

  /// Full stops and two spaces, semicolons, en dashes, a form of address.
  private func second(_ sentences: [String], _ surname: String, _ random: inout SeededRandom) -> String {
    var text = ""
    if random.chance(0.35) {
      text += random.pick(["Ms \(surname) – ", "Let me be plain; ", "Kindly note the following: "])
    }
    var position = 0
    for sentence in sentences {
      if position > 0 { text += position % 2 == 1 && random.chance(0.4) ? "  Furthermore, " : "  " }
      text += sentence
      position += 1
    }
    if random.chance(0.4) {
      text += random.pick([
        "  I trust that this is understood.", "  One does not forget such things.",
        "  Govern yourself accordingly.",
        "  I remain, as ever, observant.",
      ])
    }
    return replaceWords(
      text, ["while": "whilst", "among": "amongst", "don't": "do not", "can't": "cannot", "I'm": "I am"])
  }

  /// Exclamation marks in pairs, words in capitals, the usual misspellings, a kiss.
  private func third(_ sentences: [String], _ random: inout SeededRandom) -> String {
    var text = ""
    if random.chance(0.4) { text += random.pick(["Oi ", "Right then ", "Honestly mate ", "Ok so "]) }
    text += sentences.map { $0.hasSuffix(".") ? $0.dropLast() + "!!" : $0 }.joined(separator: " ")
    text = replaceWords(
      text,
      [
        "definitely": "definately", "have": "of", "really": "REALLY", "always": "ALWAYS", "never": "NEVER",
        "because": "cos", "everyone": "EVERYONE",
      ])
    if random.chance(0.25) { text += " 😀" }
    if random.chance(0.5) { text += random.pick([" x", " xx", " mate", " you no it"]) }
    return text
  }

  /// Replaces whole words, leaving the punctuation about them.
  private func replaceWords(_ text: String, _ swaps: [String: String]) -> String {
    var result = ""
    var word = ""
    for character in text {
      if character.isLetter || character == "'" {
        word.append(character)
      } else {
        result += swaps[word] ?? word
        word = ""
        result.append(character)
      }
    }
    return result + (swaps[word] ?? word)
  }
}
