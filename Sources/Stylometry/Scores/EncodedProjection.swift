/// Where an encoded text lies among authors: what the encoder gives less the mean of a background, divided by its length,
/// brought to a place by what was learnt of how the background's authors and their texts differ.
struct EncodedProjection: Sendable {
  /// The mean of the background's texts.
  let mean: [Float]
  /// From a point to a place, and from two places to a likelihood ratio.
  let covariances: TwoCovariances

  /// What is added to the variance of an author's texts, see `TwoCovariances`. The authors that it could be chosen by may
  /// be those that the encoder has learnt from; on others 3 was best or as good as 1 in all that was tried.
  private static let ridge = 3.0
  /// Most coordinates of a place.
  private static let dimensions = 200

  /// Coordinates of a place.
  var dimensions: Int { covariances.dimensions }

  init(mean: [Float], covariances: TwoCovariances) {
    self.mean = mean
    self.covariances = covariances
  }

  /// Learns it; nil with too few authors of several texts.
  ///
  /// - Parameter groups: encoded texts of each author.
  init?(_ groups: [[EncodedText]]) {
    let points = groups.joined().map(\.mean)
    guard let width = points.first?.count else { return nil }
    var sums = [Double](repeating: 0, count: width)
    for point in points { for column in 0..<width { sums[column] += Double(point[column]) } }
    let mean = sums.map { Float($0 / Double(points.count)) }
    let coordinates = points.flatMap { Self.centred($0, mean) }
    var (places, first): ([[Int]], Int) = ([], 0)
    for group in groups {
      places.append(Array(first..<first + group.count))
      first += group.count
    }
    guard let scatter = AuthorScatter(coordinates, rank: width, groups: places),
      let covariances = TwoCovariances(scatter, ridge: Self.ridge, limit: Self.dimensions)
    else { return nil }
    self.init(mean: mean, covariances: covariances)
  }

  /// The place of a text.
  func place(_ text: EncodedText) -> [Float] { covariances.place(Self.centred(text.mean, mean)) }

  private static func centred(_ point: [Float], _ mean: [Float]) -> [Float] {
    var result = zip(point, mean).map { $0 - $1 }
    StyleEmbedding.normaliseRows(&result, width: result.count)
    return result
  }
}
