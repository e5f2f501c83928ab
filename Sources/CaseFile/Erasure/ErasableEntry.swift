import Foundation
public import GRDB

/// An entry of the log whose content goes with something that is erased.
///
/// With an account goes every entry that names it. With a record (I2, D4) go the entries that are about it first of all,
/// as those of its steps are, and those of its notices: an entry of what was held back from D1 is that record's own, and
/// names D1 beside it. A look at several records stays: it says no more of each than that. What tells of legal holds
/// and of protection stays, as holds and protection do; but for entries of earlier versions that list protected accounts
/// in words, which go with the first of those that is erased.
public struct ErasableEntry: Sendable, Hashable {
  /// Its index in the log, from 0.
  public let index: UInt64
  /// All that it is about: A3, I2, D4, ….
  public let subjects: [String]

  /// Names an entry.
  public init(index: UInt64, subjects: [String]) {
    self.index = index
    self.subjects = subjects
  }

  /// The entries that go with subjects and still have their content, in order of index.
  ///
  /// - Parameter subjects: accounts, or records with all that is erased together with them.
  public static func all(with subjects: [String], _ database: Database) throws -> [ErasableEntry] {
    let encoded = try StoredStep.encode(subjects)
    let isProtected = try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM account WHERE is_protected AND 'A' || id IN (SELECT value FROM json_each(?)))
        """, arguments: [encoded])
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT idx, operation, action, \(PayloadText.at("subjects")) AS subjects FROM (
          SELECT idx, operation, action, \(PayloadText.valid()) AS payload FROM log_entry)
        WHERE operation <> 'erasure' AND action NOT LIKE 'hold.%'
          AND CASE WHEN action = 'protect' THEN :isProtected AND json_type(payload, '$.details.listed') IS NOT NULL
            ELSE EXISTS (
              SELECT 1 FROM json_each(payload, '$.subjects') WHERE value IN (SELECT value FROM json_each(:gone)))
          END
        ORDER BY idx
        """, arguments: ["gone": encoded, "isProtected": isProtected])
    let gone = Set(subjects)
    var found: [ErasableEntry] = []
    while let row = try rows.next() {
      let list: String = row["subjects"] as String? ?? "[]"
      // What is no list of texts was tampered with: it names nothing, and the check of the log says so.
      let named = (try? JSONDecoder().decode([String].self, from: Data(list.utf8))) ?? []
      let isLook = row["operation"] as String == ProcessingOperation.consultation.rawValue
      if row["action"] as String == "protect" || goes(named, isLook: isLook, with: gone) {
        found.append(ErasableEntry(index: UInt64(row["idx"] as Int64), subjects: named))
      }
    }
    return found
  }

  private static func goes(_ named: [String], isLook: Bool, with gone: Set<String>) -> Bool {
    if named.contains(where: { $0.first == "A" && gone.contains($0) }) { return true }
    let records = named.filter { $0.first == "I" || $0.first == "D" }
    if isLook, Set(records.map(\.first)).count < records.count { return false }
    // A notice names its record second.
    let owner = named.first?.first == "N" ? named.dropFirst().first : named.first
    return owner.map(gone.contains) ?? false
  }
}
