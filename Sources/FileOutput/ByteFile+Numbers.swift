/// Numbers as text, written byte by byte: a million lines of them need no `String`.
extension ByteFile {
  /// Appends a whole number.
  ///
  /// - Throws: `WriteFailure`.
  public mutating func append(number: Int) throws(WriteFailure) {
    try append(digits: number, places: 0)
  }

  /// Appends a number with a fixed count of decimals, at most nine, rounded half away from zero; `inf` and `nan` where it
  /// is none, or too large to be told apart from its neighbours.
  ///
  /// - Throws: `WriteFailure`.
  public mutating func append(_ value: Double, places: Int) throws(WriteFailure) {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard abs(scaled) < 1e15 else { return try append(value.isNaN ? "nan" : value < 0 ? "-inf" : "inf") }
    try append(digits: Int(scaled), places: places)
  }

  private mutating func append(digits value: Int, places: Int) throws(WriteFailure) {
    let most = 40
    try append(most: most) { text in
      // From the last digit on, at the end of what is free; then moved to its front.
      var rest = value.magnitude
      var place = most
      var written = 0
      // Safe: at most 20 digits, a point and a sign.
      while rest > 0 || written <= places {
        if written == places, places > 0 {
          place -= 1
          text[place] = 0x2E
        }
        place -= 1
        text[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
        written += 1
      }
      if value < 0 {
        place -= 1
        text[place] = 0x2D
      }
      text.update(from: text + place, count: most - place)
      return most - place
    }
  }
}
