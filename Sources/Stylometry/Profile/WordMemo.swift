internal import CKernels

/// Words that were met before, with all that is to be known of them: of a language's words most come again and again. Each
/// has one place by a hash of its bytes, which the next word takes that comes there. What is remembered follows from the
/// bytes of the word alone, so that no result depends on what was met.
struct WordMemo: ~Copyable {
  /// Scalars of a word at most.
  static let longest = 16
  private static let bits: UInt64 = 13

  struct Entry: BitwiseCopyable {
    /// `cog_style_narrow`, zero behind the word. A word has at least one byte that is not zero.
    var low: UInt64 = 0
    var high: UInt64 = 0
    var hash: UInt64 = 0
    var folded: UInt64 = 0
    var rates = WordCounts()
    var kinds: UInt32 = 0
  }

  /// Bytes of a place: an entry is in one line of the cache.
  private static let place = 64

  private let memory: UnsafeMutableRawPointer

  init() {
    let places = 1 << Int(Self.bits)
    memory = .allocate(byteCount: places * Self.place, alignment: Self.place)
    for number in 0..<places {
      (memory + number * Self.place).initializeMemory(as: Entry.self, to: Entry())
    }
  }

  deinit { memory.deallocate() }

  /// The entry of a word that begins at a scalar; the caller looks whether it is of these bytes. 16 scalars can be read.
  @inline(__always)
  func entry(
    _ text: UnsafeMutablePointer<UInt32>, _ length: Int, _ bytes: inout (low: UInt64, high: UInt64)
  ) -> UnsafeMutablePointer<Entry> {
    cog_style_narrow(text, &bytes.low, &bytes.high)
    // A word has one scalar at least.
    let unused = UInt64(8 * (8 - min(length, 8)))
    bytes.low &= ~0 &>> unused
    bytes.high &= length > 8 ? ~0 &>> UInt64(8 * (Self.longest - length)) : 0
    let mixed = (bytes.low ^ bytes.high &* 0xA076_1D64_78BD_642F) &* 0x9E37_79B9_7F4A_7C15
    let spread = (mixed ^ mixed >> 29) &* 0xD6E8_FEB8_6659_FD93
    return (memory + Int(spread >> (64 - Self.bits)) * Self.place).assumingMemoryBound(to: Entry.self)
  }
}

/// The rates that a word counts for, at most four; those that it lacks are counted where nobody looks.
struct WordCounts: BitwiseCopyable {
  /// Room behind the rates for those that are none.
  static let spare = 4

  /// The number of the word in the lists, -1 for none, -2 when all this is not known.
  var word: Int32 = -2
  var rates = SIMD4<UInt16>(0, 0, 0, 0)

  /// Nothing is known.
  init() {}

  /// - Parameter all: count of all rates.
  init(_ token: PostToken, _ words: WordRates, all: Int) {
    var rates = SIMD4(UInt16(all), UInt16(all + 1), UInt16(all + 2), UInt16(all + 3))
    var count = 0
    let number = words.find(token)
    words.forEach(token, number) { rate in
      if count < 4 { rates[count] = UInt16(rate) }
      count += 1
    }
    guard count <= 4 else { return }
    word = number
    self.rates = rates
  }
}
