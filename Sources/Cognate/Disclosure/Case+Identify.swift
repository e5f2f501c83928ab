public import CaseFile
public import Disclosure
import Foundation
import GRDB

extension Case {
  /// Takes a cluster of the last run up without naming anybody: a hypothesis.
  ///
  /// - Parameter cluster: `C3`.
  public func openIdentification(_ cluster: String) throws -> IdentificationView {
    try database.operation { database, entries in
      let number = try begin(cluster, database, &entries)
      return try view(try IdentificationStore.find("\(number)", database), database)
    }
  }

  /// Proposes a person by the force's reference, with the source of the proposal.
  ///
  /// - Parameters:
  ///   - target: `C3` begins a record for a cluster of the last run; `I2` goes on with one that names nobody yet.
  ///   - person: a reference to the force's own record, never a name.
  ///   - source: where the proposal comes from.
  /// - Throws: `Refusal`, `PeopleFailure`, `CaseError`.
  public func propose(_ target: String, person: String, source: String) throws -> IdentificationView {
    try database.operation { database, entries in
      let isRecord = target.first == "I" || target.first == "i"
      let id = isRecord ? target : "\(try begin(target, database, &entries))"
      return try take(
        .step(.propose(personReference: person, sourceReference: source)), in: id, database, &entries)
    }
  }

  /// Writes something down in the record of an identification, as the rules allow it.
  ///
  /// A confirmation makes the disclosures that wait for it due; a withdrawal or rejection supersedes those of which nobody was
  /// told, and makes a correction due where somebody was. One of what was confirmed names the exports that show it, too.
  ///
  /// - Parameters:
  ///   - id: `I2`.
  ///   - second: the second person, who signed in as well.
  ///   - make: makes the event, from the second person where there is one.
  /// - Throws: `Refusal`, `PeopleFailure`, `CaseError`; nothing has changed then.
  public func identify(
    _ id: String, second: SignedIn? = nil, _ make: (StaffMember?) -> IdentificationEvent
  ) throws -> IdentificationView {
    try database.operation { database, entries in
      let other = try second.map { try self.second($0, database) }
      return try take(make(other), in: id, database, &entries)
    }
  }

  /// Notes that the alerts of an identification were looked into: all that are open now.
  ///
  /// - Parameter finding: what was found.
  public func examineAlerts(_ id: String, finding: String) throws -> IdentificationView {
    try database.operation { database, entries in
      let history = try IdentificationStore.find(id, database)
      let alerts = try Circumstances.openAlerts(of: history, database)
      return try take(.alertExamined(alerts: alerts, finding: finding), in: id, database, &entries)
    }
  }

  /// The identifications of the case.
  public func identifications() throws -> [IdentificationView] {
    try consult("identify.list") { database, draft in
      let all = try IdentificationStore.all(database)
      draft.subjects = all.map(\.id)
      return try all.map { try view($0, database) }
    }
  }

  // MARK: - Inside a transaction

  private func begin(_ cluster: String, _ database: Database, _ entries: inout LogEntries) throws -> Int64 {
    let who = try member(database)
    // A refusal tells of accounts and records as well.
    try authorise(.readContent, database)
    let run = try RunStore.latest(database)
    let (number, members) = try RunStore.members(of: cluster, in: run, database)
    let hash = try RunStore.hash(of: run, database)
    let labels = members.map { "A\($0)" }
    try Circumstances.checkJudgements(
      of: labels, in: "C\(number)", advice: "link again, and take up a cluster of that run", database)
    for known in try IdentificationStore.all(database)
    where known.members == labels && known.endedAt == nil && !known.isErased {
      throw CaseError.invalid("\(known.id) is about the very accounts of C\(number): go on with it.")
    }
    let time = Instant.seconds(now())
    let id = try IdentificationStore.begin(
      cluster: "C\(number)", run: hash, members: members, at: Instant.text(time), database)
    let history = try IdentificationStore.find("\(id)", database)
    let circumstances = try Circumstances.of(history, database)
    let next = try Identification(cluster: "C\(number)").taking(.open, by: who, at: time, circumstances)
    try IdentificationStore.append(
      .init(event: .open, who: who, circumstances: circumstances), to: id, state: next.state, at: time,
      recordedAt: time,
      entry(
        .alteration, "", subjects: ["I\(id)", "C\(number)"],
        details: try IdentificationStore.beginning(id, database)), database, &entries)
    return id
  }

  /// What the proposal came from cannot corroborate it.
  private static func checkIndependence(
    of event: IdentificationEvent, _ history: IdentificationHistory
  ) throws {
    guard case .step(.corroborate(let corroborations, _, _)) = event else { return }
    for case .step(.propose(_, let source)) in history.entries.compactMap({ $0.content?.event }) {
      for one in corroborations
      where one.reference.trimmingCharacters(in: .whitespacesAndNewlines)
        == source.trimmingCharacters(in: .whitespacesAndNewlines)
      {
        throw CaseError.invalid(
          "\(source) is where the proposal came from: name something independent of it, or say by another reference what of it is."
        )
      }
    }
  }

  private func take(
    _ event: IdentificationEvent, in id: String, _ database: Database, _ entries: inout LogEntries
  ) throws -> IdentificationView {
    let who = try member(database)
    try authorise(.readContent, database)
    let history = try IdentificationStore.find(id, database)
    guard let before = history.identification else {
      throw CaseError.invalid(
        "\(history.id) takes no further step: \(history.problem ?? "its record does not hold").")
    }
    try Self.checkIndependence(of: event, history)
    let time = Instant.seconds(now())
    let last = history.entries.last?.time
    var isEnd = false
    if case .step(let step) = event {
      isEnd = step.target == .rejected || step.target == .withdrawn
      if !isEnd {
        try Circumstances.checkJudgements(
          of: history.members, in: history.id,
          advice: "reject it and link again, or restrict the account that does not belong to it", database)
      }
    }
    // A clock that was ahead once keeps nobody from withdrawing.
    if !isEnd { try RecordOrder.check(history.id, last: last, time) }
    let circumstances = try Circumstances.of(history, database)
    let after = try before.taking(event, by: who, at: time, circumstances)
    let number = Int64(history.id.dropFirst()) ?? 0
    try IdentificationStore.append(
      .init(event: event, who: who, circumstances: circumstances), to: number, state: after.state, at: time,
      recordedAt: time, entry(.alteration, "", subjects: [history.id, history.cluster]), database, &entries)
    var consequences = try follow(after, number, who, database, &entries)
    // What somebody else was given is not only what victims were told.
    if isEnd, before.confirmedAt != nil {
      consequences += try IdentificationStore.exports(of: history, database).map {
        "X\($0.number) of \($0.at) has accounts of \(history.id) in one cluster, and went to \($0.recipients ?? "(erased)"): tell them as well"
      }
    }
    if let last, time < last {
      consequences.append(
        "this is dated \(Instant.text(time)), before the last line of \(history.id), \(Instant.text(last)): one of the two is wrong, look at this machine's clock"
      )
    }
    var view = try view(try IdentificationStore.find(history.id, database), database)
    view.consequences = consequences
    return view
  }

  /// What a step of an identification means for the disclosures that rest on it.
  private func follow(
    _ after: Identification, _ number: Int64, _ who: StaffMember, _ database: Database,
    _ entries: inout LogEntries
  ) throws -> [String] {
    var consequences: [String] = []
    for one in try DisclosureStore.all(of: number, database) {
      // A record that does not hold keeps nobody from withdrawing: it is named, for somebody to look at, unless it was erased.
      if one.history.record == nil {
        if after.state != .confirmed, one.history.passages.contains(where: { $0.state == .disclosed }) {
          consequences.append(
            "\(one.history.id) was told, and whom is not readable any more: \(one.history.problem ?? "")")
        } else if one.history.state != .closed, one.history.entries.contains(where: { $0.content != nil }) {
          consequences.append("\(one.history.id) is left as it is: \(one.history.problem ?? "")")
        }
        continue
      }
      let steps = Self.steps(of: one.history, after, number)
      var stored = one
      for step in steps { stored = try take(.step(step), in: stored, by: who, database, &entries).stored }
      let history = stored.history
      let told = history.recipients.joined(separator: ", ")
      switch (history.state, steps.isEmpty) {
      case (.correctionDue, false):
        consequences.append("\(history.id) is correction-due: tell \(told) that it was wrong")
      case (.correctionDue, true) where after.endedAt != nil:
        consequences.append(
          "\(history.id) is correction-due already: tell \(told) that it was wrong, by a correction made from now on"
        )
      case (_, false):
        consequences.append("\(history.id) is \(history.state.rawValue)")
        // Paper that was made may be in somebody's hands though nobody wrote it down.
        let made = try NoticeStore.all(of: stored.number, database).map(\.id)
        if history.state == .closed, told.isEmpty, !made.isEmpty {
          consequences.append(
            "\(made.joined(separator: ", ")) was made for \(history.id), and no handing over was entered: see that nobody has it, and tell whoever does"
          )
        }
      default: break
      }
    }
    return consequences
  }

  /// The steps that a disclosure takes because its identification did.
  private static func steps(
    of disclosure: DisclosureHistory, _ after: Identification, _ number: Int64
  ) -> [DisclosureStep] {
    if after.state == .confirmed {
      guard disclosure.state == .notDue, let confirmedAt = after.confirmedAt else { return [] }
      return [.becomeDue(confirmedAt: confirmedAt)]
    }
    guard after.endedAt != nil else { return [] }
    let reason = "identification I\(number) is \(after.state.rawValue)"
    if disclosure.state.isBeforeDisclosure { return [.supersede(reason: reason)] }
    let told = disclosure.recipients
    // A record that was closed before anybody was told has nobody to tell. Where a correction is due for something
    // else, the one that ends it is made from now on: see `NoticeStore.latest`.
    if told.isEmpty || disclosure.state == .correctionDue { return [] }
    let correction = DisclosureStep.requireCorrection(reason: reason, recipients: told)
    // They heard that something else was wrong, and not that the person was.
    return disclosure.state == .corrected ? [.close, correction] : [correction]
  }

  private func view(_ history: IdentificationHistory, _ database: Database) throws -> IdentificationView {
    IdentificationView(
      history,
      contents: try IdentificationStore.contents(of: Int64(history.id.dropFirst()) ?? 0, database),
      openAlerts: try Circumstances.openAlerts(of: history, database))
  }
}
