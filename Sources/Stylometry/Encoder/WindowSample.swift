import Columns

/// The windows of an account that are encoded: all of some fifteen hundred words, of more a sample by what is in them, so that
/// neither the order of posts nor merging changes it (bottom-k sample; Cohen and Kaplan, 2007).
struct WindowSample {
  /// No more pieces are encoded, but for a window.
  static let limit = 2048

  private struct Window {
    var key: UInt64
    var text: PieceText
  }

  private var windows: [Window] = []
  private var count = 0
  /// How often each window came, by the hash of what is in it.
  private var copies: [UInt64: UInt64] = [:]

  /// Adds the windows of a post: as few as will do, all of one length but the last.
  mutating func add(_ text: PieceText) {
    let total = text.pieces.count
    if total == 0 { return }
    let parts = (total + TextEncoder.window - 1) / TextEncoder.window
    let step = (total + parts - 1) / parts
    for start in stride(from: 0, to: total, by: step) {
      let range = start..<min(start + step, total)
      let part = PieceText(pieces: Array(text.pieces[range]), shapes: Array(text.shapes[range]))
      windows.append(Window(key: key(part), text: part))
      count += range.count
    }
    if count > 8 * Self.limit { shrink() }
  }

  /// What is encoded, in the order of the keys; nothing is left.
  mutating func take() -> [PieceText] {
    shrink()
    defer {
      windows.removeAll()
      copies.removeAll()
      count = 0
    }
    return windows.map(\.text)
  }

  private mutating func shrink() {
    windows.sort { $0.key < $1.key }
    var (kept, total) = (0, 0)
    while kept < windows.count, total < Self.limit {
      total += windows[kept].text.pieces.count
      kept += 1
    }
    windows.removeSubrange(kept...)
    count = total
  }

  /// Another for each copy of a window: by one key for all of them a word that was posted a thousand times would fill the
  /// sample, or be missing from it.
  private mutating func key(_ text: PieceText) -> UInt64 {
    let bytes = text.pieces.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] } + text.shapes
    let content = bytes.withUnsafeBufferPointer { stableHash($0) }
    let copy = copies[content, default: 0]
    copies[content] = copy + 1
    return bytes.withUnsafeBufferPointer { stableHash($0, seed: copy) }
  }
}
