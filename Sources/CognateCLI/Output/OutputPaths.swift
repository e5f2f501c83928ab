import ArgumentParser
import CaseFile
import FileOutput

/// The files that a command writes, checked before it does anything.
enum OutputPaths {
  /// Refuses to write where something is read, or two outputs to one place.
  ///
  /// - Parameters:
  ///   - outputs: paths to write; nil where nothing is.
  ///   - inputs: paths to read; nil where nothing is.
  ///   - isJSON: whether `--json` is printed on standard output.
  static func check(_ outputs: [String?], against inputs: [String?], isJSON: Bool = false) throws {
    let written = outputs.compactMap { $0 }
    if isJSON, written.contains(where: OutputFile.isStandardOutput) {
      throw ValidationError("--json is printed on standard output, which an output goes to")
    }
    for (number, path) in written.enumerated() {
      if inputs.compactMap({ $0 }).contains(where: { OutputFile.isSame($0, path) }) {
        throw ValidationError("\(path) is to be read; it would be overwritten")
      }
      if written[..<number].contains(where: { OutputFile.isSame($0, path) }) {
        throw ValidationError("\(path) is named for two outputs")
      }
    }
  }

  /// Finds out before long work whether files can be written, and refuses places in the folder of a case.
  ///
  /// - Throws: `CaseError.invalid`, `WriteFailure`.
  static func check(places: [String?]) throws {
    for path in places.compactMap({ $0 }) {
      try CaseOutput.check(path)
      try OutputFile.check(path)
    }
  }
}
