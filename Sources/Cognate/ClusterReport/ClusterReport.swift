internal import CaseFile
internal import Linkage

/// What the page of a case shows of a run. Protected accounts come as in an export: by platform and name, in no cluster
/// and no pair; restricted and erased ones do not come at all.
struct ClusterReport {
  /// How the run came about.
  struct Run {
    var hash: String
    /// When it was last made, as ISO 8601 in UTC.
    var madeAt: String
    var engine: String
    var settings: LinkageSettings
    /// What was done since that it depends on.
    var changes: [RunChange]
  }

  /// How much there is; restricted and erased accounts are counted in `withdrawn` alone.
  struct Counts {
    var accounts = 0
    var sources = 0
    var pairs = 0
    var inClusters = 0
    var protected = 0
    /// Accounts that share nothing with another by which they would be compared.
    var uncompared = 0
    var withdrawn = 0
  }

  /// An account with the span of its records.
  struct Member {
    var account: AccountSummary
    /// Microseconds since 1970.
    var first: Int64?
    var last: Int64?
  }

  /// A merge that was not made.
  struct Held {
    var left: AccountSummary
    var right: AccountSummary
    /// nil for a human judgement.
    var log10LR: Double?
    var cause: String
  }

  /// What a human decided.
  struct Judged {
    var left: AccountSummary
    var right: AccountSummary
    var verdict: String
    var reason: String
    var madeAt: String
    /// What the run knew of it, where that is not what holds now.
    var remark: String?
  }

  /// The weight of a pair, without its evidence.
  struct Weight {
    var left: Int64
    var right: Int64
    var log10LR: Double
  }

  /// A cluster with all that is shown of it.
  struct Cluster {
    var summary: LinkResult.Cluster
    var members: [Member]
    /// Pairs of its accounts that were compared.
    var comparedPairs: Int
    /// The pairs that weigh most either way, strongest first.
    var pairs: [PairExplanation]
    /// The weights of all pairs; empty where there are too many accounts to draw.
    var weights: [Weight]
    /// Merges with protected accounts that were held.
    var alerts: [Held]
    var judged: [Judged]
  }

  var opening: CaseOpening
  var run: Run
  var counts: Counts
  var alerts: [Held]
  var held: [Held]
  /// Every cluster of the run, or those that were named.
  var list: [LinkResult.Cluster]
  /// Clusters in the run, shown or not.
  var clusterCount: Int
  /// Those that are shown in full.
  var clusters: [Cluster]
  /// The pairs next below the threshold that are in no cluster together.
  var leads: [PairExplanation]
  /// Whether clusters were named, and the page is of them alone.
  var isOfNamed: Bool

  /// As many clusters are shown in full, unless they are named.
  static let mostClusters = 40
  /// As many clusters are listed.
  static let mostListed = 1_000
  /// As many pairs of a cluster are shown.
  static let mostPairs = 60
  /// As many pairs below the threshold are shown.
  static let mostLeads = 10
}
