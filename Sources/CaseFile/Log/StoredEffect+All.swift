extension StoredEffect {
  /// Every kind that is checked row by row. Steps of identifications and disclosures name their entry themselves.
  static let all = [
    StoredEffect(
      action: "new", table: "opening", filter: ":earlier = 0", label: "'what the case was opened with'",
      key: lines(["mode", "basis", "reference", "owner", "reviewer", "review_by", "dpia", "purpose"]),
      // The purpose is the entry's justification.
      told: """
        \(PayloadText.details(["mode", "basis", "reference", "owner", "reviewer", "review_by", "dpia"]))
          || char(10) || \(PayloadText.at("justification"))
        """,
      row: "1",
      pinned: [
        "mode", "basis", "purpose", "reference", "owner", "reviewer", "review_by", "dpia", "opened_at",
      ],
      earlier: "opening"),
    StoredEffect(
      action: "import", table: "source", filter: "id > :earlier", label: "'source S' || id",
      key: lines(["'S' || id", "sha256", "format"]),
      told: "\(PayloadText.subject) || char(10) || \(PayloadText.details(["sha256", "format"]))",
      row: PayloadText.subjectNumber, pinned: ["sha256", "format", "imported_at"], earlier: "sources"),
    StoredEffect(
      action: "link", table: "run_order LEFT JOIN run ON run.id = run_order.run", id: "run_order.id",
      filter: "run_order.id > :earlier",
      label: "'run ' || coalesce(substr(hash, 1, 12), run_order.run) || ' of ' || run_order.made_at",
      key: "hash", told: PayloadText.at("details.run"), row: PayloadText.number("order"),
      pinned: [
        "hash", "inputs", "settings", "engine", "result", "run.made_at", "run_order.made_at",
      ], earlier: "runs"),
    StoredEffect(
      action: "judge", table: "judgement", filter: "id > :earlier", label: "'judgement ' || id",
      key: lines(["id", "verdict", "reason", "'A' || left || ' A' || right"]),
      told: """
        \(PayloadText.details(["judgement", "verdict", "reason"])) || char(10) || \(PayloadText.subject) || ' '
          || \(PayloadText.at("subjects[1]"))
        """,
      row: PayloadText.number("judgement"), pinned: ["left", "right", "verdict", "reason", "made_at"],
      earlier: "judgements"),
    StoredEffect(
      action: "undo", table: "judgement", filter: "undone_at IS NOT NULL AND id > :earlier",
      label: "'the taking back of judgement ' || id", key: "id", told: PayloadText.details(["judgement"]),
      row: PayloadText.number("judgement"), pinned: ["undone_at"], earlier: "judgements"),
    StoredEffect(
      action: "export", table: "export", id: "number", label: "'export X' || number",
      key: lines(["number", "format", "sha256"]), told: PayloadText.details(["export", "format", "sha256"]),
      row: PayloadText.number("export"), pinned: ["format", "sha256", "bytes", "run", "at"], entry: "entry"),
    StoredEffect(
      action: "notice", table: "notice", label: "'notice N' || id",
      key: lines([
        "'N' || id", "'D' || disclosure", "sha256", "text_sha256",
        "CASE WHEN is_correction THEN 'yes' ELSE 'no' END",
      ]),
      told: """
        \(PayloadText.subject) || char(10) || \(PayloadText.at("subjects[1]")) || char(10)
          || \(PayloadText.details(["sha256", "text_sha256", "correction"]))
        """,
      row: PayloadText.subjectNumber,
      pinned: ["disclosure", "is_correction", "step", "sha256", "text_sha256", "made_at"],
      entry: "log_entry"),
    StoredEffect(
      action: "disclose.start", table: "disclosure LEFT JOIN rule_set ON rule_set.sha256 = rules",
      label: "'disclosure D' || id",
      // What was held back names the record that it was held back from, and the others all that they began with.
      key: """
        CASE WHEN parent IS NULL THEN \(lines([
          "'D' || id", "'I' || identification", "coalesce(victim, '')", "unit", "rules",
          "CASE WHEN is_enhanced THEN 'yes' ELSE 'no' END",
        ])) ELSE 'D' || id || char(10) || 'D' || parent END
        """,
      told: """
        \(PayloadText.subject) || char(10) || CASE WHEN \(PayloadText.at("details.parent")) IS NULL
          THEN \(PayloadText.at("subjects[1]")) || char(10)
            || \(PayloadText.details(["victim", "unit", "rules_sha256", "enhanced"]))
          ELSE \(PayloadText.at("details.parent")) END
        """,
      row: PayloadText.subjectNumber,
      pinned: [
        "identification", "parent", "victim", "unit", "authority", "rules", "is_enhanced", "opened_at",
        "rule_set.version", "rule_set.added_at",
      ], entry: "log_entry"),
    StoredEffect(
      action: "who.add", table: "person", id: "rowid", label: "'person ' || id",
      key: lines(["id", "roles", "coalesce(rank, '')"]),
      told: """
        \(PayloadText.details(["id", "roles"])) || char(10) || coalesce(\(PayloadText.at("details.rank")), '')
        """,
      row: person, pinned: ["id", "roles", "rank", "added_at"]),
    StoredEffect(
      action: "who.remove", table: "person", id: "rowid", filter: "removed_at IS NOT NULL",
      label: "'the removal of ' || id", key: "id", told: PayloadText.details(["id"]), row: person,
      pinned: ["removed_at"]),
    StoredEffect(
      action: "hold.place", table: "legal_hold", label: "'hold H' || id",
      key: lines(["'H' || id", "subject", "reason", "reference", "placed_by"]),
      told: """
        \(PayloadText.subject) || char(10) || coalesce(\(PayloadText.at("subjects[1]")), '') || char(10)
          || \(PayloadText.details(["reason", "reference"])) || char(10) || \(PayloadText.at("who.name"))
        """,
      row: PayloadText.subjectNumber, pinned: ["subject", "reason", "reference", "placed_at", "placed_by"]),
    StoredEffect(
      action: "hold.lift", table: "legal_hold", filter: "lifted_at IS NOT NULL OR lifted_by IS NOT NULL",
      label: "'the lifting of hold H' || id", key: lines(["'H' || id", "lifted_by"]),
      told: "'H' || \(lifted) || char(10) || \(PayloadText.at("who.name"))",
      row: lifted, pinned: ["lifted_at", "lifted_by"]),
    StoredEffect(
      action: "restrict", table: "withdrawal", id: "account", filter: "kind = 'restrict'",
      label: "'the restriction of A' || account", key: "'A' || account", told: PayloadText.subject,
      row: PayloadText.subjectNumber, pinned: ["kind", "at"], entry: "log_entry"),
    StoredEffect(
      action: "erase", table: "withdrawal", id: "account", filter: "kind = 'erase'",
      label: "'the erasure of A' || account", key: "'A' || account",
      told: "CASE WHEN \(PayloadText.subject) GLOB 'A[0-9]*' THEN \(PayloadText.subject) END",
      row: "CASE WHEN \(PayloadText.subject) GLOB 'A[0-9]*' THEN \(PayloadText.subjectNumber) END",
      pinned: ["kind", "at"], entry: "log_entry"),
  ]

  /// Earlier versions entered a hold as it was typed: `1` and `H01` for H1.
  private static let lifted = "CAST(ltrim(\(PayloadText.subject), 'H') AS INTEGER)"

  private static let person = "(SELECT rowid FROM person WHERE id = \(PayloadText.at("details.id")))"

  private static func lines(_ columns: [String]) -> String { columns.joined(separator: " || char(10) || ") }
}
