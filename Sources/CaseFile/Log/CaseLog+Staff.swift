import Disclosure
import GRDB

/// What the steps of identifications and disclosures say of those who took them: by that the rules let them. A role that
/// was put into the database for one step, and taken out again after it, stands nowhere else any more.
extension CaseLog {
  /// Checks the staff that steps name, the analysts that they count, and the holder by whose rules they were taken.
  func staff(_ database: Database, _ report: inout CaseLogReport) throws {
    for family in StoredStep.Family.allCases {
      try roles(family, database, &report)
      try analysts(family, database, &report)
    }
    try holders(database, &report)
  }

  /// Roles and ranks are given once, when somebody is registered.
  private func roles(
    _ family: StoredStep.Family, _ database: Database, _ report: inout CaseLogReport
  ) throws {
    // What is no object has no roles, and asking it for some would end the check.
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT owner, action, \(PayloadText.at("id", of: "named")) AS id FROM (
          SELECT step.\(family.rawValue) AS owner, step.ordinal, step.action, part.id AS place,
            CASE WHEN part.type = 'object' THEN part.value END AS named
          FROM \(family.rawValue)_step step, json_tree(\(PayloadText.valid("step.content"))) part)
        WHERE json_type(named, '$.roles') = 'array' AND NOT EXISTS (
          SELECT 1 FROM person
          WHERE person.id = \(PayloadText.at("id", of: "named"))
            AND person.rank IS \(PayloadText.at("rank", of: "named"))
            AND person.roles = (
              SELECT group_concat(value, ' ') FROM (
                SELECT value FROM json_each(named, '$.roles') ORDER BY value)))
        ORDER BY owner, ordinal, place
        """)
    for row in rows {
      report.fault(
        "\(family.letter)\(row[0] as Int64): the step \(row[1] as String) names \(row[2] as String? ?? "nobody") with other roles or another rank than they are registered with"
      )
    }
  }

  /// Who linked or judged before a step, by the first entry of each.
  private func analysts(
    _ family: StoredStep.Family, _ database: Database, _ report: inout CaseLogReport
  ) throws {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT step.\(family.rawValue), step.action, worked.actor
        FROM \(family.rawValue)_step step JOIN (
          SELECT actor, min(idx) AS since FROM log_entry WHERE action IN ('link', 'judge', 'undo')
          GROUP BY actor) worked ON worked.since < step.log_entry
        WHERE json_type(\(PayloadText.valid("step.content")), '$.circumstances.analysts') = 'array'
          AND NOT EXISTS (
            SELECT 1 FROM json_each(\(PayloadText.valid("step.content")), '$.circumstances.analysts') known
            WHERE known.value = worked.actor)
        ORDER BY 1, step.ordinal, worked.actor
        """)
    for row in rows {
      report.fault(
        "\(family.letter)\(row[0] as Int64): the step \(row[1] as String) does not count \(row[2] as String) among those who had linked or judged before it"
      )
    }
  }

  /// A charity confirms nothing. The records of disclosures say themselves whose they are: see `authorities`.
  private func holders(_ database: Database, _ report: inout CaseLogReport) throws {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT identification, action FROM identification_step
        WHERE \(PayloadText.at("circumstances.authority", of: "content")) <> (
          SELECT CASE mode WHEN ? THEN ? ELSE ? END FROM opening)
        ORDER BY identification, ordinal
        """,
      arguments: [CaseMode.force.rawValue, Authority.force.rawValue, Authority.charity.rawValue])
    for row in rows {
      report.fault(
        "I\(row[0] as Int64): the step \(row[1] as String) was taken by the rules of another holder than the case's"
      )
    }
  }
}
