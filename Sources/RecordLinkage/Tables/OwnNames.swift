/// Whose names columns of full names hold: those of the people whom the records are of, once more or in another form, or
/// those of others.
///
///     first_name   surname   shown_as    caseworker_name   next_of_kin
///     kay          roe       K. Roe      ann elm           jo roe
///     their own              once more   those of others
///
/// Two records of one caseworker are no more one person than two of one town.
struct OwnNames {
  /// Records that are looked at.
  static let sampleSize = 400
  /// Fewer records with both names than this tell nothing.
  static let fewestRecords = 5
  /// Of the records with both, this share has the given name in both where they are of one person.
  static let leastShare = 0.5
  /// Columns of given names that are looked at.
  private static let mostGiven = 4

  /// Whether a column of names, or of dates of birth, is more likely than another one of its kind to hold those of the people
  /// whom the records are of: one of those of whom there are more (`child_surname` and `child_dob` beside `mother_surname`),
  /// as more records have their name, or date of birth, and more different ones.
  struct Rank {
    /// A header that names nobody is worth so much more.
    fileprivate static let ofNobody = 4.0
    fileprivate let worthOfOwner: Double
    fileprivate let column: Column

    func precedes(_ other: Rank) -> Bool {
      if worthOfOwner != other.worthOfOwner { return worthOfOwner > other.worthOfOwner }
      let (worth, others) = (column.worth, other.column.worth)
      return worth != others ? worth > others : column.precedes(other.column)
    }
  }

  private static let kindsOfPeople: Set<ColumnKind> = [.givenName, .familyName, .fullName, .birthDate]

  /// By column, its rank among those of people; nil for others.
  static func ranks(_ columns: [Column], _ kinds: [ColumnKind]) -> [Rank?] {
    let owners = columns.indices.map { number in
      kindsOfPeople.contains(kinds[number]) ? ColumnNames.owner(columns[number].name) : nil
    }
    let groups = Dictionary(grouping: columns.indices.filter { owners[$0] != nil }) { owners[$0] ?? "" }
    let isFew = groups.reduce(0) { $0 + $1.value.count } <= ColumnChoice.redundancyLimit
    let worth = groups.mapValues { group in
      func best(_ kind: ColumnKind) -> Column? {
        group.filter { kinds[$0] == kind }.map { columns[$0] }.max {
          $0.worth != $1.worth ? $0.worth < $1.worth : $1.precedes($0)
        }
      }
      let single = group.map { isFew ? seenWorth([columns[$0]]) : columns[$0].worth }.max() ?? 0
      guard isFew, let given = best(.givenName), let family = best(.familyName) else { return single }
      return max(single, seenWorth([given, family]))
    }
    return zip(columns, owners).map { column, owner in
      owner.map {
        Rank(worthOfOwner: (worth[$0] ?? 0) * ($0.isEmpty ? Rank.ofNobody : 1), column: column)
      }
    }
  }

  /// Of some of the columns, whose kinds are known, the people's own one of each kind of theirs.
  static func own(_ columns: [Column], among numbers: [Int]) -> [ColumnKind: Int] {
    let ranks = ranks(columns, columns.map(\.kind))
    var best: [ColumnKind: (number: Int, rank: Rank)] = [:]
    for number in numbers {
      guard let rank = ranks[number] else { continue }
      let kind = columns[number].kind
      if best[kind].map({ rank.precedes($0.rank) }) ?? true { best[kind] = (number, rank) }
    }
    return best.mapValues(\.number)
  }

  /// Records whose values are counted.
  private static let countedRecords = 2_000

  /// `Column.worth` of some of the records, by what they say in some columns together.
  private static func seenWorth(_ some: [Column]) -> Double {
    let records = some[0].values.count
    var (known, seen): (Double, Set<[UInt32]>) = (0, [])
    for record in stride(from: 0, to: records, by: max(1, records / countedRecords)) {
      let values = some.map { $0.values[record] }
      if values.allSatisfy({ $0 == 0 }) { continue }
      known += 1
      seen.insert(values)
    }
    return known * (1 + Double(seen.count).squareRoot())
  }

  private let columns: [Column]
  /// Columns whose names are the people's own: given names, or else a column of full ones.
  private let own: [Int]
  private let areGiven: Bool
  /// Whose names they are.
  private let owner: String

  /// Looks at some of the columns, whose kinds are given.
  init(_ columns: [Column], _ kinds: [ColumnKind], among numbers: [Int]) {
    self.columns = columns
    let ranks = Self.ranks(columns, kinds)
    let ranked = numbers.filter { [.givenName, .fullName].contains(kinds[$0]) }
      .compactMap { number in ranks[number].map { (number, $0) } }
      .sorted { $0.1.precedes($1.1) }.map(\.0)
    let owner = ranked.first.map { ColumnNames.owner(columns[$0].name) } ?? ""
    let given = ranked.filter { kinds[$0] == .givenName && ColumnNames.owner(columns[$0].name) == owner }
    areGiven = !given.isEmpty
    own = areGiven ? Array(given.prefix(Self.mostGiven)) : Array(ranked.prefix(1))
    self.owner = owner
  }

  /// The column of full names that are the people's own; nil where these stand in parts.
  var wholeNames: Column? { areGiven ? nil : own.first.map { columns[$0] } }

  /// Of columns of given and family names, those of others: the people's own stand in a column of full names.
  func partsOfOthers(_ kinds: [ColumnKind]) -> [Int] {
    if areGiven || own.isEmpty { return [] }
    let owners = columns.indices.map { number in
      [.givenName, .familyName].contains(kinds[number]) ? ColumnNames.owner(columns[number].name) : ""
    }
    let others = Set(
      columns.indices.filter { kinds[$0] == .givenName && owners[$0] != owner && isSame($0) == false }
        .map { owners[$0] })
    return columns.indices.filter { !owners[$0].isEmpty && others.contains(owners[$0]) }
  }

  /// Whether a column of full names says once more what the people's own say.
  func isEcho(_ number: Int) -> Bool { !own.contains(number) && isSame(number) ?? false }

  /// Whether most records that have a value in a column have one in the people's own column of its kind as well. Another
  /// file may call the same thing something else, and then it is in its place.
  static func stands(_ column: Packed<UInt32>, beside own: Packed<UInt32>) -> Bool {
    var (known, both) = (0, 0)
    for record in 0..<column.count where column[record] != 0 {
      known += 1
      if own[record] != 0 { both += 1 }
    }
    return both * 2 > known
  }

  /// Whether a column of full or given names holds the same people's names; nil where too few records have both.
  func isSame(_ number: Int) -> Bool? {
    if own.contains(number) { return true }
    let records = columns[number].values.count
    var (both, same) = (0, 0)
    var folded: [UInt8] = []
    func words(_ column: Column, _ record: Int) -> [[UInt8]] {
      TextFolding.foldWords(column.pool.text(Int(column.values[record])), into: &folded)
      return folded.split(separator: 0x20).map(Array.init)
    }
    for record in stride(from: 0, to: records, by: max(1, records / Self.sampleSize))
    where columns[number].values[record] != 0 {
      let names = words(columns[number], record)
      let others = own.map { words(columns[$0], record) }.filter { !$0.isEmpty }
      if names.isEmpty || others.isEmpty { continue }
      both += 1
      if others.contains(where: { isSame($0, names) }) { same += 1 }
    }
    return both < Self.fewestRecords ? nil : Double(same) >= Self.leastShare * Double(both)
  }

  /// Of given names the first must be among the words, of full ones two. A family name is that of a home.
  private func isSame(_ own: [[UInt8]], _ words: [[UInt8]]) -> Bool {
    func isShown(_ word: [UInt8]) -> Bool {
      words.contains { $0 == word || min($0.count, word.count) == 1 && $0.first == word.first }
    }
    return areGiven ? isShown(own[0]) : own.count(where: isShown) >= min(2, own.count, words.count)
  }
}
