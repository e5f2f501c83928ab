import AccountModel

extension KeyComparison {
  /// What a number or device weighs by when each of the two used it: both change hands.
  func succession(
    _ key: LinkageInput.Key, _ base: Double, _ shared: SharedKey, _ left: [LinkageInput.Sighting],
    _ right: [LinkageInput.Sighting],
    _ remark: inout String
  ) -> Double {
    guard let (one, isMoment) = period(key.kind, shared.left, left),
      let (other, isOtherMoment) = period(key.kind, shared.right, right)
    else { return base }
    let gap = max(other.lowerBound - one.upperBound, one.lowerBound - other.upperBound)
    // How long who had it first kept it is not known where that is a moment, and nothing shows the account in use. Who came
    // later had it from a moment on.
    let (former, isFormersMoment) =
      one.lowerBound <= other.lowerBound ? (shared.left, isMoment) : (shared.right, isOtherMoment)
    let isOpen = isFormersMoment && input.accounts[Int(former.raw)].activity == nil
    guard gap > (isOpen ? WeightTable.recyclingGapOfMoments : WeightTable.recyclingGap) else { return base }
    remark +=
      isMoment || isOtherMoment
      ? "; the two are on record with it \(Self.duration(gap)) apart"
      : "; the periods of use lie \(Self.duration(gap)) apart"
    remark += ", so \(key.kind == .phone ? "the number" : "it") may have been given to someone else"
    return min(base, WeightTable.recycledCap)
  }

  /// When an account used a key: as long as it was active, and when it was seen with the key. Where it shows another value of
  /// the kind later it may have given this one up, and where it does before, not have had it yet: there only the times of the
  /// sightings tell. A subscriber's two numbers of one row are shown at once. A time at which it was seen, as that of a
  /// registration, is a moment where it is all that is known.
  private func period(
    _ kind: IdentifierKind, _ account: AccountNode, _ sightings: [LinkageInput.Sighting]
  ) -> (times: ClosedRange<Int64>, isMoment: Bool)? {
    let times = sightings.compactMap(\.time)
    let activity = activity(of: account, with: kind)
    guard let first = times.min(), let last = times.max() else { return activity.map { ($0, false) } }
    guard let activity else { return (first...last, first == last) }
    let several = severalOfKind[OfKind(account: account, kind: kind)]
    let isFirst = several.map { $0.map { $0.lowerBound >= first } ?? false } ?? true
    let isLast = several.map { $0.map { $0.upperBound <= last } ?? false } ?? true
    let begin = isFirst ? min(first, activity.lowerBound) : first
    let end = isLast ? max(last, activity.upperBound) : last
    return (begin...end, begin == end && !(isFirst && isLast))
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
