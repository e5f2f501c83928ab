import Foundation
import ProcessCost
import Stylometry

/// Profiles, pairs and searches of style, each as a line of JSON:
///
///     style-benchmark profile TEXTS
///     style-benchmark sparse TEXTS
///     style-benchmark points TEXTS POINTS
///     style-benchmark vectors POINTS DIMENSIONS
///
/// TEXTS has an account's text behind another, in UTF-8, with a NUL after each but the last. POINTS is what `points` writes:
/// 32-bit numbers in the order of the machine, one account behind another, by the embedding of the built-in model. One
/// thread throughout; CPU is user and system.
@main
enum StyleBenchmark {
  static let nearest = 100

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    switch (arguments.first, arguments.count) {
    case ("profile", 2): try profile(texts(arguments[2]))
    case ("sparse", 2): try sparse(texts(arguments[2]))
    case ("points", 3): try points(texts(arguments[2]), to: arguments[3])
    case ("vectors", 3): try vectors(arguments[2], dimensions: Int(arguments[3]) ?? 0)
    default:
      print("usage: style-benchmark profile|sparse TEXTS, points TEXTS POINTS or vectors POINTS DIMENSIONS")
      exit(2)
    }
  }

  private static func texts(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
  }

  /// Calls `body` with the profile of each account, one after another; returns CPU seconds.
  private static func forEachProfile(_ texts: Data, _ body: (StyleProfile) throws -> Void) rethrows -> Double
  {
    let start = ProcessCost.cpuSeconds()
    let profiler = StyleProfiler()
    var builder = ProfileBuilder()
    try texts.withUnsafeBytes { bytes in
      var begin = 0
      while begin <= bytes.count {
        let end = bytes[begin...].firstIndex(of: 0) ?? bytes.count
        builder.removeAll()
        builder.add(post: UnsafeRawBufferPointer(rebasing: bytes[begin..<end]))
        try body(profiler.profile(of: builder))
        begin = end + 1
      }
    }
    return ProcessCost.cpuSeconds() - start
  }

  private static func profile(_ texts: Data) throws {
    var (accounts, features) = (0, 0)
    let cpu = forEachProfile(texts) {
      accounts += 1
      features += $0.characters.count + $0.words.count
    }
    try show([
      "accounts": Double(accounts), "features": Double(features), "cpu": cpu, "bytes": Double(texts.count),
      "megabytes_a_second": Double(texts.count) / cpu / 1e6,
      "peak_bytes": Double(ProcessCost.peakResidentBytes() ?? 0),
    ])
  }

  private static func sparse(_ texts: Data) throws {
    var profiles: [SparseCounts] = []
    _ = forEachProfile(texts) { profiles.append($0.characters) }
    var rowCounts: [UInt32: Int] = [:]
    for profile in profiles { for key in profile.keys { rowCounts[key, default: 0] += 1 } }
    let keys = rowCounts.filter { $0.value > 1 }.keys.sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(keys, UInt32(0)...))
    let idf = keys.map { 1 + log(Double(1 + profiles.count) / Double(1 + (rowCounts[$0] ?? 0))) }
    var matrix = SparseMatrix(columns: keys.count)
    for profile in profiles {
      var row = SparseRow()
      for (key, count) in zip(profile.keys, profile.counts) {
        guard let place = places[key] else { continue }
        row.places.append(place)
        row.values.append(Float((1 + log(Double(count))) * idf[Int(place)]))
      }
      matrix.append(row.normalised())
    }
    let start = ProcessCost.cpuSeconds()
    let found = SparseSearch(matrix).neighbours(nearest, threads: 1)
    let cpu = ProcessCost.cpuSeconds() - start
    let pairs = Double(found.count) * Double(found.count)
    try show([
      "accounts": Double(found.count), "features": Double(matrix.places.count), "cpu": cpu, "pairs": pairs,
      "million_pairs_a_second": pairs / cpu / 1e6,
    ])
  }

  private static func points(_ texts: Data, to path: String) throws {
    guard let embedding = try StyleModel.builtIn().embedding else { throw NoEmbedding() }
    var points: [Float] = []
    var embedded = 0.0
    _ = forEachProfile(texts) {
      let start = ProcessCost.cpuSeconds()
      points += embedding.point($0)
      embedded += ProcessCost.cpuSeconds() - start
    }
    try points.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: path)) }
    try show([
      "accounts": Double(points.count / embedding.dimensions), "dimensions": Double(embedding.dimensions),
      "cpu": embedded,
    ])
  }

  private static func vectors(_ path: String, dimensions: Int) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let values = data.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
    }
    let vectors = ByteVectors(values, dimensions: dimensions)
    let pairs = Double(vectors.count) * Double(vectors.count)
    // A tenth of the queries, as all of them cost minutes where there are no vector instructions.
    let asked = Array(stride(from: 0, to: vectors.count, by: max(1, min(10, vectors.count / 1000))))
    var start = ProcessCost.cpuSeconds()
    let search = VectorSearch(vectors)
    let exact = search.neighbours(nearest, of: asked, threads: 1)
    let all = (ProcessCost.cpuSeconds() - start) * Double(vectors.count) / Double(max(1, asked.count))
    start = ProcessCost.cpuSeconds()
    let index = VectorIndex(vectors, nearest: nearest, threads: 1)
    let build = ProcessCost.cpuSeconds() - start
    start = ProcessCost.cpuSeconds()
    let found = index.neighbours(threads: 1)
    let cpu = ProcessCost.cpuSeconds() - start
    try show([
      "accounts": Double(vectors.count), "cpu_of_all_pairs": all, "million_pairs_a_second": pairs / all / 1e6,
      "cpu_of_building": build, "cpu_of_index": cpu, "share": index.share,
      "lists_looked_into": Double(index.probes),
      "recall": exact.recall(of: found.selecting(asked)),
      "peak_bytes": Double(ProcessCost.peakResidentBytes() ?? 0),
    ])
  }

  struct NoEmbedding: Error {}

  private static func show(_ figures: [String: Double]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    print(String(decoding: try encoder.encode(figures), as: UTF8.self))
  }
}
