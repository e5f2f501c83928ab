/// The orders of day, month and year in which a date can be read.
struct WhatsAppDateReadings: OptionSet {
  let rawValue: UInt8

  static let dayFirst = Self(rawValue: 1)
  static let monthFirst = Self(rawValue: 2)
  static let yearFirst = Self(rawValue: 4)
  static let any: Self = [.dayFirst, .monthFirst, .yearFirst]

  /// WhatsApp began in 2009.
  static let firstYear = 9

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ order: ReaderOptions.DateOrder) {
    switch order {
    case .dayMonthYear: self = .dayFirst
    case .monthDayYear: self = .monthFirst
    case .yearMonthDay: self = .yearFirst
    }
  }

  /// The readings that a header's numbers allow: a month up to 12, a day up to 31, and a year of WhatsApp's.
  ///
  /// A two-digit year may stand first or last, so that a first number over 12 alone proves nothing:
  /// `24/01/13`.
  ///
  /// - Parameter given: whether the person said the order; years and habits of writing are then not judged.
  init(of header: WhatsAppHeader, given: Bool = false) {
    let (first, second, third) = header.date
    let days = 1...31
    let months = 1...12
    self.init()
    if header.layout.isYearFirst {
      if months.contains(second) { self = .yearFirst }
      return
    }
    let isShort = header.layout.yearDigits == 2
    let isYear = { (number: Int) in !isShort || given || number >= Self.firstYear }
    if isYear(third) {
      if days.contains(first), months.contains(second) { insert(.dayFirst) }
      if months.contains(first), days.contains(second) { insert(.monthFirst) }
    }
    if isShort, isYear(first), months.contains(second), days.contains(third),
      given || Self.mayBeginWithYear(header.layout)
    {
      insert(.yearFirst)
    }
  }

  /// Whether any locale writes two-digit years first in a layout. By CLDR none does with full stops and no
  /// spaces (`13.01.24`), nor any whose language puts a word between date and time, but for dates with
  /// hyphens.
  private static func mayBeginWithYear(_ layout: WhatsAppLayout) -> Bool {
    if layout.dateSeparator == UInt8(ascii: "."), !layout.hasSpacedDate { return false }
    return layout.joiner.isEmpty || layout.dateSeparator == UInt8(ascii: "-")
  }

  /// The order, when only one is left.
  var single: ReaderOptions.DateOrder? {
    switch self {
    case .dayFirst: .dayMonthYear
    case .monthFirst: .monthDayYear
    case .yearFirst: .yearMonthDay
    default: nil
    }
  }
}
