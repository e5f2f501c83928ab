extension StringProtocol {
  /// Without leading and trailing characters of a sort.
  func trimming(_ isCut: (Character) -> Bool) -> SubSequence {
    var slice = self[...]
    while let first = slice.first, isCut(first) { slice = slice.dropFirst() }
    while let last = slice.last, isCut(last) { slice = slice.dropLast() }
    return slice
  }

  /// Without white space at either end.
  var trimmingSpaces: String { String(trimming(\.isWhitespace)) }
}
