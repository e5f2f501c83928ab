/// Names of months and their abbreviations, in the languages of `ColumnNames`, in lower case without accents.
///
/// The forms are those that dates are written in: nominative, and genitive where a language has one (3 stycznia). Any
/// beginning of three letters or more stands for a month when no other month begins so in any of the languages.
enum MonthNames {
  /// The month of a name, an abbreviation, or a name of four letters or more with one slip of the pen, 1 to 12; nil for
  /// what is none.
  ///
  /// - Parameter word: letters in lower case, without accents.
  static func month(_ word: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let key = key(word) else { return nil }
    if let month = table[key] { return month == 0 ? nil : Int(month) }
    return nearest(word)
  }

  /// The month of a Roman number from I to XII, as central Europe writes it between day and year.
  static func romanMonth(_ word: UnsafeBufferPointer<UInt8>) -> Int? {
    key(word).flatMap { romans[$0].map(Int.init) }
  }

  /// By month, in English, German, Dutch, French, Spanish, Portuguese, Italian, Polish, Czech and the languages of
  /// Scandinavia.
  private static let forms: [[String]] = [
    "january januar janner jaenner januari janvier enero janeiro gennaio styczen stycznia leden ledna",
    "february februar feber februari fevrier febrero fevereiro febbraio luty lutego unor unora",
    "march marz maerz mrz maart mrt mars marts marzo marco marzec marca brezen brezna",
    "april avril abril aprile kwiecien kwietnia duben dubna",
    "may mai mei maj mayo maio maggio maja kveten kvetna",
    "june juni juin junio junho giugno czerwiec czerwca cerven cervna cvn",
    "july juli juillet julio julho luglio lipiec lipca cervenec cervence cvc",
    "august augustus augusti aout agosto sierpien sierpnia srpen srpna",
    "september septembre septiembre setiembre setembro settembre wrzesien wrzesnia zari",
    "october oktober octobre octubre outubro ottobre pazdziernik pazdziernika rijen rijna",
    "november novembre noviembre novembro listopad listopadu listopada",
    "december dezember decembre diciembre dezembro dicembre desember grudzien grudnia prosinec prosince",
  ].map { $0.split(separator: " ").map(String.init) }

  /// Forms of four letters and more, with their months.
  private static let longForms: [(form: [UInt8], month: Int)] = forms.enumerated().flatMap { number, forms in
    forms.filter { $0.utf8.count >= 4 }.map { (Array($0.utf8), number + 1) }
  }

  /// By form or beginning of one, its month; 0 for the beginnings of several.
  private static let table: [UInt128: UInt8] = {
    var beginnings: [UInt128: UInt8] = [:]
    var whole: [UInt128: UInt8] = [:]
    for (number, forms) in forms.enumerated() {
      let month = UInt8(number + 1)
      for form in forms {
        let bytes = Array(form.utf8)
        for length in min(3, bytes.count)...bytes.count {
          guard let key = bytes[..<length].withUnsafeBufferPointer(key) else { continue }
          beginnings[key] = beginnings[key, default: month] == month ? month : 0
          if length == bytes.count { whole[key] = month }
        }
      }
    }
    // červen is June, though červenec begins so.
    return beginnings.merging(whole) { _, form in form }
  }()

  private static let romans: [UInt128: UInt8] = {
    var romans: [UInt128: UInt8] = [:]
    for (number, word) in ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
      .enumerated()
    {
      if let key = Array(word.utf8).withUnsafeBufferPointer(key) { romans[key] = UInt8(number + 1) }
    }
    return romans
  }()

  /// The only month that has a form at a distance of one; nil when there is none, or more.
  private static func nearest(_ word: UnsafeBufferPointer<UInt8>) -> Int? {
    if word.count < 4 { return nil }
    var found: Int?
    for (form, month) in longForms where abs(form.count - word.count) <= 1 && month != found {
      guard form.withUnsafeBufferPointer({ DamerauLevenshtein.isWithinOne($0, word) }) else { continue }
      if found != nil { return nil }
      found = month
    }
    return found
  }

  /// The letters of a word as a number; nil for more than there is room for.
  private static func key(_ word: UnsafeBufferPointer<UInt8>) -> UInt128? {
    word.count > 15 ? nil : word.reduce(0) { $0 << 8 | UInt128($1) }
  }
}
