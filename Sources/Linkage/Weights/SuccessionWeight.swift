import AccountModel
import Glibc

/// What it weighs that an account first wrote to somebody soon after that person had blocked another.
///
/// The wait from a block to the newcomer's first message has one density where both accounts have one controller,
/// and another where they have two:
///
///     same       returning  * returns(wait) + (1 - returning)  * chance
///     different  coinciding * returns(wait) + (1 - coinciding) * chance
///
/// `returns` is even on the scale of log time from a minute to ninety days, as waits before somebody tries again are
/// spread over all scales; `chance` is even over all the time in which it is known who wrote to the person who blocked:
/// where that is a week, whoever is new came within days of the block in any case. Beyond a year it is even no more, as
/// years in which more strangers write are among those in which few do. People of other accounts
/// come because of a block too: friends of whoever was blocked, those who were asked for help. `coinciding` is their part,
/// and it bounds the ratio at `returning / coinciding`, ten. Like all weights here these are proposals, set by reason and fitted
/// to nothing.
enum SuccessionWeight {
  /// P(a second account of one controller appears because the first was blocked).
  static let returning = 0.5
  /// P(an account of somebody else appears because another was blocked).
  static let coinciding = 0.05
  /// The shortest and the longest wait that counts as a return, in microseconds.
  static let waits: ClosedRange<Int64> = 60_000_000...90 * 86_400_000_000
  /// The longest time over which strangers are taken to come evenly, in microseconds.
  static let mostObserved: Int64 = 365 * 86_400_000_000
  /// Below this a return is not told from chance, and nothing is said.
  static let least = 0.1

  /// log10 of the likelihood ratio, to the hundredth; 0 for a wait that says little. A long wait does not speak against one
  /// controller: whoever is blocked may also stay away.
  static func log10LR(_ succession: LinkageInput.Succession) -> Double {
    guard succession.delay > 0, succession.delay <= waits.upperBound else { return 0 }
    let wait = Double(max(succession.delay, waits.lowerBound))
    let returns = 1 / (wait * Glibc.log(Double(waits.upperBound) / Double(waits.lowerBound)))
    let chance = 1 / Double(min(max(succession.observed, succession.delay, waits.lowerBound), mostObserved))
    let ratio =
      (returning * returns + (1 - returning) * chance) / (coinciding * returns + (1 - coinciding) * chance)
    let weight = (Glibc.log10(ratio) * 100).rounded() / 100
    return weight < least ? 0 : weight
  }

  /// Of two successions of a pair the one that weighs more; of equals the shorter wait, then that of the longer record, then
  /// the earlier records.
  static func weightier(
    _ one: LinkageInput.Succession, _ other: LinkageInput.Succession
  ) -> LinkageInput.Succession {
    let (left, right) = (log10LR(one), log10LR(other))
    if left != right { return left > right ? one : other }
    // Records are numbered in the order of imports.
    if one.delay != other.delay { return one.delay < other.delay ? one : other }
    if one.observed != other.observed { return one.observed > other.observed ? one : other }
    return other.references.lexicographicallyPrecedes(one.references) ? other : one
  }

  static func item(_ succession: LinkageInput.Succession) -> EvidenceItem {
    let others =
      switch succession.othersBetween {
      case 0: "nobody else"
      case 1: "one other account"
      default: "\(succession.othersBetween) other accounts"
      }
    return EvidenceItem(
      family: .succession, group: "succession", rule: "appeared-after-block", log10LR: 0,
      log10LRAlone: log10LR(succession),
      statement:
        "One was blocked, and \(KeyComparison.duration(succession.delay)) later whoever had blocked it got the first message on"
        + " record from the other (from \(others) in between, in \(KeyComparison.duration(succession.observed)) on record)."
        + " Friends of somebody who was blocked may write then as well, and so may somebody who was known before.",
      references: succession.references, refersToRecords: true)
  }
}
