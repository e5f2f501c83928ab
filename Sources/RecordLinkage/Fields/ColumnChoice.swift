/// Which columns of a table records are compared on.
///
/// A table of ten thousand columns has a few that tell who somebody is. Only the most telling ones are looked at in company
/// with each other, so that the cost grows with the columns and not with their square.
struct ColumnChoice {
  /// More columns than this are not compared.
  static let limit = 16
  /// Columns among which those are looked for that say what others say already.
  static let redundancyLimit = 64

  /// Numbers of the columns, in their order.
  let compared: [Int]
  /// A full name that is made of columns of their own, and is not compared, but may hold other words beside; or one that
  /// records have in the place of such columns. Records that have it alone are compared by its parts.
  let madeName: Int?

  init(_ columns: borrowing [Column]) {
    let columns = copy columns
    let telling = Self.best(
      Self.redundancyLimit, of: columns.indices.filter { columns[$0].kind.isCompared }, columns)
    let redundancy = ColumnRedundancy(columns, among: telling)
    let saying = telling.filter { !redundancy.dropped.contains($0) }
    madeName = redundancy.madeName ?? Self.nameInPlaceOfParts(columns, among: saying)
    let dependence = ColumnDependence(columns, among: saying)
    let dropped = dependence.dropped.union(Self.agesBesideBirths(columns, among: saying))
    compared = Self.best(Self.limit, of: saying.filter { !dropped.contains($0) }, columns)
  }

  /// Ages and years of birth are left out beside what says them where this share of those who have one has both. What the
  /// others lose is less than what the two weigh too much together: people of one birthday would be one person.
  static let leastBeside = 0.5

  /// Ages and years of birth beside what says them: the dates of birth of the same people, and of a year the age.
  private static func agesBesideBirths(_ columns: [Column], among numbers: [Int]) -> Set<Int> {
    Set(
      numbers.filter { one in
        let (column, kind) = (columns[one], columns[one].kind)
        guard kind == .age || kind == .number else { return false }
        return numbers.contains { other in
          let beside = columns[other]
          let isAge = kind == .number && beside.kind == .age
          guard isAge || beside.kind == .birthDate, areKnown(column, with: beside) else { return false }
          let isNamed =
            kind == .age && ColumnNames.owner(beside.name) == ColumnNames.ownerOfAge(column.name)
          return isNamed || areOfOneYear(column, beside)
        }
      })
  }

  /// Whether two columns say the same year in nearly all records, or one the age and the other the year.
  private static func areOfOneYear(_ one: Column, _ other: Column) -> Bool {
    let records = one.values.count
    var (both, same, sums): (Int, Int, [Int: Int]) = (0, 0, [:])
    for record in stride(from: 0, to: records, by: max(1, records / ColumnRedundancy.sampleSize)) {
      guard let first = year(one, record), let second = year(other, record) else { continue }
      both += 1
      if first == second { same += 1 }
      sums[first + second, default: 0] += 1
    }
    // An age counts birthdays, so that it says one of two years.
    let ofAge = sums.map { $0.value + (sums[$0.key + 1] ?? 0) }.max() ?? 0
    return both >= ColumnRedundancy.fewestRecords
      && Double(max(same, ofAge)) >= ColumnRedundancy.leastShare * Double(both)
  }

  /// The year of a date, or a number.
  private static func year(_ column: Column, _ record: Int) -> Int? {
    let text = column.pool.text(Int(column.values[record]))
    if column.kind == .birthDate { return CalendarDate(text, .unknown).year }
    return text.count <= 4 ? Int(String(decoding: text, as: UTF8.self)) : nil
  }

  /// Whether enough of the records that have a value in a column have one in another as well.
  private static func areKnown(_ column: Column, with other: Column) -> Bool {
    let known = (0..<column.values.count).filter { column.values[$0] != 0 }
    let both = known.count { other.values[$0] != 0 }
    return Double(both) >= leastBeside * Double(known.count)
  }

  /// A full name of which hardly any record has a given or a family name as well, as where one table has names whole and
  /// another one in parts.
  private static func nameInPlaceOfParts(_ columns: [Column], among numbers: [Int]) -> Int? {
    func all(_ kind: ColumnKind) -> [Int] { numbers.filter { columns[$0].kind == kind } }
    let (given, family) = (all(.givenName), all(.familyName))
    if given.isEmpty || family.isEmpty { return nil }
    return all(.fullName).first { whole in
      let named = (0..<columns[whole].values.count).filter { columns[whole].values[$0] != 0 }
      let both = named.count { record in (given + family).contains { columns[$0].values[record] != 0 } }
      return both * 100 <= named.count
    }
  }

  /// The columns that tell most, in their order. What names a person goes before all else; then what most records have,
  /// in the most different values.
  private static func best(_ limit: Int, of numbers: [Int], _ columns: [Column]) -> [Int] {
    if numbers.count <= limit { return numbers }
    let worth = columns.map(\.worth)
    let sorted = numbers.sorted { one, other in
      let (first, second) = (columns[one].kind.isOfPerson, columns[other].kind.isOfPerson)
      if first != second { return first }
      return worth[one] != worth[other] ? worth[one] > worth[other] : one < other
    }
    return sorted.prefix(limit).sorted()
  }
}

extension ColumnKind {
  /// Whether it tells of a person by itself, and not what many have.
  fileprivate var isOfPerson: Bool {
    switch self {
    case .email, .phone, .handle, .givenName, .familyName, .fullName, .birthDate: true
    default: false
    }
  }
}
