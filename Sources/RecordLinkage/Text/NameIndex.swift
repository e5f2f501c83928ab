import CKernels

/// How two names are compared by a `NameIndex`.
public enum NameMeasure: Sendable, CaseIterable {
  /// Insertions, deletions and substitutions of bytes.
  case levenshtein
  /// And swaps of neighbours, no part edited twice; see `StringSimilarity.damerauLevenshtein`.
  case stringAlignment
  /// Similarity, 0...1; see `StringSimilarity.jaroWinkler`.
  case jaroWinkler
}

/// Names that many others are compared with, several at a time in the lanes of a vector register.
///
/// On one core of 2024 about 280 million pairs a second of names of 12 bytes by edit distance, and 180 million by
/// Jaro-Winkler. Memory is 32 bytes for each byte value in use and each 4 to 32 names, which fits the cache up to some
/// ten thousand names; compare more in portions.
public final class NameIndex: @unchecked Sendable {
  // Sendable: what the pointer leads to is not written after `init`.
  private let handle: OpaquePointer
  private let names: PackedTexts

  /// Prepares names.
  ///
  /// - Returns: nil beyond 4 GiB of text, or when memory is out.
  public init?(_ names: [String]) {
    guard let texts = PackedTexts(names),
      let handle = cog_name_index_make(texts.bytes, texts.offsets, texts.count)
    else { return nil }
    self.handle = handle
    self.names = texts
  }

  deinit { cog_name_index_free(handle) }

  /// Names in the index.
  public var count: Int { names.count }

  /// Compares each query with each name.
  ///
  /// Jaro-Winkler looks at the first 64 bytes of each; edit distances at all bytes, where longer texts cost the product of
  /// their lengths.
  /// - Returns: query after query, the result for each name; nil beyond 4 GiB of text, or when memory is out.
  public func compare(_ queries: [String], by measure: NameMeasure) -> [Float]? {
    guard let texts = PackedTexts(queries) else { return nil }
    let code =
      switch measure {
      case .levenshtein: COG_LEVENSHTEIN
      case .stringAlignment: COG_STRING_ALIGNMENT
      case .jaroWinkler: COG_JARO_WINKLER
      }
    var isDone: Int32 = 0
    var results = [Float](unsafeUninitializedCapacity: texts.count * count) { buffer, written in
      isDone = cog_name_compare(
        handle, code, texts.bytes, texts.offsets, texts.count, buffer.baseAddress)
      written = isDone == 0 ? 0 : texts.count * count
    }
    if isDone == 0 { return nil }
    if measure != .jaroWinkler, texts.hasLong || names.hasLong {
      for query in 0..<texts.count {
        for name in 0..<count where texts.isLong(query) || names.isLong(name) {
          let distance = texts.withText(query) { one in
            names.withText(name) { EditRows.distance(one, $0, swaps: measure == .stringAlignment) }
          }
          results[query * count + name] = Float(distance)
        }
      }
    }
    return results
  }
}

/// Texts end to end, with where each begins.
private struct PackedTexts {
  let bytes: [UInt8]
  let offsets: [UInt32]
  let hasLong: Bool
  var count: Int { offsets.count - 1 }

  init?(_ texts: [String]) {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]
    offsets.reserveCapacity(texts.count + 1)
    var hasLong = false
    for text in texts {
      let before = bytes.count
      bytes.append(contentsOf: text.utf8)
      guard let end = UInt32(exactly: bytes.count) else { return nil }
      offsets.append(end)
      hasLong = hasLong || bytes.count - before > Int(COG_NAME_LIMIT)
    }
    // Never without a byte, as an empty array has no address.
    if bytes.isEmpty { bytes.append(0) }
    self.bytes = bytes
    self.offsets = offsets
    self.hasLong = hasLong
  }

  func isLong(_ text: Int) -> Bool { offsets[text + 1] - offsets[text] > UInt32(COG_NAME_LIMIT) }

  func withText<Result>(_ text: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    bytes[Int(offsets[text])..<Int(offsets[text + 1])].withUnsafeBufferPointer(body)
  }
}
