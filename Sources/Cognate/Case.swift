public import CaseFile
public import Foundation

/// A case: the front door of the library. Import, link, explain, judge.
public final class Case: Sendable {
  /// The case on disk.
  public let database: CaseDatabase
  /// Clock, so that tests can stop it.
  let now: @Sendable () -> Date

  private init(_ database: CaseDatabase, now: @escaping @Sendable () -> Date) {
    self.database = database
    self.now = now
  }

  /// Makes a case in a folder that does not exist yet.
  public static func create(
    at folder: URL, opening: CaseOpening, now: @escaping @Sendable () -> Date = { Date() }
  ) throws -> Case {
    Case(try CaseDatabase.create(at: folder, opening: opening, now: now()), now: now)
  }

  /// Opens a case.
  public static func open(
    _ folder: URL, now: @escaping @Sendable () -> Date = { Date() }
  ) throws -> Case {
    Case(try CaseDatabase.open(folder), now: now)
  }

  /// What the case was opened with.
  public func opening() throws -> CaseOpening { try database.opening() }
}
