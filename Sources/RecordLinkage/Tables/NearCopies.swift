import Columns
import Glibc

/// Records that are one record over and over with small differences: a crowd, of which a few are enough to learn from.
///
/// Each value of a crowd is shared by far more records than a block may hold, so that no key would bring its records
/// together, and by so many that agreement on it would look like chance. A crowd is found without comparing pairs: its
/// records agree on most of what they say, each value on which they agree is frequent, and outside the crowd hardly
/// anybody has these values together.
///
///     ada   byron   1815-12-10   07700900123     frequent in all columns: the centre
///     adda  byron   1815-12-10   07700900123     adda is rare, and within an edit of ada
///     eve   byron   1815-12-10   07700900123     eve is rare and no slip for ada: somebody else, left alone
///
/// What the frequent values are worth is counted outside the crowd, as EM could not: in a table of crowds it would take
/// their values for common ones.
///
/// O(records x columns + kinds of differences).
struct NearCopies {
  /// A value of more records than this is frequent, and so many make a crowd.
  static let fewest = 100
  /// Records of a crowd that are held as any other, beside its exact copies.
  static let mostHeld = 12
  /// Tables of more columns are not looked at.
  static let mostColumns = 32
  /// log10 of the odds, beyond those that a table of so many records needs for even odds, at which a record is of a crowd.
  static let margin = 2.0
  /// What a difference takes from the log10 of the likelihood ratio.
  static let difference = 1.5
  /// The most that is said of a record: more than this no table can show.
  static let mostEvidence = 12.0
  /// Centres that are tried for a value.
  private static let mostTried = 16

  /// A record that differs a little from the centre of its crowd.
  struct Copy: BitwiseCopyable {
    let record: UInt32
    /// The record that stands for the crowd.
    let first: UInt32
    /// log10 of the likelihood ratio that it is of the crowd; 0 for a copy that is of none.
    var log10LR: Float = 0
    /// Whether it is one of those of its crowd that are held.
    var isHeld = false
  }

  /// In the order of the records.
  private(set) var copies: [Copy] = []

  private let columns: [Column]
  private let records: Int
  private let ranks: Packed<UInt64>?
  /// By column: of frequent values that are the same but for case and accents, the first of all; else 0.
  private let forms: [Packed<UInt32>]
  /// By column, by first of such values: records that have any of them.
  private let formCounts: [[UInt32: Int]]

  /// Records that are frequent in the same columns, with the same values.
  private struct Node {
    var members: [UInt32]
    let filled: UInt32
    let common: UInt32
    var crowd = -1
    var first: UInt32 { members[0] }
  }

  private struct Crowd {
    /// By column, the value of the centre; 0 where none is known.
    var centre: [UInt32]
    /// By column, records of the crowd that have it.
    var holders: [Int]
    var count = 0
    /// Of the largest node.
    let first: UInt32
  }

  /// - Parameters:
  ///   - apart: records that are nobody's copies.
  ///   - ranks: by record, what decides which stands for its crowd and which are held, the lowest first: where texts are
  ///     compared, that may not depend on the order of the records. Without it their order does.
  init(_ columns: [Column], records: Int, apart: [UInt32], ranks: Packed<UInt64>? = nil) {
    self.ranks = ranks
    self.columns = columns
    self.records = records
    guard records > 2 * Self.fewest, (3...Self.mostColumns).contains(columns.count) else {
      (forms, formCounts) = ([], [])
      return
    }
    let found = columns.map { Self.forms(of: $0.pool) }
    (forms, formCounts) = (found.map(\.0), found.map(\.1))
    var nodes = grouped(eligible(apart: Set(apart)))
    if nodes.isEmpty { return }
    var crowds = crowds(&nodes)
    for node in nodes where node.crowd >= 0 {
      crowds[node.crowd].count += node.members.count
      for place in columns.indices where node.common >> UInt32(place) & 1 == 1 {
        crowds[node.crowd].holders[place] += node.members.count
      }
    }
    for node in nodes where node.crowd >= 0 && crowds[node.crowd].count > Self.fewest {
      collect(node, crowds[node.crowd])
    }
    holdFirst()
  }

  private static func forms(of pool: ValuePool) -> (Packed<UInt32>, [UInt32: Int]) {
    let forms = Packed<UInt32>(repeating: 0, count: pool.count)
    var firsts: [[UInt8]: UInt32] = [:]
    var counts: [UInt32: Int] = [:]
    var folded: [UInt8] = []
    for value in 1..<max(pool.count, 1) where pool.counts[value] > UInt32(fewest) {
      TextFolding.fold(pool.text(value), into: &folded)
      let first = firsts[folded] ?? UInt32(value)
      firsts[folded] = first
      forms[value] = first
      counts[first, default: 0] += Int(pool.counts[value])
    }
    return (forms, counts)
  }

  /// Records of which most values are frequent: a hash of these above, and the record below.
  private func eligible(apart: Set<UInt32>) -> [UInt64] {
    let filled = Packed<UInt8>(repeating: 0, count: records)
    let common = Packed<UInt8>(repeating: 0, count: records)
    for place in columns.indices { count(columns[place].values, forms[place], filled, common) }
    var words: [UInt64] = []
    for record in 0..<records where common[record] >= 2 {
      if filled[record] < 3 || common[record] * 2 <= filled[record] { continue }
      if !apart.isEmpty, apart.contains(UInt32(truncatingIfNeeded: record)) { continue }
      var hash: UInt64 = 0
      for place in columns.indices {
        let value = Int(columns[place].values[record])
        if value == 0 { continue }
        let form = forms[place][value]
        hash ^=
          form != 0
          ? foldedMultiply(
            (UInt64(place) << 32 | UInt64(form)) ^ 0xe703_7ed1_a0b4_28db, 0x9E37_79B9_7F4A_7C15)
          : foldedMultiply(UInt64(place + 1), 0x8ebc_6af0_9c88_c6e3)
      }
      words.append(foldedMultiply(hash, 0xa076_1d64_78bd_642f) & ~0xffff_ffff | UInt64(record))
    }
    return words.count > Self.fewest ? words : []
  }

  /// Adds, by record, whether a column has a value, and whether that is frequent.
  private func count(
    _ values: Packed<UInt32>, _ forms: Packed<UInt32>, _ filled: Packed<UInt8>, _ common: Packed<UInt8>
  ) {
    let (values, filled, common) = (values.base, filled.base, common.base)
    for record in 0..<records { filled[record] &+= values[record] != 0 ? 1 : 0 }
    // A bit for each value stays in the cache where a number for each would not.
    let isFrequent = Packed<UInt64>(repeating: 0, count: forms.count / 64 + 1)
    var isAny = false
    for value in 0..<forms.count where forms[value] != 0 {
      isFrequent[value >> 6] |= 1 << UInt64(value & 63)
      isAny = true
    }
    if !isAny { return }
    for record in 0..<records {
      let value = Int(values[record])
      common[record] &+= UInt8(truncatingIfNeeded: (isFrequent.base[value >> 6] >> UInt64(value & 63)) & 1)
    }
  }

  private func masks(of record: Int) -> (filled: UInt32, common: UInt32) {
    var (filled, common): (UInt32, UInt32) = (0, 0)
    for place in columns.indices {
      let value = Int(columns[place].values[record])
      if value == 0 { continue }
      filled |= 1 << UInt32(place)
      if forms[place][value] != 0 { common |= 1 << UInt32(place) }
    }
    return (filled, common)
  }

  /// The records by what is frequent of them, the largest groups first.
  private func grouped(_ words: [UInt64]) -> [Node] {
    var words = words
    words.withUnsafeMutableBufferPointer { radixSort($0, bits: 32..<64) }
    var nodes: [Node] = []
    var hash: UInt64?
    for word in words {
      let record = UInt32(truncatingIfNeeded: word)
      let (filled, common) = masks(of: Int(record))
      // Equal hashes are confirmed; a record that only shares the hash is left alone.
      if word >> 32 == hash, let last = nodes.indices.last {
        if nodes[last].filled == filled, nodes[last].common == common,
          agree(record, nodes[last].first, common)
        {
          nodes[last].members.append(record)
        }
        continue
      }
      hash = word >> 32
      nodes.append(Node(members: [record], filled: filled, common: common))
    }
    if ranks != nil {
      for number in nodes.indices { nodes[number].members.sort(by: precedes) }
    }
    return nodes.sorted {
      $0.members.count != $1.members.count
        ? $0.members.count > $1.members.count : precedes($0.first, $1.first)
    }
  }

  private func precedes(_ one: UInt32, _ other: UInt32) -> Bool {
    if let ranks, ranks[Int(one)] != ranks[Int(other)] { return ranks[Int(one)] < ranks[Int(other)] }
    return one < other
  }

  private func agree(_ one: UInt32, _ other: UInt32, _ mask: UInt32) -> Bool {
    columns.indices.allSatisfy {
      mask >> UInt32($0) & 1 == 0 || form(one, $0) == form(other, $0)
    }
  }

  private func form(_ record: UInt32, _ place: Int) -> UInt32 {
    forms[place][Int(columns[place].values[Int(record)])]
  }

  /// Gives each node the crowd that it contradicts in nothing; none where there are several.
  private func crowds(_ nodes: inout [Node]) -> [Crowd] {
    var crowds: [Crowd] = []
    var tried: [UInt64: [Int]] = [:]
    for number in nodes.indices {
      let node = nodes[number]
      let values = columns.indices.map { form(node.first, $0) }
      var found: [Int] = []
      for (place, value) in values.enumerated() where value != 0 {
        for crowd in tried[UInt64(place) << 32 | UInt64(value)] ?? [] where !found.contains(crowd) {
          if Self.fits(values, crowds[crowd].centre) { found.append(crowd) }
        }
      }
      if found.count > 1 { continue }
      let crowd = found.first ?? crowds.count
      if crowd == crowds.count {
        let none = [Int](repeating: 0, count: columns.count)
        crowds.append(Crowd(centre: columns.map { _ in 0 }, holders: none, first: node.first))
      }
      nodes[number].crowd = crowd
      for (place, value) in values.enumerated() where value != 0 && crowds[crowd].centre[place] == 0 {
        crowds[crowd].centre[place] = value
        let key = UInt64(place) << 32 | UInt64(value)
        if tried[key, default: []].count < Self.mostTried { tried[key, default: []].append(crowd) }
      }
    }
    return crowds
  }

  private static func fits(_ values: [UInt32], _ centre: [UInt32]) -> Bool {
    var (same, known) = (0, 0)
    for (value, central) in zip(values, centre) where value != 0 {
      known += 1
      if central == 0 { continue }
      if value != central { return false }
      same += 1
    }
    return same >= 2 && same * 2 > known
  }

  /// Notes the records of a node that differ little from the centre of their crowd.
  private mutating func collect(_ node: Node, _ crowd: Crowd) {
    let rare = node.filled & ~node.common
    var evidence = 0.0
    for place in columns.indices {
      if node.common >> UInt32(place) & 1 == 1 {
        let all = formCounts[place][crowd.centre[place]] ?? 0
        evidence += log10(Double(records) / Double(max(all - crowd.holders[place], 0) + 1))
      } else if rare >> UInt32(place) & 1 == 1 {
        if crowd.centre[place] == 0 { return }
        evidence -= Self.difference
      }
    }
    if evidence < log10(Double(records)) + Self.margin { return }
    evidence = min(evidence, Self.mostEvidence)
    for record in node.members where record != crowd.first {
      let isNear = columns.indices.allSatisfy { place in
        rare >> UInt32(place) & 1 == 0
          || isSlip(columns[place].values[Int(record)], crowd.centre[place], columns[place].pool)
      }
      if isNear { copies.append(Copy(record: record, first: crowd.first, log10LR: Float(evidence))) }
    }
  }

  /// Whether two values are one edit apart, but for case and accents.
  private func isSlip(_ one: UInt32, _ other: UInt32, _ pool: ValuePool) -> Bool {
    var (left, right): ([UInt8], [UInt8]) = ([], [])
    TextFolding.fold(pool.text(Int(one)), into: &left)
    TextFolding.fold(pool.text(Int(other)), into: &right)
    guard min(left.count, right.count) >= 3 else { return left == right }
    return left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { DamerauLevenshtein.isWithinOne(left, $0) }
    }
  }

  /// Brings the copies to the order of the records, and marks the first of each crowd.
  private mutating func holdFirst() {
    var seen: [UInt32: Int] = [:]
    copies = copies.sorted { precedes($0.record, $1.record) }
    for number in copies.indices {
      let count = seen[copies[number].first, default: 0]
      copies[number].isHeld = count < Self.mostHeld
      if count < Self.mostHeld { seen[copies[number].first] = count + 1 }
    }
    if ranks != nil { copies.sort { $0.record < $1.record } }
  }
}
