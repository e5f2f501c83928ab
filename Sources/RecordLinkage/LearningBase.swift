/// The records that a run learns from: what columns hold, which keys bring records together, the weights and the
/// threshold.
///
/// They are the first ones of the table, as many as its number of records comes to when all but its four highest binary
/// digits are taken for 0: of a million the first 983,040, and never fewer than eight ninths. So records that are added
/// to a large table mostly change nothing of what was learnt, and a result can be brought up to date without being made
/// anew; when the number reaches the next step, everything is learnt again. A record behind the base is compared like any
/// other. Values that the base does not have count as seen once.
enum LearningBase {
  /// Binary digits that are kept.
  private static let digits = 4

  /// Records of the base among `records`, where a table of so many has one; else all of them.
  static func records(of records: Int, settings: ResolveSettings) -> Int {
    guard records >= settings.fewestForBase else { return records }
    let width = Int.bitWidth - records.leadingZeroBitCount
    let dropped = max(width - digits, 0)
    return (records >> dropped) << dropped
  }
}
