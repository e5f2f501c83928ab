import CaseFile
import Foundation
import GRDB

/// Writes to a case as fast as it can and says what it was told, for `Tests/Torture/run` to kill and to starve.
///
///     cognate-torture CASE FIRST COUNT
///
/// Each operation lists a protected identifier and writes the entry on it, of the same number. A line is printed when it is
/// over: `ok N`, `failed N` (nothing was stored) or `unknown N`.
@main
enum TortureWorker {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let first = Int(arguments[2]), let count = Int(arguments[3]) else {
      say("usage: cognate-torture CASE FIRST COUNT")
      exit(2)
    }
    let database: CaseDatabase
    do {
      database = try CaseDatabase.open(URL(fileURLWithPath: arguments[1]))
    } catch {
      say("closed \(error)")
      exit(1)
    }
    for number in first..<first + count {
      do {
        try database.operation { database, entries in
          try database.execute(
            sql: "INSERT INTO protection VALUES ('x', 'torture', ?)", arguments: ["\(number)"])
          try entries.append(
            LogEntryDraft(.alteration, "protect", who: .systemUser, details: ["number": "\(number)"]))
        }
        say("ok \(number)")
      } catch LogFailure.outcomeUnknown {
        say("unknown \(number)")
      } catch {
        say("failed \(number) \(error)")
      }
    }
  }

  /// Prints a line at once.
  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
