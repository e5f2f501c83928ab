/// Where a text lies among authors: a point of length 1 in the leading directions of a background (divided by its length
/// as Garcia-Romero and Espy-Wilson, 2011, found that normal distributions want it), brought to a place by what was learnt
/// of how authors and their texts differ.
public struct StyleProjection: Sendable {
  /// From a text to a point.
  let directions: StyleEmbedding
  /// From a point to a place, and from two places to a likelihood ratio.
  let covariances: TwoCovariances

  /// Coordinates of a place.
  public var dimensions: Int { covariances.dimensions }

  /// The place of a text.
  public func place(_ profile: StyleProfile) -> [Float] { covariances.place(directions.point(profile)) }
}
