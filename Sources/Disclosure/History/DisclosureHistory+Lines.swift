/// Occurrences and pauses as the lines tell them, whether or not the rules accept every line.
///
/// An auditor's figures must not lose what happened because somebody broke a rule: that is when they are wanted most.
extension DisclosureHistory {
  /// What happened of which the victim is to be told, with when that was done.
  public var occurrences: [Occurrence] {
    var found: [Occurrence] = []
    for entry in entries {
      switch entry.content?.event {
      case .occurrence(let kind, let at): found.append(Occurrence(kind, at: at))
      case .told(let kind, let at, _):
        if let place = Occurrence.told(kind, at: at, among: found) { found[place].toldAt = at }
      default: break
      }
    }
    return found
  }

  /// A pause ends when the clock is resumed, or with the step that stops the clock.
  ///
  /// Which clock stood is content. Where that was erased the states tell: before the first decision none but its clock can
  /// have been paused, and none but the delivery's after it.
  var pausesOfLines: [ClockPause] {
    var found: [ClockPause] = []
    var pausable = ClockKind.decision
    func end(_ kind: ClockKind, at time: Int64) {
      found = found.map { one in
        guard one.clock == kind, one.pause.to == nil else { return one }
        return ClockPause(
          kind, Clock.Pause(from: one.pause.from, to: max(time, one.pause.from), reason: one.pause.reason))
      }
    }
    for entry in entries {
      switch (entry.action, entry.content?.event) {
      case (_, .pause(let kind, let reason)):
        found.append(ClockPause(kind, Clock.Pause(from: entry.time, to: nil, reason: reason)))
      case (_, .resume(let kind)): end(kind, at: entry.time)
      case ("pause", nil):
        found.append(ClockPause(pausable, Clock.Pause(from: entry.time, to: nil, reason: "erased")))
      case ("resume", nil): end(pausable, at: entry.time)
      default:
        guard Self.changesState(entry.action) else { continue }
        let state = entry.state
        if state.isDecision || state == .victimDeclined || state == .closed {
          end(.decision, at: entry.time)
          pausable = .delivery
        }
        if state == .disclosed || state == .deferred || state == .closed { end(.delivery, at: entry.time) }
      }
    }
    return found
  }
}
