import AccountModel

/// Weaker readings of a name under which look-alikes meet.
///
/// All of them take a name that is already case-folded. Keys are made to be compared by value, whatever rule
/// made them and with canonical forms as well: a name whose key equals its own canonical form carries no key.
public enum LookAlike {
  /// The UTS #39 skeleton in readable form: case-folded, with `rn` written `m`.
  ///
  /// Skeletons hold no `m` (the standard maps it to `rn`), so that writing `rn` as `m` merges nothing; it
  /// keeps the keys legible and spares a key for every name with an `m`.
  public static func skeleton(_ folded: String) -> String {
    var copy = folded
    if let plain = copy.withUTF8({ asciiSkeleton($0) }) { return String(bytes: plain) }
    let skeleton = UnicodeText.compatibilityFolded(UnicodeText.skeleton(folded))
    return String(bytes: joiningRN(Array(skeleton.utf8)))
  }

  /// Without `.`, `_`, `-` and white space.
  public static func withoutSeparators(_ folded: String) -> String {
    String(bytes: folded.utf8.filter { !isSeparator($0) })
  }

  /// Digits and signs read as the letters they stand for; `1`, `!` and `|` as `i` and as `l`, so up to two
  /// readings. A run of two or more digits at the end is a suffix and stays. Empty if nothing would change.
  public static func leetReadings(_ folded: String) -> [String] {
    let bytes = Array(folded.utf8)
    return leetReadings(bytes[...]).map { String(bytes: $0) }
  }

  /// The name without the digits at its end, and those digits.
  public static func stem(_ folded: String) -> (stem: String, digits: String) {
    let bytes = Array(folded.utf8)
    let cut = bytes.count - trailingDigits(bytes[...])
    return (String(bytes: bytes[..<cut]), String(bytes: bytes[cut...]))
  }

  /// Each run of one letter written once.
  public static func collapsed(_ folded: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in folded.unicodeScalars where scalar != kept.last || !scalar.properties.isAlphabetic {
      kept.append(scalar)
    }
    return String(kept)
  }

  /// All loose keys of a handle, strongest first: `skeleton`, `separators`, `leet`, `trailing-digits`,
  /// `digit-suffix` (five digits or more), `collapse`.
  ///
  /// - Parameters:
  ///   - folded: the name, case-folded.
  ///   - written: the name in its own case, in which a capital `I` looks like `l`.
  static func addKeys(folded: String, written: String, to keys: inout KeyCollector) {
    let name = Array(folded.utf8)
    guard name.count <= longest else { return }
    let traits = Traits(name)
    if traits.changesSkeleton { keys.add("skeleton", skeleton(folded)) }
    if let misread = capitalReadAsL(written).map(skeleton) {
      keys.add("skeleton", misread)
      // Whoever poses as `rosehill` finds `rosehiII` taken and writes `rose_hiII`.
      if traits.hasSeparator { keys.add("skeleton", withoutSeparators(misread)) }
    }
    guard traits.hasLetter else { return }
    let bare = traits.hasSeparator ? name.filter { !isSeparator($0) } : name
    if traits.hasSeparator { keys.add("separators", skeletonKey(bare[...])) }
    if traits.hasLeet { for reading in leetReadings(bare[...]) { keys.add("leet", skeletonKey(reading)) } }
    let digits = trailingDigits(bare[...])
    let stem = bare[..<(bare.count - digits)]
    var stems = traits.hasLeet ? leetReadings(stem) : []
    if stems.isEmpty { stems = [stem] }
    if digits > 0 {
      for stem in stems { keys.add("trailing-digits", skeletonKey(stem)) }
      if digits >= 5 { keys.add("digit-suffix", String(bytes: bare[(bare.count - digits)...])) }
    }
    if traits.hasRepeat || stems.count > 1 || traits.changesSkeleton || traits.hasSeparator {
      for stem in stems {
        let plain = skeletonKey(stem)
        let once = collapsed(plain)
        if once != plain { keys.add("collapse", once) }
      }
    }
  }

  /// Names longer than this are no names, and get no keys.
  private static let longest = 512

  /// What one pass over a name tells of the keys that it can have.
  private struct Traits {
    var hasSeparator = false
    var hasLeet = false
    var hasLetter = false
    var hasRepeat = false
    var changesSkeleton = false

    init(_ name: [UInt8]) {
      var previous: UInt8 = 0
      for byte in name {
        switch byte {
        case 0x80...:
          hasLetter = true
          hasRepeat = true
          changesSkeleton = true
        case let byte where byte.isLower:
          hasLetter = true
          if byte == previous { hasRepeat = true }
          if byte == ascii("n"), previous == ascii("r") { changesSkeleton = true }
        default:
          if isSeparator(byte) { hasSeparator = true }
          if leet[Int(byte)] != 0 { hasLeet = true }
          if !byte.isLetter, asciiTable[Int(byte)] != byte { changesSkeleton = true }
        }
        previous = byte
      }
    }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == ascii(".") || byte == ascii("_") || byte == ascii("-") || byte.isBlank
  }

  private static func trailingDigits(_ name: ArraySlice<UInt8>) -> Int {
    var count = 0
    for byte in name.reversed() {
      guard byte.isDigit else { break }
      count += 1
    }
    return count
  }

  private static func skeletonKey(_ bytes: ArraySlice<UInt8>) -> String {
    var isPlain = true
    let plain = String(unsafeUninitializedCapacity: bytes.count) { room in
      var count = 0
      for byte in bytes {
        let mapped = byte < 0x80 ? asciiTable[Int(byte)] : 0xFF
        if mapped == 0xFF {
          isPlain = false
          return 0
        }
        if mapped == ascii("n"), count > 0, room[count - 1] == ascii("r") {
          room[count - 1] = ascii("m")
        } else {
          room[count] = mapped  // Safe: no more is written than was read.
          count += 1
        }
      }
      return count
    }
    if isPlain { return plain }
    let text = String(bytes: bytes)
    let key = skeleton(text)
    // Some marks become a hyphen or a full stop only in the skeleton.
    return text.isASCII ? key : withoutSeparators(key)
  }

  /// A name with its capital `I`s (Latin, Greek, Cyrillic) read as `l`; nil where case hides nothing: without
  /// small letters beside it a capital is no disguise.
  private static func capitalReadAsL(_ written: String) -> String? {
    guard written.utf8.contains(ascii("I")) || !written.isASCII else { return nil }
    guard written.unicodeScalars.contains(where: { $0.properties.isLowercase }) else { return nil }
    var changed = false
    var read = String.UnicodeScalarView()
    for scalar in written.unicodeScalars {
      let isCapitalI = scalar == "I" || scalar == "\u{399}" || scalar == "\u{406}" || scalar == "\u{4C0}"
      changed = changed || isCapitalI
      read.append(isCapitalI ? "l" : scalar)
    }
    return changed ? UnicodeText.compatibilityFolded(String(read)) : nil
  }

  // MARK: Leet

  /// What a byte stands for in leet; 1 marks the ambiguous ones.
  private static let leet: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 256)
    for (sign, letter) in [
      ("0", "o"), ("3", "e"), ("4", "a"), ("@", "a"), ("5", "s"), ("$", "s"), ("7", "t"), ("8", "b"),
      ("9", "g"),
    ] as [(Unicode.Scalar, Unicode.Scalar)] {
      table[Int(ascii(sign))] = ascii(letter)
    }
    for sign in ["1", "!", "|"] as [Unicode.Scalar] { table[Int(ascii(sign))] = 1 }
    return table
  }()

  private static func leetReadings(_ name: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let digits = trailingDigits(name)
    let end = digits >= 2 ? name.endIndex - digits : name.endIndex
    let body = name[..<end]
    guard body.contains(where: { leet[Int($0)] != 0 }), body.contains(where: { $0.isLetter || $0 >= 0x80 })
    else {
      return []
    }
    var ambiguous = false
    func read(_ one: UInt8) -> ArraySlice<UInt8> {
      let letters = body.map { byte in
        let letter = leet[Int(byte)]
        if letter == 1 { ambiguous = true }
        return letter == 0 ? byte : letter == 1 ? one : letter
      }
      return (letters + name[end...])[...]
    }
    let asI = read(ascii("i"))
    return ambiguous ? [asI, read(ascii("l"))] : [asI]
  }

  // MARK: Skeleton of ASCII

  /// The skeleton of each ASCII character by ICU, folded, where it is one ASCII byte; 0xFF where it is not.
  private static let asciiTable: [UInt8] = (0..<128).map { code in
    let byte = UInt8(code)
    if byte == ascii("m") || byte == ascii("M") { return ascii("m") }
    let skeleton = Array(UnicodeText.skeleton(String(bytes: [byte])).lowercased().utf8)
    return skeleton.count == 1 && skeleton[0] < 0x80 ? skeleton[0] : 0xFF
  }

  /// The readable skeleton of a folded ASCII text; nil when a character's is not one ASCII byte.
  private static func asciiSkeleton(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for byte in text {
      guard byte < 0x80 else { return nil }
      let mapped = asciiTable[Int(byte)]
      if mapped == 0xFF { return nil }
      result.append(mapped)
    }
    return joiningRN(result)
  }

  private static func joiningRN(_ bytes: [UInt8]) -> [UInt8] {
    var joined: [UInt8] = []
    joined.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte == ascii("n"), joined.last == ascii("r") {
        joined[joined.count - 1] = ascii("m")
      } else {
        joined.append(byte)
      }
    }
    return joined
  }
}
