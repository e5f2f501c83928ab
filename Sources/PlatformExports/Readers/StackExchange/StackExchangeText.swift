/// The words of a post or profile, from its HTML or from the Markdown in which it was typed: without code, and with `> `
/// before each line that is quoted.
final class StackExchangeText: HTMLTokenHandler {
  private var words = HTMLWords()
  private var text = QuotingText()
  private var quotes: [Bool] = []
  private var code = 0
  /// Whether line ends are as they were typed.
  private var isTyped = false
  /// Where links outside quotations lead to.
  private(set) var links: [String] = []
  /// Blocks of code, which are left out.
  private(set) var codeBlocks = 0
  /// What words were mended of, in all texts.
  private(set) var replaced = 0

  /// Quotations within each other that are told apart.
  private static let depthLimit = 64
  /// Links kept of one text.
  private static let linkLimit = 1000

  /// Reads a text; what it holds is valid until the next.
  func read(html: Bytes) throws {
    begin()
    try HTMLTokenizer(textLimit: html.count, handler: self).read(html)
    end()
  }

  /// Reads a text as it was typed. Tags of HTML may stand in it; most are nothing but words then, and those of quotations and
  /// code are what they are in HTML.
  func read(markdown: Bytes) throws {
    var plain: [UInt8] = []
    plain.reserveCapacity(markdown.count)
    let blocks = Self.withoutCode(markdown, into: &plain)
    begin()
    codeBlocks = blocks
    try plain.withUnsafeBufferPointer { plain in
      if Self.holdsBlocks(plain) {
        isTyped = true
        try Self.withoutTagsInCode(plain).withUnsafeBufferPointer {
          try HTMLTokenizer(textLimit: $0.count, handler: self).read($0)
        }
      } else {
        text.append(plain, isQuote: false)
      }
    }
    end()
  }

  /// The words that were read, without white space at either end.
  func withWords<Result>(_ body: (Bytes) throws -> Result) rethrows -> Result {
    try text.bytes.withUnsafeBufferPointer { try body($0.trimmed) }
  }

  private func begin() {
    text.removeAll()
    words.removeAll()
    quotes = []
    code = 0
    codeBlocks = 0
    isTyped = false
    links = []
  }

  private func end() {
    endPassage()
    text.trimEnd()
    replaced += words.replaced
    words = HTMLWords()
  }

  // MARK: HTML

  func text(_ raw: UnsafeBufferPointer<UInt8>, isCut: Bool) {
    if code == 0 { words.append(raw, keepsLines: isTyped) }
  }

  func tag(_ tag: HTMLTag) {
    if tag.isNamed("pre") {
      if tag.isEnd {
        code -= code > 0 ? 1 : 0
      } else {
        if code == 0 { codeBlocks += 1 }
        code += 1
      }
      words.endLine()
    } else if code > 0 {
      return
    } else if tag.isNamed("blockquote") {
      endPassage()
      if tag.isEnd {
        if !quotes.isEmpty { quotes.removeLast() }
      } else if quotes.count < Self.depthLimit {
        // What is hidden until somebody looks is the author's own.
        quotes.append(!tag.hasClass("spoiler"))
      }
    } else if tag.isNamed("br") {
      words.breakLine()
    } else if tag.isNamed("a") {
      guard !tag.isEnd, !quotes.contains(true), links.count < Self.linkLimit,
        tag.link.count < HTMLTokenizer.linkLimit, tag.link.starts(with: "http".utf8)
      else { return }
      links.append(HTMLWords.decoded(tag.link))
    } else if tag.isBlock || tag.isNamed("hr") {
      words.endLine()
    }
  }

  private func endPassage() {
    words.bytes.withUnsafeBufferPointer { text.append($0, isQuote: quotes.contains(true)) }
    words.removeAll()
  }

  // MARK: Markdown

  /// Whether a text holds an element of HTML that says whose its words are.
  private static func holdsBlocks(_ text: Bytes) -> Bool {
    var rest = text[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[(start + 1)...]
      let name = rest.prefix(10).lazy.map { $0 | 0x20 }
      if name.starts(with: "blockquote".utf8) || name.starts(with: "pre".utf8) { return true }
    }
    return false
  }

  /// Copies lines that are no code: none between fences, and none that four spaces set in behind an empty one. A quotation
  /// goes on to the next empty line, whether or not each of its lines is marked, and may be an item of a list.
  ///
  /// - Returns: how many blocks were left out.
  private static func withoutCode(_ text: Bytes, into plain: inout [UInt8]) -> Int {
    var blocks = 0
    var fence: UInt8?
    var mayBeCode = true
    var isInCode = false
    var isQuoted = false
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let line = Bytes(rebasing: line)
      let words = line.trimmed
      let first = words.first ?? 0
      let isFence = first == UInt8(ascii: "`") || first == UInt8(ascii: "~")
      if isFence, words.prefix(while: { $0 == first }).count >= 3, fence == nil || fence == first {
        if fence == nil { blocks += 1 }
        fence = fence == nil ? first : nil
        mayBeCode = true
        isQuoted = false
        continue
      }
      if fence != nil { continue }
      let isIndented = !words.isEmpty && (line[0] == 0x09 || line.starts(with: "    ".utf8))
      if isIndented, mayBeCode {
        if !isInCode { blocks += 1 }
        isInCode = true
        continue
      }
      if !words.isEmpty { isInCode = false }
      mayBeCode = words.isEmpty || isInCode
      // Of the lines around what is left out one stays.
      if words.isEmpty, plain.isEmpty || plain.suffix(2).elementsEqual("\n\n".utf8) { continue }
      if words.isEmpty { isQuoted = false }
      let item = behindListMark(words)
      if item.first == UInt8(ascii: ">") {
        // `>! ` hides what its author wrote.
        isQuoted = !(item.count > 1 && item[1] == UInt8(ascii: "!"))
        if isQuoted { plain.append(contentsOf: "> ".utf8) }
        plain.append(contentsOf: Bytes(rebasing: item.dropFirst(isQuoted ? 1 : 2)).trimmed)
      } else {
        if isQuoted { plain.append(contentsOf: "> ".utf8) }
        plain.append(contentsOf: line)
      }
      plain.append(0x0A)
    }
    return blocks
  }

  /// A text in which `<` is a reference wherever it stands in code within a line, as no tag begins there.
  private static func withoutTagsInCode(_ text: Bytes) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for (number, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if number > 0 { result.append(0x0A) }
      var isCode = false
      // Behind the last of them nothing is code.
      let last = line.lastIndex(of: UInt8(ascii: "`")) ?? line.startIndex
      var previous: UInt8 = 0
      for position in line.indices {
        let byte = line[position]
        if byte == UInt8(ascii: "`"), previous != byte { isCode.toggle() }
        previous = byte
        if isCode, position < last, byte == UInt8(ascii: "<") {
          result.append(contentsOf: "&lt;".utf8)
        } else {
          result.append(byte)
        }
      }
    }
    return result
  }

  /// A line behind the marks of items of lists (`- `, `1. `).
  private static func behindListMark(_ words: Bytes) -> Bytes {
    var rest = words
    while let first = rest.first {
      let digits = rest.prefix(while: \.isDigit).count
      let isMark =
        digits > 0
        ? digits < rest.count && [UInt8(ascii: "."), UInt8(ascii: ")")].contains(rest[digits])
        : [UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+")].contains(first)
      let length = digits + 1
      guard isMark, length < rest.count, rest[length].isSpace else { break }
      rest = Bytes(rebasing: rest.dropFirst(length)).trimmed
    }
    return rest
  }
}
