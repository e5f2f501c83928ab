import Columns
import Glibc

/// How likely it is that two different persons of a table agree on a word, a handle or a domain by chance.
///
/// A table is a sample: a word seen with one other name only is not unique in the world, so that half a namesake is
/// added to all. Given and family names go together by language, so that full names are shared more often than their
/// parts would make one believe.
struct IdentityRarity: Sendable {
  /// Namesakes that are added to those seen.
  static let unseen = 0.5
  /// How much commoner full names are than chance would make them.
  static let togetherness = 3.0

  /// Persons in the table, about.
  private(set) var persons = 1.0
  /// By word: names that it goes with.
  private(set) var company: [UInt32] = []
  /// By first byte: share of given names that begin with it.
  private(set) var initials = [Double](repeating: 1.0 / 26, count: 256)
  /// By domain, address and handle: different persons who have it.
  private(set) var peopleAtDomain: [UInt32] = []
  private(set) var peopleAtAddress: [UInt32] = []
  private(set) var peopleWithHandle: [UInt32] = []
  /// By handle: different persons who have it for a user name.
  private(set) var peopleWithUserName: [UInt32] = []
  /// Whether there are names, which tell people of one address or handle apart.
  private(set) var areNamed = true
  /// By handle: the chance that another person has it.
  private(set) var handleChance: [Float] = []
  /// By stem of handles: the chance that another person has it, with whatever digits.
  private(set) var stemChance: [Float] = []
  /// By handle: whether it is made of names of the table.
  private(set) var isMadeOfNames: [Bool] = []

  init() {}

  init(_ index: IdentityIndex, persons pairCount: Int, pairs: [(UInt32, UInt32)]) {
    company = Array(repeating: 0, count: index.tokens.count)
    var letters = [Double](repeating: 0.5, count: 256)
    var total = 13.0
    for pair in pairs.dropFirst() {
      company[Int(pair.0)] += 1
      if pair.1 != pair.0 { company[Int(pair.1)] += 1 }
      for word in [pair.0, pair.1] {
        if let byte = index.tokens.text(Int(word)).first { letters[Int(byte)] += 1 }
        total += 1
      }
    }
    initials = letters.map { $0 / total }
    let single = (1..<max(index.names.count, 1)).reduce(0) { $0 + (index.isHandle[$1] ? 1 : 0) }
    // Who shows one word of a name only is told apart by handles and addresses.
    let bearers = OneWordBearers(index)
    for (word, count) in bearers.ofWord { company[Int(word)] += count }
    persons = Double(max(pairCount, 1)) + max(Double(single) / 2, bearers.all)
    if index.nameColumns.isEmpty { persons = Double(max(index.addresses.count, index.handles.count, 2) - 1) }
    let addresses = index.addressColumns
    peopleAtDomain = Self.people(index, addresses, values: index.domains.count) { index.domainOfAddress[$0] }
    peopleAtAddress = Self.people(index, addresses, values: index.addresses.count) { UInt32($0) }
    peopleWithHandle = Self.people(index, addresses, values: index.squeezedTexts.count) {
      index.squeezed[Int(index.handleOfAddress[$0])]
    }
    peopleWithUserName = Self.people(index, index.handleColumns, values: index.squeezedTexts.count) {
      index.squeezed[$0]
    }
    areNamed = !index.nameColumns.isEmpty
    if !areNamed {
      peopleAtAddress = peopleAtAddress.map(Self.others)
      peopleWithHandle = peopleWithHandle.map(Self.others)
    }
    let stems = StemCounts(index, persons: persons)
    let meaning = HandleMeaning(index, self)
    (handleChance, isMadeOfNames) = meaning.chances(stems)
    stemChance = meaning.stemChances(stems)
  }

  /// The chance that another person has this word in the name.
  @inline(__always)
  func chance(_ word: UInt32) -> Double {
    (max(Double(company[Int(word)]) - 1, 0) + Self.unseen) / persons
  }

  /// How many other people have an address.
  func strangers(at address: Int) -> Double {
    let people = Double(peopleAtAddress[address])
    return people > 2 ? (people - 2) * (areNamed ? 0.1 : 1) : IdentityWeights.sharedAddress
  }

  /// Addresses that one person may have, where there are no names.
  private static let addressesOfOne: UInt32 = 4

  /// How many people there are at so many addresses.
  private static func others(_ addresses: UInt32) -> UInt32 {
    addresses < addressesOfOne ? min(addresses, 1) : addresses - addressesOfOne + 1
  }

  /// By a property of e-mail addresses, or of user names, how many persons have each value of it. Records whose name tells
  /// no person are told apart by their names alone; where there are no names, by what their addresses are made of.
  private static func people(
    _ index: IdentityIndex, _ columns: [Packed<UInt32>], values: Int, _ property: (Int) -> UInt32
  ) -> [UInt32] {
    let addresses = index.nameColumns.isEmpty ? index.addressColumns : []
    var words: [UInt64] = []
    for column in columns {
      for record in 0..<column.count where column[record] != 0 {
        let value = property(Int(column[record]))
        if value == 0 { continue }
        for names in index.nameColumns.prefix(1) {
          let name = Int(names[record])
          let person = index.person[name]
          if person != 0 {
            words.append(UInt64(value) << 32 | UInt64(person))
          } else if name != 0, !index.isHandle[name] {
            words.append(UInt64(value) << 32 | 1 << 31 | UInt64(name))
          }
        }
        for addresses in addresses where addresses[record] != 0 {
          words.append(UInt64(value) << 32 | UInt64(index.handleOfAddress[Int(addresses[record])]))
        }
      }
    }
    words.withUnsafeMutableBufferPointer { radixSort($0, bits: 0..<64) }
    var counts = [UInt32](repeating: 0, count: values)
    var last = UInt64.max
    for word in words where word != last {
      counts[Int(word >> 32)] += 1
      last = word
    }
    return counts
  }
}

/// What a handle is made of, and how likely another person is to have it.
struct HandleMeaning {
  private let index: IdentityIndex
  private let rarity: IdentityRarity
  /// Words of names by the hash of their text.
  private var words: [UInt64: UInt32] = [:]

  init(_ index: IdentityIndex, _ rarity: IdentityRarity) {
    self.index = index
    self.rarity = rarity
    for token in 1..<max(index.tokens.count, 1)
    where index.tokens.length(token) >= 2 && rarity.company[token] > 0 {
      words[stableHash(index.tokens.text(token))] = UInt32(token)
    }
  }

  /// By handle, without separators: the chance, and whether it is made of names.
  func chances(_ stems: StemCounts) -> ([Float], [Bool]) {
    var result = [Float](repeating: 1, count: index.squeezedTexts.count)
    var made = [Bool](repeating: false, count: result.count)
    for handle in 1..<max(result.count, 1) {
      let meaning = self.chance(index.squeezedTexts.text(handle))
      made[handle] = meaning.isMade
      var chance = meaning.0
      let people = Double(rarity.peopleWithHandle[handle]) - 2
      let users = Double(rarity.peopleWithUserName[handle]) - Self.namesOfOne
      let others = max(people, users) * (rarity.areNamed ? 0.5 : 1)
      if others > 0 { chance = max(chance, others / rarity.persons) }
      // Others with the stem have digits of their own.
      let text = index.squeezedTexts.text(handle)
      let digits = Self.digits(text)
      let share = digits == 0 ? Self.withoutDigits : Self.share(ofDigits: digits)
      chance = max(chance, stems.others(stems.stemOfHandle[handle]) * share)
      result[handle] = Float(min(chance, 1))
    }
    return (result, made)
  }

  /// By stem: the chance that another person has it, with whatever digits.
  func stemChances(_ stems: StemCounts) -> [Float] {
    (0..<index.stems.count).map { stem in
      let text = index.stems.text(stem)
      if text.isEmpty { return 1 }
      let byNames = chance(text)
      let bySight = stems.others(UInt32(stem)) + stems.unseen(text.count)
      return Float(min(max(byNames.isMade ? byNames.0 : 0, bySight), 1))
    }
  }

  /// Names that one person may show beside one user name. More are of several who use it, as one of a desk or a machine, or
  /// the column is of no user names, as a sort of accounts.
  private static let namesOfOne = 4.0

  /// Of people with one stem, those who have it without digits.
  private static let withoutDigits = 0.3

  private static func digits(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var end = text.count
    while end > 0, text[end - 1] &- 0x30 < 10 { end -= 1 }
    return text.count - end
  }

  /// Of people with one stem, those who have the same digits: a year or a day of birth is no number at random, and one of
  /// more digits, as platforms put behind "user", comes nearer to it.
  private static func share(ofDigits digits: Int) -> Double {
    let share = pow(0.25, Double(digits))
    return (1...4).contains(digits) ? max(share, 0.01) : share
  }

  private func word(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    words[stableHash(UnsafeBufferPointer(rebasing: text))]
  }

  private func chance(_ text: UnsafeBufferPointer<UInt8>) -> (Double, isMade: Bool) {
    let digits = Self.digits(text)
    let end = text.count - digits
    let byDigits = Self.share(ofDigits: digits)
    if end >= 2 {
      let stem = text[..<end]
      var chance = 0.0
      if let word = word(stem) { chance = rarity.chance(word) * 0.4 }
      for cut in 1..<end {
        let (front, back) = (stem[..<cut], stem[cut...])
        if cut >= 2, end - cut >= 2, let one = word(front), let other = word(back) {
          chance = max(chance, rarity.chance(one) * rarity.chance(other) * IdentityRarity.togetherness * 0.3)
        }
        if cut == 1, end >= 4, let other = word(back) {
          chance = max(chance, rarity.initials[Int(stem[0])] * rarity.chance(other) * 0.3)
        }
        if cut == end - 1, end >= 4, let one = word(front) {
          chance = max(chance, rarity.initials[Int(stem[end - 1])] * rarity.chance(one) * 0.3)
        }
      }
      if chance > 0 { return (max(chance * byDigits, Self.least(text.count) / rarity.persons), true) }
    }
    return (Self.byLength(text.count) / rarity.persons, false)
  }

  /// Strangers who have a handle of this length that is made of no known name.
  private static func byLength(_ length: Int) -> Double {
    switch length {
    case ...2: 3
    case 3: 1
    case 4: 0.2
    case 5: 0.06
    case 6: 0.02
    default: 0.006
    }
  }

  private static func least(_ length: Int) -> Double { min(byLength(length), 0.02) }
}
