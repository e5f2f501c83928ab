/// Finds the parts of a page in its tags, without a tree.
///
///     <main><section class="_a6-g"><h2 class="_a6-h">Rex</h2>
///       <div class="_a6-p"><div><div></div><div>hello</div><div></div></div></div>
///       <footer class="_a6-o"><div class="_a72d">Nov 08, 2005 4:19:54 am</div></footer></section>…</main>
///     <td>label</td><td>value</td>    <td colspan="2">label<div>value</div></td>
///
/// A part ends where the depth of its first tag is reached again. A part in the body of another is of that; a part
/// before anything else of another makes that a group of parts, which is none itself.
final class MetaPageStream: HTMLTokenHandler {
  private enum Cell { case none, label, value, surplus }

  private let limit: Int
  private var parts: [MetaPagePart] = []
  private var part: MetaPagePart?
  private var size = 0
  private var position: UInt64 = 0
  private var depth = 0
  /// Depths of the elements that are open and matter.
  private var main: Int?
  private var first = 0
  private var heading: Int?
  private var body: Int?
  private var foot: Int?
  private var list: Int?
  private var anchor: Int?
  private var film: Int?
  private var label: Int?
  private var maker: Int?
  private var (outer, inner) = (-1, -1)
  private var card = MetaPageCard()
  private var words = HTMLWords()
  /// Bytes of the words that no link holds.
  private var unlinked = 0
  private var isCaptioned = false
  private var cell = Cell.none
  private var cells = 0
  /// Depth of the cell at hand, and of the one with a label whose value holds a table.
  private var cellDepth = 0
  private var nest: Int?
  private var field = MetaPagePart.Field()

  /// Whether `main` was met.
  private(set) var hasMain = false
  /// Texts that stand in no part, with the first of them.
  private(set) var stray = 0
  private(set) var straySample = ""
  private(set) var strayOffset: UInt64 = 0
  private(set) var isClosed = false
  /// How many parts a class marks.
  private(set) var marked = 0
  /// The line that says who made the page, and how much of it stands before the time.
  private(set) var makerLine = ""
  private(set) var makerBeforeTime: String?
  private(set) var makerOffset: UInt64 = 0
  private(set) var repairs = TextRepairs()

  /// - Parameter limit: bytes of one part.
  init(limit: Int) { self.limit = limit }

  /// The parts found since the last call, in their order.
  func take() -> [MetaPagePart] {
    defer { parts.removeAll(keepingCapacity: true) }
    return parts
  }

  /// The part that was open when the page ended.
  func takeOpen() -> MetaPagePart? {
    guard part != nil else { return nil }
    part?.isOpen = true
    part?.end = position
    defer { part = nil }
    return part
  }

  // MARK: Tags

  func tag(_ tag: HTMLTag) throws {
    defer { position = tag.end }
    if tag.isVoid {
      if tag.isNamed("br") { lineBreak() } else if !tag.isEnd { addMedia(tag) }
    } else if tag.isEnd {
      close(tag)
    } else {
      depth += 1
      open(tag)
    }
  }

  private func open(_ tag: HTMLTag) {
    let marks = MetaPageMarks(tag)
    guard main != nil else {
      if marks.contains(.main) {
        main = depth
        hasMain = true
      } else if maker == nil, marks.contains(.maker), makerLine.isEmpty {
        maker = depth
        makerOffset = tag.offset
        words.removeAll()
      } else if maker != nil {
        if tag.isNamed("time"), makerBeforeTime == nil {
          makerBeforeTime = words.string.trimmingSpaces
        } else if tag.isNamed("div"), !words.isEmpty {
          endMaker()
        }
      }
      return
    }
    let isBlock = !MetaPageElements.isInline(tag)
    if isBlock { endBlock() }
    if isBlock, body != nil { card.open(marks, depth: depth) }
    if marks.contains(.part), mayBegin { return begin(tag, isPlain: false) }
    if part == nil {
      if isBlock, depth == (main ?? 0) + 1 { begin(tag, isPlain: true) }
      return
    }
    if isBlock, cell == .label, label == nil, !tag.isNamed("td"), !tag.isNamed("th") { endLabel() }
    if cell == .value, isBlock { words.endLine() }
    if nest == nil, tag.isNamed("table"), cell == .value, !field.label.isEmpty {
      nest = cells > 0 ? cellDepth : depth - 1
    }
    if marks.contains(.caption) { isCaptioned = true }
    if tag.isNamed("tr") { return beginRow() }
    if tag.isNamed("td") || tag.isNamed("th") { return beginCell() }
    if tag.isNamed("a") { return openLink(tag) }
    if tag.isNamed("video") || tag.isNamed("audio") {
      if film == nil { film = depth }
      return addMedia(tag)
    }
    if tag.isNamed("ul"), body != nil, cell == .none, list == nil {
      list = depth
    } else if marks.contains(.label), label == nil, cell == .none || cell == .value && cells == 0 {
      endField()
      label = depth
      cell = .label
      words.removeAll()
    } else if body == nil, heading == nil, foot == nil, cell == .none {
      if marks.contains(.heading) {
        part?.headings += 1
        guard part?.heading.isEmpty ?? false else { return }
        heading = depth
        words.removeAll()
      } else if marks.contains(.body) {
        body = depth
        (outer, inner) = (-1, -1)
      } else if marks.contains(.foot) {
        foot = depth
        words.removeAll()
      }
    } else if let body, isBlock {
      place(depth - body)
    }
  }

  /// Counts the elements of a body.
  private func place(_ level: Int) {
    if level == 1 {
      outer += 1
      inner = -1
      part?.outerCount = outer + 1
    } else if level == 2 {
      inner += 1
      if outer <= 0 { part?.innerCount = inner + 1 }
    }
  }

  /// Whether a part that begins here is one of its own.
  private var mayBegin: Bool {
    guard let part else { return true }
    if part.isPlain { return body == nil && cell == .none && part.fields.isEmpty }
    return part.isBare && body == nil && heading == nil && foot == nil && cell == .none
  }

  private func begin(_ tag: HTMLTag, isPlain: Bool) {
    if let group = part, group.isPlain, !group.blocks.isEmpty { parts.append(group) }
    var next = MetaPagePart()
    next.offset = tag.offset
    next.isPlain = isPlain
    part = next
    first = depth
    size = 0
    (heading, body, foot, list, anchor, film, label) = (nil, nil, nil, nil, nil, nil, nil)
    (nest, card) = (nil, MetaPageCard())
    (outer, inner, cells) = (-1, -1, 0)
    cell = .none
    words.removeAll()
    (unlinked, isCaptioned) = (0, false)
    if !isPlain { marked += 1 }
  }

  private func close(_ tag: HTMLTag) {
    let closing = depth
    depth = max(0, depth - 1)
    if main == nil {
      if maker == closing { endMaker() }
      if tag.isNamed("html") { isClosed = true }
      return
    }
    if part != nil {
      let isBlock = !MetaPageElements.isInline(tag)
      if isBlock {
        if heading == nil, foot == nil, list == nil, cell == .none { endBlock() }
        if cell == .value { words.endLine() }
        card.close(depth: closing)
      }
      closePart(tag, closing)
    }
    if main == closing { main = nil }
  }

  private func closePart(_ tag: HTMLTag, _ closing: Int) {
    if tag.isNamed("td") || tag.isNamed("th") { endCell() }
    if tag.isNamed("tr") { endRow() }
    if nest == closing { nest = nil }
    if anchor == closing { anchor = nil }
    if film == closing { film = nil }
    if label == closing {
      endLabel()
      label = nil
    }
    if heading == closing {
      part?.heading = string()
      heading = nil
    }
    if foot == closing {
      part?.feet.append(string())
      foot = nil
    }
    if let list {
      if tag.isNamed("li") || list == closing { endReaction() }
      if list == closing { self.list = nil }
    }
    if body == closing {
      endField()
      body = nil
    }
    guard first == closing else { return }
    endField()
    part?.end = tag.end
    if let found = part, !(found.isPlain && found.isBare && found.heading.isEmpty) { parts.append(found) }
    part = nil
  }

  // MARK: Rows

  private func beginRow() {
    endField()
    cell = .none
    cells = 0
  }

  private func beginCell() {
    endField()
    cells += 1
    cellDepth = depth
    cell = cells == 1 ? .label : cells == 2 ? .value : .surplus
    if cells == 1 { field = MetaPagePart.Field() }
    words.removeAll()
  }

  private func endCell() {
    switch cell {
    case .label:
      endLabel()
      cell = .none
    case .value where cells == 1 && field.label.isEmpty: endLabel()
    case .value: endField()
    case .surplus: words.removeAll()
    case .none: break
    }
    cell = .none
  }

  private func endRow() {
    endField()
    if cells > 2 { part?.wideRows += 1 }
    cells = 0
    cell = .none
  }

  private func endLabel() {
    field = MetaPagePart.Field()
    field.label = string()
    field.isNested = nest != nil
    cell = .value
  }

  /// Ends the value at hand; its label stays for the next cell when it has none.
  private func endField() {
    guard cell == .value else { return }
    field.value = string()
    cell = .none
    guard !field.value.isEmpty || !field.href.isEmpty, let count = part?.fields.count else { return }
    if count < Self.countLimit { part?.fields.append(field) } else { part?.isCut = true }
    field = MetaPagePart.Field()
  }

  // MARK: Text

  func text(_ raw: UnsafeBufferPointer<UInt8>, isCut: Bool) throws {
    guard main != nil else {
      if maker != nil, words.bytes.count + raw.count <= 4096 { words.append(raw, keepsLines: false) }
      return
    }
    guard raw.contains(where: { !$0.isSpace }) else {
      if part != nil, !words.isEmpty { words.append(raw, keepsLines: false) }
      return
    }
    guard part != nil else {
      stray += 1
      if straySample.isEmpty {
        strayOffset = position
        straySample = String(decoding: raw.trimmed.prefix(200), as: UTF8.self)
      }
      return
    }
    if film != nil { return }
    size += raw.count
    if isCut || size > limit {
      part?.isCut = true
      return
    }
    let keepsLines = cell == .value || body != nil && heading == nil && foot == nil
    if anchor == nil { unlinked += 1 }
    words.append(raw, keepsLines: keepsLines)
  }

  private func lineBreak() {
    guard part != nil, heading == nil, foot == nil, size <= limit else { return }
    size += 1
    words.breakLine()
  }

  /// The words so far, which begin anew.
  private func string() -> String {
    (unlinked, isCaptioned) = (0, false)
    return repairs.take(&words)
  }

  /// Ends what stands together in a part, outside tables, headings and feet.
  private func endBlock() {
    guard let count = part?.blocks.count, heading == nil, foot == nil, list == nil, cell == .none else {
      return
    }
    let (isLink, isCaptioned) = (unlinked == 0, isCaptioned)
    let text = string()
    guard !text.isEmpty else { return }
    if count < Self.countLimit {
      part?.blocks.append(
        .init(
          text: text, outer: outer, inner: inner, isLink: isLink, isCaptioned: isCaptioned,
          isAttached: card.isAttached))
    } else {
      part?.isCut = true
    }
  }

  private func endReaction() {
    let text = string()
    guard !text.isEmpty, let count = part?.reactions.count else { return }
    if count < Self.countLimit { part?.reactions.append(text) } else { part?.isCut = true }
  }

  private func openLink(_ tag: HTMLTag) {
    if anchor == nil { anchor = depth }
    let href = Self.decoded(tag.link)
    guard !href.isEmpty else { return }
    if cell != .none {
      if field.href.isEmpty { field.href = href }
    } else if foot == nil, film == nil, let count = part?.links.count, count < Self.countLimit {
      part?.links.append((href, outer, inner))
    }
  }

  private func addMedia(_ tag: HTMLTag) {
    guard let count = part?.media.count, count < Self.countLimit, !tag.link.isEmpty else { return }
    part?.media.append(Self.decoded(tag.link))
  }

  private func endMaker() {
    words.trimEnd()
    makerLine = words.string
    words = HTMLWords()
    maker = nil
  }

  private static func decoded(_ raw: [UInt8]) -> String {
    var words = HTMLWords()
    raw.withUnsafeBufferPointer { words.append($0.trimmed, keepsLines: false) }
    return words.string
  }

  /// Fields, blocks and links of one part, at most.
  private static let countLimit = 10_000
}
