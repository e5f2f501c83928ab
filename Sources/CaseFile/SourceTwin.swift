internal import AccountModel
public import GRDB

/// Finds a source that holds what another holds: an export beside its own archive, or packed in two ways.
///
/// The bytes differ, so that their hashes do not tell. Records, accounts and identifiers are compared with their places
/// in the source, and with their times as far as the source says them; what the options of an import decide (the instants
/// of times under an assumed zone) and what the file's name gives (names of conversations) are left out.
public enum SourceTwin {
  /// The first other source that holds what a source holds, or nil.
  public static func find(of source: Int64, _ database: Database) throws -> Int64? {
    try Int64.fetchOne(database, sql: query, arguments: [source])
  }

  /// Every source of the same format is held against it, in one statement, as a folder may hold thousands: the first
  /// condition parts nearly all of them.
  private static let query = """
    SELECT other.id FROM source AS this JOIN source AS other
      ON other.format = this.format AND other.id <> this.id
    WHERE this.id = ? \(differences.map { "AND NOT EXISTS (\($0))" }.joined(separator: " "))
    ORDER BY other.id LIMIT 1
    """

  /// Ids are made of the source's and of a number within it.
  private static let shift = "(other.id - this.id) * 4294967296"

  /// The ids of rows of a source.
  private static func rows(of source: String) -> String {
    "(\(source).id << 32) AND (\(source).id << 32 | 4294967295)"
  }

  /// How the zone of a time that is an instant is stored: formats that count seconds write no other time beside it.
  private static let known = ZoneKnowledge.known.rawValue

  private static let place: [String] = ["member", "offset", "length", "line", "pattern", "index0", "index1"]

  /// Queries of what one of the two has and the other has not.
  private static let differences: [String] = [
    """
    SELECT 1 FROM appearance AS one JOIN account AS x ON x.id = one.account
      LEFT JOIN appearance AS two ON two.id = one.id + \(shift) LEFT JOIN account AS y ON y.id = two.account
    WHERE one.id BETWEEN \(rows(of: "this")) AND (y.id IS NULL OR two.role <> one.role OR y.platform <> x.platform
      OR y.kind <> x.kind OR y.canonical <> x.canonical)
    """,
    "\(counts("this")) EXCEPT \(counts("other"))", "\(counts("other")) EXCEPT \(counts("this"))",
    """
    SELECT 1 FROM appearance AS two LEFT JOIN appearance AS one ON one.id = two.id - \(shift)
    WHERE two.id BETWEEN \(rows(of: "other")) AND one.id IS NULL
    """,
    """
    SELECT 1 FROM record AS one LEFT JOIN record AS two ON two.id = one.id + \(shift)
    WHERE one.id BETWEEN \(rows(of: "this")) AND (two.id IS NULL OR two.class <> one.class
      OR two.appearance <> one.appearance + \(shift) OR two.other IS NOT one.other + \(shift)
      OR two.channel IS NOT one.channel OR two.written_time IS NOT one.written_time OR two.text IS NOT one.text
      OR two.assertion IS NOT one.assertion
      OR (one.zone = \(known) OR one.written_time IS NULL) AND two.at IS NOT one.at
      OR \(place.map { "two.\($0) <> one.\($0)" }.joined(separator: " OR ")))
    """,
    """
    SELECT 1 FROM record AS two LEFT JOIN record AS one ON one.id = two.id - \(shift)
    WHERE two.id BETWEEN \(rows(of: "other")) AND one.id IS NULL
    """,
    "\(sightingsHere) EXCEPT \(sightingsThere)", "\(sightingsThere) EXCEPT \(sightingsHere)",
  ]

  private static func counts(_ source: String) -> String {
    "SELECT unit, seen, imported, set_aside FROM reconciliation WHERE source = \(source).id"
  }

  private static let sightingsHere = sightings("appearance + \(shift)", of: "this")
  private static let sightingsThere = sightings("appearance", of: "other")

  private static func sightings(_ appearance: String, of source: String) -> String {
    """
    SELECT \(appearance), value, written, label, assertion, port, CASE WHEN zone = \(known) THEN at END,
      \(place.joined(separator: ", "))
    FROM sighting
    WHERE appearance BETWEEN \(rows(of: source))
    """
  }
}
