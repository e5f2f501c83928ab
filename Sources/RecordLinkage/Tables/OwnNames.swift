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
  /// whom the records are of: one of those of whom more is told (`child_surname` and `child_dob` beside `mother_surname`),
  /// which more records have in more different values.
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
    // In an order that is not that of the table, so that sums are the same.
    var worth: [String: Double] = [:]
    for number in columns.indices.sorted(by: { columns[$0].precedes(columns[$1]) }) {
      if let owner = owners[number] { worth[owner, default: 0] += columns[number].worth }
    }
    return zip(columns, owners).map { column, owner in
      owner.map {
        Rank(worthOfOwner: (worth[$0] ?? 0) * ($0.isEmpty ? Rank.ofNobody : 1), column: column)
      }
    }
  }

  private let columns: [Column]
  /// Columns whose names are the people's own: given names, or else the one of full names that is most likely theirs.
  private let own: [Int]
  private let areGiven: Bool

  /// Looks at some of the columns, whose kinds are given.
  init(_ columns: [Column], _ kinds: [ColumnKind], among numbers: [Int]) {
    self.columns = columns
    let given = numbers.filter { kinds[$0] == .givenName }
    areGiven = !given.isEmpty
    let names = areGiven ? given : numbers.filter { kinds[$0] == .fullName }
    let ranks = Self.ranks(columns, kinds)
    let ranked = names.compactMap { number in ranks[number].map { (number, $0) } }
    own = ranked.sorted { $0.1.precedes($1.1) }.prefix(areGiven ? Self.mostGiven : 1).map(\.0)
  }

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

  /// Whether a column of full names holds the same people's names; nil where too few records have both.
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
