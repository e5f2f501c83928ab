internal import Glibc

/// A tag of an HTML page, with the attributes that readers look at.
struct HTMLTag {
  /// In small letters, cut after `HTMLTokenizer.nameLimit` bytes.
  var name: [UInt8] = []
  var isEnd = false
  /// Values as written, cut after `HTMLTokenizer.valueLimit` bytes.
  var id: [UInt8] = []
  var classes: [UInt8] = []
  var style: [UInt8] = []
  var role: [UInt8] = []
  var title: [UInt8] = []
  /// The words for a picture that is not shown.
  var alternative: [UInt8] = []
  /// The account that pages of DiscordChatExporter's name (`data-user-id`).
  var userID: [UInt8] = []
  /// Where a link leads or a picture lies, cut after `HTMLTokenizer.linkLimit` bytes.
  var link: [UInt8] = []
  /// Of its `<`, and just behind its `>`.
  var offset: UInt64 = 0
  var end: UInt64 = 0

  /// Each word of its classes, until one is what was looked for.
  func hasClass(where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    classes.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        var end = start
        while end < bytes.count, !bytes[end].isSpace { end += 1 }
        if end > start, isWanted(UnsafeBufferPointer(rebasing: bytes[start..<end])) { return true }
        start = end + 1
      }
      return false
    }
  }

  /// Whether one of its classes is this one.
  func hasClass(_ name: StaticString) -> Bool { hasClass { $0 == name } }

  func isNamed(_ text: StaticString) -> Bool { name.withUnsafeBufferPointer { $0 == text } }
}

/// Takes the pieces of a page in their order.
protocol HTMLTokenHandler: AnyObject {
  /// All that stands between two tags, as written: entities and white space are not undone.
  func text(_ raw: UnsafeBufferPointer<UInt8>, isCut: Bool) throws
  func tag(_ tag: HTMLTag) throws
}

/// Cuts a page into tags and what stands between them, as the tokenizer of the HTML standard does, without a tree.
///
/// libxml2's parser is not used for it: it drops a pair of surrogates that is written as two references, takes all
/// that follows a byte that is no UTF-8 for Latin-1, builds trees that end at 256 or 2,048 open elements, and does not
/// say where in the source a piece stands. Here depth is no concept, a `<` or `>` inside quotes is part of the value,
/// and blocks of any size give the same pieces. Memory holds one text and the start of one tag.
final class HTMLTokenizer {
  /// Bytes kept of a tag's name.
  static let nameLimit = 16
  /// Bytes kept of an attribute's value.
  static let valueLimit = 256
  /// Bytes kept of a link's target.
  static let linkLimit = 4096

  private enum State {
    case text, open, endOpen, name, attributes, attributeName, afterName, beforeValue, doubleQuoted,
      singleQuoted, unquoted, markup, markupDash, comment, declaration, hidden, hiddenEnd
  }

  private let handler: any HTMLTokenHandler
  private let textLimit: Int
  private var state = State.text
  private var run: [UInt8] = []
  private var runIsCut = false
  private var tag = HTMLTag()
  private var attribute: [UInt8] = []
  private var dashes = 0
  /// The element whose content is no text, while one is open.
  private var hidden: [UInt8] = []
  private var matched = 0

  /// - Parameter textLimit: bytes kept of the text between two tags.
  init(textLimit: Int, handler: any HTMLTokenHandler) {
    self.textLimit = textLimit
    self.handler = handler
  }

  /// Reads a member to its end.
  ///
  /// - Parameter afterBlock: called behind each block, for a handler that keeps what it found until then.
  /// - Returns: whether the source ends outside tags and comments.
  func read(_ input: MemberInput, afterBlock: () throws -> Void = {}) throws -> Bool {
    while true {
      if input.window.isEmpty, try !input.fillMore() { break }
      let window = input.window
      try feed(window, at: input.offset)
      input.consume(window.count)
      try afterBlock()
    }
    let endsOutside = state == .text
    try flush()
    try afterBlock()
    return endsOutside
  }

  /// Reads a piece that is in memory.
  func read(_ piece: UnsafeBufferPointer<UInt8>) throws {
    try feed(piece, at: 0)
    try flush()
  }

  private func flush() throws {
    guard !run.isEmpty else { return }
    try run.withUnsafeBufferPointer { try handler.text($0, isCut: runIsCut) }
    run.removeAll(keepingCapacity: run.count < 1 << 20)
    runIsCut = false
  }

  private func append(_ bytes: UnsafeBufferPointer<UInt8>.SubSequence) {
    let room = textLimit - run.count
    if bytes.count > room { runIsCut = true }
    run.append(contentsOf: bytes.prefix(max(0, room)))
  }

  private func feed(_ bytes: UnsafeBufferPointer<UInt8>, at base: UInt64) throws {
    guard let start = bytes.baseAddress else { return }
    /// Where a byte next stands; the end of the bytes when nowhere.
    func find(_ byte: UInt8, from position: Int) -> Int {
      guard position < bytes.count,
        let hit = memchr(start + position, Int32(byte), bytes.count - position)
      else { return bytes.count }
      return UnsafeRawPointer(hit) - UnsafeRawPointer(start)
    }
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      switch state {
      case .text:
        let next = find(UInt8(ascii: "<"), from: position)
        append(bytes[position..<next])
        position = next
        if next == bytes.count { return }
        tag = HTMLTag(offset: base + UInt64(next))
        state = .open
      case .open:
        if byte.isLetter {
          state = .name
          continue
        }
        switch byte {
        case UInt8(ascii: "/"): state = .endOpen
        case UInt8(ascii: "!"): state = .markup
        case UInt8(ascii: "?"): state = .declaration
        default:
          // `<3` is text.
          if run.count < textLimit { run.append(UInt8(ascii: "<")) } else { runIsCut = true }
          state = .text
          continue
        }
      case .endOpen:
        tag.isEnd = true
        state = byte.isLetter ? .name : byte == UInt8(ascii: ">") ? .text : .declaration
        if state == .name { continue }
      case .name:
        switch byte {
        case UInt8(ascii: ">"): try close(at: base + UInt64(position) + 1)
        case UInt8(ascii: "/"): state = .attributes
        default:
          if byte.isSpace {
            state = .attributes
          } else if tag.name.count < Self.nameLimit {
            tag.name.append(byte.lowered)
          }
        }
      case .attributes, .afterName:
        switch byte {
        case UInt8(ascii: ">"): try close(at: base + UInt64(position) + 1)
        case UInt8(ascii: "/"): state = .attributes
        case UInt8(ascii: "=") where state == .afterName: state = .beforeValue
        default:
          if byte.isSpace { break }
          attribute.removeAll(keepingCapacity: true)
          attribute.append(byte.lowered)
          state = .attributeName
        }
      case .attributeName:
        switch byte {
        case UInt8(ascii: "="): state = .beforeValue
        case UInt8(ascii: ">"): try close(at: base + UInt64(position) + 1)
        case UInt8(ascii: "/"): state = .attributes
        default:
          if byte.isSpace {
            state = .afterName
          } else if attribute.count < Self.nameLimit {
            attribute.append(byte.lowered)
          }
        }
      case .beforeValue:
        switch byte {
        case UInt8(ascii: "\""): state = .doubleQuoted
        case UInt8(ascii: "'"): state = .singleQuoted
        case UInt8(ascii: ">"): try close(at: base + UInt64(position) + 1)
        default:
          if byte.isSpace { break }
          state = .unquoted
          continue
        }
      case .doubleQuoted, .singleQuoted:
        let next = find(state == .doubleQuoted ? UInt8(ascii: "\"") : UInt8(ascii: "'"), from: position)
        keep(bytes[position..<next])
        position = next
        if next == bytes.count { return }
        state = .attributes
      case .unquoted:
        if byte == UInt8(ascii: ">") {
          try close(at: base + UInt64(position) + 1)
        } else if byte.isSpace {
          state = .attributes
        } else {
          keep(bytes[position...position])
        }
      case .markup:
        state = byte == UInt8(ascii: "-") ? .markupDash : .declaration
        if state == .declaration { continue }
      case .markupDash:
        dashes = 2
        state = byte == UInt8(ascii: "-") ? .comment : .declaration
        if state == .declaration { continue }
      case .comment:
        if byte == UInt8(ascii: "-") {
          dashes += 1
        } else if byte == UInt8(ascii: ">"), dashes >= 2 {
          state = .text
        } else {
          dashes = 0
        }
      case .declaration:
        position = find(UInt8(ascii: ">"), from: position)
        if position == bytes.count { return }
        state = .text
      case .hidden:
        position = find(UInt8(ascii: "<"), from: position)
        if position == bytes.count { return }
        matched = 0
        state = .hiddenEnd
      case .hiddenEnd:
        if matched == 0 {
          if byte != UInt8(ascii: "/") {
            state = .hidden
            continue
          }
          matched = 1
        } else if matched <= hidden.count {
          if byte.lowered != hidden[matched - 1] {
            state = .hidden
            continue
          }
          matched += 1
        } else {
          tag = HTMLTag(name: hidden, isEnd: true, offset: base + UInt64(position))
          hidden = []
          state = .attributes
          continue
        }
      }
      position += 1
    }
  }

  private func keep(_ bytes: UnsafeBufferPointer<UInt8>.SubSequence) {
    // The first attribute of a name counts.
    if attribute.elementsEqual("id".utf8) {
      tag.id.append(contentsOf: bytes.prefix(max(0, Self.valueLimit - tag.id.count)))
    } else if attribute.elementsEqual("class".utf8) {
      tag.classes.append(contentsOf: bytes.prefix(max(0, Self.valueLimit - tag.classes.count)))
    } else if attribute.elementsEqual("style".utf8) {
      tag.style.append(contentsOf: bytes.prefix(max(0, Self.valueLimit - tag.style.count)))
    } else if attribute.elementsEqual("role".utf8) {
      tag.role.append(contentsOf: bytes.prefix(max(0, Self.valueLimit - tag.role.count)))
    } else if attribute.elementsEqual("href".utf8) || attribute.elementsEqual("src".utf8) {
      tag.link.append(contentsOf: bytes.prefix(max(0, Self.linkLimit - tag.link.count)))
    } else if attribute.elementsEqual("title".utf8) {
      tag.title.append(contentsOf: bytes.prefix(max(0, Self.valueLimit - tag.title.count)))
    } else if attribute.elementsEqual("alt".utf8) {
      tag.alternative.append(contentsOf: bytes.prefix(max(0, Self.valueLimit - tag.alternative.count)))
    } else if attribute.elementsEqual("data-user-id".utf8) {
      tag.userID.append(contentsOf: bytes.prefix(max(0, Self.valueLimit - tag.userID.count)))
    }
  }

  private func close(at end: UInt64) throws {
    try flush()
    tag.end = end
    state = .text
    if !tag.isEnd, tag.isNamed("script") || tag.isNamed("style") {
      hidden = tag.name
      state = .hidden
    }
    try handler.tag(tag)
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  fileprivate var lowered: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
