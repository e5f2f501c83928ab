public import ArgumentParser
public import CaseFile
import Cognate
import Foundation

extension CaseMode: ExpressibleByArgument {}

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a case.",
    discussion: """
      A case cannot be opened without a lawful basis, a purpose and the people who answer for it.

      EXAMPLE:
        cognate new smith.cognate --mode force --basis "DPA 2018 Part 3" \\
          --purpose "stalking investigation" --reference CR/123/26 \\
          --owner "DC One" --reviewer "DS Two" --review-by 2027-01-31 --dpia DPIA/7
      """)

  @Argument(help: "The folder to make (NAME.cognate).", completion: .directory)
  var `case`: String
  @Option(help: "Who works on it: force, charity or processor.")
  var mode: CaseMode
  @Option(help: "Lawful basis.")
  var basis: String
  @Option(help: "Purpose.")
  var purpose: String
  @Option(help: "Crime or incident reference.")
  var reference: String
  @Option(help: "Who owns the case.")
  var owner: String
  @Option(help: "Who reviews it; not the owner.")
  var reviewer: String
  @Option(help: "Date by which it is reviewed, yyyy-mm-dd.")
  var reviewBy: String
  @Option(help: "Reference of the data protection impact assessment.")
  var dpia: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    let opening = try CaseOpening(
      mode: mode, basis: basis, purpose: purpose, reference: reference, owner: owner, reviewer: reviewer,
      reviewBy: reviewBy, dpia: dpia)
    if opening.reviewBy < Date().formatted(.iso8601.year().month().day()) {
      Terminal.warning("the date of the review, \(opening.reviewBy), has passed already.")
    }
    let folder = URL(fileURLWithPath: `case`)
    // What is a case itself is told to be there already.
    if !CaseLog.isCase(folder) { try CaseOutput.check(`case`) }
    _ = try Case.explaining(at: `case`) { try Case.create(at: folder, opening: opening).run { $0 } }
    try output.show(["case": `case`]) {
      "Made \(Terminal.safe(`case`)). Next: cognate import \(Terminal.word(`case`)) EXPORT…"
    }
  }
}
