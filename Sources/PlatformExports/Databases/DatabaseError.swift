internal import CSQLite

/// Why a statement on a database did not come to its end.
struct DatabaseError: Error, Equatable {
  /// The sorts that are told apart.
  enum Reason: Int32, Sendable {
    case damaged = 2
    case noDatabase
    case tooLarge
    case tooMuchWork
    case noRoom
    case noSuch
    case failed
    /// Rows have other numbers than those by which other tables name them; no status of SQLite's.
    case renumbered = 100
  }

  let reason: Reason

  init(_ reason: Reason) { self.reason = reason }

  init(status: Int32) { reason = Reason(rawValue: status) ?? .failed }

  /// The refusal of a source for it.
  func refusal(of place: String) -> ExportRefusal {
    switch reason {
    case .noRoom: PrivateFile.noRoom(place)
    case .failed:
      ExportRefusal(
        "read-error", what: "its copy cannot be read", place: place,
        advice: "Check memory and disk, and try again.")
    case .noDatabase:
      ExportRefusal(
        "no-database", what: "is no SQLite database, or an encrypted one", place: place,
        advice: "Have the tool that extracted it decrypt it.")
    case .renumbered:
      ExportRefusal(
        "renumbered-rows",
        what: "is a copy whose rows were numbered anew, so that nothing tells whose message is whose",
        place: place,
        advice: "Ask for the database file as the device had it, and not for a copy made table by table.")
    case .damaged, .tooLarge, .tooMuchWork, .noSuch:
      ExportRefusal(
        "bad-database", what: "the list of its tables is damaged", place: place,
        advice: "Ask for the database again, or have it repaired and give the result.")
    }
  }
}
