import AccountModel
import Columns

/// Dates of birth.
///
/// Canonical form: `yyyy-mm-dd`. Where day and month cannot be told apart canonical is empty with
/// `ambiguous-date`, and both readings are loose keys (`date-reading`). Others without canonical form:
/// `two-digit-year`, `invalid-date`, `partial-date`, `masked`, `placeholder`. Flag `default-date`: a date
/// that forms and programs fill in by themselves. Loose key `day-month-swap`: the date written the other
/// way round.
enum DateOfBirth {
  /// Normalises ISO dates (with or without a time), numeric dates with `/`, `-`, `.` or a space, and dates with the
  /// name of a month in any language of `MonthNames`, or its Roman numeral between day and year.
  static func normalise(_ raw: String) -> NormalisedIdentifier {
    guard raw.utf8.count <= 256 else { return .nothing(.dateOfBirth, "invalid-date") }
    let text = raw.cleaned.text.lowercased()
    if placeholders.contains(text) { return .nothing(.dateOfBirth, "placeholder") }
    if text.unicodeScalars.contains(where: MaskedValue.isMask) { return .nothing(.dateOfBirth, "masked") }
    let words = words(of: text)
    guard words.allSatisfy({ $0.utf8.count <= longestWord && $0.isASCII }) else {
      return .nothing(.dateOfBirth, "invalid-date")
    }
    let numbers = words.compactMap { Int($0) }
    if words.count == 1, words[0].count == 8, let all = numbers.first {
      return finish(year: all / 10_000, month: all / 100 % 100, day: all % 100)
    }
    guard words.count >= 3 else {
      return .nothing(.dateOfBirth, words.isEmpty ? "invalid-date" : "partial-date")
    }
    if let month = namedMonth(words.prefix(3)) {
      return withMonthName(words.prefix(3).compactMap { Int($0) }, month)
    }
    guard words.prefix(3).allSatisfy({ Int($0) != nil }) else {
      return .nothing(.dateOfBirth, "invalid-date")
    }
    if words[0].count == 4 { return finish(year: numbers[0], month: numbers[1], day: numbers[2]) }
    guard words[2].count == 4 else {
      return .nothing(.dateOfBirth, words[2].count == 2 ? "two-digit-year" : "invalid-date")
    }
    return withoutOrder(numbers[0], numbers[1], year: numbers[2])
  }

  /// Bytes of the longest word of a date; nothing longer is one.
  private static let longestWord = 15
  /// What languages put behind the number of a day.
  private static let ordinals = ["st", "nd", "rd", "th", "er", "\u{BA}", "\u{B0}"]
  /// Words around day and month that say nothing: 3 of May, 3 de mayo de 1990, le 3 mai, den 3. maj.
  private static let fillers: Set<String> = ["of", "the", "de", "del", "le", "den", "am"]

  /// The month that one of the words names, when no other does: a weekday may be short for the same letters.
  private static func namedMonth(_ words: ArraySlice<String>) -> Int? {
    let named = words.compactMap { MonthNames.month(of: $0) }
    if named.count == 1 { return named[0] }
    guard named.isEmpty, words.count == 3, let first = words.first, let last = words.last, Int(first) != nil,
      Int(last) != nil
    else { return nil }
    return Array(words[words.startIndex + 1].utf8).withUnsafeBufferPointer { MonthNames.romanMonth($0) }
  }

  /// Numbers and words without accents, with the time of day, what makes a number an ordinal, words that say nothing, and
  /// a weekday in front left away.
  private static func words(of text: String) -> [String] {
    var date = text[...]
    if let mark = date.firstIndex(of: "t"), date[..<mark].utf8.count == 10,
      date[..<mark].last?.isNumber == true
    {
      date = date[..<mark]
    }
    let words = date.split(whereSeparator: { "/-., \u{A0}".contains($0) }).map { word in
      for suffix in ordinals where word.hasSuffix(suffix) && word.first?.isNumber == true {
        return String(word.dropLast(suffix.count))
      }
      return UnicodeText.unaccented(String(word))
    }.filter { !fillers.contains($0) }
    guard words.count > 3, let first = words.first, Int(first) == nil else { return words }
    let isDated =
      Int(words[1]) != nil
      ? MonthNames.month(of: words[2]) != nil : MonthNames.month(of: words[1]) != nil && Int(words[2]) != nil
    return isDated ? Array(words.dropFirst()) : words
  }

  private static func withMonthName(_ numbers: [Int], _ month: Int) -> NormalisedIdentifier {
    guard numbers.count == 2 else { return .nothing(.dateOfBirth, "invalid-date") }
    let yearFirst = numbers[0] > 31
    let year = yearFirst ? numbers[0] : numbers[1]
    if year < 100 { return .nothing(.dateOfBirth, "two-digit-year") }
    return finish(year: year, month: month, day: yearFirst ? numbers[1] : numbers[0])
  }

  private static func withoutOrder(_ first: Int, _ second: Int, year: Int) -> NormalisedIdentifier {
    let british = iso(year: year, month: second, day: first)
    let american = iso(year: year, month: first, day: second)
    guard let british, let american, british != american else {
      guard british != nil || american != nil else { return .nothing(.dateOfBirth, "invalid-date") }
      return british != nil
        ? finish(year: year, month: second, day: first) : finish(year: year, month: first, day: second)
    }
    let keys = [british, american].map { LooseKey(rule: "date-reading", value: $0) }
    return .nothing(.dateOfBirth, "ambiguous-date", keys: keys)
  }

  private static func finish(year: Int, month: Int, day: Int) -> NormalisedIdentifier {
    guard let canonical = iso(year: year, month: month, day: day) else {
      return .nothing(.dateOfBirth, "invalid-date")
    }
    var keys = KeyCollector(canonical: canonical)
    if let swapped = iso(year: year, month: day, day: month) { keys.add("day-month-swap", swapped) }
    let isDefault = month == 1 && day == 1 && (year == 1900 || year == 1970 || year == 2000)
    return NormalisedIdentifier(
      kind: .dateOfBirth, canonical: canonical, looseKeys: keys.keys, flags: isDefault ? ["default-date"] : []
    )
  }

  /// The date in ISO form; nil when the calendar has no such day, or nobody alive was born then.
  private static func iso(year: Int, month: Int, day: Int) -> String? {
    guard (1880...2100).contains(year), GregorianCalendar.contains(year: year, month: month, day: day) else {
      return nil
    }
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }
}
