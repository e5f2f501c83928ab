extension UnsafeBufferPointer where Element == UInt8 {
  /// Without ASCII white space and control characters at either end.
  @inline(__always) var trimmedSpaces: Self {
    var (from, to) = (0, count)
    while from < to, self[from] <= 0x20 { from &+= 1 }
    while to > from, self[to &- 1] <= 0x20 { to &-= 1 }
    return Self(rebasing: self[from..<to])
  }
}

extension String {
  /// Without ASCII white space and control characters at either end.
  var trimmedSpaces: String {
    var copy = self
    return copy.withUTF8 { String(decoding: $0.trimmedSpaces, as: UTF8.self) }
  }
}
