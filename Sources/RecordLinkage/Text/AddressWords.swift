/// Words of postal addresses, written one way.
///
/// After the suffix and unit abbreviations of United States Postal Service Publication 28, appendix C, and what other
/// countries write at the end of a street's name.
enum AddressWords {
  private static let lines = """
    st street strt
    rd road
    ave av avenue aven
    ln lane
    dr drive drv
    cl close
    ct court crt
    pl place
    sq square
    blvd boulevard boul
    cres crescent cr crsnt
    ter terrace terr
    pk park
    pkwy parkway
    hwy highway
    cir circle
    trl trail
    gdns gardens gdn
    gr grove
    wy way
    pde parade
    apt apartment
    fl floor flr
    ste suite
    n north
    s south
    e east
    w west
    ne northeast
    nw northwest
    se southeast
    sw southwest
    mt mount
    ft fort
    bldg building
    rte route
    str strasse straat
    """

  private static let table: [String: [UInt8]] = {
    var table: [String: [UInt8]] = [:]
    for line in lines.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let short = words.first else { continue }
      for word in words.dropFirst() { table[String(word)] = Array(short.utf8) }
    }
    return table
  }()

  /// Words that only say what kind of number follows.
  private static let fillers: Set<String> = ["no", "nr", "number", "unit", "apt", "flat", "house"]

  /// Writes the words of an address in their short forms.
  static func fold(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    TextFolding.foldWords(text, into: &out)
    var result: [UInt8] = []
    result.reserveCapacity(out.count)
    for word in out.split(separator: 0x20) {
      var form = word
      if word.count <= 10, word.allSatisfy({ $0 &- 0x61 < 26 }) {
        let text = String(decoding: word, as: UTF8.self)
        if let short = table[text] { form = short[...] }
        if fillers.contains(String(decoding: form, as: UTF8.self)) { continue }
      }
      if !result.isEmpty { result.append(0x20) }
      result += form
    }
    out.removeAll(keepingCapacity: true)
    out += result
  }

  /// How two different folded addresses are near: the same numbers and nearly the same words (near), the same words and
  /// other numbers (loose), 255 otherwise.
  static func nearness(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, _ workspace: Workspace
  ) -> UInt8 {
    let (numbersLeft, wordsLeft) = parts(left)
    let (numbersRight, wordsRight) = parts(right)
    if wordsLeft.isEmpty || wordsRight.isEmpty { return 255 }
    if wordsLeft == wordsRight {
      // Without a number on one side, or with the flat left out, it may be the same door.
      let (fewer, more) =
        numbersLeft.count <= numbersRight.count ? (numbersLeft, numbersRight) : (numbersRight, numbersLeft)
      if fewer.first == more.first, fewer.allSatisfy(more.contains) { return UInt8(ValueField.Code.near) }
      return UInt8(ValueField.Code.loose)
    }
    let areNear = wordsLeft.withUnsafeBufferPointer { one in
      wordsRight.withUnsafeBufferPointer { other in
        let longer = max(one.count, other.count)
        return workspace.damerau.distance(one, other) <= max(1, longer / 6)
          || WordOverlap.share(one, other) >= 0.6
      }
    }
    guard areNear else { return 255 }
    if numbersLeft.first == numbersRight.first { return UInt8(ValueField.Code.near) }
    return 255
  }

  /// The numbers of an address, and its other words joined by spaces.
  private static func parts(_ text: UnsafeBufferPointer<UInt8>) -> ([[UInt8]], [UInt8]) {
    var numbers: [[UInt8]] = []
    var words: [UInt8] = []
    for word in text.split(separator: 0x20) {
      if word.contains(where: { $0 &- 0x30 < 10 }) {
        numbers.append(Array(word))
      } else {
        if !words.isEmpty { words.append(0x20) }
        words += word
      }
    }
    return (numbers, words)
  }
}
