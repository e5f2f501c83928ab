/// Names of months and their abbreviations in a dozen languages: the one table of them.
///
/// The languages are English, German, Dutch, French, Spanish, Portuguese, Italian, Polish, Czech, Danish, Norwegian and
/// Swedish. The forms are those that dates are written in: nominative, and genitive where a language has one (3
/// stycznia). Any beginning of three letters or more stands for a month when no other month begins so in any of the
/// languages.
public enum MonthNames {
  /// The month of a name or abbreviation as it is written, in any case and with or without accents, 1 to 12; nil for
  /// what is none.
  public static func month(of name: some StringProtocol) -> Int? {
    letters(of: name)?.withUnsafeBufferPointer { month(spelt: $0) }
  }

  /// The month of a name or abbreviation in Croatian, 1 to 12; nil for what is none.
  ///
  /// It is none of the languages of `month(of:)`: `listopad` is its October and the November of Polish and Czech, and `lip`
  /// and `srp` are a month later there. Such a word says which month it is where the language is known.
  public static func croatianMonth(of name: some StringProtocol) -> Int? {
    guard let letters = letters(of: name), letters.count >= 3 else { return nil }
    return croatian.firstIndex { forms in forms.contains { $0.starts(with: letters) } }.map { $0 + 1 }
  }

  /// Letters in lower case without accents; nil for what is longer than any name.
  private static func letters(of name: some StringProtocol) -> [UInt8]? {
    guard name.utf8.count <= 2 * longest else { return nil }
    var letters: [UInt8] = []
    for scalar in name.lowercased().unicodeScalars {
      // A combining mark stands behind its letter.
      if (0x300...0x36F).contains(scalar.value) { continue }
      letters.append(contentsOf: UTF8.encode(plain[scalar] ?? scalar) ?? .init())
    }
    return letters
  }

  /// The month of a name or an abbreviation, 1 to 12; nil for what is none.
  ///
  /// - Parameter word: letters in lower case, without accents.
  public static func month(spelt word: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let key = key(word), let month = table[key], month != 0 else { return nil }
    return Int(month)
  }

  /// Whether a word is the beginning of the names of several months, and so of none.
  ///
  /// - Parameter word: letters in lower case, without accents.
  public static func isAmbiguous(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    key(word).flatMap { table[$0] } == 0
  }

  /// The month of a Roman numeral from I to XII, as central Europe writes it between day and year.
  ///
  /// - Parameter word: letters in lower case.
  public static func romanMonth(_ word: UnsafeBufferPointer<UInt8>) -> Int? {
    key(word).flatMap { romans[$0].map(Int.init) }
  }

  /// Forms of four letters and more in lower case without accents, with their months from 1.
  public static let longForms: [(form: [UInt8], month: Int)] = forms.enumerated().flatMap { number, forms in
    forms.filter { $0.utf8.count >= 4 }.map { (Array($0.utf8), number + 1) }
  }

  /// By month.
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

  /// By month, those of Croatian; each begins with other three letters.
  private static let croatian: [[[UInt8]]] = [
    "sijecanj sijecnja", "veljaca veljace", "ozujak ozujka", "travanj travnja", "svibanj svibnja",
    "lipanj lipnja", "srpanj srpnja", "kolovoz kolovoza", "rujan rujna", "listopad listopada",
    "studeni studenoga studenog", "prosinac prosinca",
  ].map { $0.split(separator: " ").map { Array($0.utf8) } }

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

  /// Small letters with accents that the names have in some language.
  private static let plain: [Unicode.Scalar: Unicode.Scalar] = {
    let letters: [(Unicode.Scalar, String)] = [
      ("a", "áàâä"), ("c", "çč"), ("e", "éèêě"), ("i", "í"), ("n", "ńň"), ("o", "ó"), ("r", "ř"), ("s", "ś"),
      ("u", "úûü"), ("z", "źž"),
    ]
    var plain: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (letter, accented) in letters { for scalar in accented.unicodeScalars { plain[scalar] = letter } }
    return plain
  }()

  /// Letters of the longest word that is looked up.
  private static let longest = 15

  /// The letters of a word as a number; nil for more than there is room for.
  private static func key(_ word: UnsafeBufferPointer<UInt8>) -> UInt128? {
    word.count > longest ? nil : word.reduce(0) { $0 << 8 | UInt128($1) }
  }
}
