import ArgumentParser
import CaseFile
import Cognate
import CorpusKit
import Disclosure
import FileOutput
import Foundation
import Glibc
import PlatformExports
import StyleValidation
import Stylometry
import TransparencyLog
import Workbench

/// Exit statuses of the command line; they do not change.
enum ExitStatus {
  static let done: Int32 = 0
  static let failed: Int32 = 1
  static let usage: Int32 = 2
  static let verificationFailed: Int32 = 3
  static let inputRefused: Int32 = 4
  static let partial: Int32 = 5
  static let interrupted: Int32 = 130
}

@main
struct CognateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cognate",
    abstract: "Links the anonymous accounts in a case, and shows why.",
    discussion: """
      Cognate reads what platforms export, compares accounts on independent families of evidence, weighs each \
      as a likelihood ratio, and joins accounts into clusters. It names no person, makes no network request, \
      and a human decides.

      EXAMPLES:
        cognate demo /tmp/demo
        cognate new case.cognate --mode charity --basis consent \\
          --purpose "stalking" --reference R/1 --owner "A. Analyst" \\
          --reviewer "R. Reviewer" --review-by 2027-01-31 --dpia DPIA/7
        cognate import case.cognate exports/ --protect owner
        cognate link case.cognate
        cognate why case.cognate A3 A9

      EXIT STATUS:
        0 done, 1 failed, 2 usage, 3 verification failed, 4 input refused,
        5 imported in part, 130 interrupted
      """,
    version: CognateVersion.current,
    subcommands: [
      DemoCommand.self, NewCommand.self, ImportCommand.self, MappingCommand.self, AccountsCommand.self,
      ClustersCommand.self,
      LinkCommand.self, WhyCommand.self, HowCommand.self, JudgeCommand.self, UndoCommand.self,
      ServeCommand.self, ExportCommand.self, WhoCommand.self, IdentifyCommand.self, DiscloseCommand.self,
      EraseCommand.self,
      HoldCommand.self, ReviewCommand.self,
      ResolveCommand.self, EvaluateCommand.self, StyleCommand.self, CorpusCommand.self,
      AuditCommand.self,
    ])

  static func main() {
    StandardStream.openClosed()
    // Leave at once and quietly: the transaction under way is rolled back when the case is opened again.
    signal(SIGINT) { _ in _exit(ExitStatus.interrupted) }
    signal(SIGPIPE, SIG_DFL)
    // A program that starts this one from a thread of libdispatch hands on a mask that blocks every signal.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, number) }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
    do {
      var command = try parsed()
      do { try command.run() } catch let error as ValidationError {
        // The parser is done by then, and would tell of the program's own usage.
        Terminal.error("\(error)")
        let typed = UnknownCommand.known(CommandLine.arguments.dropFirst())
        Terminal.write("  See '\(typed) --help' for more information.")
        throw ExitCode(ExitStatus.usage)
      }
    } catch let status as ExitCode {
      Glibc.exit(status.rawValue)
    } catch {
      Glibc.exit(report(error))
    }
  }

  /// The command that was typed; where there is none of that name, the nearest is proposed.
  private static func parsed() throws -> any ParsableCommand {
    let words = CommandLine.arguments.dropFirst()
    // The parser passes over what it does not know behind `help`.
    if words.first == "help", let unknown = UnknownCommand(words.dropFirst()) {
      Terminal.write(unknown.message)
      throw ExitCode(ExitStatus.usage)
    }
    do {
      return try parseAsRoot()
    } catch {
      guard exitCode(for: error) == .validationFailure,
        let unknown = UnknownCommand(words)
      else { throw error }
      Terminal.write(unknown.message)
      throw ExitCode(ExitStatus.usage)
    }
  }

  /// Prints what went wrong and returns the exit status for it.
  private static func report(_ error: any Error) -> Int32 {
    switch error {
    case CaseError.incompleteOpening:
      Terminal.error("\(error)")
      return ExitStatus.usage
    case let refusal as ExportRefusal:
      Terminal.error("\(refusal)")
      return ExitStatus.inputRefused
    case let error as TableMappingError:
      Terminal.error("\(error)")
      return ExitStatus.inputRefused
    case let error as StyleCorpusError:
      Terminal.error("\(error)")
      return ExitStatus.inputRefused
    case let error as StyleTrainingFailure:
      Terminal.error("\(error)")
      return ExitStatus.inputRefused
    case let error as StyleTrainingError:
      Terminal.error("\(error)")
      return ExitStatus.inputRefused
    case let error as StyleModelError:
      if case .unknownDomain = error {
        Terminal.error("\(error)")
        return ExitStatus.usage
      }
      Terminal.error("\(error)")
      return ExitStatus.inputRefused
    case let error as TableError:
      Terminal.error("\(error)")
      return ExitStatus.inputRefused
    case let error as InputError:
      Terminal.error("\(error)")
      return ExitStatus.inputRefused
    case let error as StyleProfileError:
      Terminal.error("\(error)")
      return ExitStatus.failed
    case let error as WriteFailure:
      Terminal.error("\(error)")
      return ExitStatus.failed
    case let error as WorkbenchServer.Failure:
      Terminal.error("\(error)")
      return ExitStatus.failed
    case let error as LogFolder.Failure:
      Terminal.error("\(error)")
      return ExitStatus.failed
    case let error as LogFailure:
      Terminal.error("\(error)")
      return error.isVerificationFailure ? ExitStatus.verificationFailed : ExitStatus.failed
    case let error as PeopleFailure:
      Terminal.error("\(error)")
      return ExitStatus.failed
    case let error as Refusal:
      Terminal.error("\(error).")
      return ExitStatus.failed
    case let error as BankHolidays.Failure:
      Terminal.error("\(error)")
      return ExitStatus.failed
    case let error as NoticeContent.Failure:
      Terminal.error("\(error)")
      return ExitStatus.inputRefused
    case let error as RuleSet.Failure:
      Terminal.error("\(error)")
      return ExitStatus.inputRefused
    case let error as CaseError:
      Terminal.error("\(error)")
      if case .noDatabase = error { return ExitStatus.verificationFailed }
      return ExitStatus.failed
    default: break
    }
    if let failure = error as? StorageFailure ?? StorageFailure(error) {
      Terminal.error("\(failure)")
      return failure.isDamage ? ExitStatus.verificationFailed : ExitStatus.failed
    }
    let status = exitCode(for: error)
    let text = fullMessage(for: error)
    if status == .success {
      do throws(WriteFailure) { try StandardStream.output(text + "\n") } catch {
        Terminal.error("\(error)")
        return ExitStatus.failed
      }
      return ExitStatus.done
    }
    let isUsage = status == .validationFailure
    // What was typed, and what a file says, stands in it; its lines are its own.
    let lines = (text.isEmpty ? "Error: \(error)" : text).split(
      separator: "\n", omittingEmptySubsequences: false)
    Terminal.write(lines.map { Terminal.safe(String($0)) }.joined(separator: "\n"))
    return isUsage ? ExitStatus.usage : ExitStatus.failed
  }
}
