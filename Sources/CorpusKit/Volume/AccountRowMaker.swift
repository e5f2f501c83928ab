import Columns

/// What is true of one person, written into buffers that the next person reuses.
struct PersonFacts {
  var first: [UInt8] = []
  var last: [UInt8] = []
  var city: [UInt8] = []
  var handles: ([UInt8], [UInt8]) = ([], [])
  var emails: ([UInt8], [UInt8]) = ([], [])
  var phones: (Int, Int) = (0, 0)
  var home: UInt32 = 0
  var elsewhere: UInt32 = 0
  var devices: (UInt64, UInt64) = (0, 0)
  var born = (year: 0, month: 0, day: 0)
  var hidesSome = false
}

/// Makes the rows of an account table. A person is a function of seed and number, so that rows can be made in any
/// order without holding the people: a person is made again for each row.
struct AccountRowMaker {
  let seed: UInt64
  private let carriers: Int
  private let hosts: Int
  private var facts = PersonFacts()
  private var current = -1
  private var scratch: [UInt8] = []

  init(seed: UInt64, rows: Int) {
    self.seed = seed
    carriers = max(20, rows / 400)
    hosts = max(10, rows / 2_500)
  }

  private func random(_ purpose: UInt64, _ number: Int) -> SeededRandom {
    var state = seed &+ purpose &* 0xd6e8_feb8_6659_fd93
    return SeededRandom(seed: splitMix64(&state) ^ (UInt64(number) &* 0x9e37_79b9_7f4a_7c15))
  }

  /// An address from the unicast range.
  private func address(_ purpose: UInt64, _ number: Int) -> UInt32 {
    var random = random(purpose, number)
    let draw = random.next()
    return UInt32(1 + (draw & 0xffff) % 223) << 24 | UInt32(draw >> 16 & 0xffff) << 8
      | UInt32(1 + (draw >> 40 & 0xffff) % 255)
  }

  /// The home address of a person: one in eight lives with somebody of the last five thousand.
  private func home(_ person: Int) -> UInt32 {
    var at = person
    while at > 0 {
      var random = random(2, at)
      guard random.chance(0.12) else { break }
      at -= 1 + random.below(min(at, 5_000))
    }
    return address(3, at)
  }

  private mutating func recall(_ person: Int) {
    if person == current { return }
    current = person
    var random = random(1, person)
    AccountPools.given.draw(&random, into: &facts.first)
    AccountPools.family.draw(&random, into: &facts.last)
    AccountPools.cities.draw(&random, into: &facts.city)
    facts.born = (random.int(in: 1955...2010), random.int(in: 1...12), random.int(in: 1...28))
    var handles = facts.handles
    var emails = facts.emails
    facts.handles = ([], [])
    facts.emails = ([], [])
    handles.0.removeAll(keepingCapacity: true)
    handles.1.removeAll(keepingCapacity: true)
    handle(&random, to: &handles.0)
    handle(&random, to: &handles.1)
    emails.0.removeAll(keepingCapacity: true)
    emails.0.append(contentsOf: handles.0)
    Self.appendDomain(&random, to: &emails.0)
    emails.1.removeAll(keepingCapacity: true)
    handle(&random, to: &emails.1)
    Self.appendDecimal(random.below(1_000), to: &emails.1)
    Self.appendDomain(&random, to: &emails.1)
    facts.handles = handles
    facts.emails = emails
    facts.phones = (random.below(1_000_000_000), random.below(1_000_000_000))
    facts.devices = (random.next() >> 16, random.next() >> 16)
    facts.hidesSome = random.chance(0.25)
    facts.home = home(person)
    facts.elsewhere = address(4, person)
  }

  /// Appends a handle of the current person's kind.
  private func handle(_ random: inout SeededRandom, to name: inout [UInt8]) {
    Self.appendHandle(
      first: facts.first, last: facts.last, year: facts.born.year % 100, &random, to: &name)
  }

  /// Appends the fields after `unique_id,cluster`, with the line end.
  mutating func write(row: Int, person: Int, to sink: ByteSink) {
    recall(person)
    var random = random(5, row)
    let isBurner = facts.hidesSome && random.chance(0.5)
    sink.append(byte: 0x2c)
    AccountPools.platforms.append(random.below(AccountPools.platforms.count), to: sink)
    sink.append(byte: 0x2c)
    var username: [UInt8] = []
    swap(&username, &scratch)
    appendUsername(isBurner, &random, to: &username)
    sink.append(username)
    sink.append(byte: 0x2c)
    writeNames(isBurner, &random, to: sink)
    writeBirth(isBurner, &random, to: sink)
    sink.append(byte: 0x2c)
    if !random.chance(0.35) {
      var city: [UInt8]
      if random.chance(0.88) {
        city = facts.city
      } else {
        city = []
        AccountPools.cities.draw(&random, into: &city)
      }
      if random.chance(0.05) { Self.mistype(&city, &random) }
      sink.append(city)
    }
    sink.append(byte: 0x2c)
    writeEmail(isBurner, username, &random, to: sink)
    swap(&username, &scratch)
    sink.append(byte: 0x2c)
    writePhone(isBurner, &random, to: sink)
    sink.append(byte: 0x2c)
    writeAddress(&random, to: sink)
    sink.append(byte: 0x2c)
    if random.chance(0.5) {
      let device =
        random.chance(0.6) ? facts.devices.0 : random.chance(0.6) ? facts.devices.1 : random.next() >> 16
      for shift in stride(from: 44, through: 0, by: -4) {
        let digit = UInt8(truncatingIfNeeded: device >> UInt64(shift) & 15)
        sink.append(byte: digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
    sink.append(",20")
    sink.append(decimal: random.int(in: 12...25), width: 2)
    sink.append("-")
    sink.append(decimal: random.int(in: 1...12), width: 2)
    sink.append("-")
    sink.append(decimal: random.int(in: 1...28), width: 2)
    sink.append("\r\n")
  }

  private func appendUsername(_ isBurner: Bool, _ random: inout SeededRandom, to name: inout [UInt8]) {
    name.removeAll(keepingCapacity: true)
    if isBurner {
      AccountPools.adjectives.append(random.below(AccountPools.adjectives.count), to: &name)
      AccountPools.nouns.append(random.below(AccountPools.nouns.count), to: &name)
      Self.appendDecimal(random.below(10_000), to: &name)
      return
    }
    switch random.unit() {
    case ..<0.42: name.append(contentsOf: facts.handles.0)
    case ..<0.68:
      name.append(contentsOf: facts.handles.0)
      Self.vary(&name, &random)
    case ..<0.82: name.append(contentsOf: facts.handles.1)
    case ..<0.90:
      name.append(contentsOf: facts.handles.1)
      Self.vary(&name, &random)
    default: handle(&random, to: &name)
    }
  }

  private func writeNames(_ isBurner: Bool, _ random: inout SeededRandom, to sink: ByteSink) {
    if isBurner || random.chance(0.20) {
      sink.append(byte: 0x2c)
      return
    }
    var first = facts.first
    var last = facts.last
    if random.chance(0.12) {
      Self.mistype(&first, &random)
    } else if random.chance(0.06) {
      first.removeLast(max(first.count - 1, 0))
    }
    if random.chance(0.12) {
      Self.mistype(&last, &random)
    } else if random.chance(0.15) {
      last.removeAll()
    }
    if !last.isEmpty, random.chance(0.02) { swap(&first, &last) }
    sink.append(first)
    sink.append(byte: 0x2c)
    sink.append(last)
  }

  private func writeBirth(_ isBurner: Bool, _ random: inout SeededRandom, to sink: ByteSink) {
    sink.append(byte: 0x2c)
    guard !isBurner, random.chance(0.5) else { return }
    var born = facts.born
    if random.chance(0.08) {
      if random.chance(0.5) {
        born.month = random.int(in: 1...12)
      } else {
        born.year += random.int(in: -2...2)
      }
    }
    sink.append(decimal: born.year)
    sink.append("-")
    sink.append(decimal: born.month, width: 2)
    sink.append("-")
    sink.append(decimal: born.day, width: 2)
  }

  private func writeEmail(
    _ isBurner: Bool, _ username: [UInt8], _ random: inout SeededRandom, to sink: ByteSink
  ) {
    guard random.chance(0.55) else { return }
    var email: [UInt8]
    if isBurner, random.chance(0.7) {
      email = username
      Self.appendDecimal(random.below(100), to: &email)
      Self.appendDomain(&random, to: &email)
    } else {
      email = random.chance(0.75) ? facts.emails.0 : facts.emails.1
    }
    if random.chance(0.04), let at = email.firstIndex(of: 0x40) {
      var local = Array(email[..<at])
      Self.mistype(&local, &random)
      email.replaceSubrange(..<at, with: local)
    }
    sink.append(email)
  }

  private func writePhone(_ isBurner: Bool, _ random: inout SeededRandom, to sink: ByteSink) {
    guard random.chance(0.40) else { return }
    var phone =
      isBurner && random.chance(0.5)
      ? random.below(1_000_000_000) : random.chance(0.85) ? facts.phones.0 : facts.phones.1
    if random.chance(0.03) {
      var place = 1
      for _ in 0..<random.below(9) { place *= 10 }
      phone = phone - phone / place % 10 * place + random.below(10) * place
    }
    sink.append("447")
    sink.append(decimal: phone, width: 9)
  }

  private func writeAddress(_ random: inout SeededRandom, to sink: ByteSink) {
    guard random.chance(0.80) else { return }
    let ip: UInt32
    switch random.unit() {
    case ..<0.50: ip = facts.home
    case ..<0.60: ip = facts.elsewhere
    case ..<0.80: ip = address(6, random.below(carriers))
    case ..<0.92: ip = address(7, random.below(hosts))
    default: ip = address(8, Int(truncatingIfNeeded: random.next() >> 1))
    }
    for shift in stride(from: 24, through: 0, by: -8) {
      if shift < 24 { sink.append(byte: 0x2e) }
      sink.append(decimal: Int(ip >> UInt32(shift) & 255))
    }
  }
}
