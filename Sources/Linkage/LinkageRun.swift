/// The result of a linkage run: a pure function of its input and settings.
public struct LinkageRun: Sendable {
  /// Evidence of every candidate pair, and of what speaks against others within a cluster, by pair.
  public let pairs: [PairEvidence]
  /// The clusters and how they came about.
  public let clustering: Clustering
  /// Keys that too many accounts hold to propose pairs, or to link any by themselves; by key.
  public let commonKeys: [CommonKey]

  /// Compares, weighs and clusters.
  ///
  /// - Parameter threads: how many threads may compare pairs; does not change the result.
  public init(_ input: LinkageInput, settings: LinkageSettings, threads: Int = 1) {
    let index = InvertedIndex(input)
    let candidates = CandidatePairs(input, index, cap: settings.postingCap)
    let comparator = Comparator(input, index, threshold: settings.threshold)
    let compared = comparator.evidence(candidates, threads: threads)
    let against = comparator.contradictions(among: compared, threshold: settings.threshold, candidates)
    pairs = (compared + against).sorted { $0.left != $1.left ? $0.left < $1.left : $0.right < $1.right }
    clustering = Clustering(input, pairs, threshold: settings.threshold)
    let listed = CommonKey.compared(input, index, settings, clusters: clustering.clusterOfAccount)
    commonKeys = (candidates.common + listed).sorted { $0.key < $1.key }
  }
}
