/// Every rate, in the order in which profiles hold them. The order is part of the format of a model.
public enum RateCatalogue {
  /// All rates, in their order.
  public static let rates: [StyleRate] = tables.rates

  /// The rates of function words, first of all.
  static let functionWords = 0..<(rates.firstIndex { $0.family != .functionWords } ?? rates.count)

  /// Rate by name; nil for a name that is none.
  public static func index(named name: String) -> Int? { tables.byName[name] }

  static let tables = RateTables()
}

/// The rates and where the scanner finds them.
struct RateTables: Sendable {
  private(set) var rates: [StyleRate] = []
  private(set) var byName: [String: Int] = [:]
  /// Rates that a word counts for, in lower case with straight apostrophes; two words with a space between.
  private(set) var byWord: [String: [Int]] = [:]
  private(set) var byPair: [String: [Int]] = [:]
  /// Rates by scalar: letters, digits, marks.
  private(set) var byScalar: [UInt32: Int] = [:]
  private(set) var byEmoticon: [[UInt32]: Int] = [:]

  init() {
    addFunctionWords()
    addScalars()
    addEmoticons()
    addWords()
    addChoices(RateLists.spellings, prefix: "spelling", family: .spellings)
    addChoices(RateLists.dialect, prefix: "dialect", family: .dialect)
    addContractions()
    addHabits()
  }

  @discardableResult
  private mutating func add(
    _ name: String, _ sentence: String, _ family: RateFamily, _ denominator: RateDenominator
  ) -> Int? {
    guard byName[name] == nil else { return nil }
    byName[name] = rates.count
    rates.append(StyleRate(name: name, sentence: sentence, family: family, denominator: denominator))
    return rates.count - 1
  }

  private mutating func addFunctionWords() {
    for word in RateLists.functionWords {
      guard let rate = add("word.\(word)", "uses the word “\(word)”", .functionWords, .unit(.words)) else {
        continue
      }
      byWord[word, default: []].append(rate)
    }
  }

  private mutating func addScalars() {
    func addAll(
      _ scalars: some Sequence<Unicode.Scalar>, _ verb: String, _ family: RateFamily, _ prefix: String
    ) {
      for scalar in scalars {
        let name = "\(prefix).\(String(scalar.value, radix: 16, uppercase: true))"
        byScalar[scalar.value] = add(name, "\(verb) “\(scalar)”", family, .unit(.characters))
      }
    }
    addAll("abcdefghijklmnopqrstuvwxyz".unicodeScalars, "uses the letter", .letters, "letter")
    addAll("ABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars, "uses the capital", .letters, "capital")
    addAll("0123456789".unicodeScalars, "uses the digit", .letters, "digit")
    addAll("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".unicodeScalars, "uses the mark", .punctuation, "mark")
    addAll("…–—‘’“”«»•·°£€©®™¡¿×´".unicodeScalars, "uses the mark", .punctuation, "mark")
    addAll("éèêàçñöäüßøåæáíóúôîëï".unicodeScalars, "uses the letter", .letters, "letter")
    addAll("😂🤣😭😊😍🥰😘😁😅😉😎🙄🤔😢😡🙏👍👏💪❤💕🔥✨🎉💀👀😩🙈🤷🤦".unicodeScalars, "uses", .emoji, "emoji")
    byScalar[TextCleaning.link] = add("habit.link", "posts links", .lines, .unit(.words))
    byScalar[TextCleaning.mention] = add("habit.mention", "addresses others by @", .lines, .unit(.words))
  }

  private mutating func addEmoticons() {
    for face in RateLists.emoticons {
      guard let rate = add("emoticon.\(face)", "writes “\(face)”", .emoticons, .unit(.words)) else {
        continue
      }
      byEmoticon[face.unicodeScalars.map(\.value)] = rate
    }
  }

  private mutating func addWords() {
    for entry in RateLists.abbreviations {
      let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
      let word = parts[0].replacing("’", with: "'")
      let sentence =
        parts.count == 2
        ? "writes “\(parts[0])” for “\(parts[1].replacing("_", with: " "))”" : "writes “\(parts[0])”"
      guard let rate = add("short.\(word)", sentence, .abbreviations, .unit(.words)) else { continue }
      byWord[word, default: []].append(rate)
    }
  }

  /// A trailing underscore in the lists marks a member that is too common as another word to be counted: the choice
  /// then is of the others alone. An underscore within stands for a space.
  private mutating func addChoices(_ entries: [String], prefix: String, family: RateFamily) {
    for entry in entries {
      let members = entry.split(separator: "/").map(String.init).filter { !$0.hasSuffix("_") }
      addChoice(members.map { $0.replacing("_", with: " ") }, prefix: prefix, family: family)
    }
  }

  /// With one member left there is nothing to choose: its share of all words is counted.
  private mutating func addChoice(_ members: [String], prefix: String, family: RateFamily) {
    let fresh = members.filter { byName["\(prefix).\($0)"] == nil }
    let indices = Array(rates.count..<rates.count + fresh.count)
    for word in fresh {
      let others = fresh.filter { $0 != word }
      let sentence =
        others.isEmpty
        ? "writes “\(word)”" : "writes “\(word)” rather than “\(others.joined(separator: "” or “"))”"
      let denominator: RateDenominator = others.isEmpty ? .unit(.words) : .choice(indices)
      guard let rate = add("\(prefix).\(word)", sentence, family, denominator) else { continue }
      if word.contains(" ") {
        byPair[word, default: []].append(rate)
      } else {
        byWord[word, default: []].append(rate)
      }
    }
  }

  private mutating func addContractions() {
    for entry in RateLists.contractions {
      let parts = entry.split(separator: "=").map(String.init)
      var members = [parts[0]]
      // Without its apostrophe "we're" is "were", a word of its own: no choice then.
      let bare = parts[0].replacing("'", with: "")
      if !["were", "well", "shell", "hell", "ill", "wed", "id", "shed", "its", "lets"].contains(bare) {
        members.append(bare)
      }
      if parts.count == 2, !parts[1].hasSuffix("_") { members.append(parts[1].replacing("_", with: " ")) }
      addChoice(members, prefix: "contraction", family: .contractions)
    }
  }

  private mutating func addHabits() {
    for habit in RateHabit.allCases {
      add("habit.\(habit.name)", habit.sentence, habit.family, .unit(habit.unit))
    }
    for length in 1...20 {
      let text = length == 20 ? "20 or more" : "\(length)"
      add(
        "length.word.\(length)", "writes words of \(text) \(length == 1 ? "character" : "characters")",
        .lengths, .unit(.words))
    }
    for step in 0...9 {
      let range =
        switch step {
        case 0: "one word"
        case 9: "512 words or more"
        default: "\(1 << step) to \((2 << step) - 1) words"
        }
      add(
        "length.post.\(step)", "writes posts of \(range)", .lengths,
        .unit(.posts))
      add(
        "length.line.\(step)", "writes lines of \(range)", .lengths,
        .unit(.lines))
    }
    for letter in "abcdefghijklmnopqrstuvwxyz" {
      add("elongated.\(letter)", "draws out “\(letter)” (three or more)", .elongation, .unit(.words))
    }
  }
}
