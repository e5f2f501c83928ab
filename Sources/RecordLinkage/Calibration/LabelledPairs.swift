/// Pairs of records of which it is known whether they are of one origin, to put probabilities right by.
///
/// They should be drawn from all scores at which pairs are to be told apart, without regard to the answer: the share of
/// matches among them is taken as that of all pairs of their score.
public struct LabelledPairs: Sendable {
  /// The pairs, each once, by record.
  public let pairs: [RecordJudgements.Judgement]

  /// No pairs.
  public init() { pairs = [] }

  /// Reads a CSV file with the columns id_l, id_r and label: same or 1, different or 0. Lines with unsure, or nothing,
  /// are passed over, and so are other columns.
  ///
  /// - Throws: what is wrong and in which line; `.oneClass` unless both labels occur.
  public init(path: String, for table: Table) throws(JudgementError) {
    pairs = try RecordJudgements(path: path, columns: RecordJudgements.labelColumns, for: table).judgements
    guard let first = pairs.first else { throw .oneClass(file: path, isSame: nil) }
    if !pairs.contains(where: { $0.isSame != first.isSame }) {
      throw .oneClass(file: path, isSame: first.isSame)
    }
  }
}
