import ArgumentParser
import Cognate
import Foundation
import Linkage

/// How progress is shown.
enum ProgressStyle: String, ExpressibleByArgument, CaseIterable {
  case auto, plain, json, none
}

/// Options of every command that prints data.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON on standard output.")
  var json = false

  /// Prints a value as JSON, or what `text` makes for people.
  ///
  /// - Throws: `WriteFailure` when standard output does not take all of it.
  func show(_ value: some Encodable, text: () -> String) throws {
    if json {
      let json = String(decoding: try JSONText.encode(value), as: UTF8.self)
      try StandardStream.output(VisibleText.escapeJSON(json) + "\n")
    } else {
      try StandardStream.output(text() + "\n")
    }
  }
}

/// Options of commands that may take a while.
struct ProgressOptions: ParsableArguments {
  @Option(help: "Progress on standard error: auto, plain, json or none.")
  var progress: ProgressStyle = .auto
}
