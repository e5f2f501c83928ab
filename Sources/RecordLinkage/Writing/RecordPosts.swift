import Stylometry

/// The posts of a record as one value: a separator before each but the first, and where its hour is known that, between
/// marks, before its text.
enum RecordPosts {
  private static let separator: UInt8 = 0x1E
  private static let mark: UInt8 = 0x1F

  /// Adds a post to a value.
  ///
  /// - Parameter hour: when it was written, in hours since 1970.
  static func append(_ text: String, hour: Int32?, to value: inout [UInt8]) {
    if !value.isEmpty { value.append(separator) }
    // Always, so that a text that begins with a mark tells no hour.
    value.append(mark)
    if let hour { value += "\(hour)".utf8 }
    value.append(mark)
    value += text.utf8.map { $0 == separator ? 0x20 : $0 }
  }

  /// Adds the posts of a value to others; a value without separators and marks is a post.
  static func add(_ value: some Collection<UInt8>, to builder: inout ProfileBuilder) {
    for post in value.split(separator: separator) {
      guard post.first == mark, let end = post.dropFirst().firstIndex(of: mark) else {
        builder.add(post: post)
        continue
      }
      let hour = Int32(String(decoding: post[..<end].dropFirst(), as: UTF8.self))
      builder.add(post: post[end...].dropFirst(), hour: hour)
    }
  }
}
