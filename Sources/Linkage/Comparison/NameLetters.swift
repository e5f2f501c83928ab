/// The letters of a folded name, each once where it is repeated, so that `marrow` and `marow` agree.
enum NameLetters {
  static func of(_ name: String) -> String {
    var copy = name
    // What is a letter Unicode's tables tell as well, ten times as slowly.
    if let letters = copy.withUTF8({ ofASCII($0) }) { return letters }
    var letters = String.UnicodeScalarView()
    for scalar in name.unicodeScalars where scalar.properties.isAlphabetic && letters.last != scalar {
      letters.append(scalar)
    }
    return String(letters)
  }

  /// Nil where a byte is none of ASCII.
  private static func ofASCII(_ name: UnsafeBufferPointer<UInt8>) -> String? {
    guard name.allSatisfy({ $0 < 0x80 }) else { return nil }
    return String(unsafeUninitializedCapacity: name.count) { room in
      var count = 0
      for byte in name where (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) {
        if count > 0, room[count - 1] == byte { continue }
        room[count] = byte
        count += 1
      }
      return count
    }
  }
}
