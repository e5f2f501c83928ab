import AccountModel

extension KeyComparison {
  /// What a number or device weighs by when each of the two used it: both change hands.
  func succession(
    _ key: LinkageInput.Key, _ base: Double, _ shared: SharedKey, _ left: [LinkageInput.Sighting],
    _ right: [LinkageInput.Sighting],
    _ remark: inout String
  ) -> Double {
    guard let one = period(key.kind, shared.left, left), let other = period(key.kind, shared.right, right)
    else { return base }
    let gap = max(other.lowerBound - one.upperBound, one.lowerBound - other.upperBound)
    let areMoments = [isMoment(one, of: shared.left), isMoment(other, of: shared.right)]
    // How long who had it first kept it is not known where that is a moment. Who came later had it from a moment on.
    let isFormersMoment = one.lowerBound <= other.lowerBound ? areMoments[0] : areMoments[1]
    guard gap > (isFormersMoment ? WeightTable.recyclingGapOfMoments : WeightTable.recyclingGap) else {
      return base
    }
    remark +=
      areMoments.contains(true)
      ? "; the two are on record with it \(Self.duration(gap)) apart"
      : "; the periods of use lie \(Self.duration(gap)) apart"
    remark += ", so \(key.kind == .phone ? "the number" : "it") may have been given to someone else"
    return min(base, WeightTable.recycledCap)
  }

  /// Whether a time is all that is known of when an account had a key, as that of its registration: nothing shows it in use,
  /// and it was not seen with the key twice.
  private func isMoment(_ period: ClosedRange<Int64>, of account: AccountNode) -> Bool {
    input.accounts[Int(account.raw)].activity == nil && period.lowerBound == period.upperBound
  }

  /// When an account used a key: as long as it was active, and when it was seen with the key. Where it shows another value of
  /// the kind later it may have given this one up, and where it does before, not have had it yet: there only the times of the
  /// sightings tell. A subscriber's two numbers of one row are shown at once.
  private func period(
    _ kind: IdentifierKind, _ account: AccountNode, _ sightings: [LinkageInput.Sighting]
  ) -> ClosedRange<Int64>? {
    let times = sightings.compactMap(\.time)
    let activity = activity(of: account, with: kind)
    guard let first = times.min(), let last = times.max() else { return activity }
    guard let activity else { return first...last }
    let several = severalOfKind[OfKind(account: account, kind: kind)]
    let isFirst = several.map { $0.map { $0.lowerBound >= first } ?? false } ?? true
    let isLast = several.map { $0.map { $0.upperBound <= last } ?? false } ?? true
    let begin = isFirst ? min(first, activity.lowerBound) : first
    return begin...(isLast ? max(last, activity.upperBound) : last)
  }

  /// When an account was in use; with a number since it was registered, as returns and downloads have the logins of the last
  /// months alone. Nobody has one telephone for as long as an account.
  private func activity(of account: AccountNode, with kind: IdentifierKind) -> ClosedRange<Int64>? {
    let account = input.accounts[Int(account.raw)]
    guard kind == .phone, let activity = account.activity, let registered = account.registered else {
      return account.activity
    }
    return min(registered, activity.lowerBound)...activity.upperBound
  }
}
