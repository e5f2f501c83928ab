import Foundation

/// In how many documents each feature is, by how many authors, and how often in all: an open-addressed table by key.
struct FeatureCounts {
  private var keys: [UInt32]
  private var documentCounts: [UInt32]
  private var authorCounts: [UInt32]
  /// The last author who had a feature, plus 1.
  private var lastAuthors: [UInt32]
  private var totals: [UInt64]
  private var used = 0
  /// Documents counted.
  private(set) var documents = 0
  /// Sum of all counts.
  private(set) var total: UInt64 = 0

  init() {
    keys = [UInt32](repeating: 0, count: 1 << 12)
    documentCounts = [UInt32](repeating: 0, count: 1 << 12)
    authorCounts = documentCounts
    lastAuthors = documentCounts
    totals = [UInt64](repeating: 0, count: 1 << 12)
  }

  /// Adds a document; those of one author come one after another.
  mutating func add(_ counts: SparseCounts, author: Int) {
    documents += 1
    for (key, count) in zip(counts.keys, counts.counts) {
      if used * 2 >= keys.count { grow() }
      let slot = slot(key)
      if documentCounts[slot] == 0 {
        keys[slot] = key
        used += 1
      }
      documentCounts[slot] += 1
      if lastAuthors[slot] != UInt32(author + 1) {
        lastAuthors[slot] = UInt32(author + 1)
        authorCounts[slot] += 1
      }
      totals[slot] += UInt64(count)
      total += UInt64(count)
    }
  }

  private func slot(_ key: UInt32) -> Int {
    let mask = keys.count - 1
    var slot = Int(key &* 0x9E37_79B1 >> 7) & mask
    while documentCounts[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let (oldKeys, oldCounts, oldTotals) = (keys, documentCounts, totals)
    let (oldAuthors, oldLast) = (authorCounts, lastAuthors)
    let size = keys.count * 2
    keys = [UInt32](repeating: 0, count: size)
    documentCounts = [UInt32](repeating: 0, count: size)
    authorCounts = documentCounts
    lastAuthors = documentCounts
    totals = [UInt64](repeating: 0, count: size)
    for old in oldKeys.indices where oldCounts[old] != 0 {
      let slot = slot(oldKeys[old])
      (keys[slot], documentCounts[slot], totals[slot]) = (oldKeys[old], oldCounts[old], oldTotals[old])
      (authorCounts[slot], lastAuthors[slot]) = (oldAuthors[old], oldLast[old])
    }
  }

  /// The features of at least so many authors. What one author alone writes would look as if it told authors apart, in
  /// the background and nowhere else.
  func vocabulary(authors: Int) -> FeatureVocabulary {
    let kept = keys.indices.filter { authorCounts[$0] >= authors }.sorted { keys[$0] < keys[$1] }
    return FeatureVocabulary(
      keys: kept.map { keys[$0] },
      idf: kept.map { Float(1 + log(Double(1 + documents) / Double(1 + documentCounts[$0]))) })
  }

  /// The keys that occur most often, ascending; of equal ones the lower keys.
  func mostCommon(_ limit: Int) -> [UInt32] {
    let kept = keys.indices.filter { documentCounts[$0] > 0 }
      .sorted { totals[$0] != totals[$1] ? totals[$0] > totals[$1] : keys[$0] < keys[$1] }
    return kept.prefix(limit).map { keys[$0] }.sorted()
  }
}
