import Columns

/// What a text says of a day, as eight digits, yyyymmdd; 00 stands for a day or a month that is not said.
///
/// A text that cannot be read whole is no date, whatever digits it holds: a day and a year without the month would make
/// one person of twelve. A text of digits that are no day of the calendar (19651399) keeps them, as a slip of the pen is
/// near the day that was meant.
struct CalendarDate: BitwiseCopyable {
  /// How much is said.
  enum Extent: UInt8, BitwiseCopyable {
    case day, month, year
    /// Digits of a day that is not in the calendar.
    case slip
    /// It is no date.
    case none
    /// It says that there is no value.
    case missing
  }

  private(set) var extent = Extent.none
  /// yyyymmdd, or the digits of a slip, which may be one fewer or more.
  private var number: UInt32 = 0
  private var width: UInt8 = 8
  /// The letter in the place of a digit in a slip, 0 for none, and how many digits stand behind it.
  private var letter: UInt8 = 0
  private var behind: UInt8 = 0
  /// Whether the month was written by its name, or in Roman numerals.
  private(set) var isMonthNamed = false
  /// Whether day and month may be the other way round.
  private(set) var isAmbiguous = false
  /// Whether the year was written in two digits.
  private(set) var hasShortYear = false

  private var digits: Int { Int(number) }

  /// The year, where the text says one.
  var year: Int? { [.day, .month, .year].contains(extent) ? digits / 10_000 : nil }

  private init(_ extent: Extent) { self.extent = extent }

  /// Where there is no value.
  static let missing = CalendarDate(.missing)

  /// Reads a text: ISO 8601, numbers with any marks between them, months by name, eight digits, or six where the layout
  /// says their order; a time of day may follow.
  init(_ text: UnsafeBufferPointer<UInt8>, _ layout: DateLayout) {
    if TextFolding.isPlaceholder(text) {
      extent = .missing
      return
    }
    let parts = DateParts(text)
    if parts.isWhole { read(parts, layout) }
    if extent == .none { readPastLetter(text, layout) }
  }

  private init(_ parts: DateParts, _ layout: DateLayout) {
    if parts.isWhole { read(parts, layout) }
  }

  /// Years that are taken for such where a number may be something else.
  static let years = 1850...2100
  /// Years of dates.
  private static let possibleYears = 1500...2200

  /// The year of two digits: one of the hundred up to 2025.
  static func year(ofTwoDigits year: Int) -> Int { year + (year > 25 ? 1900 : 2000) }

  /// Whether the calendar has the day.
  static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    possibleYears.contains(year) && GregorianCalendar.contains(year: year, month: month, day: day)
  }

  /// Writes the date; nothing for what is none. In a column of years a date counts by its year; in one of days a year alone
  /// is left out, as it agrees with all days of it.
  func write(_ layout: DateLayout, into out: inout [UInt8]) {
    if extent == .none || extent == .missing || extent == .year && !layout.holdsYears { return }
    var digits = digits
    if layout.holdsYears, let year { digits = year * 10_000 }
    let start = out.count
    var power = 1
    for _ in 1..<width { power *= 10 }
    while power > 0 {
      out.append(UInt8(0x30 + digits / power % 10))
      power /= 10
    }
    if letter != 0 { out[start + Int(width) - 1 - Int(behind)] = letter }
  }

  // MARK: - From parts

  private mutating func read(_ parts: DateParts, _ layout: DateLayout) {
    isMonthNamed = parts.namedMonth != nil
    switch (parts.count, parts.namedMonth) {
    case (3, let month?): readNamed(parts, month, layout)
    case (3, nil): readNumbers(parts[0], parts[1], parts[2], layout)
    case (2, let month?):
      let year = parts[1 - month]
      if year.digits == 4 || year.digits == 2 && year.value > 31 { set(year, parts[month].value, 0) }
    case (2, nil):
      let (one, other) = (parts[0], parts[1])
      if (7...9).contains(parts.digits) {
        readRun(joined(one, other), parts.digits, layout)
      } else if one.digits == 4, other.digits <= 2 {
        set(one, other.value, 0)
      } else if other.digits == 4, one.digits <= 2 {
        set(other, one.value, 0)
      }
      // A month beyond the twelve is no slip of a day: 1965-66 are years.
      if extent == .slip, parts.digits < 7 { extent = .none }
    case (1, nil): readRun(parts[0].value, parts[0].digits, layout)
    default: break
    }
  }

  private mutating func readNamed(_ parts: DateParts, _ place: Int, _ layout: DateLayout) {
    let (one, other) = (parts[place == 0 ? 1 : 0], parts[place == 2 ? 1 : 2])
    let isYearFirst =
      one.digits != other.digits && max(one.digits, other.digits) > 2
      ? one.digits > other.digits
      : one.value > 31 || layout.order == .yearFirst && other.value <= 31
    let (year, day) = isYearFirst ? (one, other) : (other, one)
    if year.digits <= 4, day.digits <= 2 { set(year, parts[place].value, day.value) }
  }

  private mutating func readNumbers(
    _ one: DateParts.Part, _ two: DateParts.Part, _ three: DateParts.Part, _ layout: DateLayout
  ) {
    let isYearFirst =
      one.digits > 2
      || three.digits <= 2 && (layout.order == .yearFirst || one.value > 31 && three.value <= 31)
    let year = isYearFirst ? one : three
    let (month, day) = isYearFirst ? (two, three) : layout.order == .monthFirst ? (one, two) : (two, one)
    if month.digits <= 2, day.digits <= 2, [1, 2, 4].contains(year.digits) {
      set(year, month.value, day.value)
      if isYearFirst { return }
      turn(year: year, month: month.value, day: day.value, layout)
      return
    }
    // A mark in the wrong place, or a digit too many or too few.
    let count = one.digits + two.digits + three.digits
    if count == 8 {
      readRun(joined(joined(one, two), count: three.digits, three.value), 8, layout)
    } else if count == 7 || count == 9 {
      setSlip(joined(joined(year, month), count: day.digits, day.value), count)
    }
  }

  /// Reads digits without marks between them.
  private mutating func readRun(_ run: Int, _ count: Int, _ layout: DateLayout) {
    let (front, back) = (run / 10_000, run % 10_000)
    func part(_ value: Int, _ digits: Int) -> DateParts.Part { DateParts.Part(value: value, digits: digits) }
    switch count {
    case 4:
      set(part(run, 4), 0, 0)
      if extent == .slip { extent = .none }
    case 6:
      guard let order = layout.sixDigits else { return }
      let (one, two, three) = (front, back / 100, back % 100)
      switch order {
      case .yearFirst: set(part(one, 2), two, three)
      case .dayFirst: set(part(three, 2), two, one)
      case .monthFirst: set(part(three, 2), one, two)
      }
    case 7:
      // A program that took 03011965 for a number left its zero away.
      if Self.years.contains(back) { readRun(run, 8, layout) }
      if extent != .day { setSlip(run, 7) }
    case 8:
      set(part(front, 4), back / 100, back % 100)
      let isYearFirst = extent != .slip && extent != .none || Self.years.contains(front) && back / 100 <= 12
      if isYearFirst || !Self.years.contains(back) { return }
      let (month, day) = layout.order == .monthFirst ? (front / 100, front % 100) : (front % 100, front / 100)
      set(part(back, 4), month, day)
      turn(year: part(back, 4), month: month, day: day, layout)
    case 9: setSlip(run, 9)
    case 12, 14:
      // Hours, minutes and seconds follow; other digits make a number of a person or a thing.
      let (minutes, seconds) = count == 14 ? (run / 100, run % 100) : (run, 0)
      guard minutes / 100 % 100 < 24, minutes % 100 < 60, seconds < 60 else { return }
      let day = minutes / 10_000
      set(part(day / 10_000, 4), day / 100 % 100, day % 100)
      if extent != .day { extent = .none }
    default: break
    }
  }

  /// Takes day and month the other way round where that alone is possible and both orders occur, and notes where nothing
  /// tells.
  private mutating func turn(year: DateParts.Part, month: Int, day: Int, _ layout: DateLayout) {
    if layout.isProven || month == day { return }
    var turned = self
    turned.set(year, day, month)
    if extent == .slip, turned.extent == .day, layout.isMixed {
      self = turned
    } else if extent == .day, turned.extent == .day {
      isAmbiguous = true
    }
  }

  private mutating func set(_ year: DateParts.Part, _ month: Int, _ day: Int) {
    hasShortYear = year.digits <= 2
    let number = hasShortYear ? Self.year(ofTwoDigits: year.value) : year.value
    (self.number, width) = (UInt32(truncatingIfNeeded: number * 10_000 + month * 100 + day), 8)
    if year.isUnknown || number == 0 || hasShortYear && year.value == 0 && month == 0 {
      extent = .none
    } else if Self.isDay(number, month, day) {
      extent = .day
    } else if day == 0, (1...12).contains(month), Self.possibleYears.contains(number) {
      extent = .month
    } else if month == 0, day == 0, Self.possibleYears.contains(number) {
      extent = .year
    } else {
      extent = .slip
    }
  }

  private mutating func setSlip(_ run: Int, _ count: Int) {
    (extent, number, width) = (.slip, UInt32(truncatingIfNeeded: run), UInt8(truncatingIfNeeded: count))
    (hasShortYear, isAmbiguous) = (false, false)
  }

  private func joined(_ one: DateParts.Part, _ other: DateParts.Part) -> Int {
    joined(one.value, count: other.digits, other.value)
  }

  private func joined(_ front: Int, count: Int, _ back: Int) -> Int {
    (0..<min(count, 9)).reduce(front) { value, _ in value * 10 } + back
  }

  // MARK: - Slips of the pen

  /// Reads a date with one letter in it, where it stands for a mark (1965-01o03), for a digit (1965-o1-03), or for nothing
  /// (1965x-01-03).
  private mutating func readPastLetter(_ text: UnsafeBufferPointer<UInt8>, _ layout: DateLayout) {
    guard (8...11).contains(text.count), var odd = oddPlace(text) else { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 11) { room in
      func reading(_ byte: UInt8?) -> CalendarDate {
        var length = 0
        for (position, old) in text.enumerated() {
          guard let new = position == odd.place ? byte : old else { continue }
          room[length] = new
          length += 1
        }
        return CalendarDate(DateParts(UnsafeBufferPointer(rebasing: room[..<length])), layout)
      }
      if text.count == 10, odd.isBetweenDigits {
        let marked = reading(0x2D)
        if marked.extent == .day { return self = marked }
      }
      let (one, two) = (reading(0x31), reading(0x32))
      var (difference, behind) = (two.digits - one.digits, 0)
      while difference > 1, difference % 10 == 0 { (difference, behind) = (difference / 10, behind + 1) }
      if text.count < 11, difference == 1, one.width == 8, two.width == 8, one.saysDay, two.saysDay {
        setSlip(one.digits, 8)
        if odd.byte &- 0x41 < 26 { odd.byte |= 0x20 }
        (letter, self.behind) = (odd.byte, UInt8(truncatingIfNeeded: behind))
        return
      }
      guard text.count == 9 || text.count == 11 else { return }
      let without = reading(nil)
      if without.extent == .day { self = without }
    }
  }

  private var saysDay: Bool { extent == .day || extent == .slip }

  /// The only letter among digits and marks.
  private func oddPlace(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> (place: Int, byte: UInt8, isBetweenDigits: Bool)? {
    var found: Int?
    for (position, byte) in text.enumerated()
    where !(byte &- 0x30 < 10 || [0x2D, 0x2E, 0x2F, 0x20].contains(byte)) {
      guard found == nil, (byte | 0x20) &- 0x61 < 26 else { return nil }
      found = position
    }
    guard let found else { return nil }
    func isDigit(_ position: Int) -> Bool { text.indices.contains(position) && text[position] &- 0x30 < 10 }
    return (found, text[found], isDigit(found - 1) && isDigit(found + 1))
  }
}
