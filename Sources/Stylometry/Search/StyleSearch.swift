internal import Columns

/// Each of many accounts against all others, by how they write: candidates from points in a model's embedding, the nearest
/// of them compared by the whole model.
public struct StyleSearch: Sendable {
  /// An account that writes like another.
  public struct Candidate: Sendable, Equatable {
    /// Its place.
    public var account: Int
    /// Cosine of the two points, or of their character n-grams where the model has no embedding. Finds candidates; says
    /// nothing by itself.
    public var similarity: Float
    /// What the whole model says; nil where it was not asked.
    public var comparison: StyleComparison?

    /// Whether both texts are such as the model was made for, as far as it was asked.
    var isOfJudgedTexts: Bool {
      if case .abstained(let reason) = comparison?.verdict { return !reason.isOfTexts }
      return comparison != nil
    }
  }

  /// How candidates were found.
  public enum Method: Sendable, Equatable {
    /// Each account was compared with every other.
    case all
    /// Each was compared with a share of the others, and so much of what all comparisons would give was found, measured on
    /// some accounts.
    case index(share: Double, recall: Double)
  }

  /// What was found.
  public struct Result: Sendable {
    /// Of each account, the best first: by the model's score where it was asked, then by similarity, then by rank; those
    /// that are too short or otherwise not such as the model judges, after all others. An account without text has none,
    /// and is none.
    public let candidates: [[Candidate]]
    /// Characters of each account's own text.
    public let lengths: [Int]
    /// As many of these as were compared: in a domain no more than its ratios were validated on.
    public let comparedLengths: [Int]
    /// Characters of each account in passages that were left out, since another posted them as well.
    public let sharedLengths: [Int]
    /// How candidates were found.
    public let method: Method
    /// Why no candidate has a ratio, where the texts contradict the domain.
    public let contradiction: StyleAbstention?
  }

  /// What is being done.
  public enum Stage: Sendable {
    case profiles, candidates, comparisons
  }

  /// Accounts up to this many are compared by the whole model unless something else is asked for: what that needs of each
  /// is held, some tens of kilobytes.
  public static let mostPrepared = 20_000
  /// Candidates of each account that the whole model looks at unless something else is asked for.
  public static let usuallyCompared = 200

  /// Finds candidates, and compares them.
  public let model: StyleModel
  /// Candidates of each account that the whole model compares; 0 for none.
  public var compared: Int
  /// The domain of the texts, for likelihood ratios.
  public var domain: String?
  /// The share of the true neighbours that an index must find.
  public var recall = 0.98
  /// Results do not depend on it.
  public var threads: Int

  /// A search by a model.
  public init(_ model: StyleModel, compared: Int, domain: String? = nil, threads: Int) {
    self.model = model
    self.compared = compared
    self.domain = domain
    self.threads = threads
  }

  /// Searches. Without passages that more than one account posted, see `SharedPassages`.
  ///
  /// - Parameters:
  ///   - accounts: how many.
  ///   - bytes: of all their posts, about: only the memory depends on it.
  ///   - order: by account, its rank, see `SharedPassages`; by rank as well come candidates that are as good as each other,
  ///     so that nothing depends on how accounts are numbered. By place where none is given.
  ///   - top: candidates to give for each.
  ///   - stage: told what is being done.
  ///   - posts: what an account posted, by its place; called three times for each, from several threads.
  public func search(
    _ accounts: Int, bytes: Int, order: [Int]? = nil, top: Int, stage: (Stage) -> Void = { _ in },
    posts: @Sendable (Int) -> ProfileBuilder
  ) throws(StyleProfileError) -> Result {
    stage(.profiles)
    let isCompared = compared > 0
    let passages = SharedPassages(
      authors: accounts, bytes: bytes, order: order, threads: threads, posts: posts)
    let measured = try Workers.map(
      chunks: accounts, threads: threads, start: { model.profiler(in: isCompared ? domain : nil) }
    ) {
      profiler, account throws(StyleProfileError) in
      let written = posts(account)
      let profile = try profiler.profile(of: written, without: passages, author: account)
      return Measured(profile, model, digest: written.digest, isPrepared: isCompared)
    }
    stage(.candidates)
    let ranks = order ?? Array(0..<accounts)
    let written = measured.indices.filter { measured[$0].length > 0 }.sorted { ranks[$0] < ranks[$1] }
    let (found, method) = candidates(written.map { measured[$0] }, nearest: max(top, compared))
    if isCompared { stage(.comparisons) }
    let held = model.held(against: measured.compactMap(\.prepared), in: domain, threads: threads)
    let ranked = Workers.map(chunks: written.count, threads: threads, start: {}) { _, place in
      rank(written[place], found[place], of: written, measured, by: held, ranks, top: top)
    }
    var candidates = [[Candidate]](repeating: [], count: accounts)
    for (place, account) in written.enumerated() { candidates[account] = ranked[place] }
    return Result(
      candidates: candidates, lengths: measured.map(\.length),
      comparedLengths: measured.map(\.comparedLength), sharedLengths: measured.map(\.sharedLength),
      method: method, contradiction: domain.flatMap { held.contradiction(in: $0) })
  }

  private struct Measured: Sendable {
    let length: Int
    let comparedLength: Int
    let sharedLength: Int
    /// Equal where all posts are.
    let digest: UInt64
    let point: [Float]
    let characters: SparseRow
    let prepared: PreparedStyle?

    init(_ profile: StyleProfile, _ model: StyleModel, digest: UInt64, isPrepared: Bool) {
      self.digest = digest
      length = profile.ownLength
      comparedLength = profile.length
      sharedLength = profile.sharedLength
      prepared = isPrepared ? model.prepare(profile) : nil
      point = prepared?.vectors.embedded ?? model.embedding?.point(profile) ?? []
      characters =
        model.embedding != nil
        ? SparseRow()
        : prepared?.vectors.characters.known
          ?? model.background.characters.weighted(profile.characters).normalised()
    }
  }

  private func candidates(_ measured: [Measured], nearest: Int) -> (Neighbours, Method) {
    guard model.embedding != nil else {
      return (Self.nearest(nearest, of: measured.map(\.characters), model: model, threads: threads), .all)
    }
    let points = measured.map(\.point)
    return Self.nearest(nearest, of: points, recall: recall, threads: threads)
  }

  /// The nearest of some points, all of one width.
  static func nearest(
    _ nearest: Int, of points: [[Float]], recall: Double, threads: Int
  ) -> (Neighbours, Method) {
    let vectors = ByteVectors(points.flatMap { $0 }, dimensions: points.first?.count ?? 1)
    guard vectors.count >= VectorIndex.fewest else {
      return (VectorSearch(vectors).neighbours(nearest, threads: threads), .all)
    }
    let index = VectorIndex(vectors, nearest: nearest, recall: recall, threads: threads)
    let found = index.neighbours(threads: threads)
    if index.probes == 0 { return (found, .all) }
    return (found, .index(share: index.share, recall: index.recall(of: found, threads: threads)))
  }

  /// The nearest by character n-grams that the model knows.
  static func nearest(
    _ nearest: Int, of characters: [SparseRow], model: StyleModel, threads: Int
  ) -> Neighbours {
    var rows = SparseMatrix(columns: model.background.characters.count)
    for row in characters { rows.append(row) }
    return SparseSearch(rows).neighbours(nearest, threads: threads)
  }

  private func rank(
    _ account: Int, _ found: ArraySlice<Neighbour>, of written: [Int], _ measured: [Measured],
    by model: StyleModel, _ ranks: [Int], top: Int
  ) -> [Candidate] {
    var candidates = found.map {
      Candidate(account: written[$0.row], similarity: $0.similarity, comparison: nil)
    }
    guard compared > 0, let own = measured[account].prepared else { return Array(candidates.prefix(top)) }
    for place in candidates.indices.prefix(compared) {
      guard let other = measured[candidates[place].account].prepared else { continue }
      let comparison = model.compare(own, other, domain: domain)
      let areSame = measured[account].digest == measured[candidates[place].account].digest
      candidates[place].comparison = areSame ? comparison.ofSameTexts : comparison
    }
    candidates.sort {
      let isJudged = ($0.isOfJudgedTexts, $1.isOfJudgedTexts)
      if isJudged.0 != isJudged.1 { return isJudged.0 }
      let (one, other) = ($0.comparison?.score ?? -.infinity, $1.comparison?.score ?? -.infinity)
      if one != other { return one > other }
      if $0.similarity != $1.similarity { return $0.similarity > $1.similarity }
      return ranks[$0.account] < ranks[$1.account]
    }
    return Array(candidates.prefix(top))
  }
}
