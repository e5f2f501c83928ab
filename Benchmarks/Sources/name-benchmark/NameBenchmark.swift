import Foundation
import ProcessCost
import RecordLinkage

/// Pairs of names compared per second of CPU, on one core, as a Markdown table.
///
///     name-benchmark PAIRS.csv [NAMES]
///
/// PAIRS.csv has a header line and two names a line; the first column's names are compared with the second's, all with
/// all, up to NAMES of each (3163, which makes ten million pairs). The sum of all results stands beside each rate, to be
/// held against another program's.
@main
enum NameBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 2, let text = try? String(contentsOfFile: arguments[1], encoding: .utf8) else {
      FileHandle.standardError.write(Data("usage: name-benchmark PAIRS.csv [NAMES]\n".utf8))
      exit(2)
    }
    let most = arguments.count > 2 ? Int(arguments[2]) ?? 3163 : 3163
    var queries: [String] = []
    var names: [String] = []
    for line in text.split(separator: "\n").dropFirst().prefix(most) {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == 2 else { continue }
      queries.append(String(fields[0]))
      names.append(String(fields[1]))
    }
    print("| measure | million pairs per CPU s | sum |")
    print("|---|--:|--:|")
    for measure in NameMeasure.allCases {
      var best = 0.0
      var sum = 0.0
      for _ in 0..<5 {
        let start = ProcessCost.cpuSeconds()
        // The index is part of the work, as it is of the peer's.
        guard let results = NameIndex(names)?.compare(queries, by: measure) else { exit(1) }
        best = max(best, Double(results.count) / max(ProcessCost.cpuSeconds() - start, 1e-9))
        sum = results.reduce(0) { $0 + Double($1) }
      }
      print("| \(measure) | \(String(format: "%.1f", best / 1e6)) | \(String(format: "%.3f", sum)) |")
    }
  }
}
