/// The grammar of header lines, over bytes.
struct WhatsAppHeaderGrammar {
  var scan: ByteScan
  /// The file's layout, which tells whether the time stands before the date and whether a colon may end a head; nil to go by
  /// the line.
  let known: WhatsAppLayout?
  /// Whether the last failure was the end of the line.
  var ranOut = false
  private var endsInDayHalf = false

  init(scan: ByteScan, known: WhatsAppLayout?) {
    self.scan = scan
    self.known = known
  }

  mutating func header() -> WhatsAppHeader? {
    var header = WhatsAppHeader()
    skipMarks()
    if scan.take("[") { header.layout.isBracketed = true }
    skipMarks()
    let start = scan.position
    header.layout.isTimeFirst = known?.isTimeFirst ?? beginsWithTime
    guard header.layout.isTimeFirst ? timeAndDate(&header) : dateAndTime(&header) else { return nil }
    header.written = start..<scan.position
    return ending(&header) ? header : nil
  }

  /// `d{1,4} sep d{1,2} sep d{1,4}`, with a space after each separator in some locales.
  private mutating func date(_ header: inout WhatsAppHeader) -> Bool {
    guard let first = number(limit: 4) else { return false }
    skipMarks()
    guard let separator = next(), "/.-".utf8.contains(separator) else { return false }
    skipMarks()
    header.layout.dateSeparator = separator
    header.layout.hasSpacedDate = scan.take(" ")
    guard let second = number(limit: 2) else { return false }
    skipMarks()
    guard let again = next(), again == separator else { return false }
    skipMarks()
    if header.layout.hasSpacedDate, !scan.take(" ") { return fail() }
    guard let third = number(limit: 4) else { return false }
    // Serbian and Latvian write the third full stop without spaces.
    if separator == UInt8(ascii: ".") { _ = scan.take(".") }
    pass(Self.ofYear)
    header.date = (first.value, second.value, third.value)
    switch (first.digits, third.digits) {
    case (4, 1...2): header.layout.isYearFirst = true
    case (1...2, 4): break
    case (1...2, 1...2): header.layout.yearDigits = 2
    default: return fail()
    }
    return true
  }

  /// Whether a number and a colon stand here: no date has one.
  private var beginsWithTime: Bool {
    var copy = self
    return copy.number(limit: 2) != nil && copy.scan.byte == UInt8(ascii: ":")
  }

  private mutating func timeAndDate(_ header: inout WhatsAppHeader) -> Bool {
    guard time(&header), gap(&header) else { return false }
    if date(&header) { return true }
    ranOut = ranOut || endsInDayHalf
    return false
  }

  private mutating func dateAndTime(_ header: inout WhatsAppHeader) -> Bool {
    guard date(&header), gap(&header) else { return false }
    header.isAfternoon = marker(WhatsAppDayHalf.beforeTime)
    if header.isAfternoon != nil {
      _ = space()
    } else if !endsInDayHalf {
      guard let joiner = joiner() else { return fail() }
      header.layout.joiner = joiner
    }
    return time(&header)
  }

  /// A comma, if there is one, and spaces between date and time.
  private mutating func gap(_ header: inout WhatsAppHeader) -> Bool {
    skipMarks()
    // U+060C is the comma of Arabic.
    header.layout.hasComma = scan.take(",") || take(0xD8, 0x8C)
    skipMarks()
    return space() || fail()
  }

  private mutating func time(_ header: inout WhatsAppHeader) -> Bool {
    guard let hour = number(limit: 2) else {
      ranOut = ranOut || endsInDayHalf
      return false
    }
    header.hour = hour.value
    guard pass(Self.ofHour) ? spelledMinutes(&header) : minutes(&header) else { return false }
    header.isAfternoon = header.isAfternoon ?? dayHalf()
    header.layout.hasDayHalf = header.isAfternoon != nil
    pass(Self.ofTime)
    return true
  }

  /// Minutes and seconds behind `:` or `.`.
  private mutating func minutes(_ header: inout WhatsAppHeader) -> Bool {
    guard let separator = next(), ":.".utf8.contains(separator), let minute = pair() else {
      ranOut = ranOut || endsInDayHalf
      return false
    }
    header.layout.timeSeparator = separator
    header.minute = minute
    guard scan.byte == separator else { return true }
    scan.position += 1
    guard let second = pair() else { return false }
    header.second = second
    header.layout.hasSeconds = true
    return true
  }

  /// Minutes and seconds as French of Canada has them: `15 h 20`, `15 h 20 min 05 s`.
  private mutating func spelledMinutes(_ header: inout WhatsAppHeader) -> Bool {
    guard space(), let minute = pair() else { return fail() }
    header.layout.timeSeparator = UInt8(ascii: "h")
    header.minute = minute
    guard pass(Self.ofMinute) else { return true }
    guard space(), let second = pair(), pass(Self.ofSecond) else { return fail() }
    header.second = second
    header.layout.hasSeconds = true
    return true
  }

  private static let ofHour = Array("h".utf8)
  private static let ofMinute = Array("min".utf8)
  private static let ofSecond = Array("s".utf8)

  /// Bulgarian writes `г.` behind the year and `ч.` behind the time.
  private static let ofYear: [UInt8] = [0xD0, 0xB3, 0x2E]
  private static let ofTime: [UInt8] = [0xD1, 0x87, 0x2E]

  /// Passes over a word behind a number and a space, if it is there. When the line ends inside it, that is remembered.
  @discardableResult
  private mutating func pass(_ word: [UInt8]) -> Bool {
    let start = scan.position
    if space() {
      let rest = UnsafeBufferPointer(rebasing: scan.bytes[scan.position...])
      if rest.starts(with: word) {
        scan.position += word.count
        return true
      }
      if word.starts(with: rest) { endsInDayHalf = true }
    }
    scan.position = start
    return false
  }

  /// `AM`, `pm`, `a.m.`, `p. m.`, after any of the spaces that locales use.
  private mutating func dayHalf() -> Bool? {
    let start = scan.position
    _ = space()
    if let half = marker(WhatsAppDayHalf.afterTime) { return half }
    if isAtEnd { endsInDayHalf = true }
    guard let letter = scan.byte.map({ $0 | 0x20 }),
      letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p")
    else {
      scan.position = start
      return nil
    }
    scan.position += 1
    if scan.take(".") { _ = space() }
    guard let other = scan.byte, other | 0x20 == UInt8(ascii: "m") else {
      endsInDayHalf = isAtEnd
      scan.position = start
      return nil
    }
    scan.position += 1
    _ = scan.take(".")
    return letter == UInt8(ascii: "p")
  }

  /// A mark of the half of the day that stands here. When the line ends inside one, that is remembered.
  private mutating func marker(_ marks: [WhatsAppDayHalf]) -> Bool? {
    let rest = UnsafeBufferPointer(rebasing: scan.bytes[scan.position...])
    guard let first = rest.first, first >= 0x80 || first & 0xDF >= 0x41 else { return nil }
    for mark in marks where rest.starts(with: mark.bytes) {
      scan.position += mark.bytes.count
      return mark.isAfternoon
    }
    if marks.contains(where: { $0.bytes.starts(with: rest) }) { endsInDayHalf = true }
    return nil
  }

  /// What a locale writes between date and time; empty when the time follows at once, nil for anything else.
  private mutating func joiner() -> String? {
    let start = scan.position
    var end = start
    for _ in 0..<2 {
      guard !isDigit else { break }
      let word = scan.position
      while let byte = scan.byte, Self.isOfWord(byte) { scan.position += 1 }
      end = scan.position
      guard end > word, end - start <= Self.joinerLimit, space() else { return nil }
    }
    if end == start { return "" }
    let text = String(decoding: UnsafeBufferPointer(rebasing: scan.bytes[start..<end]), as: UTF8.self)
    return Self.joiners.contains(text) ? text : nil
  }

  /// Words between date and time: German, French, Finnish, Swedish, English, Portuguese, Spanish, Catalan, Italian,
  /// Dutch, Polish, Czech, Russian, Turkish, Indonesian, Vietnamese, Romanian, Croatian.
  private static let joiners: Set<String> = [
    "um", "à", "klo", "kl.", "kl", "at", "às", "a las", "a la", "a les", "alle", "alle ore", "ore", "om", "o",
    "v",
    "в", "saat", "pukul", "jam", "lúc", "la", "ob",
    "u",
  ]
  private static let joinerLimit = 12

  /// A letter of ASCII, a full stop, or a byte of another character that is no space.
  private static func isOfWord(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF) || byte == UInt8(ascii: ".")
      || (byte >= 0x80 && byte != 0xC2 && byte != 0xE2)
  }

  /// `] `, ` - ` (an en-dash in some locales) or `: ` behind seconds, and direction marks before the body.
  private mutating func ending(_ header: inout WhatsAppHeader) -> Bool {
    if header.layout.isBracketed {
      guard scan.take("]") else { return fail() }
      guard space() else { return fail() }
    } else if header.layout.hasSeconds, !header.layout.isTimeFirst, known?.endsInColon != false,
      scan.take(":")
    {
      header.layout.endsInColon = true
      guard space() else { return fail() }
    } else {
      guard space() else { return fail() }
      if !scan.take("-") {
        guard take(0xE2, 0x80, 0x93) || take(0xE2, 0x80, 0x94) else { return fail() }
      }
      guard space() else { return fail() }
    }
    skipMarks()
    header.body = scan.position
    return true
  }

  private mutating func fail() -> Bool {
    ranOut = isAtEnd || endsInDayHalf
    return false
  }

  private mutating func next() -> UInt8? {
    guard let byte = scan.byte, !isAtEnd else {
      ranOut = true
      return nil
    }
    scan.position += 1
    return byte
  }

  private mutating func number(limit: Int) -> (value: Int, digits: Int)? {
    let start = scan.position
    var value = 0
    var digits = 0
    while digits < limit, let digit = takeDigit() {
      value = value * 10 + digit
      digits += 1
    }
    // One digit too many: another number than was looked for.
    if digits == 0 || (digits == limit && isDigit) {
      ranOut = isAtEnd
      scan.position = start
      return nil
    }
    return (value, digits)
  }

  private var isDigit: Bool {
    var copy = self
    return copy.takeDigit() != nil
  }

  /// A digit of ASCII, or one of the Arabic (U+0660), Persian (U+06F0), Devanagari (U+0966) or Bengali (U+09E6) ones.
  private mutating func takeDigit() -> Int? {
    guard let byte = scan.byte else { return nil }
    if byte.isDigit {
      scan.position += 1
      return Int(byte) - 0x30
    }
    if byte < 0x80 { return nil }
    for zero in [[0xD9, 0xA0], [0xDB, 0xB0], [0xE0, 0xA5, 0xA6], [0xE0, 0xA7, 0xA6]] as [[UInt8]] {
      let end = scan.position + zero.count
      guard end <= scan.bytes.count,
        scan.bytes[scan.position..<end - 1].elementsEqual(zero.dropLast()),
        let first = zero.last, (first...first + 9).contains(scan.bytes[end - 1])
      else { continue }
      scan.position = end
      return Int(scan.bytes[end - 1] - first)
    }
    return nil
  }

  /// Two digits.
  private mutating func pair() -> Int? {
    guard let found = number(limit: 2) else { return nil }
    if found.digits == 2 { return found.value }
    ranOut = isAtEnd
    return nil
  }

  /// Whether nothing more stands here, or only the beginning of a character that the source cut.
  private var isAtEnd: Bool {
    let rest = UnsafeBufferPointer(rebasing: scan.bytes[scan.position...])
    return rest.isEmpty || ValidUTF8.unfinishedTail(rest) == rest.count
  }

  /// One or more spaces: ASCII, U+00A0, U+2009, U+202F.
  private mutating func space() -> Bool {
    let start = scan.position
    while scan.take(" ") || take(0xC2, 0xA0) || take(0xE2, 0x80, 0xAF) || take(0xE2, 0x80, 0x89) {}
    return scan.position > start
  }

  private mutating func skipMarks() {
    while true {
      let count = DirectionMarks.length(scan.bytes, at: scan.position)
      if count == 0 { return }
      scan.position += count
    }
  }

  private mutating func take(_ bytes: UInt8...) -> Bool {
    let end = scan.position + bytes.count
    guard end <= scan.bytes.count, scan.bytes[scan.position..<end].elementsEqual(bytes) else { return false }
    scan.position = end
    return true
  }
}
