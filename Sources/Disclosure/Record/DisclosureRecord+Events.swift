/// What is recorded without a change of state.
extension DisclosureRecord {
  /// Clocks that a force may let stand. The law gives the others no pause.
  public static let pausable: Set<ClockKind> = [.decision, .delivery]

  /// Takes a step, or records what changes no state.
  ///
  /// - Parameters:
  ///   - who: the member of staff.
  ///   - time: seconds since 1970 UTC.
  ///   - circumstances: what is known.
  /// - Throws: `Refusal`; the record is then as it was.
  public func taking(
    _ event: DisclosureEvent, by who: StaffMember, at time: Int64, _ circumstances: Circumstances
  ) throws(Refusal) -> Outcome {
    if case .step(let step) = event { return try taking(step, by: who, at: time, circumstances) }
    var next = self
    switch event {
    case .step, .heldBack:
      throw .notNow(event.action, state: state.rawValue, why: "it only begins a record")
    case .requesterCheck(_, let how):
      try who.needsOne(of: [.analyst, .reviewer, .decider, .discloser])
      try Missing.check(to: event.action, [(how, "how it was checked who asks")])
    case .pause(let kind, let reason):
      try notForCharity(event)
      try who.needs(.decider)
      try Missing.check(to: event.action, [(reason, "the reason")])
      guard Self.pausable.contains(kind) else {
        throw .notNow(event.action, state: state.rawValue, why: "the clock \(kind.rawValue) has no pause")
      }
      guard let clock = clocks.last(where: { $0.kind == kind }), clock.stop == nil, clock.start <= time else {
        throw .notNow(event.action, state: state.rawValue, why: "the clock \(kind.rawValue) does not run")
      }
      if isPaused(kind) {
        throw .notNow(event.action, state: state.rawValue, why: "the clock \(kind.rawValue) stands already")
      }
      next.pauses.append(ClockPause(kind, Clock.Pause(from: time, to: nil, reason: reason)))
    case .resume(let kind):
      try notForCharity(event)
      try who.needs(.decider)
      guard isPaused(kind) else {
        throw .notNow(event.action, state: state.rawValue, why: "the clock \(kind.rawValue) does not stand")
      }
      next.endPauses(of: kind, at: time)
    case .occurrence(let kind, let at):
      try notForCharity(event)
      try who.needsOne(of: [.analyst, .decider, .discloser])
      if at > time { throw .dateOutOfRange(what: "the \(kind.rawValue)", why: "it lies in the future") }
      next.occurrences.append(Occurrence(kind, at: at))
    case .told(let kind, let at, let how):
      try notForCharity(event)
      try who.needs(.discloser)
      try Missing.check(to: event.action, [(how, "how the victim was told")])
      guard occurrences.contains(where: { $0.kind == kind && $0.toldAt == nil }) else {
        throw .notNow(event.action, state: state.rawValue, why: "no \(kind.rawValue) is left to be told of")
      }
      guard at <= time, let place = Occurrence.told(kind, at: at, among: occurrences) else {
        throw .dateOutOfRange(
          what: "the time of telling", why: "it lies before the \(kind.rawValue), or in the future")
      }
      next.occurrences[place].toldAt = at
    }
    return Outcome(record: next, withheld: nil)
  }

  /// Whether a clock stands.
  public func isPaused(_ kind: ClockKind) -> Bool {
    pauses.contains { $0.clock == kind && $0.pause.to == nil }
  }

  private func notForCharity(_ event: DisclosureEvent) throws(Refusal) {
    if authority == .charity { throw .notFor(.charity, step: event.action) }
  }

  /// Ends the pauses of a clock, or of each clock that a step has stopped.
  mutating func endPauses(of kind: ClockKind? = nil, at time: Int64) {
    let running = Set(clocks.filter { $0.stop == nil }.map(\.kind))
    pauses = pauses.map { one in
      guard one.pause.to == nil, kind.map({ $0 == one.clock }) ?? !running.contains(one.clock) else {
        return one
      }
      return ClockPause(
        one.clock, Clock.Pause(from: one.pause.from, to: max(time, one.pause.from), reason: one.pause.reason))
    }
  }
}
