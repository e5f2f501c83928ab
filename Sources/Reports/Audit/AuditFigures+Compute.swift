public import Disclosure

extension AuditFigures {
  /// Computes the figures.
  ///
  /// - Parameters:
  ///   - input: what is reported on.
  ///   - now: the instant for which they hold, in seconds since 1970 UTC; a clock that started later is left out.
  ///   - holidays: bank holidays of England and Wales, for disclosures that come without those of their case.
  public init(_ input: AuditMaterial, now: Int64, _ holidays: BankHolidays) {
    var all = Tally(unit: "all units")
    var units: [String: Tally] = [:]
    var unreplayable: [String] = []
    var beyond: [String] = []
    var withoutLimit: [String] = []
    var checks = MustBeZero()
    for told in input.disclosures {
      let history = told.history
      let unit = history.unit.isEmpty ? "no unit" : history.unit
      let dates = history.timed(now: now, told.holidays ?? holidays).map { clock, due in
        TimedClock(clock: clock, due: due.map(\.due))
      }
      // By a date that cannot be told nothing is in time, late or overdue; the reader is told which.
      if dates.contains(where: \.isBeyondCalendar) { beyond.append(told.name) }
      all.add(history, dates, now: now)
      units[unit, default: Tally(unit: unit)].add(history, dates, now: now)
      if history.problem != nil { unreplayable.append(told.name) }
      if history.waitsUnlimited(now: now) { withoutLimit.append(told.name) }
      checks.add(told)
    }
    for identified in input.identifications { checks.add(identified) }
    asAt = now
    // Cases keep their rule sets each for itself: two forces may call different limits by one name.
    ruleSets = Self.names(input.disclosures.map(\.history.rules), of: "rule sets", by: \.version)
    // So do they their calendars. Where nothing is timed the given one stands for all.
    let calendars = input.disclosures.isEmpty ? [holidays] : input.disclosures.map { $0.holidays ?? holidays }
    calendar = Self.names(calendars, of: "calendars") {
      "\($0.source), \($0.span.lowerBound) to \($0.span.upperBound)"
    }.joined(separator: "; ")
    // Each case brings its log, and several may be of one reference; histories tell of theirs by that alone.
    let references = Set(
      input.disclosures.map(\.caseReference) + input.identifications.map(\.caseReference))
    cases = input.logs.count + references.subtracting(input.logs.map(\.caseReference)).count
    identifications = [:]
    for identified in input.identifications {
      identifications[identified.history.state.rawValue, default: 0] += 1
    }
    self.all = all.figures()
    self.units = units.keys.sorted().compactMap { units[$0]?.figures() }
    mustBeZero = checks.checks
    self.unreplayable = unreplayable
    beyondCalendar = beyond
    self.withoutLimit = withoutLimit
    withoutDisclosure = input.identifications.filter {
      $0.history.state == .confirmed && !$0.history.isErased && !$0.hasDisclosure
    }.map(\.name)
    daysToDisclosure = all.times[.endToEnd, default: []].map { Int($0.elapsed / 86_400) }.sorted()
    logs = input.logs
  }

  /// The names of what is different, in order; one that several have says so.
  private static func names<Named: Hashable>(
    _ all: [Named], of kind: String, by name: (Named) -> String
  ) -> [String] {
    Dictionary(grouping: Set(all), by: name)
      .map { $1.count == 1 ? $0 : "\($0) (\($1.count) \(kind) of this name)" }.sorted()
  }
}

/// A clock with its due date, where one can be told.
private struct TimedClock {
  let clock: Clock
  let due: Result<Int64?, BankHolidays.Failure>

  var isBeyondCalendar: Bool {
    if case .failure = due { return true }
    return false
  }

  /// When the limit ends; nil without one, or where that cannot be told.
  var limit: Int64? {
    if case .success(let limit) = due { return limit }
    return nil
  }

  /// Whether the limit has passed: at the stop, or now while the clock runs.
  func isPast(now: Int64) -> Bool { limit.map { (clock.stop ?? now) > $0 } ?? false }
}

/// What is counted for a unit.
private struct Tally {
  var unit: AuditFigures.Unit
  var timings: [ClockKind: AuditFigures.Timing] = [:]
  /// Times of the clocks that were met.
  var times: [ClockKind: [(elapsed: Int64, unpaused: Int64)]] = [:]
  var reasons: [String: AuditFigures.Reason] = [:]

  init(unit: String) { self.unit = AuditFigures.Unit(unit: unit) }

  mutating func add(_ history: DisclosureHistory, _ dates: [TimedClock], now: Int64) {
    unit.disclosures += 1
    unit.states[history.state.rawValue, default: 0] += 1
    let (passages, occurrences) = (history.passages, history.occurrences)
    for date in dates where date.clock.start <= now { add(date, passages, occurrences, now: now) }
    for deferral in history.deferrals {
      unit.deferrals += 1
      let isStanding = deferral.reviewedAt == nil
      let isWithoutEnd = deferral.isWithoutEnd(now: now)
      if isStanding { unit.standingDeferrals += 1 }
      if isWithoutEnd { unit.deferralsWithoutEnd += 1 }
      for code in deferral.reasons.isEmpty ? ["unknown"] : deferral.reasons.map(\.rawValue) {
        var reason = reasons[code] ?? AuditFigures.Reason(code: code)
        reason.deferrals += 1
        if isStanding { reason.standing += 1 }
        if isWithoutEnd { reason.withoutEnd += 1 }
        reasons[code] = reason
      }
    }
  }

  private mutating func add(
    _ date: TimedClock, _ passages: [DisclosureRecord.Passage], _ occurrences: [Occurrence], now: Int64
  ) {
    let clock = date.clock
    var timing = timings[clock.kind] ?? AuditFigures.Timing(clock: clock.kind)
    timing.started += 1
    let paused = clock.paused(now: now)
    timing.pausedSeconds += paused
    let isPast = date.isPast(now: now)
    if clock.stop == nil {
      timing.running += 1
      if isPast { timing.overdue += 1 }
    } else if clock.isMet(passages, occurrences) {
      timing.met += 1
      if isPast { timing.late += 1 }
      let elapsed = clock.elapsed(now: now)
      times[clock.kind, default: []].append((elapsed, elapsed - paused))
    } else {
      timing.endedOtherwise += 1
    }
    timings[clock.kind] = timing
    // Without a limit nothing is in time.
    if clock.kind == .right6, date.limit != nil {
      switch (clock.stop != nil, isPast) {
      case (true, false): unit.right6.inTime += 1
      case (true, true): unit.right6.late += 1
      case (false, true): unit.right6.overdue += 1
      case (false, false): unit.right6.pending += 1
      }
    }
  }

  func figures() -> AuditFigures.Unit {
    var unit = unit
    unit.timings = ClockKind.allCases.compactMap { kind in
      guard var timing = timings[kind] else { return nil }
      let raw = times[kind, default: []].map(\.elapsed).sorted()
      let unpaused = times[kind, default: []].map(\.unpaused).sorted()
      func seconds(_ tenths: Int, _ values: [Int64]) -> Double? {
        Quantile.tenfold(tenths, of: values).map { Double($0) / 10 }
      }
      timing.medianSeconds = seconds(5, raw)
      timing.percentile90Seconds = seconds(9, raw)
      timing.medianUnpausedSeconds = seconds(5, unpaused)
      timing.percentile90UnpausedSeconds = seconds(9, unpaused)
      return timing
    }
    unit.reasons = reasons.keys.sorted().compactMap { reasons[$0] }
    return unit
  }
}

/// The checks that must find nothing.
private struct MustBeZero {
  var checks: [AuditFigures.Check] = [
    .init(
      check: "decider-is-analyst",
      meaning: "a decision by somebody who linked the accounts or proposed the person", found: []),
    .init(
      check: "confirmed-by-analyst",
      meaning: "an identification confirmed by somebody who linked the accounts or proposed the person",
      found: []),
    .init(
      check: "told-before-confirmation",
      meaning: "a victim told while the identification was not confirmed, or not any more", found: []),
    .init(
      check: "refusal-without-second-person", meaning: "a refusal that no second person approved", found: []),
    .init(
      check: "withdrawn-without-correction",
      meaning: "a victim told of an identification that fell, and neither told so since nor to be told",
      found: []),
    .init(
      check: "outside-log", meaning: "a line of a record for which the log has no entry", found: []),
  ]

  mutating func add(_ told: AuditMaterial.Told) {
    let found = told.history.violations
    if found.contains(.deciderIsAnalyst) { checks[0].found.append(told.name) }
    if found.contains(.toldBeforeConfirmation) { checks[2].found.append(told.name) }
    if found.contains(.refusalWithoutSecondPerson) { checks[3].found.append(told.name) }
    if found.contains(.withdrawnWithoutCorrection) { checks[4].found.append(told.name) }
    if found.contains(.outsideLog) { checks[5].found.append(told.name) }
  }

  mutating func add(_ identified: AuditMaterial.Identified) {
    if identified.history.isConfirmedByAnalyst { checks[1].found.append(identified.name) }
    if identified.history.isOutsideLog { checks[5].found.append(identified.name) }
  }
}
