/// Counts the records of a return by its raw bytes, apart from the parser: labels right behind the tag of a label, and
/// numbers, in the section that began last.
///
/// It knows no quotes, comments or nesting.
final class MetaRecordTally {
  /// Counts of one section.
  struct Counts {
    /// Occurrences of each label, in small letters.
    var labels: [String: Int] = [:]
    /// `100)`: accounts in lists.
    var bracketed = 0
    /// Lines of nothing but a telephone number.
    var numbers = 0

    func count(_ names: Set<String>) -> Int { names.reduce(0) { $0 + labels[$1, default: 0] } }
  }

  private static let textLimit = 40
  private static let tagLimit = 200
  private static let counted: Set<String> = MetaRecordLabel.texts.union([
    "ip address", "ip", "author", "call record", "timestamp", "call id", "service", "sender", "title",
    "description", "status",
  ])

  private(set) var sections: [(name: String, counts: Counts)] = []
  private var plain: [Counts] = []
  private var positions: [String: Int] = [:]
  /// The section that began last; nil before the first.
  private var section: Int?
  private var hasMarks = false
  private var inTag = false
  private var tag: [UInt8] = []
  private var text: [UInt8] = []
  private var textLength = 0
  private var last: UInt8 = 0
  private var bracketed = 0

  func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      if inTag {
        if byte == UInt8(ascii: ">") {
          inTag = false
          beginText()
        } else if tag.count < Self.tagLimit {
          tag.append(byte)
        }
      } else if byte == UInt8(ascii: "<") {
        endText()
        inTag = true
        tag.removeAll(keepingCapacity: true)
      } else {
        if byte == UInt8(ascii: ")"), last.isDigit { bracketed += 1 }
        last = byte
        if textLength == 0, byte.isSpace { continue }
        textLength += 1
        if text.count < Self.textLimit { text.append(byte) }
      }
    }
  }

  func finish() {
    if !inTag { endText() }
    if !hasMarks { for index in sections.indices { sections[index].counts.labels = plain[index].labels } }
  }

  private func beginText() {
    text.removeAll(keepingCapacity: true)
    textLength = 0
    last = 0
    bracketed = 0
    guard tag.contains(UInt8(ascii: "=")) else { return }
    let words = String(decoding: tag, as: UTF8.self)
    guard let mark = words.firstRange(ofBytes: "id=\"property-") ?? words.firstRange(ofBytes: "id='property-")
    else {
      if words.holdsBytes("id=\"home\"") { begin("request_parameters") }
      return
    }
    begin(words[mark.upperBound...].prefix { $0 != "\"" && $0 != "'" }.lowercased())
  }

  /// Sections told apart; a page that is made to waste memory has more.
  private static let sectionLimit = 1000

  private func begin(_ name: String) {
    if let known = positions[name] {
      section = known
    } else if sections.count < Self.sectionLimit {
      section = sections.count
      positions[name] = sections.count
      sections.append((name, Counts()))
      plain.append(Counts())
    } else {
      section = nil
    }
  }

  private func endText() {
    guard textLength > 0, let section else { return }
    sections[section].counts.bracketed += bracketed
    guard textLength <= Self.textLimit else { return }
    while text.last?.isSpace == true { text.removeLast() }
    let digits = text.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
    if (7...15).contains(digits.count), digits.allSatisfy(\.isDigit) {
      sections[section].counts.numbers += 1
      return
    }
    if text.last == UInt8(ascii: ":") { text.removeLast() }
    let words = String(decoding: text, as: UTF8.self).lowercased()
    guard Self.counted.contains(words) else { return }
    if tag.elementsEqual("div".utf8) { plain[section].labels[words, default: 0] += 1 }
    guard isLabelTag else { return }
    hasMarks = true
    sections[section].counts.labels[words, default: 0] += 1
  }

  private var isLabelTag: Bool {
    if tag.starts(with: "th".utf8) { return true }
    guard tag.starts(with: "div ".utf8) else { return false }
    let words = String(decoding: tag, as: UTF8.self)
    if words.holdsBytes("display:table"), !words.holdsBytes("display:table-cell") { return true }
    return words.holdsBytes("\"t i\"") || words.holdsBytes("'t i'") || words.holdsBytes("\"i\"")
      || words.holdsBytes("inner") && !words.holdsBytes("most_inner")
  }
}
