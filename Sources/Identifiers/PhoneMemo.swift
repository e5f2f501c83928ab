import AccountModel
import Columns
import Synchronization

/// The answers for recently seen texts: sets of four by hash, of which the oldest gives way, so that room is
/// bounded. Safe to share between threads.
final class PhoneMemo: Sendable {
  private struct Entry {
    var raw: String
    var answer: NormalisedIdentifier
  }

  private static let sets = 1_024
  private static let ways = 4
  private static let longest = 64
  private let entries = Mutex<[Entry?]>([])

  /// The answer for a text, if it is still there.
  func find(_ raw: String) -> NormalisedIdentifier? {
    guard raw.utf8.count <= Self.longest else { return nil }
    let first = Self.firstEntry(raw)
    return entries.withLock { entries in
      guard !entries.isEmpty else { return nil }
      for index in first..<first + Self.ways {
        // Byte for byte: texts that Swift holds equal need not be so for the library.
        guard let entry = entries[index] else { return nil }
        if entry.raw.utf8.elementsEqual(raw.utf8) { return entry.answer }
      }
      return nil
    }
  }

  /// Keeps an answer.
  func keep(_ raw: String, _ answer: NormalisedIdentifier) {
    guard raw.utf8.count <= Self.longest else { return }
    let first = Self.firstEntry(raw)
    entries.withLock { entries in
      if entries.isEmpty { entries = Array(repeating: nil, count: Self.sets * Self.ways) }
      for index in (first + 1..<first + Self.ways).reversed() { entries[index] = entries[index - 1] }
      entries[first] = Entry(raw: raw, answer: answer)
    }
  }

  private static func firstEntry(_ raw: String) -> Int {
    (Int(truncatingIfNeeded: stableHash(raw)) & (sets - 1)) * ways
  }
}
