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

  /// Ages beside the dates of birth of the same people, which say them.
  private static func agesBesideBirths(_ columns: [Column], among numbers: [Int]) -> Set<Int> {
    let births = numbers.filter { columns[$0].kind == .birthDate }
    return Set(
      numbers.filter { age in
        columns[age].kind == .age
          && births.contains { birth in
            ColumnNames.owner(columns[birth].name) == ColumnNames.ownerOfAge(columns[age].name)
              && areKnown(columns[age], with: columns[birth])
          }
      })
  }

  /// Whether nearly all records that have a value in a column have one in another as well.
  private static func areKnown(_ column: Column, with other: Column) -> Bool {
    let known = (0..<column.values.count).filter { column.values[$0] != 0 }
    let both = known.count { other.values[$0] != 0 }
    return Double(both) >= ColumnDependence.leastFilled * Double(known.count)
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
