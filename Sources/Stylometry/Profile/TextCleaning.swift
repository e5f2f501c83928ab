/// A post without what its author did not write. A link stands as U+E000 and a mention as U+E001: that there was
/// one is a habit, what it named is not.
public struct TextCleaning {
  /// Stands for a link or an address.
  public static let link: UInt32 = 0xE000
  /// Stands for a mention.
  public static let mention: UInt32 = 0xE001

  /// Lines that are kept, in order, blank ones included.
  public private(set) var lines: [[UInt32]] = []
  /// What was left out, by `LeftOut`.
  public private(set) var leftOut = [LeftOutCount](repeating: LeftOutCount(), count: LeftOut.allCases.count)

  /// Cleans one post. Bytes that are no UTF-8 become U+FFFD, one for each maximal ill-formed part.
  ///
  /// - Parameter isJoined: see `ProfileBuilder.isJoined`.
  public init(post: some Collection<UInt8>, isJoined: Bool = false) {
    let bytes = Array(post).withUnsafeBufferPointer { post in
      let blocks = MarkedBlocks(in: post, quotationsAlone: isJoined)
      leftOut.withUnsafeMutableBufferPointer { counts in
        if let counts = counts.baseAddress { blocks.count(in: post, into: counts) }
      }
      return blocks.without(post)
    }
    var scalars: [UInt32] = []
    scalars.reserveCapacity(bytes.count)
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    decoding: while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        // The two private scalars that stand for links and mentions may not come from outside.
        let value = scalar.value
        scalars.append(value == Self.link || value == Self.mention ? 0xFFFD : value)
      case .error:
        scalars.append(0xFFFD)
        leftOut[LeftOut.invalidBytes.rawValue].add(1)
      case .emptyInput: break decoding
      }
    }
    split(scalars, isJoined: isJoined)
  }

  private mutating func split(_ scalars: [UInt32], isJoined: Bool) {
    var start = 0
    var rest: LeftOut?
    var isBelowOwn = false
    while start < scalars.count {
      var end = start
      while end < scalars.count, scalars[end] != 0x0A { end += 1 }
      var stop = end
      if stop > start, scalars[stop - 1] == 0x0D { stop -= 1 }
      let line = scalars[start..<stop]
      start = end + 1
      if let reason = rest {
        leftOut[reason.rawValue].scalars += UInt64(line.count)
        continue
      }
      let kind = Self.kind(of: line, before: scalars[min(start, scalars.count)...])
      switch kind {
      case .own: lines.append(replacingReferences(line))
      case .quote: leftOut[LeftOut.quoted.rawValue].add(line.count)
      case .attribution:
        leftOut[LeftOut.quoted.rawValue].add(line.count)
        if isBelowOwn, let above = lines.last, Self.beginsAttribution(above) {
          leftOut[LeftOut.quoted.rawValue].scalars += UInt64(above.count)
          lines.removeLast()
        }
      case .restIs(let reason):
        if !isJoined { rest = reason }
        leftOut[reason.rawValue].add(line.count)
      }
      isBelowOwn = kind == .own
    }
  }

  enum LineKind: Equatable {
    case own, quote
    /// Says whose the quotation is that begins on the next line.
    case attribution
    case restIs(LeftOut)
  }

  /// By the header that names a quoted mail's sender, in the languages of mail programs, the headers below it that say
  /// when it was sent; of these without letters beyond ASCII.
  private static let quotedHeaders: [[UInt32]: Set<[UInt32]>] = {
    let headers: [(String, [String])] = [
      ("from", ["sent", "date"]), ("von", ["gesendet", "datum"]), ("van", ["verzonden", "datum"]),
      ("de", ["envoy", "date", "enviado", "enviada", "fecha", "data"]), ("da", ["inviato", "data"]),
      ("od", ["wysano", "data"]), ("fra", ["sendt", "dato"]), ("från", ["skickat", "datum"]),
    ]
    var result: [[UInt32]: Set<[UInt32]>] = [:]
    for (sender, dates) in headers { result[scalars(of: sender)] = Set(dates.map { scalars(of: $0) }) }
    return result
  }()

  /// What stands between dashes above a mail that is passed on or answered.
  private static let separators: [[UInt32]] = [
    "original message", "forwarded message", "ursprüngliche nachricht", "original-nachricht",
    "weitergeleitete nachricht", "message d'origine", "message original", "message transféré",
    "mensaje original",
    "mensaje reenviado", "mensagem original", "mensagem encaminhada", "messaggio originale",
    "messaggio inoltrato",
    "oorspronkelijk bericht", "doorgestuurd bericht", "wiadomość oryginalna", "przekazana wiadomość",
  ].map { scalars(of: $0) }

  private static func scalars(of text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  /// The name of a header that a text begins with, in lower case, perhaps in bold (`*From:*`); empty when it begins with
  /// none.
  ///
  /// - Parameter isASCII: whether letters beyond ASCII are left out, so that UTF-8 gives the same as its scalars.
  private static func headerName(_ text: some Sequence<UInt32>, isASCII: Bool) -> [UInt32] {
    var name: [UInt32] = []
    var isOver = false
    for scalar in text where scalar < 0x80 || !isASCII {
      switch scalar {
      case 0x3A: return name
      case 0x20, 0x09, 0x2A, 0xA0: if !name.isEmpty { isOver = true }
      case 0x41...0x5A, 0x61...0x7A, 0x80...:
        if isOver || name.count == 10 { return [] }
        name.append(scalar < 0x80 ? scalar | 0x20 : scalar)
      default: return []
      }
    }
    return []
  }

  /// Whether a mail address stands in a text; `@bob` and `@bob@example.org` are mentions.
  private static func holdsAddress(_ text: ArraySlice<UInt32>) -> Bool {
    text.split { ScalarClass($0) == .space }.contains { word in
      let bare = word.drop { $0 != 0x40 && ScalarClass($0) != .word }
      return bare.first != 0x40 && bare.contains(0x40)
    }
  }

  /// Whether what follows an attribution is no marked quotation, so that all of it is what was answered: some programs
  /// put no `>` before its lines.
  private static func isUnmarked(_ following: some Sequence<UInt32>) -> Bool {
    for scalar in following where scalar > 0x20 && scalar < 0x80 { return scalar != 0x3E }
    return false
  }

  /// Whether the next line that is not blank is a quotation's, by its mark.
  static func isMarked(_ following: some Sequence<UInt32>) -> Bool {
    var isBegun = false
    for scalar in following {
      if isBegun { return !isFace(scalar) }
      if scalar == 0x3E { isBegun = true } else if scalar > 0x20 { return false }
    }
    return isBegun
  }

  /// Whether `>` and a scalar are a face, as in `>:(`, `>_<` and `>.<`.
  private static func isFace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3A, 0x3B, 0x3D, 0x5F, 0x2E, 0x6F, 0x4F: true
    default: false
    }
  }

  /// Whether a line that was kept begins what the next one says of a quotation, as programs that break lines write it: it
  /// holds an address or a date or a time.
  static func beginsAttribution(_ line: some Collection<UInt32>) -> Bool {
    line.count <= 200
      && (line.contains(link) || line.count { (0x30...0x39).contains($0) } >= 3)
  }

  /// Whether a text names an address or a link, and has no line as long as a paragraph's; letters beyond ASCII aside, so
  /// that UTF-8 gives the same as its scalars.
  private static func namesPlace(_ text: some Sequence<UInt32>) -> Bool {
    var isNamed = false
    var length = 0
    var before: UInt32 = 0
    for scalar in text where scalar < 0x80 {
      length = scalar == 0x0A ? 0 : length + 1
      if length > 200 { return false }
      if scalar == 0x40 || scalar == 0x2F && before == 0x2F { isNamed = true }
      before = scalar
    }
    return isNamed
  }

  /// Lines that a signature below `--` has at most; four are the custom (RFC 1855).
  private static let signatureLines = 12

  /// Whether a text has no more lines than a signature, blank and quoted ones aside: `--` above a longer one divides it.
  private static func isSignature(_ text: some Sequence<UInt32>) -> Bool {
    var lines = 0
    var isBeginning = true
    for scalar in text {
      if scalar == 0x0A {
        isBeginning = true
      } else if isBeginning, scalar > 0x20 {
        isBeginning = false
        if scalar != 0x3E { lines += 1 }
        if lines > signatureLines { return false }
      }
    }
    return true
  }

  /// What a line is by its beginning: `> text`, `<nick> text` and "On … wrote:" are quotes, and so is all
  /// behind the last where it names an address and what follows is not marked; a line that ends in a colon above marked
  /// lines says whose they are; `-- ` begins a signature (RFC 3676, 4.3), as does `--` above a few lines, and a rule of
  /// `_` what a mailing list adds; the separators of mail programs begin forwarded text, and headers, the sender's first, a
  /// quoted mail.
  ///
  /// - Parameter following: the text from the next line on.
  static func kind(of line: ArraySlice<UInt32>, before following: some Sequence<UInt32>) -> LineKind {
    guard let start = line.firstIndex(where: { ScalarClass($0) != .space }) else { return .own }
    var end = line.endIndex
    while ScalarClass(line[end - 1]) == .space { end -= 1 }
    let text = line[start..<end]
    let first = text[start]
    if first == 0x3E { return text.count > 1 && isFace(text[start + 1]) ? .own : .quote }
    if first == 0x3C, let close = text.prefix(34).firstIndex(of: 0x3E), close > start + 1,
      !text[start..<close].contains(where: { ScalarClass($0) == .space || $0 == 0x2F }),
      close + 1 == end || ScalarClass(text[close + 1]) == .space, text[start + 1] != 0x40,
      text[start + 1] != 0x23
    {
      return .quote
    }
    // PGP puts "- " before each line that begins with a dash (RFC 4880, 7.1).
    if text.elementsEqual([0x2D, 0x2D]) || text.elementsEqual([0x2D, 0x20, 0x2D, 0x2D]),
      end < line.endIndex || isSignature(following)
    {
      return .restIs(.signatures)
    }
    guard text.count <= 200 else { return .own }
    if first == 0x5F, text.count >= 20, text.allSatisfy({ $0 == 0x5F }), isSignature(following),
      namesPlace(following)
    {
      return .restIs(.signatures)
    }
    let lower = text.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
    if starts(lower, "sent from my ") { return .restIs(.signatures) }
    if starts(lower, "get outlook for ") { return .restIs(.signatures) }
    if starts(lower, "begin forwarded message") { return .restIs(.forwarded) }
    if starts(lower, "on "), ends(lower, " wrote:") {
      return holdsAddress(text) && isUnmarked(following) ? .restIs(.quoted) : .quote
    }
    if first < 0x80, let dates = quotedHeaders[headerName(text, isASCII: false)],
      dates.contains(headerName(following, isASCII: true))
    {
      return .restIs(.quoted)
    }
    if first == 0x2D {
      let words = lower.drop { $0 == 0x2D || ScalarClass($0) == .space }
      if separators.contains(where: { words.starts(with: $0) }) {
        return .restIs(.forwarded)
      }
    }
    return endsInColon(text.last) && isMarked(following) ? .attribution : .own
  }

  /// Whether the last scalar of a line is a colon.
  static func endsInColon(_ last: UInt32?) -> Bool { last == 0x3A || last == 0xFF1A }

  private static func starts(_ text: some Collection<UInt32>, _ prefix: StaticString) -> Bool {
    prefix.withUTF8Buffer { text.starts(with: $0.lazy.map(UInt32.init)) }
  }

  private static func ends(_ text: [UInt32], _ suffix: StaticString) -> Bool {
    suffix.withUTF8Buffer { text.suffix($0.count).elementsEqual($0.lazy.map(UInt32.init)) }
  }

  /// Puts one scalar for each link, address and mention. Words are looked at as they stand between white space.
  private mutating func replacingReferences(_ line: ArraySlice<UInt32>) -> [UInt32] {
    var out: [UInt32] = []
    out.reserveCapacity(line.count)
    var start = line.startIndex
    while start < line.endIndex {
      if ScalarClass(line[start]) == .space {
        out.append(line[start])
        start += 1
        continue
      }
      var end = start
      while end < line.endIndex, ScalarClass(line[end]) != .space { end += 1 }
      append(line[start..<end], to: &out)
      start = end
    }
    return out
  }

  private mutating func append(_ chunk: ArraySlice<UInt32>, to out: inout [UInt32]) {
    let found = chunk.withUnsafeBufferPointer { Self.reference(in: $0) }
    guard let (reason, range) = found else { return out.append(contentsOf: chunk) }
    leftOut[reason.rawValue].add(range.count)
    out.append(contentsOf: chunk.prefix(range.lowerBound))
    out.append(reason == .links ? Self.link : Self.mention)
    out.append(contentsOf: chunk.dropFirst(range.upperBound))
  }

  /// The link, address or mention in what stands between white space, without marks around it.
  static func reference(in chunk: UnsafeBufferPointer<UInt32>) -> (reason: LeftOut, range: Range<Int>)? {
    var begin = 0
    while begin < chunk.count, opens(chunk[begin]) { begin += 1 }
    var end = chunk.count
    while end > begin, closes(chunk[end - 1]) { end -= 1 }
    let core = UnsafeBufferPointer(rebasing: chunk[begin..<end])
    if startsLink(core) { return (.links, begin..<end) }
    guard let at = core.firstIndex(of: 0x40) else { return nil }
    if at == 0 {
      guard core.count > 1, ScalarClass(core[1]) == .word else { return nil }
      // The name ends at the first scalar that no name has: "@ann's" keeps "'s".
      var stop = 1
      while stop < core.count, ScalarClass(core[stop]) == .word || core[stop] == 0x2D || core[stop] == 0x2E {
        stop += 1
      }
      return (.mentions, begin..<begin + stop)
    }
    guard at + 1 < core.count, core[at...].contains(0x2E), ScalarClass(core[at - 1]) == .word,
      ScalarClass(core[at + 1]) == .word
    else { return nil }
    return (.links, begin..<end)
  }

  private static func opens(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x28, 0x5B, 0x3C, 0x22, 0x27: true
    default: false
    }
  }

  private static func closes(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x29, 0x5D, 0x3E, 0x22, 0x27, 0x2E, 0x2C, 0x21, 0x3F, 0x3A, 0x3B: true
    default: false
    }
  }

  private static func startsLink(_ core: UnsafeBufferPointer<UInt32>) -> Bool {
    func has(_ prefix: StaticString) -> Bool {
      prefix.withUTF8Buffer { prefix in
        guard core.count >= prefix.count else { return false }
        return prefix.indices.allSatisfy {
          let scalar = core[$0]
          return ((0x41...0x5A).contains(scalar) ? scalar + 32 : scalar) == UInt32(prefix[$0])
        }
      }
    }
    return has("http://") || has("https://") || has("www.")
  }

  /// Of a text with at least 40 letters in words without digits: a fingerprint of those words, ASCII in lower case and
  /// apostrophes straight. Two texts that differ in case, punctuation, white space or numbers alone count as one.
  public static func fingerprint(of text: [UInt32]) -> UInt64? {
    var hash: UInt64 = 0x2545_F491_4F6C_DD1D
    var letters = 0
    for token in StyleTokens(text) where token.kind == .word {
      let word = text[token.range]
      if word.contains(where: { (0x30...0x39).contains($0) }) { continue }
      letters += word.count
      let folded = word.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 == 0x2019 ? 0x27 : $0 }
      hash = (hash ^ StyleHash.token(folded)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
    }
    return letters >= 40 ? hash : nil
  }
}
