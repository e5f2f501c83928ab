import ArgumentParser
import Cognate
import Foundation

/// The case that a command works on.
struct CaseArgument: ParsableArguments {
  @Argument(help: "The case's folder (NAME.cognate).", completion: .directory)
  var `case`: String

  /// Opens it, and warns when others can read it.
  func open() throws -> Case {
    let opened = try Case.open(URL(fileURLWithPath: `case`))
    if opened.database.isReadableByOthers {
      Terminal.write("Warning: others can read \(`case`). Run: chmod -R go= \(`case`)")
    }
    return opened
  }
}
