import Foundation
import ProcessCost
import Stylometry

/// Profiles, pairs and searches of style, each as a line of JSON:
///
///     style-benchmark profile TEXTS [BYTES]
///     style-benchmark account TEXTS BYTES
///     style-benchmark odd KIND BYTES
///     style-benchmark sparse TEXTS
///     style-benchmark points TEXTS POINTS
///     style-benchmark vectors POINTS DIMENSIONS
///
/// TEXTS has an account's text behind another, in UTF-8, with a NUL after each but the last. POINTS is what `points` writes:
/// 32-bit numbers in the order of the machine, one account behind another, by the embedding of the built-in model. With
/// BYTES the texts come again and again until there are so many, each time with other letters; `account` takes them for posts
/// of one account, and `odd` makes a single post of a kind that no writer has. One thread throughout; CPU is user and system.
@main
enum StyleBenchmark {
  static let nearest = 100

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    switch (arguments.first, arguments.count) {
    case ("profile", 2): try profile(texts(arguments[2]))
    case ("profile", 3): try profile(texts(arguments[2]), bytes: Int(arguments[3]) ?? 0)
    case ("account", 3): try account(texts(arguments[2]), bytes: Int(arguments[3]) ?? 0)
    case ("odd", 3): try odd(arguments[2], bytes: Int(arguments[3]) ?? 0)
    case ("sparse", 2): try sparse(texts(arguments[2]))
    case ("points", 3): try points(texts(arguments[2]), to: arguments[3])
    case ("vectors", 3): try vectors(arguments[2], dimensions: Int(arguments[3]) ?? 0)
    default:
      print(
        "usage: style-benchmark profile TEXTS [BYTES], account TEXTS BYTES, sparse TEXTS, points TEXTS POINTS,"
          + " vectors POINTS DIMENSIONS or odd \(OddText.allCases.map(\.rawValue).joined(separator: "|")) BYTES"
      )
      exit(2)
    }
  }

  private static func texts(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
  }

  /// Calls `body` with portions of the texts, about a megabyte each, until there were so many bytes, or each text once.
  private static func forEachPortion(_ texts: Data, bytes: Int?, _ body: ([[UInt8]]) throws -> Void) rethrows
  {
    var (given, round, begin) = (0, 0, 0)
    try texts.withUnsafeBytes { texts in
      while round == 0 || given < bytes ?? 0 {
        var portion: [[UInt8]] = []
        var size = 0
        while size < 1 << 20, begin <= texts.count, given < bytes ?? Int.max {
          let end = texts[begin...].firstIndex(of: 0) ?? texts.count
          portion.append(texts[begin..<end].map { shifted($0, by: UInt8(round % 26)) })
          size += end - begin
          given += end - begin
          begin = end + 1
        }
        if begin > texts.count || given >= bytes ?? Int.max {
          round += 1
          begin = 0
        }
        try body(portion)
      }
    }
  }

  /// Another letter of the same case.
  private static func shifted(_ byte: UInt8, by places: UInt8) -> UInt8 {
    let letter = (byte | 32) &- 97
    return letter < 26 ? byte - letter + (letter + places) % 26 : byte
  }

  /// Calls `body` with the profile of each account, one after another; returns CPU seconds and bytes of text.
  private static func forEachProfile(
    _ texts: Data, bytes: Int? = nil, _ body: (StyleProfile) throws -> Void
  ) throws -> (cpu: Double, bytes: Int) {
    let profiler = StyleProfiler()
    var builder = ProfileBuilder()
    var (cpu, size) = (0.0, 0)
    try forEachPortion(texts, bytes: bytes) { portion in
      let start = ProcessCost.cpuSeconds()
      for text in portion {
        builder.removeAll()
        builder.add(post: text)
        try body(try profiler.profile(of: builder))
        size += text.count
      }
      cpu += ProcessCost.cpuSeconds() - start
    }
    return (cpu, size)
  }

  private static func profile(_ texts: Data, bytes: Int? = nil) throws {
    var (accounts, features) = (0, 0)
    let (cpu, size) = try forEachProfile(texts, bytes: bytes) {
      accounts += 1
      features += $0.characters.count + $0.words.count
    }
    try show(["accounts": Double(accounts), "features": Double(features)], cpu: cpu, bytes: size)
  }

  private static func account(_ texts: Data, bytes: Int) throws {
    var builder = ProfileBuilder()
    var cpu = 0.0
    forEachPortion(texts, bytes: bytes) { portion in
      let start = ProcessCost.cpuSeconds()
      for text in portion { builder.add(post: text) }
      cpu += ProcessCost.cpuSeconds() - start
    }
    try measure(builder, cpu: cpu)
  }

  private static func odd(_ kind: String, bytes: Int) throws {
    guard let text = OddText(rawValue: kind) else { exit(2) }
    var builder = ProfileBuilder()
    let start = ProcessCost.cpuSeconds()
    text.add(to: &builder, bytes: bytes)
    try measure(builder, cpu: ProcessCost.cpuSeconds() - start)
  }

  private static func measure(_ builder: ProfileBuilder, cpu: Double) throws {
    let start = ProcessCost.cpuSeconds()
    let profile = try builder.profile()
    let total = cpu + ProcessCost.cpuSeconds() - start
    let features = profile.characters.count + profile.words.count
    let leftOut = profile.leftOut.reduce(0) { $0 + Double($1.scalars) }
    try show(
      ["features": Double(features), "characters": Double(profile.length), "characters_left_out": leftOut],
      cpu: total, bytes: builder.byteCount)
  }

  private static func show(_ figures: [String: Double], cpu: Double, bytes: Int) throws {
    try show(
      figures.merging([
        "cpu": cpu, "bytes": Double(bytes), "megabytes_a_second": Double(bytes) / cpu / 1e6,
        "peak_bytes": Double(ProcessCost.peakResidentBytes() ?? 0),
      ]) { one, _ in one })
  }

  private static func sparse(_ texts: Data) throws {
    var profiles: [SparseCounts] = []
    _ = try forEachProfile(texts) { profiles.append($0.characters) }
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
    _ = try forEachProfile(texts) {
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
