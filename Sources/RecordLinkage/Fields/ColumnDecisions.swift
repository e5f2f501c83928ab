/// What the columns of a table were taken for, and which of them are compared: all that a plan of fields decides by
/// looking at many records, so that fields for other records can be made in the same way.
struct ColumnDecisions: Sendable, Hashable, Codable {
  /// By column, what it holds.
  let kinds: [ColumnKind]
  /// The columns that are compared, in their order.
  let compared: [Int]
  /// A full name that is made of columns of its own, but for some words.
  let madeName: Int?
  /// By column of dates of birth, how they are written.
  let dateLayouts: [Int: DateLayout]
  /// Whether names, handles and addresses must be weighed without other columns that could teach how.
  let tellsOfIdentityAlone: Bool
  /// Of the columns that are compared, those whose values the people of one home share (`HomeColumns`).
  let homes: Set<Int>
  /// Whether the words beside given and family name are compared; nil until the names were read.
  var comparesOtherWords: Bool?

  /// Decides by the records that the columns count; their kinds are known.
  init(_ columns: [Column]) {
    let columns = columns.map(\.ofCounted)
    kinds = columns.map(\.kind)
    let choice = ColumnChoice(columns)
    madeName = choice.madeName
    var byKind: [ColumnKind: [Column]] = [:]
    var layouts: [Int: DateLayout] = [:]
    homes = HomeColumns.find(columns, among: choice.compared)
    for number in choice.compared {
      let column = columns[number]
      byKind[HomeColumns.kind(column.kind, isOfHome: homes.contains(number)), default: []].append(column)
      if column.kind == .birthDate {
        layouts[number] = DateLayout(of: column.pool, stated: column.dateOrder)
      }
    }
    dateLayouts = layouts
    tellsOfIdentityAlone = FieldPlan.tellsOfIdentityAlone(byKind)
    let echoes = tellsOfIdentityAlone ? [] : Self.echoes(columns, choice)
    let telling = choice.compared.filter { !echoes.contains($0) }
    // Where all else is a home's, records of a home that agree in what many have would be the class of one person.
    let areHomes = FieldPlan.areHomesAlone(Set(telling.map { columns[$0].kind }))
    compared = areHomes ? telling.filter { !FieldPlan.isCommon(columns[$0]) } : telling
  }

  /// Full names beside those of the same people that are compared, which would count twice.
  private static func echoes(_ columns: [Column], _ choice: ColumnChoice) -> Set<Int> {
    let kinds = columns.map(\.kind)
    func all(_ kind: ColumnKind) -> [Int] { choice.compared.filter { kinds[$0] == kind } }
    let areParts = !all(.givenName).isEmpty && !all(.familyName).isEmpty
    let others = all(.fullName).dropFirst(areParts ? 0 : 1).filter { $0 != choice.madeName }
    if others.isEmpty { return [] }
    let own = OwnNames(columns, kinds, among: choice.compared)
    return Set(others.filter(own.isEcho))
  }
}
