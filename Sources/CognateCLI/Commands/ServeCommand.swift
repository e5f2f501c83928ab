import ArgumentParser
import Cognate
import Foundation
import Workbench

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Look at a case in a browser, judge pairs and link again.",
    discussion: """
      The workbench is a page of this machine alone (127.0.0.1), and asks for nothing from any network. It prints a link \
      that opens it once, in one browser; whoever has no link is shown nothing. What is looked at and done there stands \
      in the log as if it had been typed, by whoever signed in here. It ends with Ctrl-C, or when nobody has asked for \
      anything for a while (--idle).

      EXAMPLES:
        cognate serve case.cognate
        cognate serve case.cognate --port 8484 --idle 15
        cognate serve case.cognate --who DC1 --style-domain chat
      """)

  @OptionGroup var target: CaseArgument
  @Option(help: "The port; 0 for any that is free.") var port: UInt16 = 0
  @Option(help: "Minutes without a request after which it ends; 0 for never.") var idle: Double = 60
  @OptionGroup var style: StyleOptions
  @OptionGroup var workers: ThreadOptions
  @OptionGroup var output: OutputOptions

  private struct Served: Encodable {
    var url: String
    var port: Int
  }

  func validate() throws {
    // A year; the system's clock counts no more than some hundred thousand of them.
    guard (0...525_600).contains(idle) else {
      throw ValidationError("--idle must be minutes from 0 to 525600 (a year); 0 for never.")
    }
  }

  func run() throws {
    let model = style.noStyle ? nil : try StyleModelArgument.model(style.styleModel)
    if let domain = style.styleDomain { try model?.require(domain: domain) }
    let opened = try target.open()
    let writing = Workbench.Writing(model: model, domain: style.styleDomain)
    let output = output
    let (port, idle, threads) = (port, idle * 60, workers.count)
    try WorkbenchServer.serve(opened, port: port, writing: writing, threads: threads, idle: idle) { url in
      try output.show(Served(url: url.absoluteString, port: url.port ?? 0)) { url.absoluteString }
      Terminal.write("Open this link in a browser on this machine; it opens once. Ctrl-C ends.")
    }
    Terminal.write("Ended: nobody asked for anything for \(Int(idle / 60)) minutes.")
  }
}
