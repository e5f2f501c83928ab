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
  /// other numbers, or nearly the same words of which only the first number is the same, as of flats of two houses (loose),
  /// 255 otherwise. The facts are of the two addresses.
  static func nearness(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, _ one: WordFacts,
    _ other: WordFacts, _ workspace: Workspace
  ) -> UInt8 {
    if one.count == 0 || other.count == 0 { return 255 }
    let haveSameWords = one.all == other.all && one.count == other.count
    // Unequal words matter only behind equal numbers.
    if !haveSameWords, one.number != other.number { return 255 }
    let edits = max(1, max(Int(one.length), Int(other.length)) / 6)
    if !haveSameWords, !one.mayBeNear(other, edits: edits), !one.mayShare(leastShare, with: other) {
      return 255
    }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: left.count + right.count) { room in
      let half = UnsafeMutableBufferPointer(rebasing: room[left.count...])
      let wordsLeft = words(of: left, into: room)
      let wordsRight = words(of: right, into: half)
      if wordsLeft.elementsEqual(wordsRight) {
        // Without a number on one side, or with the flat left out, it may be the same door.
        return UInt8(areOneDoor(left, right) ? ValueField.Code.near : ValueField.Code.loose)
      }
      if one.number != other.number { return 255 }
      let longer = max(wordsLeft.count, wordsRight.count)
      let areNear =
        workspace.damerau.isWithin(max(1, longer / 6), wordsLeft, wordsRight)
        || WordOverlap.share(wordsLeft, wordsRight) >= leastShare
      if !areNear { return 255 }
      return UInt8(areOneDoor(left, right) ? ValueField.Code.near : ValueField.Code.loose)
    }
  }

  /// Of two addresses of the same number, this share of the words is enough.
  private static let leastShare = 0.6

  /// The words of an address that have no digits in them, joined by spaces.
  private static func words(
    of text: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    var length = 0
    var scan = WordScan(text)
    while let word = scan.next() {
      if WordScan.hasDigit(word) { continue }
      if length > 0 {
        room[length] = 0x20
        length += 1
      }
      // Safe: words and the spaces between them are no longer than the text.
      for byte in word {
        room[length] = byte
        length += 1
      }
    }
    return UnsafeBufferPointer(rebasing: room[..<length])
  }

  /// Whether the numbers of one address begin with the same one as the other's, and are all among them.
  private static func areOneDoor(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let (one, other) = (numbers(of: left), numbers(of: right))
    let (fewer, more) = one.count <= other.count ? (one, other) : (other, one)
    switch (fewer.first, more.first) {
    case (nil, nil): return true
    case (let first?, let second?) where first.elementsEqual(second):
      return fewer.allSatisfy { number in more.contains { $0.elementsEqual(number) } }
    default: return false
    }
  }

  private static func numbers(of text: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
    var numbers: [UnsafeBufferPointer<UInt8>] = []
    var scan = WordScan(text)
    while let word = scan.next() { if WordScan.hasDigit(word) { numbers.append(word) } }
    return numbers
  }
}
