public import CaseFile
public import Disclosure
public import Foundation
import GRDB

/// What a record of a disclosure begins with.
public struct DisclosureRequest: Sendable {
  /// The identification that it rests on: `I2`.
  public var identification: String
  /// The force's reference of the victim, never the name.
  public var victim: String
  /// The unit that answers for it.
  public var unit: String
  /// Whether the victim has enhanced rights.
  public var isEnhanced = false
  /// A rule set as TOML; nil for the proposal of this version.
  public var rules: String?

  /// Makes a request.
  public init(identification: String, victim: String, unit: String) {
    self.identification = identification
    self.victim = victim
    self.unit = unit
  }
}

extension Case {
  /// Begins the record of telling one victim of one identification. It is due at once when that is confirmed.
  ///
  /// - Throws: `Refusal`, `PeopleFailure`, `RuleSet.Failure`, `CaseError`.
  public func startDisclosure(_ request: DisclosureRequest) throws -> DisclosureView {
    try database.operation { database, entries in
      let who = try member(database)
      try authorise(.readContent, database)
      let victim = request.victim.trimmingCharacters(in: .whitespacesAndNewlines)
      let unit = request.unit.trimmingCharacters(in: .whitespacesAndNewlines)
      for (text, name) in [(victim, "--victim"), (unit, "--unit")] where text.isEmpty {
        throw CaseError.invalid("\(name) is empty.")
      }
      let identification = try IdentificationStore.find(request.identification, database)
      if let ended = identification.endedAt {
        throw CaseError.invalid(
          "\(identification.id) is \(identification.state.rawValue) since \(Instant.text(ended)): there is nothing to tell."
        )
      }
      if identification.isErased {
        throw CaseError.invalid(
          "The content of \(identification.id) was erased: nobody can be told of it. Take the cluster up anew."
        )
      }
      let number = Int64(identification.id.dropFirst()) ?? 0
      for one in try DisclosureStore.all(of: number, database)
      where one.history.parent == nil && Self.isOne(one.victim, victim) {
        throw CaseError.invalid(
          "\(one.history.id) is about this victim and \(identification.id): go on with it.")
      }
      let time = Instant.seconds(now())
      let (rules, hash) = try RuleStore.keep(toml: request.rules, at: Instant.text(time), database)
      let id = "D\(try DisclosureStore.nextNumber(database))"
      let begun = try DisclosureStore.begin(
        identification: number, parent: nil, victim: victim, unit: unit,
        authority: try Circumstances.authority(database), rules: hash, isEnhanced: request.isEnhanced,
        at: Instant.text(time), entry: try entries.reserve(), database)
      try entries.append(
        entry(
          .alteration, "disclose.start", subjects: [id, identification.id],
          details: [
            "victim": victim, "unit": unit, "rules": rules.version, "rules_sha256": hash,
            "enhanced": request.isEnhanced ? "yes" : "no",
          ]))
      let stored = try DisclosureStore.find("\(begun)", database)
      if identification.state == .confirmed, stored.history.authority == .force,
        let confirmedAt = identification.confirmedAt
      {
        _ = try take(
          .step(.becomeDue(confirmedAt: confirmedAt)), in: stored, by: who, database, &entries)
      }
      return try view(try DisclosureStore.find("\(begun)", database), database)
    }
  }

  /// Writes something down in the record of a disclosure, as the rules allow it.
  ///
  /// - Parameters:
  ///   - id: `D4`.
  ///   - at: when it took effect; nil for now. Never in the future.
  ///   - second: the second person, who signed in as well.
  ///   - make: makes the event, given the second person and a way to look up other staff by id.
  /// - Throws: `Refusal`, `PeopleFailure`, `CaseError`; nothing has changed then.
  public func disclose(
    _ id: String, at: Date? = nil, second: SignedIn? = nil,
    _ make: (_ second: StaffMember?, _ staff: (String) throws -> StaffMember) throws -> DisclosureEvent
  ) throws -> DisclosureView {
    try database.operation { database, entries in
      let who = try member(database)
      // A refusal tells of the record as well.
      try authorise(.readContent, database)
      let other = try second.map { try self.second($0, database) }
      let stored = try DisclosureStore.find(id, database)
      let event = try make(other) { try People.member($0, database) }
      let recordedAt = Instant.seconds(now())
      let time = at.map(Instant.seconds) ?? recordedAt
      if time > recordedAt {
        throw CaseError.invalid(
          "\(Instant.text(time)) lies in the future: --at says when something was done.")
      }
      try checkOrder(event, of: stored.history, isDated: at != nil, time, recordedAt)
      try checkNotice(event, of: stored, at: time, database)
      // What became known after somebody was told does not undo the telling: it is written down all the same. Where a clock
      // was ahead nobody knows what came first.
      var known: Int64?
      if case .step(.deliver) = event, at != nil,
        try Bool.fetchOne(
          database, sql: "SELECT max(at) <= ? FROM log_entry", arguments: [Instant.text(recordedAt)]) == true
      {
        known = time
      }
      let (after, child) = try take(
        event, in: stored, at: time, knownBy: known, by: who, database, &entries)
      var view = try view(after, database)
      if let child {
        view.consequences.append("\(child) holds what was held back, deferred until its review")
      }
      return view
    }
  }

  /// The disclosures of the case, or one.
  public func disclosures(_ id: String? = nil) throws -> [DisclosureView] {
    try consult("disclose.list", query: id.map { [$0] } ?? []) { database, draft in
      let all = try id.map { [try DisclosureStore.find($0, database)] } ?? DisclosureStore.all(database)
      draft.subjects = all.map(\.history.id)
      let calendar = try RuleStore.calendar(database)
      let now = Instant.seconds(now())
      return try all.map { one in
        DisclosureView(
          one, contents: try DisclosureStore.contents(of: one.number, database),
          notices: try NoticeStore.all(of: one.number, database), calendar: calendar, now: now)
      }
    }
  }

  /// Keeps a calendar of bank holidays, which counts for all due dates from now on.
  ///
  /// - Parameter bytes: JSON in the form of gov.uk/bank-holidays.json.
  /// - Returns: the days that it covers, and SHA-256 of the file.
  /// - Throws: `BankHolidays.Failure`, `PeopleFailure`, `Refusal`.
  public func keepCalendar(_ bytes: [UInt8]) throws -> (span: ClosedRange<CivilDate>, sha256: String) {
    try database.operation { database, entries in
      let who = try member(database)
      guard who.roles.contains(.decider) || who.roles.contains(.admin) else {
        throw Refusal.oneRoleNeeded([.decider, .admin], who: who.id)
      }
      let (calendar, hash) = try RuleStore.keep(
        calendar: bytes, at: Instant.text(Instant.seconds(now())), database)
      try entries.append(
        entry(
          .alteration, "disclose.calendar",
          details: [
            "sha256": hash, "source": calendar.source, "from": "\(calendar.span.lowerBound)",
            "to": "\(calendar.span.upperBound)",
          ]))
      return (calendar.span, hash)
    }
  }

  // MARK: - Inside a transaction

  /// Whether two references are of one victim: what is typed in small letters, or was stored with a space by an earlier
  /// version, is no other. One that was erased is nobody's.
  private static func isOne(_ stored: String?, _ typed: String) -> Bool {
    stored?.trimmingCharacters(in: .whitespacesAndNewlines).lowercased() == typed.lowercased()
  }

  /// Takes a step through the rules and stores it, with the record of what was held back where there is one.
  ///
  /// - Parameter knownBy: what became known after it does not count; nil for all.
  func take(
    _ event: DisclosureEvent, in stored: StoredDisclosure, at effective: Int64? = nil,
    knownBy: Int64? = nil, by who: StaffMember, _ database: Database, _ entries: inout LogEntries
  ) throws -> (stored: StoredDisclosure, child: String?) {
    let history = stored.history
    guard let before = history.record else {
      throw CaseError.invalid(
        "\(history.id) takes no further step: \(history.problem ?? "its record does not hold").")
    }
    let identification = try IdentificationStore.find(history.basis.id, database)
    let circumstances = try Circumstances.of(history, on: identification, by: knownBy, database)
    let recordedAt = Instant.seconds(now())
    let time = effective ?? recordedAt
    let outcome = try before.taking(event, by: who, at: time, circumstances)
    try DisclosureStore.append(
      .init(event: event, who: who, circumstances: circumstances), to: stored.number,
      state: outcome.record.state, at: time, recordedAt: recordedAt, draft(event, history), database, &entries
    )
    var child: String?
    if let withheld = outcome.withheld, let deferral = withheld.deferral {
      child = try holdBack(
        deferral, withheld, from: stored, before.decision?.withheld ?? [], circumstances, at: time, who,
        database, &entries)
    }
    return (try DisclosureStore.find(history.id, database), child)
  }

  private func draft(_ event: DisclosureEvent, _ history: DisclosureHistory) -> LogEntryDraft {
    var draft = entry(.alteration, "", subjects: [history.id, history.basis.id])
    switch event {
    case .step(.deliver(let delivery)):
      draft.operation = .disclosure
      draft.recipients = delivery.recipients
      draft.details["notice_sha256"] = delivery.noticeHash
    case .step(.correct(let told, let hash)):
      draft.operation = .disclosure
      draft.recipients = told
      draft.details["notice_sha256"] = hash
    case .told: draft.operation = .disclosure
    case .step(.referToPolice(let force, _)):
      draft.operation = .disclosure
      draft.recipients = [force]
    default: break
    }
    return draft
  }

  private func holdBack(
    _ deferral: DisclosureStep.Deferral, _ record: DisclosureRecord, from parent: StoredDisclosure,
    _ items: Set<NoticeItem>, _ circumstances: DisclosureRecord.Circumstances, at time: Int64,
    _ who: StaffMember, _ database: Database, _ entries: inout LogEntries
  ) throws -> String {
    let number = Int64(parent.history.basis.id.dropFirst()) ?? 0
    let id = "D\(try DisclosureStore.nextNumber(database))"
    let subjects = [id, parent.history.id, parent.history.basis.id]
    let child = try DisclosureStore.begin(
      identification: number, parent: parent.number, victim: parent.victim ?? "", unit: parent.history.unit,
      authority: parent.history.authority, rules: parent.rulesHash, isEnhanced: parent.history.isEnhanced,
      at: Instant.text(Instant.seconds(now())), entry: try entries.reserve(), database)
    try entries.append(
      entry(.alteration, "disclose.start", subjects: subjects, details: ["parent": parent.history.id]))
    try DisclosureStore.append(
      .init(
        event: .heldBack(deferral, items: items, confirmedAt: record.confirmedAt), who: who,
        circumstances: circumstances),
      to: child, state: record.state, at: time, recordedAt: Instant.seconds(now()),
      self.entry(.alteration, "", subjects: subjects), database, &entries)
    return "D\(child)"
  }

  /// A line is written down after the one before it, and a step is taken after the one before it.
  private func checkOrder(
    _ event: DisclosureEvent, of history: DisclosureHistory, isDated: Bool, _ time: Int64, _ recordedAt: Int64
  ) throws {
    // That something was wrong is written down whatever an earlier clock said.
    if !isDated, case .step(.requireCorrection) = event { return }
    try RecordOrder.check(history.id, last: history.entries.last?.recordedAt, recordedAt)
    if case .step = event { try RecordOrder.check(history.id, last: history.passages.last?.time, time) }
  }

  /// Only a notice that was made for this record, after its last decision, is handed over, and not before it was made.
  private func checkNotice(
    _ event: DisclosureEvent, of stored: StoredDisclosure, at time: Int64, _ database: Database
  ) throws {
    let (hash, isCorrection): (String, Bool)
    switch event {
    case .step(.deliver(let delivery)): (hash, isCorrection) = (delivery.noticeHash, false)
    case .step(.correct(_, let noticeHash)): (hash, isCorrection) = (noticeHash, true)
    default: return
    }
    // A hash that is none, and a step that is not open, are for the rules to refuse.
    let expected: DisclosureState = isCorrection ? .correctionDue : .scheduled
    guard stored.history.state == expected, !hash.isEmpty else { return }
    let made = try NoticeStore.latest(of: stored, isCorrection: isCorrection, database)
    guard let made else {
      throw CaseError.invalid(
        isCorrection
          ? "No correction has been made for \(stored.history.id) since the error was known, or since \(stored.history.basis.id) fell. Make one with `cognate disclose notice --correction`."
          : "No notice has been made for \(stored.history.id) since its last decision. Make one with `cognate disclose notice`."
      )
    }
    guard made.sha256 == hash.lowercased() else {
      throw CaseError.invalid(
        "This is not the file that was made as \(made.id): its SHA-256 is \(hash), and that of \(made.id) is \(made.sha256). Hand over the very file, or make a new notice."
      )
    }
    // Both are written in one form, ISO 8601 in UTC to the second.
    guard made.madeAt <= Instant.text(time) else {
      throw CaseError.invalid(
        "\(made.id) was made at \(made.madeAt): it cannot have been handed over at \(Instant.text(time))."
      )
    }
    if isCorrection { return }
    // What was handed over before anybody judged so is written down all the same.
    let identification = try IdentificationStore.find(stored.history.basis.id, database)
    try Circumstances.checkJudgements(
      of: identification.members, in: identification.id,
      by: Instant.text(time),
      advice: "withdraw it; what was handed over before that is entered with --at", database)
    // An account that turned out to be somebody else's is restricted, and still stands in the notice that was made before.
    let items = stored.history.record?.decision?.items ?? []
    if items.isDisjoint(with: [.accounts, .period]) { return }
    let withdrawn = try NoticeStore.withdrawn(
      of: identification.members, since: made, by: Instant.text(time), database)
    guard withdrawn.isEmpty else {
      throw CaseError.invalid(
        "\(withdrawn.joined(separator: ", ")) of \(identification.id) was restricted after \(made.id) was made, which tells of it: make a new notice. What was handed over before that is entered with --at."
      )
    }
  }

  func view(_ stored: StoredDisclosure, _ database: Database) throws -> DisclosureView {
    DisclosureView(
      stored, contents: try DisclosureStore.contents(of: stored.number, database),
      notices: try NoticeStore.all(of: stored.number, database),
      calendar: try RuleStore.calendar(database), now: Instant.seconds(now()))
  }
}
