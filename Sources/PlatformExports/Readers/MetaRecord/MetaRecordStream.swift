internal import AccountModel

/// A label of a return with the value beside it.
struct MetaRecordField {
  /// As written, without a colon at its end.
  let label: String
  /// The label in small letters: generations of returns differ in them.
  let name: String
  var value = HTMLWords()
  /// Whether the value is larger than the limit for a record.
  var isCut = false
  var offset: UInt64
  var end: UInt64

  init(label: String, offset: UInt64, end: UInt64) {
    self.label = label
    name = label.lowercased()
    self.offset = offset
    self.end = end
  }

  func locator(_ member: UInt32) -> Locator {
    Locator(member: member, from: offset, to: end)
  }
}

/// Takes the fields of a return in their order.
protocol MetaRecordFieldHandler: AnyObject {
  /// A section begins: `ip_addresses` of `property-ip_addresses`.
  func section(_ name: String, at offset: UInt64) throws
  func field(_ field: MetaRecordField) throws
  /// Text of a section that belongs to no label.
  func stray(_ text: String, at offset: UInt64)
  /// The page ends as a page should.
  func end() throws
}

/// Finds labels and values in the tags of a return, without a tree: sections are left open, `div`s too many or too few,
/// and the nesting of returns differs.
///
///     <table><tr><th>LABEL</th><td>VALUE<br /></td></tr></table>                     first generation
///     <div class="div_table outer"><div class="div_table inner">LABEL<div class="most_inner"><div>VALUE…
///     <div class="t o"><div class="t i">LABEL<div class="m"><div>VALUE<div class="p">…   the same, minified
///     <div class="div_table" style="display:table">LABEL<div style="display:table-cell"><div>VALUE…
///     <div>LABEL</div><div>VALUE</div>                                            nothing tells one from the other
///
/// Where a class or element marks labels, only that makes one, so that a message of the word `Author` is none. Where
/// nothing does, a block that is a known label begins a field. A page header may stand between a label and its value,
/// or within the value, whose rest then has an empty label.
final class MetaRecordStream: HTMLTokenHandler {
  private enum Role { case none, label, value }

  private let handler: any MetaRecordFieldHandler
  private let valueLimit: Int
  private var role = Role.none
  /// Whether the label or value at hand is a cell of a table, and not a `div`.
  private var isCell = false
  /// `div`s that stand open inside the value.
  private var depth = 0
  private var label = HTMLWords()
  private var labelOffset: UInt64 = 0
  /// Whether the label has ended and its value has not begun.
  private var hasLabel = false
  /// The last field, which may go on behind a page header.
  private var pending: MetaRecordField?
  private var sawPageHeader = false
  /// Open `div`s of a page header; its text is none.
  private var header = 0
  private var isInSection = false
  /// Whether the value ended and no tag began since: text that follows is still its own.
  private var mayGoOn = false
  private var position: UInt64 = 0
  private(set) var marksLabels = false
  private var marksByClass = false
  private(set) var isWhole = false
  private(set) var repairs = TextRepairs()

  init(valueLimit: Int, handler: any MetaRecordFieldHandler) {
    self.valueLimit = valueLimit
    self.handler = handler
  }

  // MARK: Tags

  func tag(_ tag: HTMLTag) throws {
    position = tag.end
    if tag.isEnd { return try close(tag) }
    if tag.isNamed("br") { return lineBreak() }
    let isDiv = tag.isNamed("div")
    let mark = mark(of: tag, isDiv: isDiv)
    if header > 0 {
      // A header that nothing closed must not take the fields behind it along.
      if mark == .plain {
        if isDiv { header += 1 }
        return
      }
      header = 0
    }
    switch mark {
    case .section:
      try endField()
      isInSection = true
      try handler.section(Self.section(of: tag) ?? "", at: tag.offset)
    case .pageHeader:
      sawPageHeader = true
      if isDiv { header = 1 }
      if role == .value { endValue() }
      mayGoOn = false
    case .label: try beginLabel(at: tag.offset, isCell: !isDiv)
    case .value: try beginValue(at: tag.offset, isCell: !isDiv)
    case .boundary:
      if role == .value { endValue() }
      mayGoOn = false
    case .line:
      lineBreak()
      if role == .value { depth += 1 }
    case .plain where isDiv:
      if role == .value {
        depth += 1
        pending?.value.endLine()
      }
      mayGoOn = false
    case .plain where Self.blocks.contains(where: { tag.name.elementsEqual($0) }):
      if role == .value { pending?.value.endLine() }
      mayGoOn = false
    case .plain: break
    }
  }

  private enum Mark { case section, pageHeader, label, value, boundary, line, plain }

  private func mark(of tag: HTMLTag, isDiv: Bool) -> Mark {
    if tag.isNamed("th") { return .label }
    if tag.isNamed("td") { return .value }
    if Self.section(of: tag) != nil { return .section }
    if tag.id.starts(with: "page_".utf8) { return .pageHeader }
    guard isDiv, !tag.classes.isEmpty || !tag.style.isEmpty else { return .plain }
    var mark = Mark.plain
    _ = tag.hasClass { word in
      switch word.count {
      case 1 where word == "i", 5 where word == "inner": mark = .label
      case 1 where word == "m", 10 where word == "most_inner": mark = .value
      case 1 where word == "o", 5 where word == "outer": mark = .boundary
      case 1 where word == "p": mark = .line
      case 9 where word == "pageBreak": mark = .pageHeader
      default: return false
      }
      return true
    }
    if mark == .label { marksByClass = true }
    return mark == .plain && !tag.style.isEmpty && !marksByClass ? Self.styled(tag) : mark
  }

  /// Where no class tells a label from a value, the way they are shown does.
  private static func styled(_ tag: HTMLTag) -> Mark {
    let style = String(decoding: tag.style, as: UTF8.self).filter { $0 != " " }
    if style.holdsBytes("display:table-cell") { return .value }
    guard tag.hasClass(where: { $0 == "div_table" }) else { return .plain }
    return style.holdsBytes("display:table") ? .label : .boundary
  }

  private func close(_ tag: HTMLTag) throws {
    if tag.isNamed("html") || tag.isNamed("body") {
      try endField()
      if !isWhole {
        isWhole = true
        isInSection = false
        try handler.end()
      }
      return
    }
    let isDiv = tag.isNamed("div")
    if header > 0 {
      if isDiv { header -= 1 }
      return
    }
    switch role {
    case .label where isCell ? tag.isNamed("th") : isDiv:
      role = .none
      hasLabel = true
    case .value where isCell ? tag.isNamed("td") : isDiv:
      if depth == 0 || isCell { endValue() } else { depth -= 1 }
      if !isCell, role == .value { pending?.value.endLine() }
    case .value where Self.blocks.contains(where: { tag.name.elementsEqual($0) }): pending?.value.endLine()
    default: break
    }
  }

  /// Bytes of a label, at most.
  private static let labelLimit = 1024

  private func lineBreak() {
    guard role == .value || mayGoOn, let length = pending?.value.bytes.count, length < valueLimit else {
      return
    }
    pending?.value.breakLine()
  }

  private static let blocks = ["p", "table", "tr", "li", "ul", "ol", "pre", "blockquote"].map {
    Array($0.utf8)
  }

  /// `ip_addresses` of `id="property-ip_addresses"`; the first page of old returns is called `home`.
  private static func section(of tag: HTMLTag) -> String? {
    if tag.id.starts(with: "property-".utf8) {
      return String(decoding: tag.id.dropFirst("property-".utf8.count), as: UTF8.self).lowercased()
    }
    return tag.id.elementsEqual("home".utf8) ? "request_parameters" : nil
  }

  // MARK: Labels and values

  private func beginLabel(at offset: UInt64, isCell: Bool) throws {
    try startWaitingField()
    marksLabels = true
    role = .label
    self.isCell = isCell
    mayGoOn = false
    label.removeAll()
    labelOffset = offset
  }

  private func beginValue(at offset: UInt64, isCell: Bool) throws {
    marksLabels = true
    if role == .label || hasLabel {
      hasLabel = false
      role = .none
      try start(isCell: isCell)
    } else if !(sawPageHeader && pending != nil), isInSection {
      label.removeAll()
      labelOffset = offset
      try start(isCell: isCell)
    } else {
      pending?.value.endLine()
    }
    role = .value
    self.isCell = isCell
    depth = 0
    mayGoOn = false
  }

  /// A label whose value never came is a heading.
  private func startWaitingField() throws {
    if role == .value { endValue() }
    guard role == .label || hasLabel else { return }
    hasLabel = false
    role = .none
    if !label.isEmpty { try start(isCell: isCell) }
  }

  private func start(isCell: Bool) throws {
    label.trimEnd()
    var text = label.string
    while text.last == ":" || text.last == " " { text.removeLast() }
    text = text.withLineEnds(as: " ")
    label.removeAll()
    try start(text)
  }

  private func start(_ text: String) throws {
    if let field = pending, sawPageHeader {
      // The rest of a value, or of a label, on the next page.
      if text.isEmpty {
        if !field.value.isEmpty { pending?.value.endLine() }
        return
      }
      let joined = "\(field.label) \(text)"
      if field.value.isEmpty, MetaRecordLabel.isKnown(joined) {
        pending = MetaRecordField(label: joined, offset: field.offset, end: position)
        return
      }
    }
    try endField()
    guard isInSection else { return }
    pending = MetaRecordField(label: text, offset: min(labelOffset, position), end: position)
  }

  private func endValue() {
    role = .none
    mayGoOn = true
    pending?.end = position
  }

  private func endField() throws {
    try startWaitingField()
    mayGoOn = false
    sawPageHeader = false
    guard var field = pending else { return }
    pending = nil
    field.value.trimEnd()
    repairs.add(field.value)
    if field.label.hasSuffix(" Definition") || field.label.isEmpty && field.value.isEmpty { return }
    try handler.field(field)
  }

  // MARK: Text

  func text(_ raw: UnsafeBufferPointer<UInt8>, isCut: Bool) throws {
    let begin = position
    position += UInt64(raw.count)
    defer { position = begin }
    if header > 0 { return }
    switch role {
    case .label: if label.bytes.count + raw.count <= Self.labelLimit { label.append(raw, keepsLines: false) }
    case .value: append(raw, isCut: isCut)
    case .none:
      guard isInSection, raw.contains(where: { !$0.isSpace }) else { return }
      if !marksLabels { return try unmarked(raw, isCut: isCut, at: begin) }
      if mayGoOn {
        pending?.value.endLine()
        append(raw, isCut: isCut)
        return
      }
      var words = HTMLWords()
      words.append(raw, keepsLines: false)
      words.trimEnd()
      if Self.isPageHeader(raw) {
        sawPageHeader = true
      } else {
        handler.stray(words.string, at: begin)
      }
    }
  }

  private func append(_ raw: UnsafeBufferPointer<UInt8>, isCut: Bool) {
    guard let field = pending else { return }
    let isTyped = MetaRecordLabel.isTyped(field.name)
    // A page header without a mark; what somebody typed may read the same.
    if !isTyped, Self.isPageHeader(raw) {
      sawPageHeader = true
      return
    }
    if isCut || field.value.bytes.count + raw.count > valueLimit {
      pending?.isCut = true
      return
    }
    pending?.value.append(raw, keepsLines: isTyped)
    pending?.end = position
  }

  /// A block of a page in which nothing marks labels.
  private func unmarked(_ raw: UnsafeBufferPointer<UInt8>, isCut: Bool, at offset: UInt64) throws {
    if raw.count < 100 {
      var words = HTMLWords()
      words.append(raw, keepsLines: false)
      words.trimEnd()
      let text = words.string
      if Self.isPageHeader(raw) {
        sawPageHeader = true
        return
      }
      if MetaRecordLabel.isKnown(text) || text.hasSuffix(" Definition") {
        labelOffset = offset
        sawPageHeader = false
        return try start(text)
      }
    }
    guard pending != nil else {
      handler.stray(String(decoding: raw.prefix(80), as: UTF8.self), at: offset)
      return
    }
    pending?.value.endLine()
    append(raw, isCut: isCut)
  }

  /// `Meta Platforms Business Record Page 12`.
  private static func isPageHeader(_ raw: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = raw.trimmed
    guard (23...100).contains(raw.count), let last = raw.last, last.isDigit else {
      return false
    }
    let text = String(decoding: raw, as: UTF8.self)
    guard let mark = text.firstRange(ofBytes: " Business Record Page ") else { return false }
    let number = text[mark.upperBound...]
    return !number.isEmpty && number.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ",") }
      && text[..<mark.lowerBound].utf8.count <= 32
  }
}
