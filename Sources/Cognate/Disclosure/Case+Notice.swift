internal import CaseFile
internal import Disclosure
public import Foundation
import GRDB
internal import TransparencyLog

/// What a notice is to be made of.
public struct NoticeRequest: Sendable {
  /// The disclosure: `D4`.
  public var disclosure: String
  /// What the officer wrote, as TOML: see `NoticeContent`.
  public var content: String
  /// Whom a victim can turn to, as TOML; nil for the list of this version.
  public var support: String?
  /// Whether it corrects an earlier notice.
  public var isCorrection = false

  /// Makes a request.
  public init(disclosure: String, content: String) {
    self.disclosure = disclosure
    self.content = content
  }
}

/// A notice before it is made: somebody reads it, and names its hash to have it made.
public struct NoticePreview: Sendable, Codable, Hashable {
  /// The disclosure.
  public var disclosure: String
  /// All that the notice says.
  public var text: String
  /// SHA-256 of the text.
  public var textSHA256: String
  /// What was left out of it; stands beside it, and in no notice.
  public var remarks: [String]

  enum CodingKeys: String, CodingKey { case disclosure, text, textSHA256 = "text_sha256", remarks }
}

/// A notice that was made.
public struct NoticeReceipt: Sendable, Codable, Hashable {
  /// Its number: `N1`.
  public var id: String
  /// The disclosure.
  public var disclosure: String
  /// The file.
  public var file: String
  /// SHA-256 of the file, which its delivery has to name.
  public var sha256: String
  /// SHA-256 of what it says.
  public var textSHA256: String
  /// The newest checkpoint of the log, whose entries tell of the notice; nil when it could not be signed yet.
  public var checkpoint: String?

  enum CodingKeys: String, CodingKey {
    case id, disclosure, file, sha256, textSHA256 = "text_sha256", checkpoint
  }
}

extension Case {
  /// What a notice would say. Nothing is made.
  ///
  /// - Throws: `NoticeContent.Failure`, `PeopleFailure`, `CaseError`.
  public func previewNotice(_ request: NoticeRequest) throws -> NoticePreview {
    try database.operation { database, entries in
      let (stored, notice) = try notice(request, database)
      let hash = ContentHash.text(notice.text)
      try entries.append(
        entry(
          .consultation, "notice.preview", subjects: [stored.history.id, stored.history.basis.id],
          details: ["text_sha256": hash]))
      return NoticePreview(
        disclosure: stored.history.id, text: notice.text, textSHA256: hash, remarks: notice.remarks)
    }
  }

  /// Makes a notice that was previewed, and writes it to a file that does not exist yet, outside the case's folder,
  /// readable by its owner only.
  ///
  /// - Parameters:
  ///   - preview: SHA-256 of the text that was previewed.
  ///   - file: where to write it.
  /// - Throws: `NoticeContent.Failure`, `PeopleFailure`, `LogFailure`, `CaseError`; nothing is stored then, and no file is left.
  public func makeNotice(_ request: NoticeRequest, preview: String, to file: URL) throws -> NoticeReceipt {
    try database.checkOutput(file.path, mayReplace: false)
    let checkpoint = try database.checkpoint().encoded
    let key = database.logKey.text
    var written = false
    do {
      var receipt: NoticeReceipt = try database.operation { database, entries in
        let (stored, notice) = try notice(request, database)
        let textHash = ContentHash.text(notice.text)
        guard textHash == preview.lowercased() else {
          throw CaseError.invalid(
            "What the notice would say now is not what was previewed: its SHA-256 is \(textHash). Preview it, and read it again."
          )
        }
        guard let basis = NoticeStore.basis(of: stored.history, isCorrection: request.isCorrection) else {
          throw CaseError.invalid("\(stored.history.id) has no decision to tell.")
        }
        let number = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM notice") ?? 0) + 1
        let page = Data(
          NoticePage.html(
            notice, .init(number: "N\(number)", textHash: textHash, checkpoint: checkpoint, key: key)
          ).utf8)
        let hash = ContentHash.data(page)
        try database.execute(
          sql: "INSERT INTO notice VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            number, stored.number, request.isCorrection, basis, hash, textHash,
            Instant.text(Instant.seconds(now())), Int64(try entries.reserve()),
          ])
        try entries.append(
          entry(
            .disclosure, "notice",
            subjects: ["N\(number)", stored.history.id, stored.history.basis.id],
            recipients: request.isCorrection ? stored.history.record?.toldInError ?? [] : [],
            details: [
              "sha256": hash, "text_sha256": textHash, "correction": request.isCorrection ? "yes" : "no",
            ]))
        try Self.write(page, to: file)
        written = true
        return NoticeReceipt(
          id: "N\(number)", disclosure: stored.history.id, file: file.path, sha256: hash, textSHA256: textHash
        )
      }
      if database.publicationFailure == nil { receipt.checkpoint = try database.checkpoint().encoded }
      return receipt
    } catch {
      // A notice that the case does not know of must not lie about.
      if written, !isKnownAfterFailure(error) { try? FileManager.default.removeItem(at: file) }
      throw error
    }
  }

  private func isKnownAfterFailure(_ error: any Error) -> Bool {
    if case .outcomeUnknown = error as? LogFailure { return true }
    return false
  }

  private static func write(_ page: Data, to file: URL) throws {
    guard !FileManager.default.fileExists(atPath: file.path) else {
      throw CaseError.invalid(
        "\(file.path) exists already: a notice never replaces a file. Choose another name.")
    }
    let made = FileManager.default.createFile(
      atPath: file.path, contents: page, attributes: [.posixPermissions: 0o600])
    guard made else {
      throw CaseError.invalid("\(file.path) cannot be written: check that its folder exists and is yours.")
    }
  }

  /// Builds the notice of a record, from what was decided and what the case knows.
  private func notice(
    _ request: NoticeRequest, _ database: Database
  ) throws -> (stored: StoredDisclosure, notice: Notice) {
    let who = try member(database)
    guard !who.roles.isDisjoint(with: [.decider, .discloser]) else {
      throw Refusal.oneRoleNeeded([.decider, .discloser], who: who.id)
    }
    let stored = try DisclosureStore.find(request.disclosure, database)
    let history = stored.history
    guard let record = history.record else {
      throw CaseError.invalid(
        "\(history.id) has no notice: \(history.problem ?? "its record does not hold").")
    }
    let content = try NoticeContent(toml: request.content)
    let support =
      try request.support.map { text throws(NoticeContent.Failure) in
        try SupportContacts(toml: text)
      } ?? SupportContacts.general()
    let facts = try facts(history, database)
    if request.isCorrection {
      guard record.state == .correctionDue else {
        throw Refusal.notNow(
          "a correction", state: record.state.rawValue,
          why: "it is made in \(DisclosureState.correctionDue.rawValue)")
      }
      // One that was made again before the telling is in nobody's hands.
      let handed = history.entries.compactMap { entry -> String? in
        guard case .step(.deliver(let delivery)) = entry.content?.event else { return nil }
        return delivery.noticeHash.lowercased()
      }
      let earlier = try NoticeStore.all(of: stored.number, database)
        .filter { !$0.isCorrection && handed.contains($0.sha256) }
        .map { "\($0.id) of \($0.madeAt.prefix(10)), SHA-256 \($0.sha256)" }
      return (
        stored,
        try Notice.correcting(
          content, recipients: record.toldInError, earlier: earlier,
          hasFallen: history.basis.endedAt != nil,
          wasPersonTold: record.decision?.items.isDisjoint(with: [.identity, .relationship]) == false,
          support, facts)
      )
    }
    guard [.decidedDisclose, .decidedPartial, .scheduled, .unableToContact].contains(record.state),
      let decision = record.decision
    else {
      throw Refusal.notNow(
        "a notice", state: record.state.rawValue,
        why: "it is made between the decision to tell and the telling")
    }
    let identification = try IdentificationStore.find(history.basis.id, database)
    try Circumstances.checkJudgements(
      of: identification.members, in: identification.id,
      advice: "withdraw it, or restrict the account that does not belong to it", database)
    // What became known since the decision stops the paper as well as the telling: it could be handed over all the same.
    try record.checkMayTell(try Circumstances.of(history, on: identification, database), to: "a notice")
    return (stored, try Notice.telling(decision, content, support, facts))
  }

  /// What the case knows of the accounts of an identification.
  private func facts(_ history: DisclosureHistory, _ database: Database) throws -> Notice.Facts {
    let identification = try IdentificationStore.find(history.basis.id, database)
    let members = identification.members.compactMap { Int64($0.dropFirst()) }
    // What was restricted is shown to nobody, and to a victim least of all.
    let ids = try members.filter { try Erasure.kind(ofAccount: $0, database) == nil }
    let period = try NoticeFacts.period(ids, database)
    // What a later run found against it is told to who reads the preview.
    let parts = try Int.fetchOne(
      database,
      sql: """
        SELECT count(DISTINCT iif(cluster > 0, cluster, -account)) FROM cluster_member
        WHERE run = ? AND account IN (\(ids.map(String.init).joined(separator: ",")))
        """, arguments: [try RunStore.latest(database)])
    let guarded = try Int.fetchOne(
      database,
      sql: """
        SELECT count(*) FROM account
        WHERE is_protected AND id IN (\(ids.map(String.init).joined(separator: ",")))
        """)
    return Notice.Facts(
      disclosure: history.id, unit: history.unit, accounts: try NoticeFacts.accounts(ids, database),
      withdrawnAccounts: members.count - ids.count, protectedAccounts: guarded ?? 0,
      partsOfLastRun: parts ?? 1, period: period.days, impossibleDates: period.impossible,
      date: LondonTime.date(of: Instant.seconds(now())))
  }
}
