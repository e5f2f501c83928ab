/// The order in which the engine holds columns: by what they hold, dates of birth before all else as nothing tells more,
/// the fullest first, then by name. Of columns of names, and of dates of birth, those of the people whom the records are of
/// come first, as those of a caseworker or a parent may be the fuller ones (`OwnNames`).
///
/// Fields and keys are numbered in it, and a number decides: which key makes a pair that several would make, which of
/// several columns of given names goes with the family names, in which order numbers are added up. In the order of the
/// table, the same records with their columns exchanged would be other clusters.
struct ColumnOrder {
  /// By place in the engine, the number of the column in the table.
  private let numberAt: [Int]

  /// Sorts columns, whose kinds are known, of the records counted alone (`Column.ofCounted`).
  init(_ columns: [Column]) {
    let places = Dictionary(
      uniqueKeysWithValues: ColumnKind.allCases.enumerated().map { ($0.element, $0.offset) })
    let kinds = columns.map { $0.kind == .birthDate ? -1 : places[$0.kind] ?? places.count }
    let ranks = OwnNames.ranks(columns, columns.map(\.kind))
    numberAt = columns.indices.sorted { one, other in
      if kinds[one] != kinds[other] { return kinds[one] < kinds[other] }
      guard let first = ranks[one], let second = ranks[other] else {
        return columns[one].precedes(columns[other])
      }
      return first.precedes(second)
    }
  }

  /// Something by column of the table, in the order of the engine.
  func ordered<Element>(_ elements: [Element]) -> [Element] { numberAt.map { elements[$0] } }

  /// Something by place in the engine, in the order of the table.
  func inTable<Element>(_ elements: [Element]) -> [Element] {
    var places = numberAt
    for (place, number) in numberAt.enumerated() { places[number] = place }
    return places.map { elements[$0] }
  }
}
