internal import AccountModel

/// JSON values of a member that stand before what they need, kept until it is known: messages before the participants of
/// their thread, or an entry before its time. The order of keys means nothing, and programs that sort them put `messages`
/// first.
struct HeldValues {
  /// Bytes that are kept. Meta writes 10,000 messages a file, some megabytes.
  static let limit = 256 << 20

  private var bytes: [UInt8] = []
  private var values: [(end: Int, locator: Locator)] = []

  /// Keeps a value; false when there is no room for it.
  mutating func add(_ value: UnsafeBufferPointer<UInt8>, _ locator: Locator) -> Bool {
    guard bytes.count + value.count <= Self.limit else { return false }
    bytes.append(contentsOf: value)
    values.append((bytes.count, locator))
    return true
  }

  /// Lends the values in their order.
  func forEach(_ body: (UnsafeBufferPointer<UInt8>, Locator) throws -> Void) throws {
    try bytes.withUnsafeBufferPointer { all in
      var start = 0
      for (end, locator) in values {
        try body(UnsafeBufferPointer(rebasing: all[start..<end]), locator)
        start = end
      }
    }
  }
}
