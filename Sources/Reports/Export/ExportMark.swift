/// What stands on every export, so that a copy found anywhere says what it is and where it came from.
public struct ExportMark: Hashable, Sendable {
  /// Crime or incident reference of the case.
  public var caseReference: String
  /// The export's number in its case, from 1.
  public var number: Int
  /// Who made it: a member of staff by the name they sign in by, never a person behind an account.
  public var who: String
  /// Who approved it as the second person; nil where none was needed.
  public var approvedBy: String?
  /// Who is to have it.
  public var recipients: [String]
  /// When, as ISO 8601 in UTC.
  public var at: String
  /// Hash of the run that was exported.
  public var run: String
  /// What was done since the run that it depends on, a clause each; empty when it stands as it was made.
  public var changedSinceRun: [String]
  /// log10 of the likelihood ratio from which the run joined accounts.
  public var threshold: Double
  /// What the case was opened for.
  public var purpose: String
  /// Why this export was made.
  public var justification: String
  /// Name and version of the program.
  public var producer: String

  /// Makes a mark.
  public init(
    caseReference: String, number: Int, who: String, approvedBy: String? = nil, recipients: [String],
    at: String, run: String, changedSinceRun: [String] = [],
    threshold: Double, purpose: String, justification: String, producer: String
  ) {
    self.caseReference = caseReference
    self.number = number
    self.who = who
    self.approvedBy = approvedBy
    self.recipients = recipients
    self.at = at
    self.run = run
    self.changedSinceRun = changedSinceRun
    self.threshold = threshold
    self.purpose = purpose
    self.justification = justification
    self.producer = producer
  }

  /// What every output is labelled with.
  public static let label = "investigative lead"

  /// The mark in a few words, for every row of a table.
  public var short: String { "\(Self.label); \(caseReference); export \(number)" }

  /// The mark as a sentence or two.
  public var text: String {
    let approval = approvedBy.map { ", approved by \($0)" } ?? ""
    let stale =
      changedSinceRun.isEmpty
      ? "" : "Linking is older than the case: since then \(changedSinceRun.joined(separator: "; ")). "
    return
      "INVESTIGATIVE LEAD. Case \(caseReference), export \(number), by \(who)\(approval) at \(at) for \(recipients.joined(separator: ", ")). "
      + stale + Propositions.caution
  }
}

/// What every likelihood ratio here compares, and how it is put in words.
public enum Propositions {
  /// The proposition that a positive log10 LR supports.
  public static let same = "the two accounts have the same controller"
  /// The proposition that a negative one supports.
  public static let different = "the two accounts have different controllers"
  /// What must be said beside every ratio.
  public static let caution =
    "Each likelihood ratio (LR) says how much better the evidence fits one proposition (\(same)) than the other "
    + "(\(different)). It is no probability that the accounts have the same controller, names no person, and a "
    + "human decides."

  /// A ratio in words, with both propositions.
  ///
  /// - Parameters:
  ///   - log10LR: the ratio as printed.
  ///   - support: the words of the verbal scale for it.
  public static func reading(_ log10LR: String, isNegative: Bool, support: String) -> String {
    if support == "no meaningful support" {
      return
        "log10 LR \(log10LR): the evidence gives no meaningful support to either proposition, that \(same) or that \(different)."
    }
    let (one, other) = isNegative ? (different, same) : (same, different)
    return "log10 LR \(log10LR): \(support) for the proposition that \(one), against the one that \(other)."
  }
}
