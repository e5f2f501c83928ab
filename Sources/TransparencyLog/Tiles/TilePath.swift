/// Where a tile or a bundle of entries lies in a log's folder (C2SP tlog-tiles).
///
///     tile/0/x001/x234/067        hashes 256 x 1,234,067 and on, of leaves
///     tile/1/000.p/17             the first 17 hashes of full tiles of level 0
///     tile/entries/000.p/5        the first 5 entries
public struct TilePath: Hashable, Sendable {
  /// Hashes, or entries, of a full tile.
  public static let width = 256
  /// Levels of the tree in one of tiles.
  public static let height = 8

  /// What it holds.
  public enum Content: Hashable, Sendable {
    /// Hashes of a level of tiles; level 0 are the leaves.
    case hashes(level: Int)
    /// Entries.
    case entries
  }

  /// What it holds.
  public let content: Content
  /// Which one, from 0.
  public let index: UInt64
  /// Hashes or entries in it, 1 to 256.
  public let width: Int

  /// Makes a path; nil for a width outside 1 to 256 or a level outside 0 to 63.
  public init?(_ content: Content, index: UInt64, width: Int) {
    guard (1...Self.width).contains(width) else { return nil }
    if case .hashes(let level) = content, !(0...63).contains(level) { return nil }
    self.content = content
    self.index = index
    self.width = width
  }

  /// Reads a path relative to the log's folder; nil for anything that `text` does not write.
  public init?(_ text: String) {
    var parts = text.split(separator: "/", omittingEmptySubsequences: false)[...]
    guard parts.popFirst() == "tile", let kind = parts.popFirst() else { return nil }
    let content: Content
    if kind == "entries" {
      content = .entries
    } else if let level = UInt64(decimal: kind), level < 64 {
      content = .hashes(level: Int(level))
    } else {
      return nil
    }
    var width = Self.width
    if parts.count >= 2, parts[parts.endIndex - 2].hasSuffix(".p") {
      guard let last = parts.popLast(), let number = UInt64(decimal: last),
        (1..<UInt64(Self.width)).contains(number),
        let stem = parts.popLast()
      else { return nil }
      width = Int(number)
      parts.append(stem.dropLast(2))
    }
    guard !parts.isEmpty, parts.count <= 7 else { return nil }
    var index: UInt64 = 0
    for (place, part) in parts.enumerated() {
      let digits = place < parts.count - 1 ? part.dropFirst() : part[...]
      guard place == parts.count - 1 || part.first == "x", digits.utf8.count == 3,
        digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let number = UInt64(digits)
      else { return nil }
      let (product, overflows) = index.multipliedReportingOverflow(by: 1000)
      let (sum, overflowsToo) = product.addingReportingOverflow(number)
      if overflows || overflowsToo { return nil }
      index = sum
    }
    self.init(content, index: index, width: width)
    // x000/000 and 000 would be one tile with two names.
    guard self.text == text else { return nil }
  }

  /// The hashes, or entries, that it holds.
  var range: Range<UInt64> { index * UInt64(Self.width)..<index * UInt64(Self.width) + UInt64(width) }

  /// The path relative to the log's folder.
  public var text: String {
    var name = Self.digits(index % 1000)
    var rest = index / 1000
    while rest > 0 {
      name = "x\(Self.digits(rest % 1000))/\(name)"
      rest /= 1000
    }
    let kind =
      switch content {
      case .entries: "entries"
      case .hashes(let level): "\(level)"
      }
    return "tile/\(kind)/\(name)" + (width < Self.width ? ".p/\(width)" : "")
  }

  private static func digits(_ number: UInt64) -> String {
    let text = String(number)
    return String(repeating: "0", count: 3 - text.count) + text
  }

  /// The tiles and bundles that a log of `size` entries needs and one of `older` entries did not have.
  public static func needed(from older: UInt64 = 0, to size: UInt64) -> [TilePath] {
    var paths = needed(.entries, from: older, to: size)
    var level = 0
    var (before, now) = (older, size)
    while now > 0 {
      paths += needed(.hashes(level: level), from: before, to: now)
      before >>= UInt64(height)
      now >>= UInt64(height)
      level += 1
    }
    return paths
  }

  private static func needed(_ content: Content, from older: UInt64, to size: UInt64) -> [TilePath] {
    if older == size { return [] }
    let width = UInt64(Self.width)
    var paths: [TilePath] = []
    for index in older / width..<size / width {
      if let path = TilePath(content, index: index, width: Self.width) { paths.append(path) }
    }
    if let path = TilePath(content, index: size / width, width: Int(size % width)) { paths.append(path) }
    return paths
  }
}
