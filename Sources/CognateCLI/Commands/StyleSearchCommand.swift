import ArgumentParser
import FileOutput
import Foundation
import StyleValidation
import Stylometry

struct StyleSearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Find the accounts that write most like each account.",
    discussion: """
      FILE is NDJSON, plain or packed by gzip or zstd, an account a line: id and posts, or id and text. Each account is \
      compared with all others by its point in the model's embedding, from \(VectorIndex.fewest) accounts on through an \
      index whose recall is measured and printed; the nearest of them are compared by the whole model.

      What several accounts posted word for word, sixty letters or more, counts for the one that posted it first, where \
      posts have times that tell it, and else for none.

      Candidates are ranked, no more: how alike two accounts write says nothing of whether one person is behind them \
      until scores are calibrated in the domain of the texts (--domain), and even then not whom.

      EXAMPLES:
        cognate style search accounts.ndjson --top 5
        cognate style search members.ndjson.gz --model forum.model --domain forum \\
          -o candidates.tsv
        cognate style search posts.ndjson --compare 0 --json
      """)

  @Argument(help: "The accounts.", completion: .file(extensions: ["ndjson", "gz"])) var file: String
  @Option(help: "The model: a file, or built-in.") var model = "built-in"
  @Option(help: "The domain of the texts, if the model is calibrated in it.") var domain: String?
  @Option(help: "Candidates to show for each account.") var top = 10
  @Option(
    help: ArgumentHelp(
      "Candidates of each account that the whole model compares; 0 for none.",
      discussion: "\(StyleSearch.usuallyCompared) if not given, and none with more than "
        + "\(StyleSearch.mostPrepared) accounts."))
  var compare: Int?
  @Option(help: "Share of the true neighbours that the index must find.") var recall = 0.98
  @Option(
    name: .shortAndLong,
    help:
      "Write id, candidate, rank, similarity, score, log10 of the likelihood ratio and why there is none here.",
    completion: .file())
  var output: String?
  @OptionGroup var workers: ThreadOptions
  @OptionGroup var printing: OutputOptions
  @OptionGroup var progressOptions: ProgressOptions

  func validate() throws {
    guard (1...10_000).contains(top) else { throw ValidationError("--top is 1 to 10000") }
    guard (0...10_000).contains(compare ?? 0) else { throw ValidationError("--compare is 0 to 10000") }
    guard recall > 0, recall < 1 else { throw ValidationError("--recall lies between 0 and 1") }
    try OutputPaths.check([output], against: [file, model], isJSON: printing.json)
  }

  func run() throws {
    try OutputPaths.check(places: [output])
    let model = try StyleModelArgument.model(model)
    if let domain { try model.require(domain: domain) }
    let printer = ProgressPrinter(progressOptions.progress)
    printer.stage("reading accounts")
    let corpus = try StyleCorpus(path: file)
    Terminal.warn(of: corpus.notes, in: file)
    let accounts = corpus.documents.count
    var search = StyleSearch(
      model,
      compared: compare ?? (accounts > StyleSearch.mostPrepared ? 0 : StyleSearch.usuallyCompared),
      domain: domain, threads: workers.count)
    search.recall = recall
    // By id, so that the order of the lines does not matter.
    var order = [Int](repeating: 0, count: accounts)
    let byID = corpus.documents.indices.sorted {
      corpus.documents[$0].id.utf8.lexicographicallyPrecedes(corpus.documents[$1].id.utf8)
    }
    for (rank, account) in byID.enumerated() { order[account] = rank }
    let bytes = corpus.documents.reduce(0) { $0 + $1.posts.reduce(0) { $0 + $1.text.count } }
    let result = try search.search(
      accounts, bytes: bytes, order: order, top: top, stage: { printer.stage(Self.name($0)) }
    ) { ProfileBuilder(corpus.documents[$0].posts) }
    printer.finish()
    Terminal.warn(ofUnplacedTimes: corpus.unplacedTimes)
    let found = FoundAccounts(corpus, result, compared: search.compared)
    if let output { try ByteFile.write(found.table, to: output) }
    if let output, OutputFile.isStandardOutput(output) {
      Terminal.write(found.summary)
    } else if output != nil, !printing.json {
      try StandardStream.output(found.summary + "\n")
    } else {
      try printing.show(found) { found.text }
    }
  }

  private static func name(_ stage: StyleSearch.Stage) -> String {
    switch stage {
    case .profiles: "measuring how accounts write"
    case .candidates: "looking for candidates"
    case .comparisons: "comparing candidates"
    }
  }
}
