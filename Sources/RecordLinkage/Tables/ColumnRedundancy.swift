/// Columns that say what others say already, which would otherwise count twice.
///
///     full_name         ann kay roe      made of the two below: left out, its other words ("kay") stay
///     first_name        ann
///     surname           roe
///     city, town        leeds, Leeds     the same: the one with fewer values is left out
///     forename, initial kay, k           the initial is left out
///     name, surname     ann roe, roe     the surname is left out: the given name is in the whole name alone
///     address           1 elm rd leeds   made of street and city: left out; these are where many records have it alone
struct ColumnRedundancy {
  /// Records that are looked at.
  static let sampleSize = 400
  /// Of the records where both have a value, this share must bear it out.
  static let leastShare = 0.85
  /// The same of two columns of given names, of which the one may be short forms. Most are the same all the same, and count
  /// twice where they are.
  static let leastShareOfGivenNames = 0.5
  /// Fewer records with both values than this bear out nothing.
  static let fewestRecords = 20

  /// Where more than this share of the records that have the whole have no part of it, and more than have parts alone, the
  /// parts are left out. Of names a record takes its parts from the whole (`FieldPlan`).
  static let mostAlone = 0.2

  /// Columns that are left out.
  private(set) var dropped: Set<Int> = []
  /// A full name that is made of a given and a family name, whose other words may still tell something.
  private(set) var madeName: Int?

  private static let names: Set<ColumnKind> = [.givenName, .familyName, .middleName, .fullName]
  private static let places: Set<ColumnKind> = [.street, .houseNumber, .postcode, .locality, .region, .text]

  /// By column, by sampled record: the words of the value.
  private var words: [Int: [[[UInt8]]]] = [:]

  /// Looks at some of the columns, by their kinds. O(their number squared).
  init(_ columns: [Column], among numbers: [Int]) {
    let records = columns.first?.values.count ?? 0
    let stride = max(1, records / Self.sampleSize)
    var folded: [UInt8] = []
    for group in [Self.names, Self.places] {
      let group = numbers.filter { group.contains(columns[$0].kind) }
      if group.count < 2 { continue }
      for number in group {
        let column = columns[number]
        words[number] = Swift.stride(from: 0, to: records, by: stride).map { record in
          TextFolding.foldWords(column.pool.text(Int(column.values[record])), into: &folded)
          return folded.split(separator: 0x20).map(Array.init)
        }
      }
      find(among: group, columns)
    }
  }

  private mutating func find(among group: [Int], _ columns: [Column]) {
    // Equal columns: the fuller one stays, or the first.
    for (position, one) in group.enumerated() {
      for other in group[(position + 1)...] where !dropped.contains(one) && !dropped.contains(other) {
        let areGiven = columns[one].kind == .givenName && columns[other].kind == .givenName
        let least = areGiven ? Self.leastShareOfGivenNames : Self.leastShare
        if share(one, other, atLeast: least, holds: { $0 == $1 }) {
          // Of a forename and a preferred one the forename stays.
          let areOther = [one, other].map { ColumnNames.speaksOfOtherNames(columns[$0].name) }
          if areGiven, areOther[0] != areOther[1] {
            dropped.insert(areOther[0] ? one : other)
            continue
          }
          dropped.insert(columns[one].filled >= columns[other].filled ? other : one)
        }
      }
    }
    // The first letter of a given name.
    for one in group where [.givenName, .fullName].contains(columns[one].kind) && !dropped.contains(one) {
      for other in group where [.givenName, .middleName].contains(columns[other].kind) && other != one {
        if share(one, other, holds: { $0[0].count > 1 && $1 == [[$0[0][0]]] }) { dropped.insert(other) }
      }
    }
    for whole in group where !dropped.contains(whole) {
      let parts = group.filter { part in
        part != whole && !dropped.contains(part) && columns[part].pool.count > 5
          && share(whole, part, holds: { $0.count > $1.count && $1.allSatisfy($0.contains) })
      }
      if columns[whole].kind == .fullName, !isName(group.filter { !dropped.contains($0) }, columns) {
        // The other part stands there alone.
        dropped.formUnion(
          parts.filter {
            columns[$0].kind != .fullName && columns[$0].filled <= columns[whole].filled
          })
      } else if parts.count >= 2,
        columns[whole].kind != .street || parts.contains(where: { columns[$0].kind != .houseNumber })
      {
        let isName = isName(parts, columns)
        if !isName, isAlone(whole, parts) {
          dropped.formUnion(parts)
          continue
        }
        dropped.insert(whole)
        if isName, columns[whole].kind == .fullName { madeName = madeName ?? whole }
      } else if let part = parts.first, columns[part].kind == .houseNumber {
        dropped.insert(part)
      }
    }
  }

  /// Whether parts are a given and a family name.
  private func isName(_ parts: [Int], _ columns: [Column]) -> Bool {
    let kinds = parts.map { columns[$0].kind }
    return kinds.contains(.givenName) && kinds.contains(.familyName)
  }

  private func isAlone(_ whole: Int, _ parts: [Int]) -> Bool {
    var (wholes, alone, without) = (0, 0, 0)
    for (record, value) in (words[whole] ?? []).enumerated() {
      let hasPart = parts.contains { words[$0]?[record].isEmpty == false }
      if !value.isEmpty { wholes += 1 }
      if !value.isEmpty, !hasPart { alone += 1 }
      if value.isEmpty, hasPart { without += 1 }
    }
    return alone > without && Double(alone) > Self.mostAlone * Double(wholes)
  }

  private func share(
    _ one: Int, _ other: Int, atLeast least: Double = leastShare, holds: ([[UInt8]], [[UInt8]]) -> Bool
  ) -> Bool {
    var both = 0
    var held = 0
    for (left, right) in zip(words[one] ?? [], words[other] ?? []) where !left.isEmpty && !right.isEmpty {
      both += 1
      if holds(left, right) { held += 1 }
    }
    return both >= Self.fewestRecords && Double(held) >= least * Double(both)
  }
}
