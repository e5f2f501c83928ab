import ArgumentParser
import Cognate
import Disclosure

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Record that the case was reviewed, and the day of the next review.",
    discussion: """
      Each case names a day by which somebody asks whether what it holds is still needed (`cognate new --review-by`). \
      This enters in its log what was found, and by which day it is asked again (reviewer or decider); \
      `cognate audit report` remarks on a day that has passed.

      EXAMPLE:
        cognate review case.cognate --next 2027-07-31 \\
          --finding "needed until the trial" --who RV2
      """)

  @OptionGroup var target: CaseArgument
  @Option(help: "The day by which it is reviewed again, yyyy-mm-dd.") var next: CivilDate
  @Option(help: "What was found.") var finding: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    try target.open().run { try $0.review(next: next, finding: finding) }
    try output.show(["review_by": "\(next)"]) { "Reviewed. It is to be reviewed again by \(next)." }
  }
}
