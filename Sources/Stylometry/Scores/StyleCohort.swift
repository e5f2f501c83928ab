/// Background documents that scores are seen from.
public struct StyleCohort: Sendable {
  /// Author of each document.
  let authors: [Int]
  /// By feature: documents that have it, and its weight in them.
  let characters: SparseMatrix
  /// See `characters`.
  let words: SparseMatrix
  /// Places in the projection, document after document; empty without a projection.
  let projected: [Float]
  /// What each place alone adds to the log of the likelihood ratio; empty without a projection.
  let projectedOwn: [Float]
  /// Points in the embedding, document after document; empty without one.
  let embedded: [Float]
  /// How many of the nearest documents are looked at.
  let nearest: Int

  /// A cohort that is known.
  init(
    authors: [Int], characters: SparseMatrix, words: SparseMatrix, projected: [Float], projectedOwn: [Float],
    embedded: [Float]
  ) {
    nearest = CohortNorm.nearest
    self.authors = authors
    self.characters = characters
    self.words = words
    self.projected = projected
    self.projectedOwn = projectedOwn
    self.embedded = embedded
  }

  /// Of documents that are not yet seen from a cohort.
  ///
  /// - Parameters:
  ///   - documents: who wrote each, and its vectors.
  ///   - nearest: how many of the nearest are looked at; of a part of a background a smaller number, as the hundred
  ///     nearest of a few are further away than those of many.
  init(
    _ documents: [(author: Int, vectors: StyleVectors)], characters: Int, words: Int,
    nearest: Int = CohortNorm.nearest
  ) {
    self.nearest = nearest
    authors = documents.map(\.author)
    var (byCharacter, byWord) = (SparseMatrix(columns: characters), SparseMatrix(columns: words))
    for document in documents {
      byCharacter.append(document.vectors.characters.known)
      byWord.append(document.vectors.words.known)
    }
    self.characters = byCharacter.transposed
    self.words = byWord.transposed
    projected = documents.flatMap(\.vectors.projected)
    projectedOwn = projected.isEmpty ? [] : documents.map(\.vectors.projectedOwn)
    embedded = documents.flatMap(\.vectors.embedded)
  }

  /// The norms of a text: characters, words, projection, embedding. Documents of `author` are passed over.
  func norms(_ vectors: StyleVectors, without author: Int? = nil) -> [CohortNorm] {
    var projection = Self.scores(vectors.projected, projected, count: authors.count)
    for (document, own) in projectedOwn.enumerated() { projection[document] += own + vectors.projectedOwn }
    return [
      norm(Self.scores(vectors.characters.known, characters, count: authors.count), without: author),
      norm(Self.scores(vectors.words.known, words, count: authors.count), without: author),
      norm(projection, without: author),
      norm(Self.scores(vectors.embedded, embedded, count: authors.count), without: author),
    ]
  }

  private func norm(_ scores: [Float], without author: Int?) -> CohortNorm {
    guard let author else { return CohortNorm(scores, nearest: nearest) }
    return CohortNorm(
      scores.indices.filter { authors[$0] != author }.map { scores[$0] }, nearest: nearest)
  }

  /// Dot products of a row with every document.
  static func scores(_ row: SparseRow, _ byFeature: SparseMatrix, count: Int) -> [Float] {
    var result = [Float](repeating: 0, count: count)
    result.withUnsafeMutableBufferPointer { result in
      byFeature.places.withUnsafeBufferPointer { documents in
        byFeature.values.withUnsafeBufferPointer { weights in
          for (feature, value) in zip(row.places, row.values) {
            for index in byFeature.starts[Int(feature)]..<byFeature.starts[Int(feature) + 1] {
              result[Int(documents[index])] += value * weights[index]
            }
          }
        }
      }
    }
    return result
  }

  /// Dot products of a vector with every document.
  static func scores(_ vector: [Float], _ documents: [Float], count: Int) -> [Float] {
    var result = [Float](repeating: 0, count: count)
    let width = vector.count
    if width == 0 || documents.isEmpty { return result }
    documents.withUnsafeBufferPointer { documents in
      for document in 0..<count {
        var sum = SIMD8<Float>()
        var index = 0
        while index + 8 <= width {
          var (one, other) = (SIMD8<Float>(), SIMD8<Float>())
          for lane in 0..<8 {
            one[lane] = vector[index + lane]
            other[lane] = documents[document * width + index + lane]
          }
          sum += one * other
          index += 8
        }
        var total = sum.sum()
        while index < width {
          total += vector[index] * documents[document * width + index]
          index += 1
        }
        result[document] = total
      }
    }
    return result
  }
}
