public import Disclosure
import Foundation
public import GRDB

/// Rule sets and calendars of bank holidays as the case keeps them: by the hash of their bytes, so that each due date
/// can be computed again.
public enum RuleStore {
  /// Keeps a rule set.
  ///
  /// - Parameter toml: as read from a file; nil for the proposal of this version.
  /// - Returns: the rules, and SHA-256 of their text.
  /// - Throws: `RuleSet.Failure`; `CaseError` when the same version was kept with other rules.
  public static func keep(
    toml: String?, at stamp: String, _ database: Database
  ) throws -> (rules: RuleSet, sha256: String) {
    let text = toml ?? RuleSet.proposal.toml
    let rules = try RuleSet(toml: text)
    let hash = ContentHash.text(text)
    let other = try String.fetchAll(
      database, sql: "SELECT toml FROM rule_set WHERE version = ? AND sha256 <> ?",
      arguments: [rules.version, hash])
    for known in other where try RuleSet(toml: known) != rules {
      throw CaseError.invalid(
        "The case holds other rules under version \(rules.version): give the changed rule set a version of its own."
      )
    }
    try database.execute(
      sql: "INSERT OR IGNORE INTO rule_set VALUES (?, ?, ?, ?)",
      arguments: [hash, rules.version, text, stamp])
    return (rules, hash)
  }

  /// Keeps a calendar, which is used from now on.
  ///
  /// - Throws: `BankHolidays.Failure`.
  public static func keep(
    calendar bytes: [UInt8], at stamp: String, _ database: Database
  ) throws -> (calendar: BankHolidays, sha256: String) {
    let calendar = try BankHolidays(json: bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    let hash = ContentHash.text(text)
    try database.execute(sql: "DELETE FROM calendar WHERE sha256 = ?", arguments: [hash])
    try database.execute(
      sql: "INSERT INTO calendar (sha256, source, json, added_at) VALUES (?, ?, ?, ?)",
      arguments: [hash, calendar.source, text, stamp])
    return (calendar, hash)
  }

  /// The calendar in use: the newest that was kept, or that of this version.
  public static func calendar(_ database: Database) throws -> (calendar: BankHolidays, sha256: String) {
    if let row = try Row.fetchOne(
      database, sql: "SELECT sha256, json FROM calendar ORDER BY id DESC LIMIT 1")
    {
      return (try BankHolidays(json: Array((row["json"] as String).utf8)), row["sha256"])
    }
    let bytes = BankHolidays.builtInJSON
    return (try BankHolidays(json: bytes), ContentHash.text(String(decoding: bytes, as: UTF8.self)))
  }
}
