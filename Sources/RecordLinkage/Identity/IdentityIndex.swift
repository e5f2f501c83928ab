import Columns
import Identifiers

/// The names, handles and e-mail addresses of a table, taken apart, and how many persons share each part.
///
/// How common a part is, is counted in other names that it goes with and not in records, as one person with twenty
/// addresses makes a rare name no commoner (Kneser and Ney, 1995, count words so for the same reason).
final class IdentityIndex: @unchecked Sendable {
  /// Names as they are compared: a value's first byte is a digit that holds `generation` and, lowest, `isHandle`; its words
  /// follow, parted by spaces.
  let names: ValuePool
  /// By name: where its words begin in `words`, and the end of the last.
  let wordStarts: Packed<UInt32>
  let words: Packed<UInt32>
  /// The words of all names.
  let tokens: ValuePool
  /// By word: groups of nicknames, and whether it joins the parts of a family name.
  let nicknames: Packed<UInt64>
  let isParticle: Packed<Bool>
  /// By name: which of a line of namesakes; whether it looks like a handle; the handle it is, or 0.
  let generation: Packed<UInt8>
  let isHandle: Packed<Bool>
  let handleOfName: Packed<UInt32>
  /// By name: number of its given and family name taken together, 0 for names that lack one.
  let person: Packed<UInt32>
  /// E-mail addresses as they are compared, with their handle and domain.
  let addresses: ValuePool
  let comparable: Packed<Bool>
  /// By address: whether the host is a machine's own word for itself.
  let isMachine: Packed<Bool>
  let handleOfAddress: Packed<UInt32>
  let domainOfAddress: Packed<UInt32>
  /// User names, and what stands before the @ of addresses.
  let handles: ValuePool
  /// By handle: number of its letters and digits alone, and of that without the digits at its end.
  let squeezed: Packed<UInt32>
  let stem: Packed<UInt32>
  let squeezedTexts: ValuePool
  let stems: ValuePool
  /// By domain: the handle that its first label would be, 0 where many people share the domain.
  let domains: ValuePool
  private(set) var handleOfDomain: Packed<UInt32>
  /// By record, the values of each column.
  private(set) var nameColumns: [Packed<UInt32>]
  private(set) var addressColumns: [Packed<UInt32>]
  private(set) var handleColumns: [Packed<UInt32>]
  /// How common each part is.
  private(set) var rarity: IdentityRarity

  /// Reads columns. Names of several parts in columns of their own come as one column already; `areParts` says of each
  /// column of names whether it was made of given or family names, and not of full names as somebody wrote them.
  ///
  /// - Throws: `TableError.tooLarge` beyond 4 GiB of distinct text.
  init(
    names nameColumns: [Column], areParts: [Bool], addresses addressColumns: [Column],
    handles handleColumns: [Column]
  ) throws(TableError) {
    var reader = PersonName()
    let named = try Self.normalise(nameColumns) { text, column, out in
      reader.read(text, isPart: areParts[column])
      if reader.words.isEmpty { return }
      out.append(UInt8(0x30 + reader.generation * 2 + (reader.isHandle ? 1 : 0)))
      for (number, word) in reader.words.enumerated() {
        if number > 0 { out.append(0x20) }
        out += word
      }
    }
    var mail = MailParts()
    let mails = try Self.normalise(addressColumns) { text, _, out in
      mail.read(text)
      if mail.handle.isEmpty, mail.domain.isEmpty, mail.address.isEmpty { return }
      out += mail.address
      out.append(1)
      out += mail.handle
      out.append(1)
      out += mail.domain
      if mail.isMachine { out.append(2) }
    }
    let users = try Self.normalise(handleColumns) { text, _, out in
      TextFolding.fold(text, into: &out)
      if out.withUnsafeBufferPointer({ Roles.isRole($0) }) { out.removeAll(keepingCapacity: true) }
    }
    names = named.first?.pool ?? ValueInterner().takePool()
    addresses = mails.first?.pool ?? ValueInterner().takePool()
    self.nameColumns = named.map(\.values)
    self.addressColumns = mails.map(\.values)
    let parts = try NameParts(names)
    (wordStarts, words, tokens) = (parts.starts, parts.words, parts.tokens)
    (generation, isHandle, person) = (parts.generation, parts.isHandle, parts.person)
    nicknames = Nicknames.groups(of: tokens)
    isParticle = Packed(repeating: false, count: tokens.count)
    for token in 1..<max(tokens.count, 1) where tokens.length(token) <= 5 {
      isParticle[token] = NameParticles.all.contains(tokens.string(token))
    }
    var space = HandleNumbers()
    handleOfName = Packed(repeating: 0, count: names.count)
    for name in 1..<max(names.count, 1) where parts.isHandle[name] {
      handleOfName[name] = try space.number(of: names.text(name).dropFirst().filter { $0 != 0x20 })
    }
    comparable = Packed(repeating: false, count: addresses.count)
    isMachine = Packed(repeating: false, count: addresses.count)
    handleOfAddress = Packed(repeating: 0, count: addresses.count)
    domainOfAddress = Packed(repeating: 0, count: addresses.count)
    let hosts = ValueInterner()
    for address in 1..<max(addresses.count, 1) {
      let pieces = addresses.text(address).split(separator: 1, omittingEmptySubsequences: false)
      guard pieces.count == 3 else { continue }
      comparable[address] = !pieces[0].isEmpty
      handleOfAddress[address] = try space.number(of: pieces[1])
      var host = pieces[2]
      if host.last == 2 {
        isMachine[address] = true
        host.removeLast()
      }
      guard let host = hosts.intern(UnsafeBufferPointer(rebasing: host)) else { throw Self.tooLarge }
      domainOfAddress[address] = host
    }
    domains = hosts.takePool()
    handleOfDomain = Packed(repeating: 0, count: domains.count)
    for domain in 1..<max(domains.count, 1) {
      let label = domains.text(domain).prefix { $0 != 0x2E }
      if label.count >= 4 { handleOfDomain[domain] = try space.number(of: label) }
    }
    var userColumns: [Packed<UInt32>] = []
    if let pool = users.first?.pool {
      let map = Packed<UInt32>(repeating: 0, count: pool.count)
      for value in 1..<max(pool.count, 1) { map[value] = try space.number(of: pool.text(value)) }
      for column in users {
        let values = Packed<UInt32>(uninitialised: column.values.count)
        for record in 0..<values.count { values[record] = map[Int(column.values[record])] }
        userColumns.append(values)
      }
    }
    self.handleColumns = userColumns
    handles = space.pool()
    let shapes = try HandleStems(handles)
    (squeezed, stem) = (shapes.squeezed, shapes.stem)
    (squeezedTexts, stems) = (shapes.squeezedTexts, shapes.stems)
    rarity = IdentityRarity()
    rarity = IdentityRarity(self, persons: parts.persons, pairs: parts.pairs)
    // The first label of a domain is a name or handle only where one or two people have the domain.
    for domain in 1..<max(domains.count, 1) where rarity.peopleAtDomain[domain] > 2 {
      handleOfDomain[domain] = 0
    }
  }

  /// The words of a name.
  @inline(__always)
  func words(of name: Int) -> UnsafeBufferPointer<UInt32> {
    let start = Int(wordStarts[name])
    return UnsafeBufferPointer(start: words.base + start, count: Int(wordStarts[name + 1]) - start)
  }

  static let tooLarge = TableError.tooLarge(file: "names", what: "more than 4 GiB of distinct text")

  private static func normalise(
    _ columns: [Column], _ transform: (UnsafeBufferPointer<UInt8>, Int, inout [UInt8]) -> Void
  ) throws(TableError) -> [NormalisedColumn] {
    if columns.isEmpty { return [] }
    guard let result = NormalisedColumn.normalise(columns, transform) else { throw tooLarge }
    return result
  }

  /// Lets the columns go, once the keys are made and the comparison has its own.
  func dropColumns() { (nameColumns, addressColumns, handleColumns) = ([], [], []) }
}

/// Numbers for handles.
struct HandleNumbers {
  /// Longer handles are taken by their front.
  static let limit = 64
  private let interner = ValueInterner()

  mutating func number(of text: some Sequence<UInt8>) throws(TableError) -> UInt32 {
    let bytes = Array(text.prefix(Self.limit))
    guard let number = bytes.withUnsafeBufferPointer({ interner.intern($0) }) else {
      throw IdentityIndex.tooLarge
    }
    return number
  }

  func pool() -> ValuePool { interner.takePool() }
}

/// Handles without separators, and without the digits at their ends.
struct HandleStems {
  let squeezed: Packed<UInt32>
  let stem: Packed<UInt32>
  let squeezedTexts: ValuePool
  let stems: ValuePool

  init(_ handles: ValuePool) throws(TableError) {
    let (all, fronts) = (ValueInterner(), ValueInterner())
    squeezed = Packed(repeating: 0, count: handles.count)
    stem = Packed(repeating: 0, count: handles.count)
    var text: [UInt8] = []
    for handle in 1..<max(handles.count, 1) {
      text.removeAll(keepingCapacity: true)
      for byte in handles.text(handle) where byte >= 0x80 || byte &- 0x61 < 26 || byte &- 0x30 < 10 {
        text.append(byte)
      }
      guard let whole = text.withUnsafeBufferPointer({ all.intern($0) }) else { throw IdentityIndex.tooLarge }
      squeezed[handle] = whole
      while let last = text.last, last &- 0x30 < 10 { text.removeLast() }
      guard let front = text.withUnsafeBufferPointer({ fronts.intern($0) }) else {
        throw IdentityIndex.tooLarge
      }
      stem[handle] = front
    }
    squeezedTexts = all.takePool()
    stems = fronts.takePool()
  }
}

/// The words of names.
struct NameParts {
  let starts: Packed<UInt32>
  let words: Packed<UInt32>
  let tokens: ValuePool
  let generation: Packed<UInt8>
  let isHandle: Packed<Bool>
  /// By name: number of its given and family name together, in either order.
  let person: Packed<UInt32>
  /// How many such there are, and the two words of each from 1 on.
  let persons: Int
  let pairs: [(UInt32, UInt32)]

  init(_ names: ValuePool) throws(TableError) {
    let interner = ValueInterner()
    var starts = Growing<UInt32>(capacity: names.count + 1)
    var words = Growing<UInt32>(capacity: names.count * 2 + 1)
    generation = Packed(repeating: 0, count: names.count)
    isHandle = Packed(repeating: false, count: names.count)
    person = Packed(repeating: 0, count: names.count)
    starts.append(0)
    var keys: [UInt64] = []
    for name in 0..<names.count {
      let text = names.text(name)
      var (first, last): (UInt32, UInt32) = (0, 0)
      var full = 0
      for word in text.dropFirst().split(separator: 0x20) {
        guard let token = interner.intern(UnsafeBufferPointer(rebasing: word)) else {
          throw IdentityIndex.tooLarge
        }
        words.append(token)
        if word.count < 2 { continue }
        if full == 0 { first = token }
        last = token
        full += 1
      }
      starts.append(UInt32(words.count))
      if let flags = text.first {
        generation[name] = (flags - 0x30) >> 1
        isHandle[name] = flags & 1 == 1
      }
      let isPerson = full >= 2 && !isHandle[name]
      keys.append(isPerson ? UInt64(min(first, last)) << 32 | UInt64(max(first, last)) : 0)
    }
    // Numbered by their first appearance among the names.
    let interned = ValueInterner()
    var pairs: [(UInt32, UInt32)] = [(0, 0)]
    for name in 0..<names.count where keys[name] != 0 {
      var key = keys[name]
      let number = withUnsafeBytes(of: &key) { interned.intern($0.assumingMemoryBound(to: UInt8.self)) } ?? 0
      person[name] = number
      if Int(number) == pairs.count { pairs.append((UInt32(key >> 32), UInt32(truncatingIfNeeded: key))) }
    }
    self.starts = starts.packed()
    self.words = words.packed()
    tokens = interner.takePool()
    self.pairs = pairs
    persons = pairs.count - 1
  }
}
