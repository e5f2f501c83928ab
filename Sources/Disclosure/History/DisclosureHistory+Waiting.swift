/// Records that wait and of which no due date reminds.
extension DisclosureHistory {
  /// Since when something is left to do and no limit runs, in seconds since 1970 UTC: a clock stands, or what was deferred,
  /// refused or declined was taken up again, which no clock times. Nil for other records, and for those that were erased.
  public var unlimitedSince: Int64? {
    guard entries.contains(where: { $0.content != nil }) else { return nil }
    if let standing = pausesOfLines.last(where: { $0.pause.to == nil }) { return standing.pause.from }
    let open: Set<DisclosureState> = [.due, .underReview]
    let passages = passages
    guard open.contains(state), let ended = passages.lastIndex(where: { !open.contains($0.state) }) else {
      return nil
    }
    return passages.dropFirst(ended + 1).first?.time
  }

  /// Whether it waits so for longer than its rules let a deferral wait for a review.
  ///
  /// - Parameter now: seconds since 1970 UTC.
  public func waitsUnlimited(now: Int64) -> Bool {
    guard let since = unlimitedSince else { return false }
    return LondonTime.end(of: LondonTime.date(of: since).adding(rules.longestDeferral)) < now
  }
}
