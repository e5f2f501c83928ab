public import AccountModel

/// One item of evidence between two accounts of a run, with the caller's numbers of what it came from.
public struct EvidenceItem: Sendable, Hashable {
  /// The family that it belongs to.
  public let family: EvidenceFamily
  /// Items of one correlation group say the same thing in different ways; only the strongest counts.
  public let group: String
  /// Stable name of the rule.
  public let rule: String
  /// Weight that counts towards the sum; 0 when a stronger item of its group stands for it.
  public let log10LR: Double
  /// Weight that the item would have alone.
  public let log10LRAlone: Double
  /// One sentence for a lay reader.
  public let statement: String
  /// The caller's numbers of sightings; of records for declared links and conversations.
  public let references: [Int64]
  /// Whether `references` are numbers of records.
  public let refersToRecords: Bool
}

/// All evidence between two accounts.
public struct PairEvidence: Sendable {
  /// The account of the lower position.
  public let left: AccountNode
  /// The account of the higher position.
  public let right: AccountNode
  /// Strongest first; items against come last.
  public let items: [EvidenceItem]
  /// Sum of the items' weights.
  public let log10LR: Double

  init(left: AccountNode, right: AccountNode, candidates: [EvidenceItem]) {
    self.left = left
    self.right = right
    var strongest: [String: Int] = [:]
    for (position, item) in candidates.enumerated() {
      if let known = strongest[item.group] {
        let rival = candidates[known]
        // Evidence against is not outweighed inside its group: the extreme of larger magnitude stands.
        if abs(item.log10LRAlone) > abs(rival.log10LRAlone) { strongest[item.group] = position }
      } else {
        strongest[item.group] = position
      }
    }
    var items: [EvidenceItem] = []
    for (position, item) in candidates.enumerated() {
      let counts = strongest[item.group] == position
      items.append(
        EvidenceItem(
          family: item.family, group: item.group, rule: item.rule,
          log10LR: counts ? item.log10LRAlone : 0, log10LRAlone: item.log10LRAlone,
          statement: item.statement, references: item.references, refersToRecords: item.refersToRecords))
    }
    items.sort {
      if $0.log10LR != $1.log10LR { return $0.log10LR > $1.log10LR }
      if $0.log10LRAlone != $1.log10LRAlone { return $0.log10LRAlone > $1.log10LRAlone }
      if $0.rule != $1.rule { return $0.rule < $1.rule }
      return $0.statement < $1.statement
    }
    self.items = items
    log10LR = items.reduce(0) { $0 + $1.log10LR }
  }
}
