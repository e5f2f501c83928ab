import Columns

extension MonthNames {
  /// The month of a name, an abbreviation, or a name of four letters or more with one slip of the pen, 1 to 12; nil for
  /// what is none.
  ///
  /// - Parameter word: letters in lower case, without accents.
  static func month(_ word: UnsafeBufferPointer<UInt8>) -> Int? {
    month(spelt: word) ?? (isAmbiguous(word) ? nil : nearest(word))
  }

  /// The only month that has a form at a distance of one; nil when there is none, or more.
  private static func nearest(_ word: UnsafeBufferPointer<UInt8>) -> Int? {
    if word.count < 4 || word.count > 15 { return nil }
    var found: Int?
    for (form, month) in longForms where abs(form.count - word.count) <= 1 && month != found {
      guard form.withUnsafeBufferPointer({ DamerauLevenshtein.isWithinOne($0, word) }) else { continue }
      if found != nil { return nil }
      found = month
    }
    return found
  }
}
