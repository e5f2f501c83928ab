public import Stylometry

/// By which model, and in which domain, records are compared by what those behind them wrote.
public struct WritingSettings: Sendable {
  /// The model.
  public let model: StyleModel
  /// What kind of texts these are, of `StyleModel.domains`.
  public let domain: String

  /// Takes a model for use in a domain.
  ///
  /// - Throws: `StyleModelError.unknownDomain` when the model was not validated in that domain.
  public init(_ model: StyleModel, domain: String) throws(StyleModelError) {
    try model.require(domain: domain)
    self.model = model
    self.domain = domain
  }
}

/// What comparing texts added to a run.
public struct WritingFinding: Sendable, Hashable, Codable {
  /// The columns of the texts.
  public let columns: [String]
  /// The domain whose likelihood ratios were used.
  public let domain: String
  /// Records whose text was long enough to be measured.
  public let measuredRecords: Int
  /// Pairs that a likelihood ratio was added to.
  public internal(set) var weighedPairs: Int
  /// Why there was none for any pair, where the texts contradict the domain.
  public let remark: String?

  enum CodingKeys: String, CodingKey {
    case columns, domain, measuredRecords = "measured_records", weighedPairs = "weighed_pairs", remark
  }
}
