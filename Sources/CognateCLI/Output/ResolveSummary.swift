import RecordLinkage

/// A run of `resolve` in figures, as printed in JSON.
struct ResolveSummary: Encodable {
  struct Source: Encodable {
    var name: String
    var records: Int
    var shortRows: Int
    var longRows: Int
    var refusedLines: Int
    var partialLines: Int
    var notes: [String]
    enum CodingKeys: String, CodingKey {
      case name, records, notes
      case shortRows = "short_rows", longRows = "long_rows", refusedLines = "refused_lines"
      case partialLines = "partial_lines"
    }
  }

  struct Column: Encodable {
    var name: String
    var kind: ColumnKind
    var reason: ColumnReason
    var filled: Int
    var distinct: Int
    var isCompared: Bool
    /// What became of its values, of dates of birth alone.
    var dates: DateFinding?
    enum CodingKeys: String, CodingKey {
      case name, kind, reason, filled, distinct, dates, isCompared = "compared"
    }
  }

  struct Key: Encodable {
    var name: String
    var pairs: Int
    var newPairs: Int
    var commonValues: Int
    var commonRecords: Int
    enum CodingKeys: String, CodingKey {
      case name, pairs, newPairs = "new_pairs", commonValues = "common_values"
      case commonRecords = "common_records"
    }
  }

  struct Weight: Encodable {
    var field: String
    var agreement: String
    var m: Double
    var u: Double
    var log10LR: Double
    enum CodingKeys: String, CodingKey { case field, agreement, m, u, log10LR = "log10_lr" }
  }

  struct Doubt: Encodable {
    /// That tell the people of one home apart, that pairs taken for one origin often differ in, or that may be the same.
    var columns: [String]
    var note: String
  }

  struct LessSure: Encodable {
    var pairs: Int
    /// Of one origin.
    var expected: Double
  }

  struct Stage: Encodable {
    var name: String
    var cpuSeconds: Double
    enum CodingKeys: String, CodingKey { case name, cpuSeconds = "cpu_seconds" }
  }

  var sources: [Source]
  var columns: [Column]
  var keys: [Key]
  var weights: [Weight]
  var records: Int
  var comparedPairs: Int
  var keptPairs: Int
  var clusters: Int
  var joinedClusters: Int
  var largestCluster: Int
  var priorLog10Odds: Double
  var probabilityToMerge: Double
  /// See `Resolution.loweredPrecision`.
  var loweredPrecision: Double?
  /// See `Resolution.lessSure`.
  var lessSure: LessSure?
  /// What labels did to the probabilities.
  var labels: LabelCalibration?
  /// What texts added to the weights.
  var writing: WritingFinding?
  /// Columns that files may have in common by different names; nil where there are none.
  var columnsApart: Doubt?
  /// Why probabilities of records of one home are those of homes in general; nil where the table tells people apart.
  var homeDoubt: Doubt?
  /// Why the pairs taken for one origin may be of several people; nil where nothing says so.
  var classDoubt: Doubt?
  /// Why people who have much in common may have been joined; nil where a column may tell them apart.
  var commonValuesDoubt: Doubt?
  /// Records, from the first on, that columns, keys and weights were learnt from.
  var learntFrom: Int
  /// Why records were not simply added to a stored result; nil where that was not asked.
  var wholeRun: String?
  var stages: [Stage]

  enum CodingKeys: String, CodingKey {
    case sources, columns, keys, weights, records, clusters, stages, labels, writing
    case comparedPairs = "compared_pairs", keptPairs = "kept_pairs", joinedClusters = "joined_clusters"
    case largestCluster = "largest_cluster", priorLog10Odds = "prior_log10_odds"
    case probabilityToMerge = "probability_to_merge", learntFrom = "learnt_from", wholeRun = "whole_run"
    case loweredPrecision = "lowered_precision", lessSure = "less_sure"
    case homeDoubt = "home_doubt", classDoubt = "class_doubt"
    case columnsApart = "columns_apart", commonValuesDoubt = "common_values_doubt"
  }

  init(_ table: Table, _ resolution: Resolution, wholeRun: String? = nil) {
    self.wholeRun = wholeRun
    learntFrom = resolution.learntFrom
    sources = table.sources.map { Source($0) }
    columns = resolution.findings.map {
      Column(
        name: $0.name, kind: $0.kind, reason: $0.reason, filled: $0.filled, distinct: $0.distinct,
        isCompared: $0.isCompared, dates: $0.dates)
    }
    keys = resolution.blocking.map {
      Key(
        name: $0.key, pairs: $0.pairs, newPairs: $0.newPairs, commonValues: $0.cappedBlocks,
        commonRecords: $0.cappedRecords)
    }
    weights = LevelSummary.fold(resolution.levelWeights).map {
      Weight(field: $0.field, agreement: $0.agreement, m: $0.m, u: $0.u, log10LR: $0.weight)
    }
    records = table.recordCount
    comparedPairs = resolution.comparedPairs
    keptPairs = resolution.pairs.count
    clusters = resolution.clusterCount
    let sizes = resolution.clusterSizes
    joinedClusters = sizes.reduce(0) { $0 + ($1 > 1 ? 1 : 0) }
    largestCluster = sizes.max() ?? 0
    priorLog10Odds = resolution.model.priorLog10Odds
    probabilityToMerge = resolution.probabilityToMerge
    loweredPrecision = resolution.loweredPrecision
    lessSure = resolution.lessSure.map { LessSure(pairs: $0.count, expected: $0.expected) }
    labels = resolution.labelCalibration
    writing = resolution.writing
    columnsApart = resolution.columnsApart.map { Doubt(columns: $0.columns, note: $0.remark) }
    commonValuesDoubt = resolution.commonValuesDoubt.map { Doubt(columns: $0.columns, note: $0.remark) }
    homeDoubt = resolution.homeDoubt.map { Doubt(columns: $0.columns, note: $0.remark) }
    classDoubt = resolution.classDoubt.map { Doubt(columns: $0.columns, note: $0.remark) }
    stages = resolution.stages.map { Stage(name: $0.name, cpuSeconds: $0.seconds) }
  }
}

/// What came of adding records to a stored result, as printed in JSON.
struct UpdateSummary: Encodable {
  var sources: [ResolveSummary.Source]
  var records: Int
  var addedRecords: Int
  var comparedPairs: Int
  var clusters: Int
  var joinedClusters: Int
  var largestCluster: Int
  /// What became of dates of birth.
  var dates: [Dates]

  struct Dates: Encodable {
    var column: String
    var finding: DateFinding
  }

  enum CodingKeys: String, CodingKey {
    case sources, records, clusters, dates, addedRecords = "added_records", comparedPairs = "compared_pairs"
    case joinedClusters = "joined_clusters", largestCluster = "largest_cluster"
  }

  init(_ sources: [Table.Source], _ result: UpdatedResult) {
    self.sources = sources.map { ResolveSummary.Source($0) }
    records = result.clusterOfRecord.count
    addedRecords = result.addedRecords
    dates = result.dates.map { Dates(column: $0.column, finding: $0.finding) }
    comparedPairs = result.comparedPairs
    clusters = result.clusterCount
    joinedClusters = result.joinedClusters
    largestCluster = result.largestCluster
  }
}

extension ResolveSummary.Source {
  init(_ source: Table.Source) {
    self.init(
      name: source.name, records: source.records.count, shortRows: source.shortRows,
      longRows: source.longRows, refusedLines: source.refusedLines,
      partialLines: source.partialLines, notes: source.notes)
  }
}
