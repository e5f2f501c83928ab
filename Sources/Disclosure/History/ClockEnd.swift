extension Clock {
  /// Whether it was stopped by what it waits for, and not by the end of the record or a deferral.
  ///
  /// - Parameters:
  ///   - passages: the states that its record passed through.
  ///   - occurrences: what happened of which the victim was to be told.
  public func isMet(_ passages: [DisclosureRecord.Passage], _ occurrences: [Occurrence]) -> Bool {
    guard let stop else { return false }
    let wanted: Set<DisclosureState>
    switch kind {
    case .decision: wanted = [.decidedDisclose, .decidedPartial, .deferred, .refused, .victimDeclined]
    case .delivery, .endToEnd: wanted = [.disclosed]
    case .deferralReview: wanted = [.underReview]
    case .correction: wanted = [.corrected]
    // These stop when the victim is told, which is what they wait for.
    case .right6, .protectionOrder: return true
    case .domesticViolenceScheme:
      wanted = [.disclosed]
      let isTold = occurrences.contains { one in
        one.kind == .schemeApplication && one.time == start && one.toldAt == stop
      }
      if isTold { return true }
    }
    return passages.contains { $0.time == stop && wanted.contains($0.state) }
  }
}
