import ArgumentParser
import Foundation

/// How many threads a command may use.
struct ThreadOptions: ParsableArguments {
  @Option(help: "Threads at most, one a core when not given. The result does not depend on them.")
  var threads: Int?

  /// Threads to use.
  var count: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads is 1 to 1024.") }
  }
}
