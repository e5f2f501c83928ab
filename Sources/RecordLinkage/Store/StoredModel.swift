/// A `MatchModel` as far as pairs are scored by it.
struct StoredModel: Codable {
  private let model: MatchModel

  init(_ model: MatchModel) { self.model = model }

  /// The model. What it is described by in reports is left out.
  var matchModel: MatchModel { model }

  private enum CodingKeys: String, CodingKey {
    case prior, matches, weights, fieldCount, families, calibration
    case namingFields, trees, correction, null
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model.priorLog10Odds, forKey: .prior)
    try container.encode(model.matches, forKey: .matches)
    try container.encode(array: model.weights, .weights)
    try container.encode(model.fieldCount, forKey: .fieldCount)
    try container.encode(model.families, forKey: .families)
    try container.encodeIfPresent(model.calibration, forKey: .calibration)
    if let naming = model.naming {
      try container.encode(naming.fields, forKey: .namingFields)
      try container.encode(naming.trees, forKey: .trees)
      try container.encode(naming.correction, forKey: .correction)
    }
    if let null = model.null { try container.encode(StoredNull(null), forKey: .null) }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    var naming: NamingModel?
    if let fields = try container.decodeIfPresent([Int].self, forKey: .namingFields) {
      naming = NamingModel(
        fields: fields, trees: try container.decode(BoostedTrees.self, forKey: .trees),
        correction: try container.decode(MonotoneMap.self, forKey: .correction))
    }
    var model = MatchModel(
      priorLog10Odds: try container.decode(Double.self, forKey: .prior),
      matches: try container.decode(Double.self, forKey: .matches),
      weights: try container.array(.weights), m: Packed([]), u: Packed([]),
      fieldCount: try container.decode(Int.self, forKey: .fieldCount), naming: naming,
      null: try container.decodeIfPresent(StoredNull.self, forKey: .null)?.null,
      families: try container.decode(FieldFamilies.self, forKey: .families), pairsByKey: [], matchesByKey: [])
    model.calibration = try container.decodeIfPresent(MonotoneMap.self, forKey: .calibration)
    self.model = model
  }
}

/// A `NullModel`.
private struct StoredNull: Codable {
  let null: NullModel

  init(_ null: NullModel) { self.null = null }

  private struct Household: Codable {
    struct Joint: Codable {
      let fields: [Int]
      let sharing: Double
    }
    let share: Double
    let perMatch: Double
    let sharing: [Double]
    let surnames: StoredArray<Double>
    let joint: [Joint]
    let names: [Int]
    let single: [Int]
    let ratios: StoredArray<Float>
  }

  private enum CodingKeys: String, CodingKey {
    case fieldCount, keyCount, telling, different, relatives, sharing, household, base, own, common
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(null.fieldCount, forKey: .fieldCount)
    try container.encode(null.keyCount, forKey: .keyCount)
    try container.encode(null.telling, forKey: .telling)
    try container.encode(null.differentByKey, forKey: .different)
    try container.encode(null.relatives, forKey: .relatives)
    try container.encode(null.sharing, forKey: .sharing)
    try container.encode(array: null.base, .base)
    try container.encode(array: null.own, .own)
    try container.encode(array: null.common, .common)
    if let household = null.household {
      try container.encode(
        Household(
          share: household.share, perMatch: household.perMatch, sharing: household.sharing,
          surnames: StoredArray(household.surnames),
          joint: household.joint.map { .init(fields: $0.fields, sharing: $0.sharing) },
          names: household.names, single: household.single, ratios: StoredArray(household.ratios)),
        forKey: .household)
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let household = try container.decodeIfPresent(Household.self, forKey: .household).map {
      HouseholdClass(
        share: $0.share, perMatch: $0.perMatch, sharing: $0.sharing, surnames: $0.surnames.array,
        joint: $0.joint.map { ($0.fields, $0.sharing) }, names: $0.names, single: $0.single,
        ratios: $0.ratios.array)
    }
    null = NullModel(
      fieldCount: try container.decode(Int.self, forKey: .fieldCount),
      keyCount: try container.decode(Int.self, forKey: .keyCount),
      telling: try container.decode([Int].self, forKey: .telling),
      differentByKey: try container.decode([Double].self, forKey: .different),
      relatives: try container.decode([Double].self, forKey: .relatives),
      sharing: try container.decode([Double].self, forKey: .sharing), household: household,
      base: try container.array(.base), own: try container.array(.own), common: try container.array(.common))
  }
}
