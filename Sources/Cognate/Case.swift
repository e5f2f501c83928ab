public import CaseFile
public import Foundation

/// A case: the front door of the library. Import, link, explain, judge.
///
/// Whatever is done or looked at through it is entered in the case's log, as done by `actor`.
public final class Case: Sendable {
  /// The case on disk.
  public let database: CaseDatabase
  /// Who acts.
  public let actor: LogActor
  /// Why, as the log says; nil for the purpose of the case.
  public let justification: String?
  /// Clock, so that tests can stop it.
  let now: @Sendable () -> Date

  private init(
    _ database: CaseDatabase, _ actor: LogActor, _ justification: String?, now: @escaping @Sendable () -> Date
  ) {
    self.database = database
    self.actor = actor
    self.justification = justification
    self.now = now
  }

  /// Makes a case in a folder that does not exist yet.
  public static func create(
    at folder: URL, opening: CaseOpening, by actor: LogActor = .systemUser,
    now: @escaping @Sendable () -> Date = { Date() }
  ) throws -> Case {
    let database = try CaseDatabase.create(at: folder, opening: opening, by: actor, now: now())
    return Case(database, actor, nil, now: now)
  }

  /// Opens a case.
  public static func open(
    _ folder: URL, by actor: LogActor = .systemUser, because justification: String? = nil,
    now: @escaping @Sendable () -> Date = { Date() }
  ) throws -> Case {
    Case(try CaseDatabase.open(folder, by: actor, now: now()), actor, justification, now: now)
  }

  /// The same case with somebody else at the keyboard, or for another reason.
  public func acting(as actor: LogActor, because justification: String? = nil) -> Case {
    Case(database, actor, justification, now: now)
  }

  /// What the case was opened with.
  public func opening() throws -> CaseOpening { try database.opening() }
}
