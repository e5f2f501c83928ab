/// How far probabilities rest on what is known of homes in general (`HomeSizes`), as the table does not tell the people of
/// one home apart.
public enum HomeDoubt: Sendable, Hashable {
  /// No column is of one person alone.
  case noColumn
  /// Only these columns are, of e-mail addresses, handles or ages; of them a person may have several.
  case columns([String])

  /// Fewer pairs of two people of one home than this, for each pair of one person, are not worth a word.
  static let fewestPairs = 0.05

  /// Nil where given names or dates of birth tell people apart, or next to nobody shares a home.
  init?(_ plan: FieldPlan, _ model: MatchModel) {
    if plan.isOfHomesAlone {
      self = .noColumn
      return
    }
    let kinds = plan.findings.lazy.filter(\.isCompared).map(\.kind)
    guard let household = model.null?.household, household.perMatch >= Self.fewestPairs,
      !kinds.contains(where: { [.givenName, .fullName, .birthDate].contains($0) })
    else { return nil }
    self = .columns(TellingFields.find(plan.fields).map { plan.fields[$0].name })
  }

  /// The columns that tell the people of one home apart.
  public var columns: [String] {
    switch self {
    case .noColumn: []
    case .columns(let names): names
    }
  }

  /// What a reader of the result must know, and what to do.
  public var remark: String {
    switch self {
    case .noColumn:
      "no column is of one person alone: of two records that share a home and its number about one pair in three is one person, as far as homes in general go, and that is the probability they are given; compare a given name, a date of birth or an e-mail address as well, or give pairs that are known with --labels"
    case .columns(let names):
      "only \(names.joined(separator: ", ")) \(names.count == 1 ? "tells" : "tell") the people of one home apart: the probability of records of one home that differ in it, or have none, rests on what is known of homes in general; compare a given name or a date of birth as well, or give pairs that are known with --labels"
    }
  }
}
