/// Numbers in texts of words.
enum TextNumbers {
  /// Whether two texts name different numbers: each has one that the other lacks. "Beans 415g" and "Beans 200g", volume 1
  /// and volume 2, flat 3 and flat 4 are two things, however alike the rest is.
  ///
  /// Digits that touch are one number, zeros before it count for nothing. A text without a letter is a number itself, of
  /// which another may be a slip, and says nothing here; so does a text of many numbers, of which one more or less tells
  /// no thing from another.
  ///
  /// O(bytes); nothing is allocated.
  static func differ(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    hasFew(left) && hasFew(right) && hasOther(left, than: right) && hasOther(right, than: left)
      && hasLetter(left) && hasLetter(right)
  }

  /// Most numbers of the name of a thing.
  private static let mostNumbers = 32

  private static func hasFew(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var scan = DigitScan(text)
    for _ in 0...mostNumbers where scan.next() == nil { return true }
    return false
  }

  private static func hasLetter(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in text where (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 { return true }
    return false
  }

  /// Whether a text has a number that the other lacks.
  private static func hasOther(
    _ text: UnsafeBufferPointer<UInt8>, than other: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var scan = DigitScan(text)
    while let number = scan.next() {
      var isFound = false
      var search = DigitScan(other)
      while !isFound, let candidate = search.next() { isFound = number.elementsEqual(candidate) }
      if !isFound { return true }
    }
    return false
  }
}

/// The numbers of a text, without zeros before them, one after the other.
private struct DigitScan {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// The next number; nil at the end.
  mutating func next() -> UnsafeBufferPointer<UInt8>? {
    while position < text.count, text[position] &- 0x30 >= 10 { position &+= 1 }
    if position == text.count { return nil }
    var start = position
    while position < text.count, text[position] &- 0x30 < 10 { position &+= 1 }
    while start &+ 1 < position, text[start] == 0x30 { start &+= 1 }
    return UnsafeBufferPointer(rebasing: text[start..<position])
  }
}
