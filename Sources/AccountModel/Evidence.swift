/// An independent family of evidence; within a family, correlated items are not added twice.
public enum EvidenceFamily: String, CaseIterable, Sendable, Codable, Hashable, Comparable {
  /// E-mail address or telephone number.
  case contact
  /// User names and display names.
  case handle
  /// Name, date of birth, address of a person.
  case person
  /// IP address, port and time.
  case network
  /// Device, installation, SIM or browser cookie.
  case device
  /// The source itself declares the link.
  case declaredLink = "declared-link"
  /// How they write.
  case style
  /// Both wrote the same, word for word.
  case sharedMessage = "shared-message"
  /// One appeared soon after the other was blocked.
  case succession

  /// Orders by name.
  public static func < (left: EvidenceFamily, right: EvidenceFamily) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// One item of evidence between two accounts.
///
/// The weight is log10 of a likelihood ratio between two propositions: that both accounts have the same
/// controller, and that they have different controllers. Positive supports the first, negative the second.
/// Source of the scale: ENFSI Guideline for Evaluative Reporting in Forensic Science, 2015.
public struct Evidence: Sendable, Codable, Hashable {
  /// The family that it belongs to.
  public let family: EvidenceFamily
  /// Name of the rule that found it, for example `email-equal`; stable.
  public let rule: String
  /// log10 of the likelihood ratio, after every cap and discount.
  public let log10LR: Double
  /// One sentence that a lay reader understands.
  public let statement: String
  /// The records it came from, as printable locators (file, member, line or offset or path), sorted.
  public let sources: [String]

  /// Makes an item of evidence.
  public init(family: EvidenceFamily, rule: String, log10LR: Double, statement: String, sources: [String]) {
    self.family = family
    self.rule = rule
    self.log10LR = log10LR
    self.statement = statement
    self.sources = sources
  }
}

/// Degrees of support on the ENFSI (2015) verbal scale; lower bounds inclusive, on max(LR, 1/LR).
public enum VerbalSupport: String, Sendable, Codable, CaseIterable {
  case none = "no meaningful support"
  case weak = "weak support"
  case moderate = "moderate support"
  case moderatelyStrong = "moderately strong support"
  case strong = "strong support"
  case veryStrong = "very strong support"
  case extremelyStrong = "extremely strong support"

  /// The degree for a log10 likelihood ratio of either sign.
  ///
  /// The bound is inclusive at the printed figure: a value within 1e-9 below a bound counts as on it.
  public init(log10LR: Double) {
    let magnitude = abs(log10LR) + 1e-9
    switch magnitude {
    case ..<0.301_029_995_663_981_2: self = .none
    case ..<1: self = .weak
    case ..<2: self = .moderate
    case ..<3: self = .moderatelyStrong
    case ..<4: self = .strong
    case ..<6: self = .veryStrong
    default: self = .extremelyStrong
    }
  }
}

/// What a human decided about two accounts.
public enum Judgement: String, Sendable, Codable, CaseIterable {
  case same
  case different
  case unsure
}
