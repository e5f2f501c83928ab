import Foundation

/// Takes the weight of single pairs apart again. For reports: it compares pairs one by one.
struct PairExplainer {
  let plan: FieldPlan
  let blocking: BlockingPlan
  let model: MatchModel
  /// The columns as read, in the order in which records are compared.
  let columns: [Column]
  let order: RecordOrder
  private let writing: RecordWriting?
  private let workspace: Workspace
  /// By field: places in `columns` of what it looks at.
  private let columnsOfField: [[Int]]
  /// The column of whole names, which stand for the parts of a record that has none.
  private let wholeName: Int?

  init(
    plan: FieldPlan, blocking: BlockingPlan, model: MatchModel, columns: [Column], order: RecordOrder,
    writing: RecordWriting? = nil
  ) {
    self.writing = writing
    self.plan = plan
    self.blocking = blocking
    self.model = model
    self.columns = columns
    self.order = order
    workspace = Workspace(fields: plan.fields.count)
    wholeName = plan.decisions.madeName.flatMap { number in
      columns.firstIndex { $0.name == plan.findings[number].name }
    }
    let compared = Set(plan.findings.filter(\.isCompared).map(\.name))
    columnsOfField = plan.fields.map { field in
      Self.columns(of: field, among: columns, compared: compared, naming: plan.namingColumns)
    }
  }

  /// The columns that a field looks at, by its name, which lists them.
  private static func columns(
    of field: any ComparisonField, among columns: [Column], compared: Set<String>, naming: Set<String>
  ) -> [Int] {
    func places(_ wanted: (String) -> Bool) -> [Int] {
      columns.indices.filter { compared.contains(columns[$0].name) && wanted(columns[$0].name) }
    }
    let names = [field.name] + field.name.components(separatedBy: ", ")
    // A full name is compared by its parts.
    let found = places { name in names.contains { $0 == name || $0.hasPrefix(name + " (") } }
    return found.isEmpty ? places { naming.contains($0) } : found
  }

  /// The levels of a pair of places, by field.
  func levels(_ left: UInt32, _ right: UInt32) -> [UInt8] {
    var levels = [UInt8](repeating: 0, count: plan.fields.count)
    withUnsafePointer(to: left) { left in
      withUnsafePointer(to: right) { right in
        let pair = PairBatch(left: left, right: right, count: 1)
        levels.withUnsafeMutableBufferPointer { levels in
          guard let base = levels.baseAddress else { return }
          for (number, field) in plan.fields.enumerated() {
            field.compare(pair, into: base + number, workspace)
          }
        }
      }
    }
    return levels
  }

  /// The values of a place in some columns.
  func values(_ place: UInt32, _ numbers: [Int]) -> [String] {
    numbers.map { columns[$0].pool.string(Int(columns[$0].values[Int(place)])) }
  }

  /// Explains a pair of places with its weight.
  func explain(_ pair: ScoredPair, isJoined: Bool) -> PairExplanation {
    let levels = levels(pair.left, pair.right)
    let isTurned = order.recordAt[Int(pair.left)] > order.recordAt[Int(pair.right)]
    let (first, second) = isTurned ? (pair.right, pair.left) : (pair.left, pair.right)
    let sharesNamingKey = blocking.firstKey(of: Int(pair.left), Int(pair.right)) < model.families.namingKeys
    var steps: [PairExplanation.Step] = []
    var silent: [PairExplanation.Comparison] = []
    // What another field weighed, as a name found in a handle, says something.
    let weighed = Set(
      columnsOfField.indices.filter { levels[$0] != Level.missing }.flatMap { columnsOfField[$0] })
    var sum: Float = 0
    for step in model.steps(sharesNamingKey: sharesNamingKey, { Int(levels[$0]) }) {
      sum += step.weight
      let silentFields = step.fields.filter { levels[$0] == Level.missing }
      silent += silentFields.map { comparison($0, Int(levels[$0]), first, second, besides: weighed) }
        .filter { $0.left.isEmpty != $0.right.isEmpty }
      let comparisons = step.fields.filter { levels[$0] != Level.missing }
        .map { comparison($0, Int(levels[$0]), first, second) }
      if comparisons.isEmpty, abs(step.weight) < 0.005 { continue }
      steps.append(PairExplanation.Step(comparisons: comparisons, log10LR: Double(step.weight)))
    }
    if let step = writing?.step(Int(order.recordAt[Int(first)]), Int(order.recordAt[Int(second)])) {
      sum += Float(step.log10LR)
      steps.append(step)
    }
    steps.sort { $0.log10LR != $1.log10LR ? $0.log10LR > $1.log10LR : false }
    let rest = Double(pair.log10LR) - Double(sum)
    if abs(rest) >= 0.005 { steps.append(PairExplanation.Step(comparisons: [], log10LR: rest)) }
    return PairExplanation(
      left: Int(order.recordAt[Int(first)]), right: Int(order.recordAt[Int(second)]),
      log10LR: Double(pair.log10LR), isJoined: isJoined, steps: steps, silent: silent)
  }

  /// How a field compares two places, with their values in its columns, `besides` some.
  private func comparison(
    _ field: Int, _ level: Int, _ left: UInt32, _ right: UInt32, besides others: Set<Int> = []
  ) -> PairExplanation.Comparison {
    let numbers = columnsOfField[field].filter { !others.contains($0) }
    var agreement = MatchModel.agreement(plan.fields[field], level)
    if (plan.fields[field] as? ValueField)?.isExchanged(Int(left), Int(right)) ?? false {
      agreement += ", given and family exchanged"
    }
    return PairExplanation.Comparison(
      field: plan.fields[field].name, agreement: agreement,
      frequency: MatchModel.frequency(plan.fields[field], level),
      left: shown(left, numbers, field, level), right: shown(right, numbers, field, level))
  }

  /// The values of a place that a field looked at.
  private func shown(_ place: UInt32, _ numbers: [Int], _ field: Int, _ level: Int) -> [String] {
    let shown = values(place, numbers).filter { !$0.isEmpty }
    guard shown.isEmpty, level != Level.missing, let wholeName,
      plan.namingColumns.contains(plan.fields[field].name)
    else { return shown }
    return values(place, [wholeName]).filter { !$0.isEmpty }
  }
}

extension MatchModel {
  /// The steps by which the weight of a pair comes about: fields and what they add. Fields that are weighed together
  /// are one step.
  func steps(sharesNamingKey: Bool, _ level: (Int) -> Int) -> [(fields: [Int], weight: Float)] {
    func alone(_ field: Int) -> Float { weights[field * Level.count + level(field)] }
    var steps = families.single.map { (fields: [$0], weight: alone($0)) }
    steps += families.joint.map { (fields: $0.fields, weight: $0.weight(weights, level)) }
    let naming = families.names + families.handles
    if naming.isEmpty { return steps }
    let together: Float
    if let model = self.naming, sharesNamingKey {
      together = Float(model.logOdds(level) / 2.302585093 - priorLog10Odds)
    } else {
      together = families.namingWeight(weights, level)
    }
    let plain = naming.reduce(Float(0)) { $0 + alone($1) }
    if abs(plain - together) < 0.0005 {
      steps += naming.map { (fields: [$0], weight: alone($0)) }
    } else {
      steps.append((fields: naming, weight: together))
    }
    return steps
  }

  /// How a field agrees at a level, in words.
  static func agreement(_ field: any ComparisonField, _ level: Int) -> String {
    switch level {
    case Int(Level.missing): return "not known of both"
    case Int(Level.different): return "different"
    default:
      let code = Level.code(level)
      return code < field.codeNames.count ? field.codeNames[code] : "level \(level)"
    }
  }

  /// How many records hold a value of a level of agreement; nil where levels do not tell.
  static func frequency(_ field: any ComparisonField, _ level: Int) -> ClosedRange<Int>? {
    guard level > Int(Level.different), field.ownWeights == nil else { return nil }
    let bucket = (level - 2) % Level.buckets
    return bucket == Level.buckets - 1 ? 1 << bucket...Int.max : 1 << bucket...(2 << bucket) - 1
  }
}
