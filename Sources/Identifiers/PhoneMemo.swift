import AccountModel
import Columns
import Synchronization

/// The answers for recently seen texts: direct-mapped, so that a text displaces one other and room is bounded.
final class PhoneMemo: Sendable {
  private struct Entry {
    var raw: String
    var answer: NormalisedIdentifier
  }

  private static let size = 4_096
  private let entries = Mutex<[Entry?]>([])

  /// The answer for a text, if it is still there.
  func find(_ raw: String) -> NormalisedIdentifier? {
    guard raw.utf8.count <= 64 else { return nil }
    let slot = Self.slot(raw)
    return entries.withLock { entries in
      // Byte for byte: texts that Swift holds equal need not be so for the library.
      guard !entries.isEmpty, let entry = entries[slot], entry.raw.utf8.elementsEqual(raw.utf8) else {
        return nil
      }
      return entry.answer
    }
  }

  /// Keeps an answer.
  func keep(_ raw: String, _ answer: NormalisedIdentifier) {
    guard raw.utf8.count <= 64 else { return }
    let slot = Self.slot(raw)
    entries.withLock { entries in
      if entries.isEmpty { entries = Array(repeating: nil, count: Self.size) }
      entries[slot] = Entry(raw: raw, answer: answer)
    }
  }

  private static func slot(_ raw: String) -> Int { Int(truncatingIfNeeded: stableHash(raw)) & (size - 1) }
}
