internal import AccountModel

/// Messages of a member that stand before the participants of their thread, kept until these are known: the
/// order of JSON keys means nothing, and programs that sort them put `messages` first. So it is with an entry and its time.
struct HeldMessages {
  /// Bytes that are kept. Meta writes 10,000 messages a file, some megabytes.
  static let limit = 256 << 20

  private var bytes: [UInt8] = []
  private var messages: [(end: Int, locator: Locator)] = []

  /// Keeps a message; false when there is no room for it.
  mutating func add(_ message: UnsafeBufferPointer<UInt8>, _ locator: Locator) -> Bool {
    guard bytes.count + message.count <= Self.limit else { return false }
    bytes.append(contentsOf: message)
    messages.append((bytes.count, locator))
    return true
  }

  /// Lends the messages in their order.
  func forEach(_ body: (UnsafeBufferPointer<UInt8>, Locator) throws -> Void) throws {
    try bytes.withUnsafeBufferPointer { all in
      var start = 0
      for (end, locator) in messages {
        try body(UnsafeBufferPointer(rebasing: all[start..<end]), locator)
        start = end
      }
    }
  }
}
