import AccountModel
import Glibc

/// What it weighs that two accounts wrote the same sixty letters or more, word for word.
///
/// Of one controller one account in ten or so repeats what another wrote: a threat that is sent again from a new account. Of
/// two it is copied or passed on, or stands in something that many send. As with identifiers that is rarer the fewer
/// wrote it (`KindWeight`). Anybody can repeat what they read, so it weighs +1 at the most, and +.5 where it stood in public.
/// Proposals as all weights here, set by reason and fitted to nothing.
enum RepetitionWeight {
  static let weight = KindWeight(m: 0.1, coincidence: 2e-3, sharing: 0.5, cap: 1)
  /// Largest weight of what anybody could read.
  static let publicCap = 0.5

  /// log10 of the likelihood ratio, to the hundredth, at least 0.
  ///
  /// - Parameters:
  ///   - posters: accounts that wrote it.
  ///   - accounts: of the case.
  static func log10LR(posters: Int, accounts: Int, isPublic: Bool) -> Double {
    let sharing = HolderSharing.part(prior: weight.sharing, holders: posters)
    let spread = sharing * Double(max(posters - 1, 0)) / (Double(accounts) + WeightTable.outsideAccounts)
    let ratio = weight.m / min(1, weight.coincidence + spread)
    return max(0, (min(Glibc.log10(ratio), isPublic ? publicCap : weight.cap) * 100).rounded() / 100)
  }

  /// `isPose`: whether it is of what whoever takes another's name takes with it.
  static func item(
    _ repetition: LinkageInput.Repetition, _ input: LinkageInput, isPose: Bool
  ) -> EvidenceItem {
    let ends = [repetition.left, repetition.right]
    let place = repetition.isPublic ? ", where others could read it" : ""
    return EvidenceItem(
      family: .sharedMessage, group: isPose ? KeyComparison.names : "shared-message", rule: "same-words",
      log10LR: 0,
      log10LRAlone: log10LR(
        posters: repetition.posters, accounts: input.accounts.count, isPublic: repetition.isPublic),
      // Whoever forges `From` forges the rest of the mail with it.
      isClaimed: ends.contains { input.accounts[Int($0.raw)].platform == .email },
      statement:
        "Both wrote the same, word for word (\(VisibleText.quote(repetition.text)), written by \(repetition.posters) of"
        + " \(input.accounts.count) accounts\(place)). Whoever passes on another's words does so as well.",
      references: repetition.references, refersToRecords: true)
  }
}
