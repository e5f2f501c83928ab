import Glibc
import Identifiers

/// How two names of persons agree, word by word, in any order.
struct NameRelation {
  /// The sort of agreement; `.contradiction` for other names, `.nothing` where the two cannot be compared.
  var sort: IdentityWeights.Sort
  /// The chance that another person agrees so.
  var chance: Double
  /// For contradictions, log10 of the likelihood ratio.
  var weight = 0.0

  static let nothing = NameRelation(sort: .nothing, chance: 1)
}

/// Compares names by their words. One for each task.
struct NameComparison {
  private let index: IdentityIndex
  /// Words of the two names that are left when equal ones were taken away.
  private var left: [UInt32] = []
  private var right: [UInt32] = []

  /// What agreement on a word between given and family name adds at the most: such words often go together.
  private static let middleChance = 0.1

  /// A word that goes with so many others is no slip of the pen.
  private static let commonCompany: UInt32 = 4

  /// How a pair of words agrees.
  private enum Agreement { case none, initial, near, nickname }

  init(_ index: IdentityIndex) { self.index = index }

  /// Compares two names that are not empty.
  mutating func relation(_ one: Int, _ other: Int, _ workspace: Workspace) -> NameRelation {
    var result = compare(one, other, workspace)
    // "Theodora Q" twice is more than an initial that fits.
    if one == other, result.sort != .nothing { result.sort = .fullName }
    return result
  }

  private mutating func compare(_ one: Int, _ other: Int, _ workspace: Workspace) -> NameRelation {
    if index.isHandle[one] || index.isHandle[other] { return .nothing }
    var chance = IdentityRarity.togetherness
    var strong = 0
    var initials = 0
    var isSameOrder = true
    left.removeAll(keepingCapacity: true)
    right.removeAll(keepingCapacity: true)
    let (wordsOne, wordsOther) = (index.words(of: one), index.words(of: other))
    right.append(contentsOf: wordsOther)
    for (position, word) in wordsOne.enumerated() {
      guard let place = right.firstIndex(of: word) else {
        left.append(word)
        continue
      }
      right.remove(at: place)
      if index.tokens.length(Int(word)) < 2 {
        initials += 1
        chance *= initialChance(word)
      } else if !index.isParticle[Int(word)] {
        strong += 1
        if (position == wordsOne.count - 1) != (wordsOther.last == word) { isSameOrder = false }
        let isMiddle = position > 0 && position < wordsOne.count - 1
        chance *= max(index.rarity.chance(word), isMiddle ? Self.middleChance : 0)
      }
    }
    let exact = strong
    var worst = Agreement.none
    for number in left.indices.reversed() {
      var best: (place: Int, agreement: Agreement, chance: Double)?
      for (place, word) in right.enumerated() {
        let areLast = left[number] == wordsOne.last && word == wordsOther.last
        let (agreement, chance) = compare(left[number], word, areLast: areLast, workspace)
        if agreement != .none, best.map({ chance < $0.chance }) ?? true { best = (place, agreement, chance) }
      }
      guard let best else { continue }
      left.remove(at: number)
      right.remove(at: best.place)
      chance *= best.chance
      if best.agreement == .initial { initials += 1 } else { strong += 1 }
      if best.agreement == .initial || worst == .none || best.agreement == .near && worst == .nickname {
        worst = worst == .initial ? .initial : best.agreement
      }
    }
    let (restLeft, restRight) = (rest(left), rest(right))
    let generations = (index.generation[one], index.generation[other])
    if generations.0 != 0, generations.1 != 0, generations.0 != generations.1 {
      return NameRelation(sort: .contradiction, chance: 1, weight: IdentityWeights.otherGeneration)
    }
    if restLeft.words > 0, restRight.words > 0 {
      if joined(one, other) { return NameRelation(sort: .nameSpelling, chance: max(chance, 1e-9)) }
      // Given and family name agree, and what stands between does not.
      let isBetween = isInner(left, wordsOne) && isInner(right, wordsOther)
      if strong >= 2, isBetween { return NameRelation(sort: .fewWords, chance: chance) }
      return NameRelation(
        sort: .contradiction, chance: 1,
        weight: strong == 0 ? IdentityWeights.otherName : IdentityWeights.otherWord)
    }
    // Initials fit very many names: they count beside a word that both have.
    if strong == 0 || strong == 1 && exact == 0 { return .nothing }
    if strong == 1, initials == 0 {
      // One word against a longer name, or words that are all particles.
      return NameRelation(sort: .fewWords, chance: chance / IdentityRarity.togetherness)
    }
    if restLeft.initials > 0, restRight.initials > 0 {
      return NameRelation(sort: .fewWords, chance: chance)
    }
    if strong == 1 {
      // R. Riley and Riley R.: the word that is written out should stand in one place of both.
      return NameRelation(sort: .initials, chance: isSameOrder ? chance : chance * 10)
    }
    let isWhole = restLeft.words + restRight.words == 0
    if exact == strong, worst != .initial || strong >= 2 {
      return NameRelation(sort: isWhole && initials == 0 ? .fullName : .nameSpelling, chance: chance)
    }
    return NameRelation(sort: worst == .nickname ? .nickname : .nameSpelling, chance: chance)
  }

  /// Whether words that are left stand neither first nor last in their name.
  private func isInner(_ rest: [UInt32], _ words: UnsafeBufferPointer<UInt32>) -> Bool {
    guard let first = words.first, let last = words.last else { return false }
    return !rest.contains(first) && !rest.contains(last)
  }

  private func initialChance(_ word: UInt32) -> Double {
    guard let byte = index.tokens.text(Int(word)).first else { return 1 }
    return index.rarity.initials[Int(byte)] * 2
  }

  /// How likely it is, by length of the shorter, that somebody has a name a letter away, in persons: the longer a word,
  /// the fewer others there are.
  private static func neighbours(_ length: Int) -> Double {
    switch length {
    case ...4: 5
    case 5: 2
    case 6: 1
    default: 0.2
    }
  }

  /// `areLast` says that both end their names, as family names do.
  private func compare(
    _ one: UInt32, _ other: UInt32, areLast: Bool, _ workspace: Workspace
  ) -> (Agreement, Double) {
    let (left, right) = (index.tokens.text(Int(one)), index.tokens.text(Int(other)))
    guard let first = left.first, let second = right.first else { return (.none, 1) }
    if left.count == 1 || right.count == 1 {
      return first == second ? (.initial, index.rarity.initials[Int(first)] * 2) : (.none, 1)
    }
    // A stranger has the other form of it.
    let form = max(index.rarity.chance(one), index.rarity.chance(other))
    let (groups, others) = (index.nicknames[Int(one)], index.nicknames[Int(other)])
    if Nicknames.share(groups, others) { return (.nickname, min(form, 1)) }
    // Brian and Bryan: each is a name that people have, and no slip for the other.
    let areKnown = groups != 0 && others != 0 && !areLast
    let (shorter, longer) = (min(left.count, right.count), max(left.count, right.count))
    if shorter >= 4, longer - shorter <= 2, !areKnown {
      let distance = workspace.damerau.distance(left, right)
      if distance == 1 || distance == 2 && shorter >= 7 {
        // What is mistyped is rare: two words that many have are two names (Hill and Hall).
        let rarer = min(index.rarity.company[Int(one)], index.rarity.company[Int(other)])
        if rarer >= Self.commonCompany, shorter < 7 { return (.none, 1) }
        return (.near, min(form + Self.neighbours(shorter) / index.rarity.persons, 1))
      }
    }
    // A name cut short: Theo for Theodora, Alex for Alexander. Family names are not.
    if areLast { return (.none, 1) }
    let (short, long) = left.count < right.count ? (left, right) : (right, left)
    if short.count >= 3, long.starts(with: short) { return (.nickname, min(form, 1)) }
    return (.none, 1)
  }

  /// Words that say who it is not, and initials.
  private func rest(_ words: [UInt32]) -> (words: Int, initials: Int) {
    var result = (words: 0, initials: 0)
    for word in words {
      if index.tokens.length(Int(word)) < 2 {
        result.initials += 1
      } else if !index.isParticle[Int(word)] {
        result.words += 1
      }
    }
    return result
  }

  /// Whether two names are the same letters with their words parted elsewhere.
  private func joined(_ one: Int, _ other: Int) -> Bool {
    let (left, right) = (index.names.text(one).dropFirst(), index.names.text(other).dropFirst())
    return left.lazy.filter { $0 != 0x20 }.elementsEqual(right.lazy.filter { $0 != 0x20 })
  }
}

/// Whether a person's name is made into a handle, and how.
struct NameInHandle {
  private let index: IdentityIndex
  private var buffer: [UInt8] = []

  init(_ index: IdentityIndex) { self.index = index }

  /// The sort of agreement of a name of two words or more, or of a handle, with a handle; nothing where there is none.
  mutating func relation(_ name: Int, _ handle: Int, _ workspace: Workspace) -> NameRelation {
    let stemNumber = Int(index.stem[handle])
    if stemNumber == 0 || index.isHandle[name] { return .nothing }
    let stem = index.stems.text(stemNumber)
    if stem.count < 3 { return .nothing }
    let words = index.words(of: name)
    guard let first = words.first, let last = words.last, words.count >= 2 else { return .nothing }
    let (given, family) = (index.tokens.text(Int(first)), index.tokens.text(Int(last)))
    let rarity = index.rarity
    let (chanceGiven, chanceFamily) = (rarity.chance(first), rarity.chance(last))
    let full = IdentityRarity.togetherness * chanceGiven * chanceFamily
    let hasGiven = given.count >= 2
    // The whole name, in either order, with or without what stands between.
    if hasGiven, family.count >= 2 {
      if isJoined(stem, [given, family]) || isJoined(stem, [family, given]) {
        return NameRelation(sort: .nameInHandle, chance: full)
      }
      if words.count > 2 {
        buffer.removeAll(keepingCapacity: true)
        for word in words { buffer.append(contentsOf: index.tokens.text(Int(word))) }
        if buffer.elementsEqual(stem) { return NameRelation(sort: .nameInHandle, chance: full) }
      }
    }
    if family.count >= 3, stem.count > family.count {
      let front = stem[..<(stem.count - family.count)]
      if stem[front.count...].elementsEqual(family) {
        if let relation = short(front, given, words, chanceFamily) { return relation }
      }
      if stem.starts(with: family) {
        if let relation = short(stem[family.count...], given, words, chanceFamily) { return relation }
      }
    }
    if hasGiven, given.count >= 3, stem.count == given.count + 1, let initial = family.first,
      stem.starts(with: given) && stem[given.count] == initial
        || stem[0] == initial && stem[1...].elementsEqual(given)
    {
      return NameRelation(sort: .nameInHandle, chance: chanceGiven * rarity.initials[Int(initial)])
    }
    // An initial and the front of a long family name: kquimblet.
    if stem.count >= 6, let initial = given.first, stem[0] == initial, family.starts(with: stem[1...]) {
      return NameRelation(sort: .nameInHandle, chance: rarity.initials[Int(initial)] * chanceFamily * 3)
    }
    if stem.elementsEqual(family), family.count >= 3 {
      return NameRelation(sort: .partInHandle, chance: chanceFamily)
    }
    if stem.elementsEqual(given) {
      return NameRelation(sort: .partInHandle, chance: chanceGiven + 1 / rarity.persons)
    }
    if hasGiven, stem.count >= 8, abs(stem.count - given.count - family.count) <= 1 {
      buffer.removeAll(keepingCapacity: true)
      buffer.append(contentsOf: given)
      buffer.append(contentsOf: family)
      let near = buffer.withUnsafeBufferPointer { DamerauLevenshtein.isWithinOne($0, stem) }
      if near { return NameRelation(sort: .nameInHandle, chance: full * 3 + 0.1 / rarity.persons) }
    }
    if family.count >= 5, NameInHandleField.contains(stem, family) {
      return NameRelation(sort: .partInHandle, chance: chanceFamily * 1.5)
    }
    if given.count >= 5, NameInHandleField.contains(stem, given) {
      return NameRelation(sort: .partInHandle, chance: chanceGiven * 1.5 + 1 / rarity.persons)
    }
    return .nothing
  }

  /// What stands beside the family name: initials, a nickname, or the front of the given name.
  private func short(
    _ rest: Slice<UnsafeBufferPointer<UInt8>>, _ given: UnsafeBufferPointer<UInt8>,
    _ words: UnsafeBufferPointer<UInt32>, _ chanceFamily: Double
  ) -> NameRelation? {
    guard let initial = rest.first, let own = given.first else { return nil }
    let letter = index.rarity.initials[Int(initial)]
    if rest.count == 1 {
      return initial == own ? NameRelation(sort: .nameInHandle, chance: letter * chanceFamily) : nil
    }
    if given.starts(with: rest) {
      return NameRelation(sort: .nameInHandle, chance: letter * chanceFamily * 0.5)
    }
    if rest.count == 2, initial == own, words.count > 2,
      let second = rest.dropFirst().first, index.tokens.text(Int(words[1])).first == second
    {
      return NameRelation(sort: .nameInHandle, chance: letter * chanceFamily * 0.2)
    }
    return nil
  }

  private func isJoined(_ text: UnsafeBufferPointer<UInt8>, _ parts: [UnsafeBufferPointer<UInt8>]) -> Bool {
    var position = 0
    for part in parts {
      guard position + part.count <= text.count else { return false }
      for offset in 0..<part.count where text[position + offset] != part[offset] { return false }
      position += part.count
    }
    return position == text.count
  }
}
