import Foundation
import Linkage
import ProcessCost

/// Connected components of a graph of packed edges, in millions of edges per CPU second, beside a peer.
///
///     component-benchmark NODES EDGES.bin [PEER]
///
/// EDGES.bin holds pairs of 32-bit numbers in the byte order of the machine. Without the file, a uniform random graph of
/// five edges a node is made in memory. PEER is a program that takes the same two arguments; what it prints is shown
/// as it is. Reading the file does not count; memory for the result does.
@main
enum ComponentBenchmark {
  static let passes = 3

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1, let nodes = Int(arguments[1]), nodes > 0, nodes < Int(UInt32.max) else {
      throw ComponentBenchmarkFailure("usage: component-benchmark NODES [EDGES.bin [PEER]]")
    }
    let ends = arguments.count > 2 ? try read(arguments[2]) : random(nodes)
    var components = 0
    var best = Double.infinity
    for _ in 0..<passes {
      let start = ProcessCost.cpuSeconds()
      components = try ConnectedComponents(nodes: nodes, edges: ends).count
      best = min(best, ProcessCost.cpuSeconds() - start)
    }
    let rate = Double(ends.count / 2) / best / 1e6
    print(
      "ConnectedComponents n=\(nodes) m=\(ends.count / 2) components=\(components)",
      "cpu=\(String(format: "%.3f", best))s M edges/s(cpu)=\(String(format: "%.1f", rate)), best of \(passes)"
    )
    if arguments.count > 3 {
      // What the peer prints comes after what was printed here.
      fflush(nil)
      for _ in 0..<passes {
        let run = Process()
        run.executableURL = URL(fileURLWithPath: arguments[3])
        run.arguments = [arguments[1], arguments[2]]
        try run.run()
        run.waitUntilExit()
        guard run.terminationStatus == 0 else {
          throw ComponentBenchmarkFailure("\(arguments[3]): exit status \(run.terminationStatus)")
        }
      }
    }
  }

  private static func read(_ path: String) throws -> [UInt32] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    return bytes.withUnsafeBytes { raw in
      [UInt32](unsafeUninitializedCapacity: raw.count / 8 * 2) { buffer, count in
        count = raw.count / 8 * 2
        let whole = UnsafeRawBufferPointer(rebasing: raw[..<(count * 4)])
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: whole)
      }
    }
  }

  private static func random(_ nodes: Int) -> [UInt32] {
    var state: UInt64 = 7
    return (0..<10 * nodes).map { _ in
      // The high bits of a linear congruential generator (Knuth's MMIX).
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt32(((state >> 32) * UInt64(nodes)) >> 32)
    }
  }
}

private struct ComponentBenchmarkFailure: Error, CustomStringConvertible {
  let description: String
  init(_ what: String) { description = what }
}
