internal import AccountModel
internal import Columns

/// Times as pages of a Meta download write them, in the language of the account: with the month by name as a rule.
///
///     Nov 08, 2005 4:19:54 am      oct 28, 2023 4:28:09pm      jun 20, 2025 3:24 da manhã
///     27 Dec 2009, 17:31           9 de octubre de 2025, 8:09:15 a. m.
///     Tháng 10 01, 2025 10:21:24 ch
///     4 дек 2022 г., 14:05         Thursday, 27 June 2019 at 12:55 UTC+07:00
///     13.01.2024, 10:30            the order of day and month is asked for, where the numbers leave it open
enum MetaPageTime {
  enum Reading: Equatable {
    case time(ObservedTime)
    /// Day and month may be either way round.
    case ambiguous
    /// The month is one in Croatian and another in Polish or Czech.
    case ambiguousMonth
  }

  /// Words before the clock, the clock, and what stands behind it: half of the day and zone.
  private typealias Parts = (before: [String], clock: String, half: String)

  private static func parts(_ text: String) -> Parts? {
    guard (6...96).contains(text.utf8.count), text.utf8.contains(UInt8(ascii: ":")) else { return nil }
    var words: [String] = []
    for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == "،" }) {
      let plain = DirectionMarks.stripped(String(word))
      // `4:28:09pm`
      if plain.contains(":"), let first = plain.first, first.isASCII, first.isNumber,
        let half = plain.firstIndex(where: { !$0.isNumber && $0 != ":" })
      {
        words.append(String(plain[..<half]))
        words.append(String(plain[half...]))
      } else if !plain.isEmpty {
        words.append(plain)
      }
    }
    guard let clock = words.firstIndex(where: { $0.contains(":") && $0.first?.isNumber ?? false }) else {
      return nil
    }
    var before = words[..<clock].filter { !noise.contains($0) }
    guard let half = tail(words[(clock + 1)...], &before) else { return nil }
    return (before, words[clock], half)
  }

  /// Reads a time; nil for what is none. A word beside the clock that is not known may be a half of the day, and then
  /// nothing is read: a time that is twelve hours out is worse than none.
  ///
  /// - Parameter isCroatian: whether months are named in Croatian; nil where nothing tells.
  static func read(
    _ text: String, order: ReaderOptions.DateOrder?, isCroatian: Bool? = nil
  ) -> Reading? {
    guard let (words, clock, half) = parts(text) else { return nil }
    var before = words
    if before.count == 1, let date = before.first?.split(whereSeparator: { "./-".contains($0) }),
      date.count == 3
    {
      return numeric(date.map(String.init), "\(clock) \(half)", order)
    }
    // Vietnamese counts its months: `Tháng 10`.
    if let word = before.firstIndex(where: { ["tháng", "thg"].contains($0.lowercased()) }),
      word + 1 < before.count,
      let number = Int(before[word + 1]), (1...12).contains(number)
    {
      before[word] = Self.english[number - 1]
      before.remove(at: word + 1)
    }
    for (place, word) in before.enumerated() {
      let name = letters(word)
      guard let month = MonthNames.croatianMonth(of: name) else { continue }
      let other = MonthNames.month(of: name)
      guard let isCroatian = other == nil || other == month ? true : isCroatian else {
        return .ambiguousMonth
      }
      if isCroatian { before[place] = Self.english[month - 1] }
    }
    let spelt = before.map { month($0) ?? $0 } + [clock, half]
    return GoogleTime.words(spelt.filter { !$0.isEmpty }.joined(separator: " ")).map { .time($0) }
  }

  /// Whether a time names its month in Croatian and in no other language that is known, or in another and not in Croatian;
  /// nil where its words are in both or in neither.
  static func isCroatian(_ text: String) -> Bool? {
    for word in parts(text)?.before ?? [] {
      let name = letters(word)
      let isOther = MonthNames.month(of: name) != nil || month(word) != nil
      let isCroatian = MonthNames.croatianMonth(of: name) != nil
      if isOther != isCroatian { return isCroatian }
    }
    return nil
  }

  /// A word in small letters, without the full stop of an abbreviation.
  private static func letters(_ word: String) -> String {
    (word.hasSuffix(".") ? String(word.dropLast()) : word).lowercased()
  }

  /// Whether a text is what Facebook writes below a post that was changed: a word or two and a time that is written just
  /// as the one at its foot. `Updated Mar 30, 2019 1:48:42 pm`, `Mis à jour : mar 30, 2019 1:48:42pm`
  static func isUpdate(_ text: String, foot: String) -> Bool {
    guard !foot.isEmpty, text.utf8.count <= foot.utf8.count + 40, !text.contains("\n") else { return false }
    let (text, foot) = (shape(text), shape(foot))
    return text.hasSuffix(foot) && text.dropLast(foot.count).split(separator: " ").count <= 4
  }

  /// A text with `9` for numbers and `a` for words.
  private static func shape(_ text: String) -> String {
    var shape = ""
    for character in text {
      let sign: Character =
        character.isNumber ? "9" : character.isLetter ? "a" : character.isWhitespace ? " " : character
      if shape.last != sign || sign != "9" && sign != "a" { shape.append(sign) }
    }
    return shape
  }

  /// The day of a date without a time of day: `31 May 2001`.
  static func day(
    _ text: String, order: ReaderOptions.DateOrder?, isCroatian: Bool? = nil
  ) -> (year: Int, month: Int, day: Int)? {
    guard !text.contains(":"),
      case .time(let time)? = read("\(text) 00:00", order: order, isCroatian: isCroatian)
    else { return nil }
    return GregorianCalendar.date(days: Int(time.microseconds / CivilTime.day))
  }

  /// `am` or `pm`, with the zone behind it; nil when the words behind the clock are something else.
  private static func tail(_ words: ArraySlice<String>, _ before: inout [String]) -> String? {
    var words = Array(words)
    var zone = ""
    if let first = words.lastIndex(where: { $0.hasPrefix("UTC") || $0.hasPrefix("GMT") }) {
      zone = words[first...].joined()
      words.removeSubrange(first...)
    }
    var half = words.joined(separator: " ").lowercased().replacing(".", with: "")
    while half.hasSuffix(" ") { half.removeLast() }
    if half.isEmpty, let mark = before.last?.lowercased(), let isAfternoon = halves[mark] {
      before.removeLast()
      return "\(isAfternoon ? "pm" : "am") \(zone)"
    }
    if half.isEmpty { return zone }
    return halves[half].map { "\($0 ? "pm" : "am") \(zone)" }
  }

  /// Words that stand beside a year: Russian, Ukrainian, Bulgarian.
  private static let noise: Set<String> = ["г.", "г", "р.", "р"]

  /// Halves of the day, in small letters without full stops.
  private static let halves: [String: Bool] = {
    var halves = [
      "am": false, "pm": true, "a m": false, "p m": true, "da manhã": false, "da tarde/noite": true,
      "da tarde": true, "da noite": true, "sáng": false, "chiều": true, "tối": true,
    ]
    for half in WhatsAppDayHalf.afterTime + WhatsAppDayHalf.beforeTime {
      let text = String(decoding: half.bytes, as: UTF8.self).lowercased().replacing(".", with: "")
      halves[text] = half.isAfternoon
    }
    // Noon and night may be either half.
    for word in ["中午", "晚上", "凌晨"] { halves[word] = nil }
    return halves
  }()

  /// The English abbreviation of a month in a language that `MonthNames` has not; nil for what it has, or is none.
  private static func month(_ word: String) -> String? {
    let letters = letters(word)
    guard MonthNames.month(of: letters) == nil else { return nil }
    if let known = months[letters] { return known }
    // Whole names in Cyrillic letters are told by their beginnings.
    guard let first = letters.unicodeScalars.first, (0x400...0x4FF).contains(first.value) else { return nil }
    return months[String(letters.prefix(3))]
  }

  private static let english = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private static let months: [String: String] = {
    let languages = [
      // Russian, Ukrainian, Turkish, Indonesian and Malay, Romanian and Hungarian.
      "янв фев мар апр май июн июл авг сен окт ноя дек", "січ лют бер кві тра чер лип сер вер жов лис гру",
      "oca şub - nis - haz tem ağu eyl eki kas ara", "- - mac - - - - agu - - - dis",
      "ian - - - - iun iul - szept - - -",
    ]
    var months = ["мая": "may", "agt": "aug", "ogo": "aug"]
    for language in languages {
      for (name, month) in zip(language.split(separator: " "), english) where name != "-" {
        months[String(name)] = month
      }
    }
    return months
  }()

  private static func numeric(
    _ parts: [String], _ clock: String, _ order: ReaderOptions.DateOrder?
  ) -> Reading? {
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3, let first = parts.first, let last = parts.last else { return nil }
    let (year, month, day): (Int, Int, Int)
    if first.utf8.count == 4 {
      (year, month, day) = (numbers[0], numbers[1], numbers[2])
    } else if last.utf8.count == 4 {
      year = numbers[2]
      if numbers[0] > 12 || order == .dayMonthYear && numbers[1] <= 12 || numbers[0] == numbers[1] {
        (day, month) = (numbers[0], numbers[1])
      } else if numbers[1] > 12 || order == .monthDayYear {
        (month, day) = (numbers[0], numbers[1])
      } else {
        return .ambiguous
      }
    } else {
      return nil
    }
    guard (1...12).contains(month) else { return nil }
    return GoogleTime.words("\(day) \(english[month - 1]) \(year) \(clock)").map { .time($0) }
  }
}
