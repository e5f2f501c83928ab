internal import AccountModel
internal import Glibc

/// Counts the models of each record class over the raw bytes, without an XML parser: start tags `<model` with the
/// attribute `type`, outside comments, instructions and CDATA sections.
final class CellebriteModelCount {
  private(set) var counts: [RecordClass: Int] = [:]
  private enum State { case text, tag, comment, section, instruction }
  private var state = State.text
  /// The bytes of the construct at hand, at most `limit`.
  private var held: [UInt8] = []
  private var quote: UInt8 = 0
  private var last: (UInt8, UInt8) = (0, 0)
  private let types = CellebriteKind.recorded.map { (Array($0.type.utf8), $0.recordClass) }

  private static let limit = 4096
  private static let comment = Array("<!--".utf8)
  private static let section = Array("<![CDATA[".utf8)
  private static let model = Array("<model".utf8)

  /// Reads on.
  func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    var position = 0
    while position < bytes.count {
      switch state {
      case .text:
        guard let found = memchr(base + position, Int32(UInt8(ascii: "<")), bytes.count - position) else {
          return
        }
        position = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        begin()
      case .tag: inTag(bytes[position])
      case .comment: skip(bytes[position], UInt8(ascii: "-"))
      case .section: skip(bytes[position], UInt8(ascii: "]"))
      case .instruction:
        if bytes[position] == UInt8(ascii: ">"), last.1 == UInt8(ascii: "?") { state = .text }
        last = (last.1, bytes[position])
      }
      position += 1
    }
  }

  private func begin() {
    state = .tag
    quote = 0
    held.removeAll(keepingCapacity: true)
    held.append(UInt8(ascii: "<"))
  }

  /// Passes over what ends with two of a byte and `>`.
  private func skip(_ byte: UInt8, _ closer: UInt8) {
    if byte == UInt8(ascii: ">"), last == (closer, closer) { state = .text }
    last = (last.1, byte)
  }

  private func inTag(_ byte: UInt8) {
    if held.count < Self.limit { held.append(byte) }
    if held.count <= Self.section.count, held[1] == UInt8(ascii: "!") || held[1] == UInt8(ascii: "?") {
      if held == Self.comment { state = .comment }
      if held == Self.section { state = .section }
      if held[1] == UInt8(ascii: "?") { state = .instruction }
      last = (0, 0)
      if state != .tag { return }
    }
    if quote != 0 {
      if byte == quote { quote = 0 }
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      quote = byte
    } else if byte == UInt8(ascii: ">") {
      state = .text
      count()
    } else if byte == UInt8(ascii: "<") {
      begin()
    }
  }

  private func count() {
    guard held.count > Self.model.count, held.starts(with: Self.model), held[Self.model.count].isSpace else {
      return
    }
    let name = Array("type".utf8)
    var position = Self.model.count
    // Attribute by attribute, so that `type` within a value is none.
    while position < held.count {
      while position < held.count, held[position].isSpace { position += 1 }
      let start = position
      while position < held.count, held[position] != UInt8(ascii: "="), !held[position].isSpace {
        position += 1
      }
      let isType = held[start..<position].elementsEqual(name)
      while position < held.count, held[position] != UInt8(ascii: "\""), held[position] != UInt8(ascii: "'") {
        position += 1
      }
      guard position < held.count else { return }
      let mark = held[position]
      let from = position + 1
      guard let to = held[from...].firstIndex(of: mark) else { return }
      if isType {
        if let found = types.first(where: { held[from..<to].elementsEqual($0.0) }) {
          counts[found.1, default: 0] += 1
        }
        return
      }
      position = to + 1
    }
  }
}
