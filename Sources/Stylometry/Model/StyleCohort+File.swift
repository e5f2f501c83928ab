// The documents of a cohort in 8 bits a number. A sparse row: count of places, the first place and the steps from each to
// the next (all as variable-length integers of 7 bits a byte, low bits first), the largest value as a 32-bit float, and
// each value as a share of it in 255 steps. A point: the same with signed steps of 127, and no places.
extension StyleCohort {
  init(
    _ archive: ModelArchive, characters: Int, words: Int, projection: StyleProjection?, embedding: Int
  ) throws(StyleModelError) {
    let authors = try archive.array("cohort.authors", of: UInt32.self).map { Int($0) }
    let characterRows = try Self.rows(archive, "cohort.char", count: authors.count, columns: characters)
    let wordRows = try Self.rows(archive, "cohort.word", count: authors.count, columns: words)
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

  func write(to writer: inout ModelArchive.Writer, characters: Int, words: Int) {
    writer.add("cohort.authors", authors.map { UInt32($0) })
    writer.add("cohort.char", Self.bytes(self.characters.transposed))
    writer.add("cohort.word", Self.bytes(self.words.transposed))
    writer.add("cohort.proj", Self.bytes(projected, rows: authors.count))
    writer.add("cohort.emb", Self.bytes(embedded, rows: authors.count))
  }

  private static func rows(
    _ archive: ModelArchive, _ name: String, count: Int, columns: Int
  ) throws(StyleModelError) -> SparseMatrix {
    let bytes = [UInt8](try archive.bytes(name))
    var place = 0
    func byte() -> UInt8? {
      guard place < bytes.count else { return nil }
      place += 1
      return bytes[place - 1]
    }
    func integer() -> Int? {
      var (value, shift) = (0, 0)
      while let next = byte(), shift < 56 {
        value |= Int(next & 0x7F) << shift
        if next < 0x80 { return value }
        shift += 7
      }
      return nil
    }
    func float() -> Float? {
      var bits: UInt32 = 0
      for shift in 0..<4 {
        guard let next = byte() else { return nil }
        bits |= UInt32(next) << UInt32(8 * shift)
      }
      return Float(bitPattern: bits)
    }
    func row() -> SparseRow? {
      guard let count = integer(), count <= columns else { return nil }
      var row = SparseRow()
      var column = 0
      for index in 0..<count {
        guard let step = integer(), index == 0 || step > 0 else { return nil }
        column += step
        guard column < columns else { return nil }
        row.places.append(UInt32(column))
      }
      guard let largest = float(), largest.magnitude <= Float(ModelArchive.largest) else { return nil }
      for _ in 0..<count {
        guard let value = byte() else { return nil }
        row.values.append(Float(value) / 255 * largest)
      }
      return row
    }
    var matrix = SparseMatrix(columns: columns)
    for _ in 0..<count {
      guard let row = row() else { throw .lacks(section: name) }
      matrix.append(row)
    }
    return matrix
  }

  private static func bytes(_ matrix: SparseMatrix) -> [UInt8] {
    var result: [UInt8] = []
    func append(_ value: Int) {
      var rest = value
      while rest >= 0x80 {
        result.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
      }
      result.append(UInt8(rest))
    }
    for row in 0..<matrix.rows {
      let range = matrix.starts[row]..<matrix.starts[row + 1]
      append(range.count)
      var last = 0
      for index in range {
        append(Int(matrix.places[index]) - last)
        last = Int(matrix.places[index])
      }
      let largest = matrix.values[range].max() ?? 0
      withUnsafeBytes(of: largest.bitPattern.littleEndian) { result.append(contentsOf: $0) }
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
