/// What the values of a column look like, by share.
struct ValueShape {
  /// Distinct values that are looked at.
  static let sampleSize = 2_000

  var email = 0
  var phone = 0
  var address = 0
  var date = 0
  /// A month of a year, or a date without its day.
  var partOfDate = 0
  var withDigit = 0
  var digits = 0
  /// One word with a digit in it.
  var code = 0
  var hex = 0
  var url = 0
  var word = 0
  /// One word of letters alone, as a given or a family name is; and two to four such.
  var oneWord = 0
  var fewWords = 0
  /// Four words or more.
  var phrase = 0
  /// Words with a number at one end, as a street and house number are.
  var numbered = 0
  /// Dates with a time of day.
  var clock = 0
  var total = 0
  /// Years of the dates.
  private(set) var years: [Int] = []

  init(_ pool: ValuePool) {
    // Values are numbered by first appearance, so that the first ones are a fair sample of the records.
    for value in 1..<max(min(pool.count, Self.sampleSize), 1) { add(pool.text(value)) }
  }

  func share(_ path: KeyPath<ValueShape, Int>) -> Double {
    total == 0 ? 0 : Double(self[keyPath: path]) / Double(total)
  }

  /// Whether values of this look can be of a kind that the name speaks for.
  func allows(_ kind: ColumnKind) -> Bool {
    switch kind {
    case .email: share(\.email) > 0.2
    case .network: share(\.address) > 0.2
    case .birthDate: share(\.date) + share(\.partOfDate) > 0.3 || share(\.digits) > 0.8
    case .time: share(\.date) > 0.3 || share(\.digits) > 0.8
    case .phone: share(\.phone) > 0.3 || share(\.digits) > 0.3
    case .givenName, .familyName, .middleName, .fullName, .locality:
      share(\.digits) < 0.5 && share(\.email) < 0.5 && share(\.date) < 0.5
    case .handle: share(\.date) < 0.5 && share(\.phrase) < 0.5 && share(\.fewWords) < 0.5
    case .number: share(\.withDigit) > 0.5
    case .age: share(\.digits) > 0.8
    case .street: share(\.digits) < 0.9
    case .device: share(\.word) < 0.9 || share(\.hex) > 0.5
    default: true
    }
  }

  /// Whether dates without a time of day lie as far apart as people's births do.
  var looksLikeBirths: Bool {
    guard Double(date) > 0.8 * Double(total), clock * 10 < date, years.count > 1 else { return false }
    let sorted = years.sorted()
    return sorted[sorted.count * 19 / 20] - sorted[sorted.count / 20] >= 20
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    total += 1
    var digitCount = 0
    var hexCount = 0
    var letterCount = 0
    var at = 0
    var dots = 0
    var colons = 0
    var spaces = 0
    for byte in text {
      if byte &- 0x30 < 10 {
        digitCount += 1
        hexCount += 1
      } else if (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 {
        letterCount += 1
        if (byte | 0x20) &- 0x61 < 6 { hexCount += 1 }
      } else if byte == 0x40 {
        at += 1
      } else if byte == 0x2E {
        dots += 1
      } else if byte == 0x3A {
        colons += 1
      } else if byte == 0x20 {
        spaces += 1
      }
    }
    if at == 1, spaces == 0, text.count >= 3 { email += 1 }
    if dots == 3, NetworkAddress.isVersion4(text) { address += 1 }
    if colons >= 2, hexCount + colons == text.count, letterCount > 0 || colons >= 3 { address += 1 }
    if digitCount > 0 { withDigit += 1 }
    if digitCount > 0, spaces == 0 { code += 1 }
    // What cannot be a date is not looked at as one.
    if (3...18).contains(digitCount), letterCount <= 16 {
      let day = CalendarDate(text, .unknown)
      if day.extent == .day, let year = day.year, digitCount < text.count || CalendarDate.years.contains(year)
      {
        date += 1
        if colons > 0 { clock += 1 }
        years.append(year)
      } else if day.extent == .month {
        partOfDate += 1
      }
    }
    if letterCount >= 2, digitCount == 0, letterCount + spaces + 3 >= text.count {
      if spaces == 0 { oneWord += 1 } else if spaces <= 3 { fewWords += 1 }
    }
    if spaces >= 3 { phrase += 1 }
    if letterCount >= 3, (1...6).contains(digitCount), spaces > 0,
      text[0] &- 0x30 < 10 || text[text.count - 1] &- 0x30 < 10
    {
      numbered += 1
    }
    if digitCount == text.count { digits += 1 }
    if (8...15).contains(digitCount), letterCount == 0, digitCount + 5 >= text.count,
      text[0] == 0x2B || text[0] == 0x30 || digitCount >= 10
    {
      phone += 1
    }
    if hexCount >= 8, hexCount + 4 >= text.count, digitCount > 0 { hex += 1 }
    if letterCount > 0, digitCount == 0 { word += 1 }
    if text.count > 8, text[0] | 0x20 == 0x68, colons > 0, text.contains(0x2F) { url += 1 }
  }
}
