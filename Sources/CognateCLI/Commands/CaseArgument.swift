import ArgumentParser
import CaseFile
import Cognate
import Foundation
import Linkage

/// The case that a command works on, and why.
struct CaseArgument: ParsableArguments {
  @Argument(help: "The case's folder (NAME.cognate).", completion: .directory)
  var `case`: String
  @Option(help: "Why, for the log; the case's purpose when not given. COGNATE_JUSTIFICATION sets it too.")
  var because: String?
  @OptionGroup var signIn: SignInOptions

  /// Opens it, and warns when others can read it.
  func open() throws -> Case { try Self.opened(`case`, because: because, signIn) }

  /// Opens a case that is named otherwise; nobody signs in where `signIn` is nil.
  static func opened(_ path: String, because: String?, _ signIn: SignInOptions?) throws -> Case {
    let because = because ?? ProcessInfo.processInfo.environment["COGNATE_JUSTIFICATION"]
    let opened = try Case.explaining(at: path) {
      try Case.open(URL(fileURLWithPath: path), because: because)
    }
    if opened.database.isReadableByOthers {
      Terminal.warning("others can read \(path). Run: chmod -R go= \(path)")
    }
    if let reason = opened.database.rebuildFailure { warnOfRemains(reason) }
    return try signIn?.signIn(to: opened).map { opened.acting(as: $0, because: because) } ?? opened
  }
}

extension CaseArgument {
  /// Says that what was erased may still lie in the database's file.
  static func warnOfRemains(_ reason: String) {
    Terminal.warning(
      "case.sqlite could not be written anew, so that parts of what was erased may still lie between its rows: \(reason). It takes room for twice its size, and nobody else at work on the case; it is written anew when the case is next opened with both."
    )
  }
}

extension Case {
  /// Runs a command's work, and warns when it could be stored but not signed.
  func run<Result>(_ work: (Case) throws -> Result) throws -> Result {
    let result = try Self.explaining(at: database.folder.path) { try work(self) }
    if let failure = database.publicationFailure {
      Terminal.write(
        "Warning: this is stored, but the log could not be signed yet: \(VisibleText.escape("\(failure)")) It is signed when the case is next opened."
      )
    }
    return result
  }

  /// Runs something, and says of which case it is when the disk or the database fails.
  static func explaining<Result>(at place: String, _ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch {
      if let failure = StorageFailure(error, at: place) { throw failure }
      throw error
    }
  }
}
