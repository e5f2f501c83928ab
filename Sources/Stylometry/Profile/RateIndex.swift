/// The rates as the fast pass finds them: by hashes in flat tables, which are built once and live as long as the program,
/// so that a loop reads them without a check.
struct RateIndex: @unchecked Sendable {
  /// The one that there is. It is large: what uses it holds where it lies.
  static var shared: UnsafePointer<RateIndex> { Shared.index.pointer }

  private struct Shared: @unchecked Sendable {
    static let index = Shared()
    let pointer: UnsafePointer<RateIndex>

    init() {
      let memory = UnsafeMutablePointer<RateIndex>.allocate(capacity: 1)
      memory.initialize(to: RateIndex(RateIndexTables()))
      pointer = UnsafePointer(memory)
    }
  }

  static let wideSlots = 512
  static let faceSlots = 1024
  static let wordSlots = 4096

  let words: UnsafePointer<RateIndexTables.Word>
  let scalars: UnsafePointer<UInt32>
  let others: UnsafePointer<Int32>
  let slots: UnsafePointer<UInt32>
  /// The second word of each pair.
  let pairSeconds: UnsafePointer<Int32>
  let pairRates: UnsafePointer<Int32>
  let ascii: UnsafePointer<Int32>
  let wideScalars: UnsafePointer<UInt32>
  let wideRates: UnsafePointer<Int32>
  let faces: UnsafePointer<UInt32>
  private let allFaces: UnsafePointer<UInt32>
  private let faceCount: Int
  let faceRates: UnsafePointer<Int32>
  let lowerFaces: UInt32
  private let beginsFace: UnsafePointer<Bool>
  /// Count of all rates.
  let count: Int
  /// The rate of curly apostrophes.
  let curlyMark: Int
  let firstHabit, firstWordLength, firstPostLength, firstLineLength, firstElongation: Int
  /// The words that are looked for at the beginnings of sentences.
  let and, but, so, i: Int32

  private init(_ tables: RateIndexTables) {
    func lasting<T: BitwiseCopyable>(_ array: [T]) -> UnsafePointer<T> {
      let memory = UnsafeMutablePointer<T>.allocate(capacity: max(1, array.count))
      for (position, element) in array.enumerated() { (memory + position).initialize(to: element) }
      return UnsafePointer(memory)
    }
    words = lasting(tables.words)
    scalars = lasting(tables.scalars)
    others = lasting(tables.others)
    slots = lasting(tables.slots)
    pairSeconds = lasting(tables.pairs.map { Int32(truncatingIfNeeded: $0.key) })
    pairRates = lasting(tables.pairs.map(\.rate))
    ascii = lasting(tables.ascii)
    wideScalars = lasting(tables.wideScalars)
    wideRates = lasting(tables.wideRates)
    faces = lasting(tables.faces)
    let all = tables.faces.filter { $0 != 0 }.sorted()
    allFaces = lasting(all)
    faceCount = all.count
    faceRates = lasting(tables.faceRates)
    lowerFaces = tables.lowerFaces
    var begins = [Bool](repeating: false, count: 128)
    for face in tables.faces where face != 0 { begins[Int(face & 0x7F)] = true }
    beginsFace = lasting(begins)
    count = RateCatalogue.rates.count
    curlyMark = RateCatalogue.tables.byScalar[0x2019] ?? 0
    firstHabit = Self.rate("habit.\(RateHabit.lowercaseI.name)")
    firstWordLength = Self.rate("length.word.1")
    // The lengths of posts and of lines stand side by side.
    firstPostLength = Self.rate("length.post.0")
    firstLineLength = Self.rate("length.line.0")
    firstElongation = Self.rate("elongated.a")
    and = tables.numbers["and"] ?? -1
    but = tables.numbers["but"] ?? -1
    so = tables.numbers["so"] ?? -1
    i = tables.numbers["i"] ?? -1
  }

  private static func rate(_ name: String) -> Int { RateCatalogue.tables.byName[name] ?? 0 }

  /// Whether an emoticon begins with the scalars of a token.
  func beginsFace(_ text: UnsafeMutablePointer<UInt32>, _ length: Int) -> Bool {
    guard length <= 4, text[0] < 128, beginsFace[Int(text[0])] else { return false }
    var key: UInt32 = 0
    for place in 0..<length {
      guard text[place] < 128 else { return false }
      key |= text[place] << UInt32(8 * place)
    }
    let mask: UInt32 = ~0 >> UInt32(32 - 8 * length)
    for face in 0..<faceCount where allFaces[face] & mask == key { return true }
    return false
  }

  @inline(__always)
  static func slot(_ key: UInt32, of slots: Int) -> Int {
    Int((UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 40) & (slots - 1)
  }

  @inline(__always)
  static func wordSlot(_ hash: UInt64) -> Int { Int(hash >> 20) & (wordSlots - 1) }

  @inline(__always)
  static func wordTag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) & 0xFFFF_0000 }

  @inline(__always)
  static func pair(_ first: Int32, _ second: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
  }
}

/// The tables of `RateIndex` while they are made.
struct RateIndexTables {
  /// What a word of the lists counts for.
  struct Word: BitwiseCopyable {
    /// Its first rate, or -1.
    var rate: Int32 = -1
    /// Others, as a range of `others`.
    var firstOther: Int32 = 0
    var otherCount: Int32 = 0
    /// The pairs that it is the first of, as a range of `pairs`.
    var firstPair: Int32 = 0
    var lastPair: Int32 = 0
    /// A range of `scalars`, in lower case.
    var firstScalar: Int32 = 0
    var length: Int32 = 0
  }

  private(set) var words: [Word] = []
  private(set) var scalars: [UInt32] = []
  private(set) var others: [Int32] = []
  /// Open addressing by the hash of the word in lower case: 16 more bits of it, and the word's number plus 1; 0 is empty.
  private(set) var slots = [UInt32](repeating: 0, count: RateIndex.wordSlots)
  /// Rates of pairs by the words' numbers, ascending.
  private(set) var pairs: [(key: UInt64, rate: Int32)] = []
  /// By scalar: of ASCII directly, of others by open addressing.
  private(set) var ascii = [Int32](repeating: -1, count: 128)
  private(set) var wideScalars = [UInt32](repeating: 0, count: RateIndex.wideSlots)
  private(set) var wideRates = [Int32](repeating: -1, count: RateIndex.wideSlots)
  /// Emoticons by their scalars, all ASCII, as the bytes of one number; 0 is empty.
  private(set) var faces = [UInt32](repeating: 0, count: RateIndex.faceSlots)
  private(set) var faceRates = [Int32](repeating: -1, count: RateIndex.faceSlots)
  /// First letters of emoticons that are all lower-case letters, one bit each.
  private(set) var lowerFaces: UInt32 = 0

  /// Words by what they are.
  private(set) var numbers: [String: Int32] = [:]

  init() {
    let tables = RateCatalogue.tables
    func number(_ text: String, _ index: inout RateIndexTables) -> Int32 {
      if let known = index.numbers[text] { return known }
      let number = Int32(index.words.count)
      index.numbers[text] = number
      index.insert(text.unicodeScalars.map(\.value), number)
      return number
    }
    for (text, rates) in tables.byWord.sorted(by: { $0.key < $1.key }) {
      let word = Int(number(text, &self))
      words[word].rate = Int32(rates[0])
      words[word].firstOther = Int32(others.count)
      words[word].otherCount = Int32(rates.count - 1)
      others.append(contentsOf: rates.dropFirst().map { Int32($0) })
    }
    for (text, rates) in tables.byPair.sorted(by: { $0.key < $1.key }) {
      let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
      let first = number(parts[0], &self)
      let second = number(parts[1], &self)
      for rate in rates { pairs.append((RateIndex.pair(first, second), Int32(rate))) }
    }
    pairs.sort { $0 < $1 }
    for (place, pair) in pairs.enumerated() {
      let word = Int(pair.key >> 32)
      if words[word].lastPair == 0 { words[word].firstPair = Int32(place) }
      words[word].lastPair = Int32(place + 1)
    }
    for (scalar, rate) in tables.byScalar { insert(scalar, rate: Int32(rate)) }
    for (face, rate) in tables.byEmoticon { insert(face: face, rate: Int32(rate)) }
  }

  private mutating func insert(_ text: [UInt32], _ number: Int32) {
    words.append(Word(firstScalar: Int32(scalars.count), length: Int32(text.count)))
    scalars.append(contentsOf: text)
    let hash = StyleHash.token(text)
    var slot = RateIndex.wordSlot(hash)
    while slots[slot] != 0 { slot = (slot + 1) & (RateIndex.wordSlots - 1) }
    slots[slot] = RateIndex.wordTag(hash) | UInt32(number + 1)
  }

  private mutating func insert(_ scalar: UInt32, rate: Int32) {
    if scalar < 0x80 {
      ascii[Int(scalar)] = rate
      return
    }
    var slot = RateIndex.slot(scalar, of: RateIndex.wideSlots)
    while wideScalars[slot] != 0 { slot = (slot + 1) & (RateIndex.wideSlots - 1) }
    wideScalars[slot] = scalar
    wideRates[slot] = rate
  }

  private mutating func insert(face: [UInt32], rate: Int32) {
    guard (2...4).contains(face.count), face.allSatisfy({ $0 < 0x80 }) else { return }
    let key = face.reversed().reduce(0) { $0 << 8 | $1 }
    var slot = RateIndex.slot(key, of: RateIndex.faceSlots)
    while faces[slot] != 0 { slot = (slot + 1) & (RateIndex.faceSlots - 1) }
    faces[slot] = key
    faceRates[slot] = rate
    if face.allSatisfy({ (0x61...0x7A).contains($0) }) { lowerFaces |= 1 << (face[0] - 0x61) }
  }
}
