internal import CKernels
internal import CStyleKernels

/// Tokens that were met before, with all that is to be known of them: of a language's words most come again and again. Each
/// has one place by a hash of its bytes, which the next token takes that comes there. What is remembered follows from the
/// bytes of the token alone, so that no result depends on what was met.
struct WordMemo: ~Copyable {
  struct Entry: BitwiseCopyable {
    /// The bytes of `cog_token_key`. A token has at least one that is not zero.
    var low: UInt64 = 0
    var high: UInt64 = 0
    var hash: UInt64 = 0
    var folded: UInt64 = 0
    var rates = WordCounts()
    var kinds: UInt32 = 0
  }

  private static let size = 1 << Int(COG_TOKEN_PLACES)
  // A line of the cache holds an entry.
  private static let place = Int(COG_TOKEN_PLACE)
  /// Where the entries lie.
  let memory: UnsafeMutablePointer<UInt8>

  init() {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: Self.size * Self.place, alignment: Self.place)
    memory = raw.bindMemory(to: UInt8.self, capacity: Self.size * Self.place)
    for number in 0..<Self.size {
      (raw + number * Self.place).initializeMemory(as: Entry.self, to: Entry())
    }
  }

  deinit { UnsafeMutableRawPointer(memory).deallocate() }

  /// The entry at a place that `cog_token_keys` found.
  @inline(__always)
  static func entry(_ place: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<Entry> {
    UnsafeMutableRawPointer(place).assumingMemoryBound(to: Entry.self)
  }
}

/// The rates that a word counts for, at most four; those that it lacks are counted where nobody looks.
struct WordCounts: BitwiseCopyable {
  /// Room behind the rates for those that are none.
  static let spare = 4

  /// The number of the word in the lists, -1 for none, -2 when all this is not known.
  var word: Int32 = -2
  /// The same if pairs begin with it, else -1.
  var beginsPair: Int32 = -1
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
    beginsPair = words.beginningPair(number)
    self.rates = rates
  }
}
