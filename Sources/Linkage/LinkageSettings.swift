/// What a linkage run depends on besides its input; part of the run's hash.
public struct LinkageSettings: Sendable, Codable, Hashable {
  /// log10 of the likelihood ratio from which two accounts are linked.
  ///
  /// The default, 3, is where the ENFSI scale begins to speak of strong support.
  public var threshold = 3.0
  /// Accounts that share a key beyond which the key proposes no pairs; such keys are reported.
  public var postingCap = 50
  /// Name and version of the weights in `WeightTable`.
  public var weights = WeightTable.version

  /// The model by which writing was compared, and its domain; nil when it was not.
  public var writing: String?

  /// The defaults.
  public init() {}

  /// Raised whenever the same input and settings would give another result.
  public static let engineVersion = 14
}
