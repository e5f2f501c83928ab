internal import AccountModel

/// The fields of one record of a section.
struct MetaRecordRow {
  private(set) var fields: [MetaRecordField] = []
  private var isOver = false

  /// Fields of one record, at most.
  private static let limit = 4096

  var isEmpty: Bool { fields.isEmpty }
  /// Whether something of it is missing, as it is too large.
  var isCut: Bool { isOver || fields.contains { $0.isCut } }

  mutating func append(_ field: MetaRecordField) {
    if fields.count < Self.limit { fields.append(field) } else { isOver = true }
  }

  /// The first value that there is under one of these labels; empty without any.
  func text(_ names: Set<String>) -> String {
    fields.first { names.contains($0.name) && !$0.value.isEmpty }?.value.string ?? ""
  }

  func text(_ name: String) -> String { text([name]) }

  func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

  /// All values under a label.
  func all(_ names: Set<String>) -> [String] {
    fields.filter { names.contains($0.name) && !$0.value.isEmpty }.map { $0.value.string }
  }

  /// What stands before the title of other people's comments, and what stands behind it.
  var parts: (own: MetaRecordRow, comments: MetaRecordRow) {
    guard let title = fields.firstIndex(where: \.isCommentsTitle) else { return (self, MetaRecordRow()) }
    return (
      MetaRecordRow(fields: Array(fields[..<title])), MetaRecordRow(fields: Array(fields[(title + 1)...]))
    )
  }

  /// What stands under other labels, in words.
  func words(without names: Set<String>) -> String {
    fields.filter { !names.contains($0.name) && !$0.value.isEmpty }
      .map { $0.label.isEmpty ? $0.value.string : "\($0.label): \($0.value.string)" }
      .joined(separator: "; ").withLineEnds(as: ", ")
  }

  func locator(_ member: UInt32) -> Locator {
    guard let first = fields.first, let last = fields.last else { return Locator(member: member, offset: 0) }
    return Locator(member: member, from: first.offset, to: last.end)
  }
}

extension MetaRecordField {
  /// Whether it begins the comments on a post or picture: a label without a value of its own.
  var isCommentsTitle: Bool { name == "comments" && value.isEmpty }
}

/// Tells where the rows of a section begin, as nothing in the page does.
///
/// Fields of a row come in the order of their section (`IP Address`, `Time`, `Action`, or `Time`, `IP Address`), any of
/// them may be missing: a label that does not stand behind the last one begins a row. So an address whose time is
/// missing never takes the time of the next one. Where rows have lists in them, only their first label begins one.
struct MetaRecordRowStarts {
  private var order: [String] = []
  private var last = -1
  /// The first label with a value: a title has none.
  private var first: String?
  private let byFirstLabel: Bool
  /// Labels below the title of comments have an order of their own: both may have an `Id`, a `Text` or a time.
  private var commentOrder: [String] = []
  private var lastOfComment = -1
  /// Whether a comment was read to its end, so that its labels are known.
  private var knowsComments = false
  private var isInComments = false
  /// Whether the title of comments was the last label.
  private var isAfterTitle = false
  /// What the comment at hand has so far.
  private var hasAuthor = false
  private var hasText = false
  private var hasTime = false
  /// Whether the labels of the row at hand are all such as rows that are no comments have.
  private var isAllOwn = false
  /// Whether the row at hand is a comment on another.
  private(set) var isComment = false

  /// Labels of one section, at most.
  private static let labelLimit = 256

  init(byFirstLabel: Bool) { self.byFirstLabel = byFirstLabel }

  /// Whether what stands below a title of comments, from its first label on, may be the next row that is none: a title may
  /// have nothing below it, and so far no label came below one that other rows do not have.
  func mayBeOwn(_ name: String?) -> Bool {
    name != nil && name == first && commentOrder.allSatisfy { order.contains($0) }
  }

  /// Whether a row begins with this field.
  mutating func begins(with field: MetaRecordField) -> Bool {
    let name = field.name
    if byFirstLabel {
      // A title has no value.
      if order.isEmpty, !field.value.isEmpty { order = [name] }
      return order.first == name
    }
    if first == nil, !field.value.isEmpty { first = name }
    if field.isCommentsTitle {
      // What stood below titles so far had no labels but those of other rows, and may have been such.
      if commentOrder.allSatisfy({ order.contains($0) }) {
        commentOrder = []
        knowsComments = false
      }
      isInComments = true
      isAfterTitle = true
      beginComment()
      lastOfComment = -1
      return beginsOwn(name)
    }
    if isInComments {
      if isComment, isAllOwn, order.contains(name), !commentOrder.contains(name) {
        // What seemed to be a comment without an author is what the next comments are about.
        isInComments = false
        isComment = false
        _ = beginsOwn(name)
        return false
      }
      if !leavesComments(name) { return beginsComment(name) }
      if hasText { knowsComments = true }
      isInComments = false
      _ = beginsOwn(name)
      isComment = false
      return true
    }
    if let rank = commentOrder.firstIndex(of: name), !order.contains(name) {
      isInComments = true
      beginComment()
      lastOfComment = rank
      isComment = true
      take(name)
      return true
    }
    return beginsOwn(name)
  }

  private mutating func beginsOwn(_ name: String) -> Bool {
    guard let rank = order.firstIndex(of: name) else {
      if order.count >= Self.labelLimit { return false }
      last += 1
      order.insert(name, at: last)
      return false
    }
    defer { last = rank }
    if rank <= last { isComment = false }
    return rank <= last
  }

  private mutating func beginsComment(_ name: String) -> Bool {
    defer {
      isAfterTitle = false
      take(name)
    }
    guard let rank = commentOrder.firstIndex(of: name) else {
      if commentOrder.count < Self.labelLimit {
        lastOfComment += 1
        commentOrder.insert(name, at: lastOfComment)
      }
      return false
    }
    // The first comment stands in the row of what it is about, behind the title.
    let begins = rank <= lastOfComment
    lastOfComment = rank
    if begins {
      beginComment()
      isComment = true
      knowsComments = true
    }
    return begins
  }

  /// Whether a label below the title of comments is of the next row that is none. One of both sorts of rows belongs to a
  /// comment that has no text, or lacks what the label gives.
  private func leavesComments(_ name: String) -> Bool {
    guard order.contains(name) else { return false }
    if let rank = commentOrder.firstIndex(of: name) { return rank > 0 && rank <= lastOfComment && hasText }
    if isAfterTitle { return !commentOrder.isEmpty }
    if knowsComments { return true }
    guard hasText else { return false }
    if MetaRecordLabel.times.contains(name) { return hasTime }
    if MetaRecordLabel.authors.contains(name) { return hasAuthor }
    if MetaRecordLabel.texts.contains(name) || name.hasSuffix("ip") || name.contains("address") {
      return true
    }
    // Of other labels (`Id`) only that which rows begin with shows that a comment is over, if all is there of it.
    return name == first && hasAuthor && hasTime
  }

  private mutating func beginComment() {
    hasAuthor = false
    hasText = false
    hasTime = false
    isAllOwn = true
  }

  private mutating func take(_ name: String) {
    if MetaRecordLabel.authors.contains(name) { hasAuthor = true }
    if MetaRecordLabel.texts.contains(name) { hasText = true }
    if MetaRecordLabel.times.contains(name) { hasTime = true }
    if !order.contains(name) { isAllOwn = false }
  }
}

/// An account that a return names: `name (instagram: 100)`, `Name (100)`.
struct MetaRecordPerson {
  var name: String
  var platform: Platform?
  var id: String

  /// The account of a value that names one: what stands last in brackets counts, as a name may have brackets too.
  init?(_ text: String) {
    let text = text.trimmingSpaces
    guard text.hasSuffix(")"), let open = text.lastIndex(of: "(") else { return nil }
    guard let found = Self.inBrackets(text[text.index(after: open)...].dropLast()) else { return nil }
    name = String(text[..<open]).trimmingSpaces
    (platform, id) = found
  }

  private init(name: String, platform: Platform?, id: String) {
    (self.name, self.platform, self.id) = (name, platform, id)
  }

  /// The accounts of a list, by line or by comma.
  ///
  /// Anybody can write another's number into his name: of `Ann (instagram: 5) (instagram: 100)` the last one counts.
  static func list(_ text: String) -> [MetaRecordPerson] {
    var people: [MetaRecordPerson] = []
    for line in text.split(separator: "\n") {
      var begin = line.startIndex
      var position = begin
      while let close = line[position...].firstIndex(of: ")") {
        position = line.index(after: close)
        let part = line[begin..<close]
        // What names an account is short; a name of brackets alone must not be searched again for each of them.
        guard let open = part.suffix(64).lastIndex(of: "("),
          let found = inBrackets(part[part.index(after: open)...]), !beginsWithNumber(line[position...])
        else { continue }
        people.append(named(part[..<open], found))
        begin = position
      }
    }
    return people
  }

  /// Whether brackets with a number follow at once.
  private static func beginsWithNumber(_ text: Substring) -> Bool {
    let text = text.prefix(80).drop { $0.isWhitespace }
    guard text.first == "(", let close = text.firstIndex(of: ")") else { return false }
    return inBrackets(text[text.index(after: text.startIndex)..<close]) != nil
  }

  private static func named(_ name: Substring, _ found: (Platform?, String)) -> MetaRecordPerson {
    let name = name.drop { $0 == "," || $0.isWhitespace }
    return MetaRecordPerson(name: String(name).trimmingSpaces, platform: found.0, id: found.1)
  }

  /// `instagram: 100` or `100012345`; a short number alone may be a part of the name.
  private static func inBrackets(_ text: Substring) -> (Platform?, String)? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = parts.last.map({ String($0).trimmingSpaces }), isNumber(number) else { return nil }
    if parts.count == 1 { return number.utf8.count >= 5 ? (nil, number) : nil }
    let words = parts[0].lowercased().split(separator: " ")
    guard let first = words.first, words.count <= 2 else { return nil }
    if ["id", "uid", "user"].contains(first) { return (nil, number) }
    return services.contains(String(first)) ? (Platform(String(first)), number) : nil
  }

  private static let services: Set<String> = ["facebook", "instagram", "messenger", "threads"]

  /// Whether a text may be one of Meta's numbers.
  static func isNumber(_ text: some StringProtocol) -> Bool {
    (1...20).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit)
      && text.utf8.first != 0x30
  }
}
