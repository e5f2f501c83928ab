/// The whole life of one disclosure, read from what was stored, without the name of anybody but staff.
///
/// The stored lines are taken through the rules once more: what the rules would refuse shows as a problem, and the checks
/// that must find nothing look at the lines themselves, whatever the rules say.
public struct DisclosureHistory: Hashable, Sendable {
  /// The identification that it rests on, as far as it matters here.
  public struct Basis: Hashable, Sendable {
    /// Its id: `I2`.
    public let id: String
    /// When it was confirmed, in seconds since 1970 UTC; nil when it never was.
    public let confirmedAt: Int64?
    /// When it ceased to hold: rejected or withdrawn.
    public let endedAt: Int64?

    /// Names an identification.
    public init(id: String, confirmedAt: Int64?, endedAt: Int64?) {
      self.id = id
      self.confirmedAt = confirmedAt
      self.endedAt = endedAt
    }
  }

  /// What an auditor must never find.
  public struct Violations: OptionSet, Hashable, Sendable {
    /// One bit for each.
    public let rawValue: Int
    /// Takes bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// Somebody decided who had linked the accounts or proposed the person.
    public static let deciderIsAnalyst = Violations(rawValue: 1)
    /// The victim was told while the identification was not confirmed.
    public static let toldBeforeConfirmation = Violations(rawValue: 2)
    /// A refusal without a second approver.
    public static let refusalWithoutSecondPerson = Violations(rawValue: 4)
    /// A line that the log knows nothing of.
    public static let outsideLog = Violations(rawValue: 8)
    /// The identification fell after the victim was told, and no correction followed or is due.
    public static let withdrawnWithoutCorrection = Violations(rawValue: 16)
  }

  /// A deferral, with its reasons.
  public struct Deferral: Hashable, Sendable {
    /// When it began, in seconds since 1970 UTC.
    public let since: Int64
    /// Why; empty when its content was erased.
    public let reasons: Set<ReasonCode>
    /// When it is to be reviewed; nil when its content was erased.
    public let reviewBy: CivilDate?
    /// Whether it says what would end it.
    public let saysWhatEndsIt: Bool
    /// When it was reviewed; nil while it lasts.
    public let reviewedAt: Int64?

    /// Whether it lasts though the day of its review has passed, or says nothing of its end.
    public func isWithoutEnd(now: Int64) -> Bool {
      guard reviewedAt == nil else { return false }
      return !saysWhatEndsIt || reviewBy.map { LondonTime.end(of: $0) < now } ?? true
    }
  }

  /// Its id: `D4`.
  public let id: String
  /// What it rests on.
  public let basis: Basis
  /// The record out of which it came, when it holds what was held back there.
  public let parent: String?
  /// The unit of the force that answers for it.
  public let unit: String
  /// Who holds the case.
  public let authority: Authority
  /// The rules that it began under.
  public let rules: RuleSet
  /// Whether the victim has enhanced rights.
  public let isEnhanced: Bool
  /// Where it stands.
  public let state: DisclosureState
  /// All that was written down, in order.
  public let entries: [DisclosureEntry]
  /// The record that the rules make of it; nil when they refuse a line, or a line's content was erased.
  public let record: DisclosureRecord?
  /// Why there is no record.
  public let problem: String?

  /// Reads a stored life.
  ///
  /// - Parameter entries: in the order in which they were written.
  public init(
    id: String, basis: Basis, parent: String?, unit: String, authority: Authority, rules: RuleSet,
    isEnhanced: Bool, entries: [DisclosureEntry]
  ) {
    self.id = id
    self.basis = basis
    self.parent = parent
    self.unit = unit
    self.authority = authority
    self.rules = rules
    self.isEnhanced = isEnhanced
    self.entries = entries
    state = entries.last?.state ?? .notDue
    switch Self.replay(entries, authority: authority, rules: rules, isEnhanced: isEnhanced) {
    case .success(let found):
      record = found
      problem = nil
    case .failure(let why):
      record = nil
      problem = why.text
    }
  }

  /// The states that it passed through, with their times.
  public var passages: [DisclosureRecord.Passage] {
    var passages: [DisclosureRecord.Passage] = []
    for entry in entries where Self.changesState(entry.action) {
      var reviewBy: CivilDate?
      switch entry.content?.event {
      case .step(.postpone(let deferral)), .heldBack(let deferral, _, _): reviewBy = deferral.reviewBy
      default: break
      }
      passages.append(
        DisclosureRecord.Passage(state: entry.state, time: entry.time, who: entry.who, reviewBy: reviewBy))
    }
    return passages
  }

  /// The deferrals, oldest first.
  public var deferrals: [Deferral] {
    var result: [Deferral] = []
    for (place, entry) in entries.enumerated()
    where Self.changesState(entry.action) && entry.state == .deferred {
      let end = entries[(place + 1)...].first { Self.changesState($0.action) }
      var found: DisclosureStep.Deferral?
      switch entry.content?.event {
      case .step(.postpone(let deferral)), .heldBack(let deferral, _, _): found = deferral
      default: break
      }
      result.append(
        Deferral(
          since: entry.time, reasons: found?.reasons ?? [], reviewBy: found?.reviewBy,
          saysWhatEndsIt: found.map { !$0.endsWhen.isBlank } ?? false, reviewedAt: end?.time))
    }
    return result
  }

  /// The clocks with their pauses; raw and paused time are theirs to tell.
  public var clocks: [Clock] { timed.map(\.clock) }

  /// Each clock with its due date by the rules that it began under, or why that cannot be told.
  ///
  /// - Parameter now: seconds since 1970 UTC.
  public func timed(
    now: Int64, _ holidays: BankHolidays
  ) -> [(clock: Clock, due: Result<DisclosureRecord.DueDate, BankHolidays.Failure>)] {
    timed.map { one in
      let due = Result { () throws(BankHolidays.Failure) in
        try one.dueDate(rules, enhanced: isEnhanced, now: now, holidays)
      }
      return (one.clock, due)
    }
  }

  /// What must not be, and is.
  public var violations: Violations {
    var found: Violations = []
    for (place, entry) in entries.enumerated() {
      if !entry.isLogged { found.insert(.outsideLog) }
      guard Self.changesState(entry.action) else { continue }
      if entry.state.isDecision, let content = entry.content,
        content.circumstances.analysts.contains(entry.who)
      {
        found.insert(.deciderIsAnalyst)
      }
      if entry.state == .disclosed {
        let ended = basis.endedAt.map { hasEnded($0, before: place) } ?? false
        if ended || !(basis.confirmedAt.map { $0 <= entry.time } ?? false) {
          found.insert(.toldBeforeConfirmation)
        }
      }
      if entry.state == .refused, case .step(.refuse(let denial)) = entry.content?.event {
        let approver = denial.approver.id
        let analysts = entry.content?.circumstances.analysts ?? []
        if approver.isBlank || approver == entry.who || analysts.contains(approver) {
          found.insert(.refusalWithoutSecondPerson)
        }
      }
    }
    if lacksCorrection { found.insert(.withdrawnWithoutCorrection) }
    return found
  }

  /// Whether the identification had fallen when a line was written. Within one second the order of the lines tells: what
  /// makes a correction due follows the telling that it corrects.
  private func hasEnded(_ time: Int64, before place: Int) -> Bool {
    let entry = entries[place]
    if time != entry.time { return time < entry.time }
    return !entries[(place + 1)...].contains {
      Self.changesState($0.action) && $0.state == .correctionDue
    }
  }

  /// Whether somebody was told of an identification that fell, and neither heard so since nor is to hear it.
  private var lacksCorrection: Bool {
    guard let endedAt = basis.endedAt, state != .correctionDue else { return false }
    let steps = entries.filter { Self.changesState($0.action) }
    return steps.contains { $0.state == .disclosed }
      && !steps.contains { $0.state == .corrected && $0.time >= endedAt }
  }

  /// Everybody who was told, of it or of an error in it, or is to be told of one, in order; of lines whose content was
  /// erased nobody.
  public var recipients: [String] {
    var told: Set<String> = []
    for entry in entries {
      switch entry.content?.event {
      case .step(.deliver(let delivery)): told.formUnion(delivery.recipients)
      case .step(.requireCorrection(_, let named)): told.formUnion(named)
      case .step(.correct(let corrected, _)): told.formUnion(corrected)
      default: break
      }
    }
    return told.sorted()
  }

  /// Whether an action leads to a state, rather than being noted in one.
  static func changesState(_ action: String) -> Bool {
    !["requester", "pause", "resume", "event", "told"].contains(action)
  }

  private var timed: [TimedClock] {
    TimedClock.all(
      passages, confirmedAt: record?.confirmedAt ?? basis.confirmedAt, occurrences: occurrences,
      pauses: pausesOfLines)
  }
}
