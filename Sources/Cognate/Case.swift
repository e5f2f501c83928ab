public import CaseFile
public import Foundation

/// A case: the front door of the library. Import, link, explain, judge.
///
/// Whatever is done or looked at through it is entered in the case's log, as done by `actor`.
public final class Case: Sendable {
  /// The case on disk.
  public let database: CaseDatabase
  /// Who acts; authenticated only when somebody signed in.
  public let actor: LogActor
  /// Who signed in, if anybody did.
  public let signedIn: SignedIn?
  /// Why, as the log says; nil for the purpose of the case.
  public let justification: String?
  /// Clock, so that tests can stop it.
  let now: @Sendable () -> Date

  private init(
    _ database: CaseDatabase, _ actor: LogActor, _ signedIn: SignedIn?, _ justification: String?,
    now: @escaping @Sendable () -> Date
  ) {
    self.database = database
    // That a name was proved is for a sign-in to say, and not for the caller.
    self.actor = signedIn?.actor ?? LogActor(name: actor.name, isAuthenticated: false)
    self.signedIn = signedIn
    self.justification = justification
    self.now = now
  }

  /// Makes a case in a folder that does not exist yet.
  public static func create(
    at folder: URL, opening: CaseOpening, by actor: LogActor = .systemUser,
    now: @escaping @Sendable () -> Date = { Date() }
  ) throws -> Case {
    let database = try CaseDatabase.create(at: folder, opening: opening, by: actor, now: now())
    return Case(database, actor, nil, nil, now: now)
  }

  /// Opens a case.
  public static func open(
    _ folder: URL, by actor: LogActor = .systemUser, because justification: String? = nil,
    now: @escaping @Sendable () -> Date = { Date() }
  ) throws -> Case {
    Case(try CaseDatabase.open(folder, by: actor, now: now()), actor, nil, justification, now: now)
  }

  /// The same case with somebody at the keyboard who signed in.
  public func acting(as signedIn: SignedIn, because justification: String? = nil) -> Case {
    Case(database, signedIn.actor, signedIn, justification ?? self.justification, now: now)
  }

  /// The same case with somebody else at the keyboard, whom nothing has proved, or for another reason.
  public func acting(as actor: LogActor, because justification: String? = nil) -> Case {
    Case(database, actor, nil, justification, now: now)
  }

  /// What the case was opened with.
  public func opening() throws -> CaseOpening { try database.opening() }
}
