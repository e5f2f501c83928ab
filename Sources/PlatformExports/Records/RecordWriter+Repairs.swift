extension RecordWriter {
  /// Sets aside what of texts and pages was mended.
  func setAsideRepairs(repaired: Int, replaced: Int = 0) {
    if repaired > 0 { setAside("text", .mendedText, at: nil, count: repaired) }
    if replaced > 0 { setAside("character", .loneSurrogate, at: nil, count: replaced) }
  }

  /// Sets aside what of a page's words was mended.
  func setAside(_ repairs: TextRepairs) {
    setAsideRepairs(repaired: repairs.repaired, replaced: repairs.replaced)
  }

  /// Counts a text that should be UTF-8 and is not.
  func countRepair(of text: UnsafeBufferPointer<UInt8>) {
    if !ValidUTF8.holds(text) { setAsideRepairs(repaired: 1) }
  }

  /// A text that should be UTF-8, as `TableText.string` reads it; what is not is counted.
  func mended(_ text: UnsafeBufferPointer<UInt8>) -> String {
    countRepair(of: text)
    return TableText.string(text)
  }
}

extension SetAsideReason {
  /// Text whose words are kept, as far as they can be.
  fileprivate static let mendedText = Self(
    "invalid-utf8", "is not UTF-8: it was read as CP1252, or U+FFFD stands for what is damaged",
    isFault: false)
}
