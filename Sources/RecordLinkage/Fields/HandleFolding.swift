/// Brings handles, and what stands before the @ of e-mail addresses, to the form in which they are compared.
struct HandleFolding: ~Copyable {
  private var room = Growing<UInt8>(capacity: 256)
  /// For texts beyond ASCII.
  private var unicode: [UInt8] = []

  /// A handle in lower case; empty for a role or what says that there is none. Until the next call.
  @inline(__always)
  mutating func handle(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    if TextFolding.isPlaceholder(text) { return UnsafeBufferPointer(start: nil, count: 0) }
    return named(fold(text))
  }

  /// What stands before the last @ of an address; empty for a role. Until the next call.
  @inline(__always)
  mutating func localPart(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let folded = fold(text)
    var at = folded.count
    while at > 0, folded[at &- 1] != 0x40 { at &-= 1 }
    return named(at == 0 ? folded : UnsafeBufferPointer(rebasing: folded[..<(at - 1)]))
  }

  @inline(__always)
  private func named(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    Roles.isRole(text) ? UnsafeBufferPointer(start: nil, count: 0) : text
  }

  @inline(__always)
  private mutating func fold(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    room.truncate(to: 0)
    let out = room.extend(by: text.count)
    var all: UInt8 = 0
    for position in 0..<text.count {
      let byte = text[position]
      all |= byte
      out[position] = byte | (byte &- 0x41 < 26 ? 0x20 : 0)
    }
    if all < 0x80 { return UnsafeBufferPointer(start: out, count: text.count) }
    TextFolding.fold(text, into: &unicode)
    room.truncate(to: 0)
    unicode.withUnsafeBufferPointer { room.append(contentsOf: $0) }
    return UnsafeBufferPointer(start: room.base, count: room.count)
  }
}
