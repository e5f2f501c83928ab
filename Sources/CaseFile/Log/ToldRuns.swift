import GRDB

/// What entries tell of the runs that the case stores, by hashes: each link of what it found, and each erasure of what it
/// left of the runs from which it took evidence, or whose entry it erased.
struct ToldRuns {
  /// The hashes that a run must have; empty where no entry says one.
  struct Digests: Equatable {
    var results: Set<String> = []
    var evidence: Set<String> = []
  }

  /// By the hash of the run's identity.
  private(set) var runs: [String: Digests] = [:]

  /// Reads what entries say, in their order.
  init(_ database: Database) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT action, \(PayloadText.at("details.run")), \(PayloadText.at("details.result_sha256")),
          \(PayloadText.at("details.evidence_sha256")), \(PayloadText.at("details.runs_left")),
          \(PayloadText.subject) GLOB 'A[0-9]*'
        FROM log_entry WHERE action IN ('link', 'erase') AND payload IS NOT NULL ORDER BY idx
        """)
    while let row = try rows.next() {
      if row[0] as String == "link" {
        guard let run = row[1] as String? else { continue }
        if let result = row[2] as String? { runs[run, default: Digests()].results.insert(result) }
        if let evidence = row[3] as String? { runs[run, default: Digests()].evidence.insert(evidence) }
      } else if let left = row[4] as String? {
        note(left)
      } else if row[5] as Bool? == true {
        // Erasures of older versions do not say what evidence they left.
        for run in runs.keys { runs[run]?.evidence = [] }
      }
    }
  }

  private mutating func note(_ left: String) {
    for one in left.split(separator: " ") {
      let parts = one.split(separator: ":").map(String.init)
      guard parts.count == 3 else { continue }
      // Evidence is what an erasure takes; what was found stays.
      runs[parts[0], default: Digests()].results.insert(parts[1])
      runs[parts[0]]?.evidence = [parts[2]]
    }
  }
}
