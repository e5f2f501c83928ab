import Disclosure

/// Breaches that the rules would have refused, put into a few records; each is noted under the check that must find it.
struct PlantedBreaches {
  private var random: SeededRandom
  /// Case and id by check.
  private(set) var planted: [String: [String]] = [
    "decider-is-analyst": [], "told-before-confirmation": [], "refusal-without-second-person": [],
    "outside-log": [], "unreplayable": [], "withdrawn-without-correction": [],
  ]

  init(random: SeededRandom) { self.random = random }

  mutating func plant(in told: ForceCorpus.Told) -> ForceCorpus.Told {
    let history = told.history
    let draw = random.below(1_000)
    let name = "\(told.caseReference) \(history.id)"
    let entries = history.entries
    func place(_ matches: (DisclosureEntry) -> Bool) -> Int? { entries.firstIndex(where: matches) }
    var changed = entries
    var basis = history.basis
    switch draw {
    case ..<6:
      let decisions: Set<DisclosureState> = [.decidedDisclose, .decidedPartial, .deferred, .refused]
      let acts: Set<String> = ["decide", "decide-in-part", "defer", "refuse"]
      guard let at = place({ decisions.contains($0.state) && acts.contains($0.action) }),
        let content = entries[at].content
      else { return told }
      var known = content.circumstances
      known.analysts.insert(entries[at].who)
      changed[at] = entries[at].with(
        content: DisclosureEntry.Content(event: content.event, who: content.who, circumstances: known))
      note("decider-is-analyst", name)
      note("unreplayable", name)
    case ..<12:
      guard let at = place({ $0.action == "deliver" }) else { return told }
      // Half were never confirmed in time, half had ceased to hold.
      basis =
        random.chance(0.5)
        ? .init(id: basis.id, confirmedAt: entries[at].time + 3_600, endedAt: nil)
        : .init(id: basis.id, confirmedAt: basis.confirmedAt, endedAt: entries[at].time - 3_600)
      note("told-before-confirmation", name)
      if basis.endedAt != nil, !Self.isCorrected(entries) { note("withdrawn-without-correction", name) }
    case ..<60:
      guard let at = place({ $0.action == "refuse" }), let content = entries[at].content,
        case .step(.refuse(let denial)) = content.event
      else { return told }
      let event = DisclosureEvent.step(
        .refuse(
          .init(
            reason: denial.reason, rationale: denial.rationale, approver: content.who,
            routeOfChallenge: denial.routeOfChallenge)))
      changed[at] = entries[at].with(
        content: .init(event: event, who: content.who, circumstances: content.circumstances))
      note("refusal-without-second-person", name)
      note("unreplayable", name)
    case ..<66:
      guard !entries.isEmpty else { return told }
      let at = random.below(entries.count)
      let entry = entries[at]
      changed[at] = DisclosureEntry(
        action: entry.action, state: entry.state, time: entry.time, recordedAt: entry.recordedAt,
        who: entry.who,
        isLogged: false, content: entry.content)
      note("outside-log", name)
    case ..<72:
      guard !entries.isEmpty else { return told }
      let at = random.below(entries.count)
      changed[at] = entries[at].with(content: nil)
      note("unreplayable", name)
    case ..<78:
      // The identification fell an hour after the victim was told of it, and nobody told them that.
      guard let at = place({ $0.action == "deliver" }), !Self.isCorrected(entries) else { return told }
      basis = .init(id: basis.id, confirmedAt: basis.confirmedAt, endedAt: entries[at].time + 3_600)
      note("withdrawn-without-correction", name)
    default: return told
    }
    return ForceCorpus.Told(
      caseReference: told.caseReference,
      history: DisclosureHistory(
        id: history.id, basis: basis, parent: history.parent, unit: history.unit,
        authority: history.authority,
        rules: history.rules, isEnhanced: history.isEnhanced, entries: changed))
  }

  /// Whether an error became known, so that a correction is due or was made.
  private static func isCorrected(_ entries: [DisclosureEntry]) -> Bool {
    entries.contains { $0.state == .correctionDue }
  }

  private mutating func note(_ check: String, _ name: String) { planted[check, default: []].append(name) }
}

extension DisclosureEntry {
  /// The same line with another content.
  fileprivate func with(content: Content?) -> DisclosureEntry {
    DisclosureEntry(
      action: action, state: state, time: time, recordedAt: recordedAt, who: who, isLogged: isLogged,
      content: content)
  }
}
