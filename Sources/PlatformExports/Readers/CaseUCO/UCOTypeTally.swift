internal import AccountModel

/// Counts facets that become records over the raw bytes: strings that stand as a value of the key `@type`, alone or in a
/// list, by what follows their last `:`, `/` or `#`. It shares nothing with the splitter or the parser.
final class UCOTypeTally {
  private enum State { case outside, inString, escaped, afterString }
  private enum Place { case elsewhere, value, list }

  private(set) var counts: [RecordClass: Int] = [:]
  private var state = State.outside
  private var place = Place.elsewhere
  /// What the list at hand was counted as already.
  private var counted: Set<RecordClass> = []
  private var token: [UInt8] = []
  private var isLong = false

  private static let limit = 512
  private static let key = Array("@type".utf8)
  private static let names: [(name: [UInt8], recordClass: RecordClass)] = [
    (Array("MessageFacet".utf8), .message), (Array("SMSMessageFacet".utf8), .message),
    (Array("EmailMessageFacet".utf8), .message), (Array("CallFacet".utf8), .call),
    (Array("PhoneCallFacet".utf8), .call), (Array("ContactFacet".utf8), .contact),
  ]

  /// Reads on.
  func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
    var position = 0
    while position < bytes.count {
      switch state {
      case .outside:
        let byte = bytes[position]
        position += 1
        if byte == 0x22 { begin() } else if !byte.isSpace { structure(byte) }
      case .inString:
        let start = position
        while position < bytes.count, bytes[position] != 0x22, bytes[position] != 0x5C { position += 1 }
        gather(bytes[start..<position])
        guard position < bytes.count else { return }
        state = bytes[position] == 0x22 ? .afterString : .escaped
        position += 1
      case .escaped:
        // Some programs write each `/` as `\/`.
        if bytes[position] == 0x2F { gather(bytes[position...position]) } else { isLong = true }
        state = .inString
        position += 1
      case .afterString:
        let byte = bytes[position]
        position += 1
        if byte.isSpace { continue }
        state = .outside
        if byte == UInt8(ascii: ":") {
          place = !isLong && token == Self.key ? .value : .elsewhere
          counted = []
        } else {
          endValue()
          if byte == 0x22 { begin() } else { structure(byte) }
        }
      }
    }
  }

  private func begin() {
    state = .inString
    token.removeAll(keepingCapacity: true)
    isLong = false
  }

  private func gather(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    guard !isLong, token.count + bytes.count <= Self.limit else {
      isLong = true
      return
    }
    token.append(contentsOf: bytes)
  }

  private func structure(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "["): place = place == .value ? .list : .elsewhere
    case UInt8(ascii: ","): if place == .value { place = .elsewhere }
    default: place = .elsewhere
    }
  }

  private func endValue() {
    guard place != .elsewhere, !isLong else { return }
    let start = (token.lastIndex { $0 == 0x3A || $0 == 0x2F || $0 == 0x23 } ?? -1) + 1
    let name = token[start...]
    guard let found = Self.names.first(where: { name.elementsEqual($0.name) })?.recordClass,
      counted.insert(found).inserted
    else { return }
    counts[found, default: 0] += 1
  }
}
