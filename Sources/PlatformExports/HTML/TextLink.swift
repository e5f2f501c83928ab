internal import AccountModel

/// A link in a text whose words are not its address.
struct TextLink {
  /// An element that is open, as `<a href="…">` begins it.
  struct Opening {
    /// As written.
    let address: [UInt8]
    /// Bytes of words before its own.
    let start: Int

    init(_ tag: HTMLTag, in words: HTMLWords) {
      address = tag.link
      start = words.bytes.count
    }
  }

  let address: String
  /// Its words.
  let shown: String
  /// Whether more of the address was written than is kept.
  let isCut: Bool

  /// Nil for what does not lead into the web, and for an address that is its own words.
  init?(address: String, shown: String, isCut: Bool = false) {
    guard address.hasPrefix("http://") || address.hasPrefix("https://"), address != shown else { return nil }
    self.address = address
    self.shown = shown
    self.isCut = isCut
  }

  /// Ends an element.
  init?(_ opening: Opening, in words: HTMLWords) {
    self.init(
      address: HTMLWords.decoded(opening.address), shown: words.string(from: opening.start),
      isCut: opening.address.count >= HTMLTokenizer.linkLimit)
  }
}

extension RecordWriter {
  /// Writes where the words of a message lead to.
  func textLinks(_ links: [TextLink], of author: AccountIndex, at locator: Locator) throws {
    for link in links {
      if link.isCut {
        setAside("link", .longAddress, at: locator, detail: link.address)
      } else {
        try identifier(author, .url, link.address, label: "text-link", assertion: .user, at: locator)
      }
    }
  }
}
