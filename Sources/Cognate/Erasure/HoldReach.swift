internal import CaseFile
import GRDB

/// What a legal hold keeps beside what it names: an identification with its accounts and disclosures, and a disclosure
/// with what was held back from it.
struct HoldReach {
  private var accounts: [String: [String]] = [:]
  private var identifications: [String: [String]] = [:]
  private var disclosures: [String: (identification: String, family: [String])] = [:]

  init(_ database: Database) throws {
    let members = try Row.fetchAll(
      database,
      sql: """
        SELECT 'I' || identification.id AS id, 'A' || member.value AS account
        FROM identification, json_each(identification.members) member
        """)
    for row in members {
      accounts[row["id"], default: []].append(row["account"])
      identifications[row["account"], default: []].append(row["id"])
    }
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT 'D' || one.id AS id, 'I' || one.identification AS identification, group_concat('D' || other.id) AS family
        FROM disclosure one LEFT JOIN disclosure other ON other.id = one.parent OR other.parent = one.id
        GROUP BY one.id
        """)
    for row in rows {
      let family = (row["family"] as String?)?.split(separator: ",").map(String.init) ?? []
      disclosures[row["id"]] = (row["identification"], family)
    }
  }

  /// A subject and all whose hold keeps it.
  func around(_ subject: String) -> Set<String> {
    var found: Set<String> = [subject]
    if let own = disclosures[subject] { found.formUnion(own.family + [own.identification]) }
    // An account is kept with the identifications that it is part of; these with all their accounts.
    found.formUnion(accounts[subject] ?? [])
    let identified = identifications[subject] ?? [subject]
    found.formUnion(identified)
    for (id, disclosure) in disclosures where identified.contains(disclosure.identification) {
      found.insert(id)
    }
    return found
  }

  /// Refuses an erasure that a hold forbids.
  ///
  /// - Parameters:
  ///   - subject: what is erased: `A3`, `I2`, `D4` or `E17`.
  ///   - entries: the entries of the log whose content goes with it.
  /// - Throws: `CaseError`, naming the hold and what it holds.
  func check(_ subject: String, _ entries: [ErasableEntry], _ database: Database) throws {
    let around = around(subject)
    for hold in try LegalHold.all(database) where hold.liftedAt == nil {
      let name = "\(hold.id) (\(hold.reference)) holds"
      let advice = "it must be kept. Restrict it, or have the hold lifted."
      if hold.subject.isEmpty { throw CaseError.invalid("\(name) the whole case: \(advice)") }
      if around.contains(hold.subject) { throw CaseError.invalid("\(name) \(hold.subject): \(advice)") }
      for entry in entries {
        let id = "E\(entry.index)"
        if hold.subject == id {
          throw CaseError.invalid("\(name) \(id), which would go with \(subject): \(advice)")
        }
        if entry.subjects.contains(hold.subject) {
          throw CaseError.invalid(
            "\(name) \(hold.subject), and \(id), which speaks of it, would go with \(subject): \(advice)")
        }
      }
    }
  }
}
