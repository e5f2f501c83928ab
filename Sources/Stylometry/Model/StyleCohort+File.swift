import Foundation

// The documents of a cohort. A sparse row is, of a text's n-grams, their counts: how many places there are, what a count of
// one weighs in the row beside idf as a 32-bit float, and for each place 4 times its step from the one before (the first
// from 0) plus the count less one, at most 3, which is followed by how much more it is. Numbers are of 7 bits a byte, low bits
// first. Rows that are not made of counts are in 8 bits a number: the count of places, the steps, the largest value as a
// float, and each value as a share of it in 255 steps. A point: the same with signed steps of 127, and no places.
extension StyleCohort {
  init(
    _ archive: ModelArchive, characters: FeatureVocabulary, words: FeatureVocabulary,
    projection: StyleProjection?, embedding: Int
  ) throws(StyleModelError) {
    let authors = try archive.array("cohort.authors", of: UInt32.self).map { Int($0) }
    let characterRows = try Self.rows(archive, "cohort.char", count: authors.count, characters)
    let wordRows = try Self.rows(archive, "cohort.word", count: authors.count, words)
    let width = projection?.dimensions ?? 0
    let projected = try Self.points(archive, "cohort.proj", count: authors.count, width: width)
    let own = projection.map { projection in
      authors.indices.map { projection.covariances.ownTerm(projected[$0 * width..<($0 + 1) * width]) }
    }
    self.init(
      authors: authors, characters: characterRows.transposed, words: wordRows.transposed,
      projected: projected, projectedOwn: own ?? [],
      embedded: try Self.points(archive, "cohort.emb", count: authors.count, width: embedding))
  }

  func write(
    to writer: inout ModelArchive.Writer, characters: FeatureVocabulary, words: FeatureVocabulary
  ) {
    writer.add("cohort.authors", authors.map { UInt32($0) })
    Self.add(self.characters.transposed, "cohort.char", characters, to: &writer)
    Self.add(self.words.transposed, "cohort.word", words, to: &writer)
    writer.add("cohort.proj", Self.bytes(projected, rows: authors.count))
    writer.add("cohort.emb", Self.bytes(embedded, rows: authors.count))
  }

  /// What the name of a section ends in whose rows are counts.
  private static let ofCounts = ".n"

  private static func rows(
    _ archive: ModelArchive, _ name: String, count: Int, _ vocabulary: FeatureVocabulary
  ) throws(StyleModelError) -> SparseMatrix {
    let isOfCounts = archive.has(name + ofCounts)
    var source = RowSource(bytes: [UInt8](try archive.bytes(isOfCounts ? name + ofCounts : name)))
    var matrix = SparseMatrix(columns: vocabulary.count)
    for _ in 0..<count {
      guard
        let row = isOfCounts ? source.countedRow(vocabulary) : source.row(columns: vocabulary.count)
      else { throw .lacks(section: name) }
      matrix.append(row)
    }
    return matrix
  }

  private static func add(
    _ matrix: SparseMatrix, _ name: String, _ vocabulary: FeatureVocabulary,
    to writer: inout ModelArchive.Writer
  ) {
    if let bytes = countedBytes(matrix, vocabulary) {
      writer.add(name + ofCounts, bytes)
    } else {
      writer.add(name, bytes(matrix))
    }
  }

  /// The rows as counts; nil where one is not made of any.
  private static func countedBytes(_ matrix: SparseMatrix, _ vocabulary: FeatureVocabulary) -> [UInt8]? {
    var result: [UInt8] = []
    for row in 0..<matrix.rows {
      let range = matrix.starts[row]..<matrix.starts[row + 1]
      let weights = range.map { matrix.values[$0] / vocabulary.idf[Int(matrix.places[$0])] }
      guard let (unit, counts) = counts(ofWeights: weights) else { return nil }
      append(range.count, to: &result)
      append(unit, to: &result)
      var last = 0
      for (index, count) in zip(range, counts) {
        let place = Int(matrix.places[index])
        append((place - last) << 2 | min(count - 1, 3), to: &result)
        if count > 3 { append(count - 4, to: &result) }
        last = place
      }
    }
    return result
  }

  /// The counts that weights come from, and what a count of one weighs: some n-gram of a text is there once, or a few
  /// times in a short or strange one. Nil for weights of another origin.
  private static func counts(ofWeights weights: [Float]) -> (unit: Float, counts: [Int])? {
    guard let least = weights.min() else { return (0, []) }
    guard least > 0, weights.allSatisfy(\.isFinite) else { return nil }
    for fewest in 1...8 {
      // So short that it comes out the same when what was read is written again.
      let exact = least / FeatureVocabulary.damped(UInt32(fewest))
      let unit = Float(bitPattern: (exact.bitPattern &+ 0x20) & ~0x3F)
      guard unit > 0, unit.isFinite else { return nil }
      let counts = weights.map { Int(min(exp(Double($0 / unit) - 1), 1e9).rounded()) }
      let isSo = zip(weights, counts).allSatisfy { weight, count in
        abs(FeatureVocabulary.damped(UInt32(count)) * unit - weight) <= weight * 1e-5
      }
      if isSo { return (unit, counts) }
    }
    return nil
  }

  private static func append(_ value: Int, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func append(_ value: Float, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private static func bytes(_ matrix: SparseMatrix) -> [UInt8] {
    var result: [UInt8] = []
    for row in 0..<matrix.rows {
      let range = matrix.starts[row]..<matrix.starts[row + 1]
      append(range.count, to: &result)
      var last = 0
      for index in range {
        append(Int(matrix.places[index]) - last, to: &result)
        last = Int(matrix.places[index])
      }
      let largest = matrix.values[range].max() ?? 0
      append(largest, to: &result)
      for index in range {
        result.append(largest > 0 ? UInt8((max(matrix.values[index], 0) / largest * 255).rounded()) : 0)
      }
    }
    return result
  }

  private static func points(
    _ archive: ModelArchive, _ name: String, count: Int, width: Int
  ) throws(StyleModelError) -> [Float] {
    let bytes = [UInt8](try archive.bytes(name))
    guard width > 0 else { return [] }
    guard bytes.count == count * (4 + width) else { throw .lacks(section: name) }
    var result: [Float] = []
    result.reserveCapacity(count * width)
    for start in stride(from: 0, to: bytes.count, by: 4 + width) {
      var bits: UInt32 = 0
      for shift in 0..<4 { bits |= UInt32(bytes[start + shift]) << UInt32(8 * shift) }
      let largest = Float(bitPattern: bits)
      guard largest.magnitude <= Float(ModelArchive.largest) else { throw .lacks(section: name) }
      for index in start + 4..<start + 4 + width {
        result.append(Float(Int8(bitPattern: bytes[index])) / 127 * largest)
      }
    }
    return result
  }

  private static func bytes(_ points: [Float], rows: Int) -> [UInt8] {
    guard rows > 0, !points.isEmpty else { return [] }
    let width = points.count / rows
    var result: [UInt8] = []
    for row in 0..<rows {
      let point = points[row * width..<(row + 1) * width]
      let largest = point.reduce(0) { max($0, abs($1)) }
      withUnsafeBytes(of: largest.bitPattern.littleEndian) { result.append(contentsOf: $0) }
      for value in point {
        result.append(largest > 0 ? UInt8(bitPattern: Int8((value / largest * 127).rounded())) : 0)
      }
    }
    return result
  }
}

/// Takes rows from the bytes of a section, one after the other; nil for what is cut off or cannot be.
private struct RowSource {
  let bytes: [UInt8]
  private var place = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func byte() -> UInt8? {
    guard place < bytes.count else { return nil }
    place += 1
    return bytes[place - 1]
  }

  private mutating func integer() -> Int? {
    var (value, shift) = (0, 0)
    while let next = byte(), shift < 56 {
      value |= Int(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  private mutating func float() -> Float? {
    var bits: UInt32 = 0
    for shift in 0..<4 {
      guard let next = byte() else { return nil }
      bits |= UInt32(next) << UInt32(8 * shift)
    }
    let value = Float(bitPattern: bits)
    return value.magnitude <= Float(ModelArchive.largest) ? value : nil
  }

  /// A row of counts, weighed by their vocabulary.
  mutating func countedRow(_ vocabulary: FeatureVocabulary) -> SparseRow? {
    guard let count = integer(), count <= vocabulary.count, let unit = float() else { return nil }
    var row = SparseRow()
    var column = 0
    for index in 0..<count {
      guard let next = integer(), index == 0 || next >> 2 > 0 else { return nil }
      column += next >> 2
      var times = next & 3 + 1
      if times == 4 {
        guard let more = integer(), more < Int(UInt32.max) else { return nil }
        times += more
      }
      guard column < vocabulary.count, let times = UInt32(exactly: times) else { return nil }
      row.places.append(UInt32(column))
      row.values.append(FeatureVocabulary.damped(times) * unit * vocabulary.idf[column])
    }
    return row
  }

  /// A row in 8 bits a number.
  mutating func row(columns: Int) -> SparseRow? {
    guard let count = integer(), count <= columns else { return nil }
    var row = SparseRow()
    var column = 0
    for index in 0..<count {
      guard let step = integer(), index == 0 || step > 0 else { return nil }
      column += step
      guard column < columns else { return nil }
      row.places.append(UInt32(column))
    }
    guard let largest = float() else { return nil }
    for _ in 0..<count {
      guard let value = byte() else { return nil }
      row.values.append(Float(value) / 255 * largest)
    }
    return row
  }
}
