package import CaseFile
package import Linkage

/// What the page of a case shows of a run. Protected accounts come as in an export: by platform and name, in no cluster
/// and no pair; restricted and erased ones do not come at all.
package struct ClusterReport {
  /// How the run came about.
  package struct Run {
    package var hash: String
    /// When it was last made, as ISO 8601 in UTC.
    package var madeAt: String
    package var engine: String
    package var settings: LinkageSettings
    /// What was done since that it depends on.
    package var changes: [RunChange]
  }

  /// How much there is; restricted and erased accounts are counted in `withdrawn` alone.
  package struct Counts {
    package var accounts = 0
    package var sources = 0
    package var pairs = 0
    package var inClusters = 0
    package var protected = 0
    /// Accounts that share nothing with another by which they would be compared.
    package var uncompared = 0
    package var withdrawn = 0
  }

  /// An account with the span of its records.
  package struct Member {
    package var account: AccountSummary
    /// Microseconds since 1970.
    package var first: Int64?
    package var last: Int64?
  }

  /// A merge that was not made.
  package struct Held {
    package var left: AccountSummary
    package var right: AccountSummary
    /// nil for a human judgement.
    package var log10LR: Double?
    package var cause: String
  }

  /// What a human decided.
  package struct Judged {
    package var left: AccountSummary
    package var right: AccountSummary
    package var verdict: String
    package var reason: String
    package var madeAt: String
    /// What the run knew of it, where that is not what holds now.
    package var remark: String?
  }

  /// The weight of a pair, without its evidence.
  package struct Weight {
    package var left: Int64
    package var right: Int64
    package var log10LR: Double
  }

  /// A cluster with all that is shown of it.
  package struct Cluster {
    package var summary: LinkResult.Cluster
    package var members: [Member]
    /// Pairs of its accounts that were compared.
    package var comparedPairs: Int
    /// The pairs that weigh most either way, strongest first.
    package var pairs: [PairExplanation]
    /// The weights of all pairs; empty where there are too many accounts to draw.
    package var weights: [Weight]
    /// Merges with protected accounts that were held.
    package var alerts: [Held]
    package var judged: [Judged]
  }

  package var opening: CaseOpening
  package var run: Run
  package var counts: Counts
  package var alerts: [Held]
  package var held: [Held]
  /// Every cluster of the run, or those that were named.
  package var list: [LinkResult.Cluster]
  /// Clusters in the run, shown or not.
  package var clusterCount: Int
  /// Those that are shown in full.
  package var clusters: [Cluster]
  /// The pairs next below the threshold that are in no cluster together.
  package var leads: [PairExplanation]
  /// Whether clusters were named, and the page is of them alone.
  package var isOfNamed: Bool

  /// As many clusters are shown in full, unless they are named.
  package static let mostClusters = 40
  /// As many clusters are listed.
  package static let mostListed = 1_000
  /// As many pairs of a cluster are shown.
  package static let mostPairs = 60
  /// As many pairs below the threshold are shown.
  package static let mostLeads = 10
}
