import Charts

/// That pairs which were taken for one person may be two people of one home.
///
/// In a table without names and dates of birth an e-mail address or a handle tells the people of a home apart, and pairs of
/// one origin are held to agree in it (`LevelEstimates`). Where a home's number is all that most people have, the class that
/// fits best is that of a home all the same: then pairs taken for one person differ in address or handle nearly as often as
/// they are held to.
public struct HouseholdDoubt: Sendable, Hashable {
  /// Pairs of one person that differ in an address or handle more often than this are doubted.
  static let mostDiffering = 0.25

  /// The column of e-mail addresses or handles in which most of the pairs differ.
  public let column: String
  /// Of the pairs taken for one person where both have a value there, the share that differ in it.
  public let differing: Double

  /// What a reader of the result must know, in words, with the number.
  public var remark: String {
    "\(Figure.percent(differing)) of the pairs taken for one person differ in \(column), and no name or date of birth tells people apart: these may be households; look before you rely on them"
  }

  /// Nil where nothing is to be doubted.
  init?(_ fields: [any ComparisonField], of columns: [ColumnFinding], _ model: MatchModel) {
    let kinds = Set(columns.lazy.filter(\.isCompared).map(\.kind))
    guard kinds.isDisjoint(with: [.givenName, .fullName, .birthDate]),
      !kinds.isDisjoint(with: [.phone, .postcode])
    else { return nil }
    // Addresses and handles alone have a surname in them.
    let own = fields.indices.filter { fields[$0].ownWeights == nil && !fields[$0].surnameCodes.isEmpty }
    func share(_ field: Int) -> Double { model.m[field * Level.count + Int(Level.different)] }
    guard let field = own.max(by: { share($0) < share($1) }), share(field) > Self.mostDiffering
    else { return nil }
    (column, differing) = (fields[field].name, share(field))
  }
}
