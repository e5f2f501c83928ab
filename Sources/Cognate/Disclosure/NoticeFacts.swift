internal import AccountModel
internal import CaseFile
internal import Disclosure
import GRDB

/// What a case knows of the accounts of an identification, for a notice.
enum NoticeFacts {
  /// The accounts as people call them: what two sources call by number and by handle is one. So is what a chat shows by the
  /// handle of another alone, as of an account without a name.
  static func accounts(_ ids: [Int64], _ database: Database) throws -> [NoticeAccount] {
    var found: [NoticeAccount] = []
    var places: [String: Int] = [:]
    for account in try AccountQueries.summaries(database, ids: ids) {
      let platform =
        written[account.platform] ?? account.platform.prefix(1).uppercased() + account.platform.dropFirst()
      guard let kind = IdentifierKind(rawValue: account.kind), addresses.contains(kind) else {
        found.append(
          NoticeAccount(
            platform: platform, name: nil,
            displayName: account.kind == IdentifierKind.displayName.rawValue ? account.name : nil))
        continue
      }
      let handle = try account.shown.flatMap { try isHandle($0, of: account, database) ? $0 : nil }
      let name = handle ?? account.name
      let place = places["\(platform): \(name)"] ?? found.count
      if place == found.count {
        places["\(platform): \(name)"] = place
        found.append(NoticeAccount(platform: platform, name: name))
      }
      if handle != nil {
        found[place].numbers.append(account.name)
      } else if found[place].displayName == nil {
        found[place].displayName = account.shown
      }
    }
    let listed = Set(found.compactMap { account in account.name.map { key(account.platform, $0) } })
    return found.filter { account in
      guard account.name == nil, let shown = account.displayName else { return true }
      return !listed.contains(key(account.platform, shown))
    }
  }

  /// What names that differ in the case of letters alone have in common on a platform.
  private static func key(_ platform: String, _ name: String) -> String {
    "\(platform): \(name.lowercased())"
  }

  /// Platforms that write themselves otherwise than with a first capital.
  private static let written = [
    "x": "X", "whatsapp": "WhatsApp", "sms": "Text message", "email": "E-mail", "tiktok": "TikTok",
  ]

  /// Kinds of values that lead to one account.
  private static let addresses: Set<IdentifierKind> = [
    .handle, .platformID, .phone, .email, .url, .profileLink,
  ]

  /// Whether a name that an account shows is a handle of its, and no display name.
  private static func isHandle(
    _ shown: String, of account: AccountSummary, _ database: Database
  ) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM sighting JOIN value ON value.id = value
          JOIN appearance ON appearance.id = appearance
          WHERE account = ? AND value.kind = 'handle' AND written = ?)
        """, arguments: [Int64(account.id.dropFirst()), shown]) ?? false
  }

  /// First and last day on which accounts were used.
  struct Period {
    /// Nil where no record has a date that can be.
    var days: ClosedRange<CivilDate>?
    /// Records with dates that cannot be.
    var impossible = 0
  }

  /// The first instant that a record of an account is believed to be of: 1 January 1995, 00:00 UTC. A clock that was
  /// never set stands at 1970, 1980 or a like year.
  private static let first: Int64 = 788_918_400

  /// When accounts were used, by those records whose dates can be: not before 1995, and not after the day on which their
  /// source was imported.
  static func period(_ ids: [Int64], _ database: Database) throws -> Period {
    var period = Period()
    var bounds: ClosedRange<Int64>?
    func take(_ from: Int64, _ to: Int64) {
      bounds = min(bounds?.lowerBound ?? from, from)...max(bounds?.upperBound ?? to, to)
    }
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT appearance.id, source, first_active, last_active, imported_at
        FROM appearance JOIN source ON source.id = source
        WHERE account IN (\(ids.map(String.init).joined(separator: ",")))
          AND first_active IS NOT NULL AND last_active IS NOT NULL ORDER BY appearance.id
        """)
    for row in rows {
      let imported: String = row["imported_at"]
      // The whole of that day: times that were written without a zone may run ahead.
      let last = CivilDate(imported.prefix(10)).map(LondonTime.end) ?? first
      let (from, to) = (seconds(row["first_active"]), seconds(row["last_active"]))
      if from >= first, to <= last {
        take(from, to)
        continue
      }
      let (possible, impossible) = try records(
        of: row["id"], source: row["source"], within: first...max(first, last), database)
      if let possible { take(possible.lowerBound, possible.upperBound) }
      period.impossible += impossible
    }
    period.days = bounds.map { LondonTime.date(of: $0.lowerBound)...LondonTime.date(of: $0.upperBound) }
    return period
  }

  /// The times of an account's own records in a source that lie within bounds, and how many do not.
  private static func records(
    of appearance: Int64, source: Int64, within bounds: ClosedRange<Int64>, _ database: Database
  ) throws -> (possible: ClosedRange<Int64>?, impossible: Int) {
    let classes = [RecordClass.message, .call, .login].map { String($0.rawValue) }.joined(separator: ",")
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT min(at) FILTER (WHERE at BETWEEN :from AND :to) AS first,
          max(at) FILTER (WHERE at BETWEEN :from AND :to) AS last,
          count(*) FILTER (WHERE at NOT BETWEEN :from AND :to) AS impossible
        FROM record WHERE id BETWEEN :source << 32 AND (:source << 32) | 0xFFFFFFFF AND appearance = :appearance
          AND at IS NOT NULL AND class IN (\(classes))
        """,
      arguments: [
        "from": bounds.lowerBound * 1_000_000, "to": bounds.upperBound * 1_000_000 + 999_999,
        "source": source,
        "appearance": appearance,
      ])
    guard let row else { return (nil, 0) }
    let impossible: Int = row["impossible"]
    guard let first: Int64 = row["first"], let last: Int64 = row["last"] else { return (nil, impossible) }
    return (seconds(first)...seconds(last), impossible)
  }

  /// Activity is stored in microseconds.
  private static func seconds(_ stored: Int64) -> Int64 {
    Int64((Double(stored) / 1_000_000).rounded(.down))
  }
}
