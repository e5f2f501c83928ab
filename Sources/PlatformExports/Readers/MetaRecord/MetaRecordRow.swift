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
      .joined(separator: "; ").replacing("\n", with: ", ")
  }

  func locator(_ member: UInt32) -> Locator {
    guard let first = fields.first, let last = fields.last else { return Locator(member: member, offset: 0) }
    return Locator(
      member: member, offset: first.offset, length: UInt32(clamping: last.end - first.offset))
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
  private let byFirstLabel: Bool
  /// Labels that came behind the title of comments, and before none of them.
  private var ofComments: Set<String> = []
  private var isInComments = false

  /// Labels of one section, at most.
  private static let labelLimit = 256

  init(byFirstLabel: Bool) { self.byFirstLabel = byFirstLabel }

  /// Whether a row that begins with a label is a comment on another.
  func isComment(_ name: String) -> Bool { ofComments.contains(name) }

  /// Whether a row begins with this field.
  mutating func begins(with field: MetaRecordField) -> Bool {
    let name = field.name
    if !byFirstLabel {
      if field.isCommentsTitle {
        isInComments = true
      } else if isInComments, !order.contains(name) {
        if ofComments.count < Self.labelLimit { ofComments.insert(name) }
      } else if !ofComments.contains(name) {
        isInComments = false
      }
    }
    if byFirstLabel {
      // A title has no value.
      if order.isEmpty, !field.value.isEmpty { order = [name] }
      return order.first == name
    }
    guard let rank = order.firstIndex(of: name) else {
      if order.count >= Self.labelLimit { return false }
      last += 1
      order.insert(name, at: last)
      return false
    }
    defer { last = rank }
    return rank <= last
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
    (1...20).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      && text.utf8.first != 0x30
  }
}
