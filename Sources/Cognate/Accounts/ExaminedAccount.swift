import AccountModel
internal import CaseFile
import Foundation
import GRDB

/// A record of an account, as it is shown.
public struct RecordSummary: Sendable, Codable, Hashable {
  /// `message`, `login`, …
  public var kind: String
  /// The account that it is addressed to or about, as A9; nil too where that was restricted or erased.
  public var other: String?
  /// The conversation, as the source calls it.
  public var channel: String?
  /// When, `yyyy-mm-dd hh:mm:ss`; nil where the source does not say.
  public var at: String?
  /// Whether the time is of UTC; otherwise it is of a wall clock whose zone the source does not say.
  public var isUTC: Bool
  /// What was written.
  public var text: String?
  /// Where it stands.
  public var source: String

  enum CodingKeys: String, CodingKey { case kind, other, channel, at, isUTC = "is_utc", text, source }
}

/// An account with what the case knows of it.
public struct ExaminedAccount: Sendable {
  /// Another account that it was compared with.
  public struct Compared: Sendable, Hashable {
    /// The other account.
    public var other: AccountSummary
    /// log10 of the likelihood ratio.
    public var log10LR: Double
  }

  /// The account and its identifiers.
  public var detail: AccountDetail
  /// The accounts that the last run compared it with, the most weight either way first; empty before a case is linked.
  public var compared: [Compared]
  /// How many there are.
  public var comparedCount: Int
  /// Whether the case was linked; which cluster the account is in, and what it was compared with, are of the last run.
  public var isLinked: Bool
  /// What was done since that run that it depends on; nil where nothing was.
  public var changedSince: [RunChange]?
  /// Records of it, in order of time; those without a time come first.
  public var records: [RecordSummary]
  /// How many there are.
  public var recordCount: Int

  /// As many other accounts are listed.
  public static let mostCompared = 100
}

extension Case {
  /// One account with its identifiers, the accounts that it was compared with, and some of its records.
  ///
  /// - Parameters:
  ///   - text: `A12`, `platform:name`, or a name that only one account has.
  ///   - first: as many records are passed over.
  ///   - count: as many are read.
  /// - Throws: `CaseError`, also for an account that was restricted or erased; `PeopleFailure`; errors of the database.
  public func examine(_ text: String, records first: Int, count: Int) throws -> ExaminedAccount {
    try consult("account") { database, draft in
      let id = try AccountQueries.find(text, database, noting: &draft)
      guard let summary = try AccountQueries.summaries(database, ids: [id]).first else {
        throw CaseError.noSuchAccount(text)
      }
      let run = try AccountQueries.latestRun(database)
      let (compared, comparedCount) =
        try run.map { try AccountQueries.compared(id, run: $0, database) } ?? ([], 0)
      let (records, recordCount) = try AccountQueries.records(id, from: first, count: count, database)
      return ExaminedAccount(
        detail: AccountDetail(account: summary, identifiers: try AccountQueries.identifiers(id, database)),
        compared: compared, comparedCount: comparedCount, isLinked: run != nil,
        changedSince: try run.flatMap { try RunChange.some(since: $0, database) }, records: records,
        recordCount: recordCount)
    }
  }
}

extension AccountQueries {
  /// The last run; nil before a case is linked.
  fileprivate static func latestRun(_ database: Database) throws -> Int64? {
    do {
      return try RunStore.latest(database)
    } catch CaseError.neverLinked {
      return nil
    }
  }

  /// The accounts that a run compared an account with, and how many there are. Those that were restricted or erased since
  /// do not come.
  fileprivate static func compared(
    _ account: Int64, run: Int64, _ database: Database
  ) throws -> ([ExaminedAccount.Compared], Int) {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT iif(left = :account, right, left) AS other, log10_lr FROM pair
        WHERE run = :run AND (left = :account OR right = :account)
          AND iif(left = :account, right, left) NOT IN (SELECT account FROM withdrawal)
        ORDER BY abs(log10_lr) DESC, other
        """, arguments: ["run": run, "account": account])
    let shown = rows.prefix(ExaminedAccount.mostCompared)
    let others = try summaries(database, ids: shown.map { $0["other"] })
    let byID = Dictionary(uniqueKeysWithValues: others.map { ($0.id, $0) })
    let compared = shown.compactMap { row in
      byID["A\(row["other"] as Int64)"].map {
        ExaminedAccount.Compared(other: $0, log10LR: row["log10_lr"])
      }
    }
    return (compared, rows.count)
  }

  /// Records of an account in order of time, and how many there are.
  fileprivate static func records(
    _ account: Int64, from first: Int, count: Int, _ database: Database
  ) throws -> ([RecordSummary], Int) {
    let arguments: StatementArguments = ["account": account, "first": first, "count": count]
    // Numbers of records begin with their source, so that only the sources that name the account are gone through.
    let own = """
      FROM appearance own JOIN record ON record.id BETWEEN own.source << 32 AND (own.source << 32) + 4294967295
          AND record.appearance = own.id
      WHERE own.account = :account
      """
    let total =
      try Int.fetchOne(database, sql: "SELECT count(*) \(own)", arguments: ["account": account]) ?? 0
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT record.id, class, at, zone, precision, record.text, channel.name AS channel,
          CASE WHEN addressee.account NOT IN (SELECT account FROM withdrawal) THEN addressee.account END AS other
        FROM (SELECT record.* \(own) ORDER BY at, record.id LIMIT :count OFFSET :first) record
          LEFT JOIN channel ON channel.source = record.source AND channel.number = record.channel
          LEFT JOIN appearance addressee ON addressee.id = record.other
        ORDER BY at, record.id
        """, arguments: arguments)
    let records = try rows.map { row in
      RecordSummary(
        kind: UInt8(exactly: row["class"] as Int64).flatMap(RecordClass.init)?.name ?? "record",
        other: (row["other"] as Int64?).map { "A\($0)" }, channel: row["channel"],
        at: (row["at"] as Int64?).map { time($0, precision: row["precision"]) },
        isUTC: row["zone"] as Int64 != Int64(ZoneKnowledge.unknown.rawValue), text: row["text"],
        source: try place(of: row["id"], in: "record", database) ?? "")
    }
    return (records, total)
  }

  /// A time as finely as it was written.
  private static func time(_ microseconds: Int64, precision: Int64) -> String {
    let seconds = (Double(microseconds) / 1_000_000).rounded(.down)
    let stamp = CaseDatabase.timestamp(Date(timeIntervalSince1970: seconds)).dropLast()
    let length =
      switch UInt8(exactly: precision).flatMap(TimePrecision.init) {
      case .day: 10
      case .minute: 16
      default: 19
      }
    return String(stamp.prefix(length)).replacing("T", with: " ")
  }
}
