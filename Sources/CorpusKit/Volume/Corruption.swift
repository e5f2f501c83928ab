/// Ways in which people write the same thing differently, and wrongly.
extension AccountRowMaker {
  /// A handle as people make them of their name, year of birth and fancy.
  static func appendHandle(
    first: [UInt8], last: [UInt8], year: Int, _ random: inout SeededRandom, to handle: inout [UInt8]
  ) {
    switch random.unit() {
    case ..<0.18:
      handle.append(contentsOf: first)
      handle.append(contentsOf: last)
    case ..<0.32:
      handle.append(contentsOf: first)
      handle.append(0x2e)
      handle.append(contentsOf: last)
    case ..<0.44:
      handle.append(contentsOf: first.prefix(1))
      handle.append(contentsOf: last)
      appendTwo(year, to: &handle)
    case ..<0.56:
      handle.append(contentsOf: first)
      appendTwo(year, to: &handle)
    case ..<0.64:
      handle.append(contentsOf: first)
      handle.append(0x5f)
      handle.append(contentsOf: last.prefix(1))
      appendDecimal(random.below(100), to: &handle)
    case ..<0.86:
      AccountPools.adjectives.append(random.below(AccountPools.adjectives.count), to: &handle)
      AccountPools.nouns.append(random.below(AccountPools.nouns.count), to: &handle)
      appendDecimal(random.below(1_000), to: &handle)
    default:
      AccountPools.nouns.append(random.below(AccountPools.nouns.count), to: &handle)
      handle.append(0x5f)
      handle.append(contentsOf: first)
      appendDecimal(random.below(100), to: &handle)
    }
  }

  /// The same handle where it was taken, or hidden a little.
  static func vary(_ handle: inout [UInt8], _ random: inout SeededRandom) {
    switch random.unit() {
    case ..<0.25: appendDecimal(random.below(100), to: &handle)
    case ..<0.45:
      if handle.contains(0x2e) {
        for position in handle.indices where handle[position] == 0x2e { handle[position] = 0x5f }
      } else {
        handle.append(0x5f)
      }
    case ..<0.60: handle.removeAll { $0 == 0x2e || $0 == 0x5f }
    case ..<0.75:
      for position in handle.indices {
        switch handle[position] {
        case UInt8(ascii: "a"): handle[position] = UInt8(ascii: "4")
        case UInt8(ascii: "e"): handle[position] = UInt8(ascii: "3")
        case UInt8(ascii: "i"): handle[position] = UInt8(ascii: "1")
        case UInt8(ascii: "o"): handle[position] = UInt8(ascii: "0")
        case UInt8(ascii: "s"): handle[position] = UInt8(ascii: "5")
        default: break
        }
      }
    case ..<0.85:
      handle.insert(UInt8(ascii: "x"), at: 0)
      handle.append(UInt8(ascii: "x"))
    default: mistype(&handle, &random)
    }
  }

  /// One slip of the finger: a letter left out, doubled, replaced by a neighbour on the keyboard, or two swapped.
  static func mistype(_ text: inout [UInt8], _ random: inout SeededRandom) {
    guard text.count >= 3 else { return }
    let position = random.below(text.count)
    switch random.unit() {
    case ..<0.25: text.remove(at: position)
    case ..<0.45: text.insert(text[position], at: position)
    case ..<0.70:
      let letter = Int(text[position]) - 0x61
      if (0..<26).contains(letter) {
        let neighbours = AccountPools.neighbours[letter]
        text[position] = neighbours[random.below(neighbours.count)]
      } else {
        text[position] = UInt8(0x30 + random.below(10))
      }
    default:
      let before = random.below(text.count - 1)
      text.swapAt(before, before + 1)
    }
  }

  static func appendDomain(_ random: inout SeededRandom, to text: inout [UInt8]) {
    text.append(0x40)
    AccountPools.domains.append(random.below(AccountPools.domains.count), to: &text)
  }

  static func appendTwo(_ value: Int, to text: inout [UInt8]) {
    text.append(UInt8(0x30 + value / 10 % 10))
    text.append(UInt8(0x30 + value % 10))
  }

  static func appendDecimal(_ value: Int, to text: inout [UInt8]) {
    if value >= 10 { appendDecimal(value / 10, to: &text) }
    text.append(UInt8(0x30 + value % 10))
  }
}
