internal import AccountModel

extension Locator {
  /// The bytes from `start` up to `end`.
  init(member: UInt32, from start: UInt64, to end: UInt64) {
    self.init(member: member, offset: start, length: UInt32(clamping: end - min(start, end)))
  }
}
