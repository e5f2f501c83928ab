internal import Glibc

/// Which rows of one table belong to which of another, kept on disk: a database's own indices may be missing, or be
/// damaged, and there are as many links as messages.
final class RowLinks {
  private let insertion: DatabaseQuery
  private let selection: DatabaseQuery

  /// Rows of one that are looked at.
  static let limit = 1000

  /// Makes a list in a file that is not there yet.
  init(at path: String) throws(DatabaseError) {
    let list = try Database(new: path)
    // It is thrown away.
    try list.run(
      """
      PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-8000;
      CREATE TABLE link (one INTEGER, other INTEGER, PRIMARY KEY (one, other)) WITHOUT ROWID; BEGIN
      """)
    // It is open, and without a name it goes with the process however that ends.
    unlink(path)
    insertion = try list.query("INSERT OR IGNORE INTO link VALUES (?1, ?2)")
    selection = try list.query("SELECT other FROM link WHERE one = ?1 ORDER BY other LIMIT \(Self.limit + 1)")
  }

  /// Adds a link.
  func add(_ one: Int64, _ other: Int64) throws(DatabaseError) {
    try insertion.bind(one, at: 1)
    try insertion.bind(other, at: 2)
    _ = try insertion.step()
    insertion.reset()
  }

  /// The rows that belong to one, in the order of their numbers; more than the limit, by one, where there are more.
  func others(of one: Int64) throws(DatabaseError) -> [Int64] {
    try selection.bind(one)
    defer { selection.reset() }
    var others: [Int64] = []
    while try selection.step() { if let other = selection.integer(0) { others.append(other) } }
    return others
  }
}
