/// A kind of thing that a case stores, and the entry of the log that each of them must have.
///
/// Thing and entry say the same by a key: a text that is put together from the row on one side and from the payload on
/// the other. A row that was changed, added or deleted behind the program's back has no entry, or leaves one without
/// its row.
struct StoredEffect {
  /// The action of its entries.
  let action: String
  /// SQL: key and a label for people of every row. `:earlier` is how many rows are older than the log.
  let rows: String
  /// SQL over `payload`: the key that an entry names; NULL for an entry of this action about something else.
  let key: String
  /// The count in the entry `log.begin` of rows that are older than the log; nil for what never is.
  var earlier: String?

  /// Every kind that is checked row by row. Steps of identifications and disclosures name their entry themselves.
  static let all = [
    StoredEffect(
      action: "new",
      rows: """
        SELECT mode || char(10) || basis || char(10) || reference || char(10) || owner || char(10) || reviewer
          || char(10) || review_by || char(10) || dpia || char(10) || purpose, 'what the case was opened with'
        FROM opening WHERE :earlier = 0
        """,
      // The purpose is the entry's justification.
      key: """
        \(detail(["mode", "basis", "reference", "owner", "reviewer", "review_by", "dpia"])) || char(10)
          || json_extract(payload, '$.justification')
        """,
      earlier: "opening"),
    StoredEffect(
      action: "import",
      rows: """
        SELECT 'S' || id || char(10) || sha256 || char(10) || format, 'source S' || id FROM source
        WHERE id > :earlier ORDER BY id
        """,
      key: "\(subject) || char(10) || \(detail(["sha256", "format"]))", earlier: "sources"),
    StoredEffect(
      action: "link",
      rows: """
        SELECT hash, 'run ' || substr(hash, 1, 12) || ' of ' || run_order.made_at
        FROM run_order LEFT JOIN run ON run.id = run_order.run WHERE run_order.id > :earlier ORDER BY run_order.id
        """,
      key: detail(["run"]), earlier: "runs"),
    StoredEffect(
      action: "judge",
      rows: """
        SELECT id || char(10) || verdict || char(10) || reason || char(10) || 'A' || left || ' A' || right,
          'judgement ' || id FROM judgement WHERE id > :earlier ORDER BY id
        """,
      key: """
        \(detail(["judgement", "verdict", "reason"])) || char(10) || \(subject) || ' '
          || json_extract(payload, '$.subjects[1]')
        """,
      earlier: "judgements"),
    StoredEffect(
      action: "undo",
      rows: """
        SELECT CAST(id AS TEXT), 'the taking back of judgement ' || id FROM judgement
        WHERE undone_at IS NOT NULL AND id > :earlier ORDER BY id
        """,
      key: detail(["judgement"]), earlier: "judgements"),
    StoredEffect(
      action: "export",
      rows: """
        SELECT number || char(10) || format || char(10) || sha256, 'export X' || number FROM export ORDER BY number
        """,
      key: detail(["export", "format", "sha256"])),
    StoredEffect(
      action: "notice",
      rows: "SELECT 'N' || id || char(10) || sha256, 'notice N' || id FROM notice ORDER BY id",
      key: "\(subject) || char(10) || \(detail(["sha256"]))"),
    StoredEffect(
      action: "disclose.start",
      // What was held back names the record that it was held back from, and the others all that they began with.
      rows: """
        SELECT CASE WHEN parent IS NULL THEN 'D' || id || char(10) || 'I' || identification || char(10)
            || coalesce(victim, '') || char(10) || unit || char(10) || rules || char(10)
            || CASE WHEN is_enhanced THEN 'yes' ELSE 'no' END
          ELSE 'D' || id || char(10) || 'D' || parent END, 'disclosure D' || id FROM disclosure ORDER BY id
        """,
      key: """
        \(subject) || char(10) || CASE WHEN json_extract(payload, '$.details.parent') IS NULL
          THEN json_extract(payload, '$.subjects[1]') || char(10)
            || \(detail(["victim", "unit", "rules_sha256", "enhanced"]))
          ELSE json_extract(payload, '$.details.parent') END
        """),
    StoredEffect(
      action: "who.add",
      rows: """
        SELECT id || char(10) || roles || char(10) || coalesce(rank, ''), 'person ' || id FROM person ORDER BY id
        """,
      key: "\(detail(["id", "roles"])) || char(10) || coalesce(json_extract(payload, '$.details.rank'), '')"),
    StoredEffect(
      action: "who.remove",
      rows: "SELECT id, 'the removal of ' || id FROM person WHERE removed_at IS NOT NULL ORDER BY id",
      key: detail(["id"])),
    StoredEffect(
      action: "hold.place",
      rows: """
        SELECT 'H' || id || char(10) || reason || char(10) || reference, 'hold H' || id FROM legal_hold ORDER BY id
        """,
      key: "\(subject) || char(10) || \(detail(["reason", "reference"]))"),
    StoredEffect(
      action: "hold.lift",
      rows: """
        SELECT 'H' || id, 'the lifting of hold H' || id FROM legal_hold WHERE lifted_at IS NOT NULL ORDER BY id
        """,
      key: subject),
    StoredEffect(
      action: "restrict",
      rows: """
        SELECT 'A' || account, 'the restriction of A' || account FROM withdrawal WHERE kind = 'restrict'
        ORDER BY account
        """,
      key: subject),
    StoredEffect(
      action: "erase",
      rows: """
        SELECT 'A' || account, 'the erasure of A' || account FROM withdrawal WHERE kind = 'erase' ORDER BY account
        """,
      key: "CASE WHEN \(subject) GLOB 'A[0-9]*' THEN \(subject) END"),
  ]

  private static let subject = "json_extract(payload, '$.subjects[0]')"

  private static func detail(_ names: [String]) -> String {
    names.map { "json_extract(payload, '$.details.\($0)')" }.joined(separator: " || char(10) || ")
  }
}
