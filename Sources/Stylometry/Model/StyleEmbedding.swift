internal import CStyleKernels
public import Foundation

/// A linear map from the hashed n-grams of a text to a point on a sphere, where texts of one author lie close. Either
/// learned by contrast of many authors (InfoNCE; van den Oord and others, 2018), or the projection of one background.
///
/// Per family (characters, words) a text is (1 + ln count) · idf over the keys of the map, divided by its length, words
/// then times `wordWeight`. The point is the weighted sum of the keys' rows and of `bias`, divided by its length.
public struct StyleEmbedding: Sendable {
  /// Coordinates of a point.
  public let dimensions: Int
  let characters: FeatureVocabulary
  let words: FeatureVocabulary
  let wordWeight: Float
  /// What the row of each key is multiplied by.
  let scale: [Float]
  /// Rows of `dimensions` 8-bit numbers: those of characters, then those of words. A part of a mapped file.
  let weights: Data
  let bias: [Float]

  /// The point of a text.
  public func point(_ profile: StyleProfile) -> [Float] {
    point(characters.weighted(profile.characters), words.weighted(profile.words))
  }

  func point(_ characterRow: SparseRow, _ wordRow: SparseRow) -> [Float] {
    var result = bias
    weights.withUnsafeBytes { bytes in
      guard let rows = bytes.baseAddress else { return }
      func add(_ row: SparseRow, from first: Int, times factor: Float) {
        let weights = zip(row.places, row.values).map { $1 * factor * scale[first + Int($0)] }
        cog_byte_rows_add(
          rows.assumingMemoryBound(to: Int8.self) + first * dimensions, dimensions, row.places, weights,
          row.places.count, &result)
      }
      add(characterRow.normalised(), from: 0, times: 1)
      add(wordRow.normalised(), from: characters.count, times: wordWeight)
    }
    Self.normaliseRows(&result, width: dimensions)
    return result
  }

  /// Divides each row by its length.
  static func normaliseRows(_ values: inout [Float], width: Int) {
    for start in stride(from: 0, to: values.count, by: max(width, 1)) {
      var sum = 0.0
      for index in start..<start + width { sum += Double(values[index]) * Double(values[index]) }
      if sum == 0 { continue }
      let scale = Float(1 / sum.squareRoot())
      for index in start..<start + width { values[index] *= scale }
    }
  }

  /// From a matrix of floats, row after row, that is brought to 8 bits.
  init(
    characters: FeatureVocabulary, words: FeatureVocabulary, wordWeight: Float, matrix: [Float], bias: [Float]
  ) {
    dimensions = bias.count
    self.characters = characters
    self.words = words
    self.wordWeight = wordWeight
    self.bias = bias
    var scale = [Float](repeating: 1, count: characters.count + words.count)
    var weights = [Int8](repeating: 0, count: matrix.count)
    for key in scale.indices {
      let row = key * bias.count..<(key + 1) * bias.count
      var largest: Float = 0
      for index in row { largest = max(largest, abs(matrix[index])) }
      if largest == 0 { continue }
      scale[key] = largest / 127
      for index in row { weights[index] = Int8((matrix[index] / scale[key]).rounded()) }
    }
    self.scale = scale
    self.weights = weights.withUnsafeBytes { Data($0) }
  }

  /// A smaller one: of the n-grams of characters as many as are wanted, those that most texts have, and all weights in
  /// four bits. Rare n-grams that were learnt beside are missed little.
  public func compact(characters count: Int) -> StyleEmbedding {
    let kept = characters.mostFrequent(count)
    let places = kept + Array(characters.count..<characters.count + words.count)
    var scale: [Float] = []
    var weights: [Int8] = []
    weights.reserveCapacity(places.count * dimensions)
    self.weights.withUnsafeBytes { bytes in
      for place in places {
        let row = bytes[place * dimensions..<(place + 1) * dimensions].map { Int8(bitPattern: $0) }
        let largest = row.reduce(0) { max($0, abs(Float($1))) }
        let step = largest > 0 ? largest / Self.compactLevels : 1
        scale.append(self.scale[place] * step)
        weights += row.map { Int8((Float($0) / step).rounded()) }
      }
    }
    return StyleEmbedding(
      dimensions: dimensions, characters: characters.selecting(kept), words: words, wordWeight: wordWeight,
      scale: scale, weights: weights.withUnsafeBytes { Data($0) }, bias: bias)
  }

  /// Weights of no more steps on either side of 0 need four bits.
  static let compactLevels: Float = 7

  private init(
    dimensions: Int, characters: FeatureVocabulary, words: FeatureVocabulary, wordWeight: Float,
    scale: [Float], weights: Data, bias: [Float]
  ) {
    self.dimensions = dimensions
    self.characters = characters
    self.words = words
    self.wordWeight = wordWeight
    self.scale = scale
    self.weights = weights
    self.bias = bias
  }

  /// Reads a file that `Corpora/style/embedding.py` wrote.
  ///
  /// - Throws: `unreadable`, or `unusable` with the file's name.
  public init(path: String) throws(StyleModelError) {
    self = try StyleModelError.reading(path) { data throws(StyleModelError) in
      try StyleEmbedding(trained: data)
    }
  }

  /// Reads what `Corpora/style/embedding.py` writes; the header of that script states its form.
  public init(trained data: Data) throws(StyleModelError) {
    let header: (words: [UInt32], weight: Float)? = data.withUnsafeBytes { bytes in
      guard bytes.count >= 24, bytes.prefix(8).elementsEqual("COGSTEM1".utf8) else { return nil }
      return (
        (0..<3).map { bytes.loadUnaligned(fromByteOffset: 8 + 4 * $0, as: UInt32.self) },
        bytes.loadUnaligned(fromByteOffset: 20, as: Float.self)
      )
    }
    guard let header else { throw .notAnEmbedding }
    let (width, characterCount, wordCount) = (
      Int(header.words[0]), Int(header.words[1]), Int(header.words[2])
    )
    let count = characterCount + wordCount
    guard (1...4096).contains(width), count <= 1 << 24, data.count == 24 + count * (12 + width) + 4 * width
    else { throw .damaged }
    var offset = 24
    func take<Value: BitwiseCopyable>(_ count: Int, _ type: Value.Type) -> [Value] {
      defer { offset += count * MemoryLayout<Value>.size }
      return data.withUnsafeBytes { bytes in
        (0..<count).map {
          bytes.loadUnaligned(fromByteOffset: offset + $0 * MemoryLayout<Value>.size, as: type)
        }
      }
    }
    let keys = take(count, UInt32.self)
    let idf = take(count, Float.self)
    dimensions = width
    wordWeight = header.weight
    characters = FeatureVocabulary(
      keys: Array(keys[..<characterCount]), idf: Array(idf[..<characterCount]))
    words = FeatureVocabulary(keys: Array(keys[characterCount...]), idf: Array(idf[characterCount...]))
    scale = take(count, Float.self)
    let start = data.startIndex + offset
    weights = data[start..<start + count * width]
    offset += count * width
    bias = take(width, Float.self)
    guard characters.ascends, words.ascends else { throw .damaged }
  }
}
