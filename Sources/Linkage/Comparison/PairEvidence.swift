public import AccountModel

/// One item of evidence between two accounts of a run, with the caller's numbers of what it came from.
public struct EvidenceItem: Sendable, Hashable {
  /// The family that it belongs to.
  public let family: EvidenceFamily
  /// Items of one correlation group say the same thing in different ways; only the strongest counts.
  public let group: String
  /// Stable name of the rule.
  public let rule: String
  /// Weight that counts towards the sum; 0 when a stronger item of its group, or a stronger claim, stands for it.
  public let log10LR: Double
  /// Weight that the item would have if none stood for it.
  public let log10LRAlone: Double
  /// Whether it rests on what an account only claims. Whoever forges one claim forges others with it: of all claims
  /// between two accounts only the strongest counts.
  public let isClaimed: Bool
  /// One sentence for a lay reader.
  public let statement: String
  /// The caller's numbers of sightings; of records for declared links and conversations.
  public let references: [Int64]
  /// Whether `references` are numbers of records.
  public let refersToRecords: Bool

  init(
    family: EvidenceFamily, group: String, rule: String, log10LR: Double, log10LRAlone: Double,
    isClaimed: Bool = false, statement: String, references: [Int64], refersToRecords: Bool
  ) {
    self.family = family
    self.group = group
    self.rule = rule
    self.log10LR = log10LR
    self.log10LRAlone = log10LRAlone
    self.isClaimed = isClaimed
    self.statement = statement
    self.references = references
    self.refersToRecords = refersToRecords
  }

  /// The item in another correlation group.
  func inGroup(_ group: String) -> EvidenceItem {
    EvidenceItem(
      family: family, group: group, rule: rule, log10LR: log10LR, log10LRAlone: log10LRAlone,
      isClaimed: isClaimed, statement: statement, references: references, refersToRecords: refersToRecords)
  }

  /// The item, as one that says nothing between two whom names and dates of birth tell for two of one family.
  ///
  /// - Parameter names: what their names tell, which an item may say already.
  func weightless(names: String) -> EvidenceItem {
    let reason = statement.contains(names) ? "the" : "\(names), and the"
    return weighing(0, because: "As \(reason) dates of birth differ as well, it weighs nothing.")
  }

  /// The item with another weight, before it is known which items count.
  ///
  /// - Parameter reason: a sentence that the statement ends with.
  func weighing(_ weight: Double, because reason: String) -> EvidenceItem {
    EvidenceItem(
      family: family, group: group, rule: rule, log10LR: 0, log10LRAlone: weight, isClaimed: isClaimed,
      statement: "\(statement) \(reason)", references: references, refersToRecords: refersToRecords)
  }
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
    // From the strongest on, each counts unless one before it stands for it. Evidence against is not outweighed inside
    // its group: the extreme of larger magnitude stands.
    var groups: Set<String> = []
    var hasClaim = false
    var counting: Set<Int> = []
    let strongestFirst = candidates.indices.sorted { Self.standsBefore(candidates[$0], candidates[$1]) }
    for position in strongestFirst {
      let item = candidates[position]
      guard !groups.contains(item.group), !(item.isClaimed && hasClaim) else { continue }
      groups.insert(item.group)
      if item.isClaimed { hasClaim = true }
      counting.insert(position)
    }
    var items: [EvidenceItem] = []
    for (position, item) in candidates.enumerated() {
      items.append(
        EvidenceItem(
          family: item.family, group: item.group, rule: item.rule,
          log10LR: counting.contains(position) ? item.log10LRAlone : 0, log10LRAlone: item.log10LRAlone,
          isClaimed: item.isClaimed, statement: item.statement, references: item.references,
          refersToRecords: item.refersToRecords))
    }
    items.sort {
      if $0.log10LR != $1.log10LR { return $0.log10LR > $1.log10LR }
      if $0.log10LRAlone != $1.log10LRAlone { return $0.log10LRAlone > $1.log10LRAlone }
      if $0.rule != $1.rule { return $0.rule < $1.rule }
      return $0.statement < $1.statement
    }
    self.items = items
    log10LR = Self.sum(items)
  }

  /// Which of two items stands for the other, where one does. Of equals the very same value comes before what both come to,
  /// which says less to a reader, and then their words tell, as the order of keys is that of imports.
  private static func standsBefore(_ one: EvidenceItem, _ other: EvidenceItem) -> Bool {
    let (weight, otherWeight) = (abs(one.log10LRAlone), abs(other.log10LRAlone))
    if weight != otherWeight { return weight > otherWeight }
    if one.isClaimed != other.isClaimed { return other.isClaimed }
    let (isSame, otherIsSame) = (one.rule.hasSuffix("-equal"), other.rule.hasSuffix("-equal"))
    if isSame != otherIsSame { return isSame }
    return (one.rule, one.statement) < (other.rule, other.statement)
  }

  /// Sum of the weights of what speaks for one controller, without what speaks against.
  var supporting: Double { Self.sum(items.filter { $0.log10LR > 0 }) }

  /// Items have two decimals; their sum in binary would be printed with more.
  private static func sum(_ items: [EvidenceItem]) -> Double {
    (items.reduce(0) { $0 + $1.log10LR } * 100).rounded() / 100
  }
}
