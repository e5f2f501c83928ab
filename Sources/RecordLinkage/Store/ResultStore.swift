import Columns
public import FileOutput
import Foundation
import Linkage

/// A stored result of `Resolver`, to which records are added.
public final class ResultStore {
  /// What wrote a store that this engine can use.
  static let engine = "cognate resolve, engine \(ResolveSettings.engineVersion)"

  /// Why records cannot simply be added, so that all are resolved again.
  public struct WholeRunNeeded: Error, CustomStringConvertible {
    /// The reason, as the rest of a sentence.
    public let description: String

    /// A reason, as the rest of a sentence.
    public init(_ description: String) { self.description = description }
  }

  private struct Head: Codable {
    let settings: ResolveSettings
    let schema: TableSchema
    let records: Int
    let idColumn: String
    let ignored: [String]
    /// Why no records can be added to the plan; nil where there is a plan.
    let reason: String?
  }

  private let reader: StoreReader
  private let head: Head

  /// The settings of the run that was stored.
  public var settings: ResolveSettings { head.settings }
  /// What a person said of the columns.
  public var schema: TableSchema { head.schema }
  /// Records in the result.
  public var recordCount: Int { head.records }

  /// Opens a store.
  ///
  /// - Throws: `StoreError` when it cannot be used.
  public init(_ path: String) throws(StoreError) {
    reader = try StoreReader(path, engine: Self.engine)
    head = try reader.value(Head.self, "head")
  }

  /// Stores what a run with `settings.keepsState` found.
  ///
  /// - Throws: `WriteFailure`.
  public static func write(
    _ table: Table, _ resolution: Resolution, schema: TableSchema, settings: ResolveSettings, to path: String
  ) throws {
    guard let state = resolution.state else { return }
    let writer = try StoreWriter(path, engine: engine)
    let plan = state.live.flatMap { StoredPlan($0, clusterOfRecord: resolution.clusterOfRecord) }
    try writer.add(
      Head(
        settings: settings, schema: schema, records: table.recordCount, idColumn: table.idColumn,
        ignored: table.ignored,
        reason: plan == nil ? state.reason ?? "its names are weighed by all records together" : nil),
      as: "head")
    try writer.add(StoredIDs(table), as: "ids")
    if let plan { try writer.add(plan, as: "plan") }
    try writer.add([state.table], as: "tables")
    try writer.close()
  }

  /// All records, those to be added behind the others, to be resolved anew.
  ///
  /// - Throws: `StoreError`, `TableError`.
  public func wholeTable(adding table: Table) throws -> Table {
    let ids = try reader.value(StoredIDs.self, "ids")
    let tables = try reader.value([StoredTable].self, "tables")
    var builder = TableBuilder()
    builder.note(idColumn: head.idColumn, ignored: head.ignored)
    for name in head.ignored { builder.leaveOut(name) }
    var first = 0
    for part in tables {
      try part.add(to: &builder) { ids.text(first + $0) }
      first += part.lines.array.count
    }
    try StoredTable(table).add(to: &builder) { table.idText($0) }
    var whole = try builder.finish()
    try whole.apply(head.schema)
    return whole
  }

  /// Adds records to the result, as if all had been resolved at once. The table's columns are used up.
  ///
  /// - Parameter keepsPlan: whether the result can be stored in turn.
  /// - Throws: `WholeRunNeeded` where only a whole run gives that; `StoreError`; `TableError.duplicateID` for an id that
  ///   the result has.
  public func add(_ table: inout Table, keepsPlan: Bool = false) throws -> UpdatedResult {
    if let reason = head.reason { throw WholeRunNeeded(reason) }
    let total = head.records + table.recordCount
    let ids = try reader.value(StoredIDs.self, "ids")
    try refuseDuplicates(table, ids)
    let plan = try reader.value(StoredPlan.self, "plan")
    guard LearningBase.records(of: total, settings: head.settings) == plan.base else {
      throw WholeRunNeeded("with \(total) records there is more to learn from")
    }
    do {
      let added = keepsPlan ? StoredTable(table) : nil
      try ids.append(table)
      var result = try PlanUpdate(plan, settings: head.settings, records: head.records, ids: ids)
        .add(&table, keepsPlan: keepsPlan)
      result.table = added
      return result
    } catch is StoreIsFull {
      throw WholeRunNeeded("there is no more room in the store")
    }
  }

  /// Stores a result that kept its plan.
  ///
  /// - Throws: `StoreError`, `WriteFailure`; `WholeRunNeeded` where the store has no room for the records.
  public func write(_ result: UpdatedResult, to path: String) throws {
    guard let plan = result.plan, let table = result.table, let ids = result.ids.indexed(from: head.records)
    else { throw WholeRunNeeded("there is no more room in the store") }
    let writer = try StoreWriter(path, engine: Self.engine)
    try writer.add(
      Head(
        settings: head.settings, schema: head.schema, records: ids.count, idColumn: head.idColumn,
        ignored: head.ignored, reason: nil), as: "head")
    try writer.add(ids, as: "ids")
    try writer.add(plan, as: "plan")
    try writer.add(try reader.value([StoredTable].self, "tables") + [table], as: "tables")
    try writer.close()
  }

  private func refuseDuplicates(_ table: Table, _ ids: StoredIDs) throws {
    for record in 0..<table.recordCount {
      guard let known = ids.record(table.idText(record)) else { continue }
      let tables = try reader.value([StoredTable].self, "tables")
      var (first, name, line) = (0, reader.path, TableLine(0))
      for part in tables {
        var start = first
        for source in part.sources {
          if (start..<start + source.records).contains(known) {
            name = source.name
            line = TableLine(Int(part.lines.array[known - first]), source.unit ?? .line)
          }
          start += source.records
        }
        first += part.lines.array.count
      }
      throw TableError.duplicateID(
        id: table.id(record), file: table.sources[table.source(of: record)].name,
        line: table.line(of: record), firstFile: name, firstLine: line)
    }
  }
}

/// A result to which records were added.
public struct UpdatedResult {
  let ids: StoredIDs
  /// What can be stored, where it was asked for.
  var plan: StoredPlan?
  var table: StoredTable?
  /// By record, the number of its cluster, by first record.
  public let clusterOfRecord: [UInt32]
  /// Clusters, those of one record included.
  public let clusterCount: Int
  /// Clusters of two records or more.
  public let joinedClusters: Int
  /// Records of the largest cluster.
  public let largestCluster: Int
  /// Pairs of new records that were compared.
  public let comparedPairs: Int
  /// Records that were added.
  public let addedRecords: Int
  /// What became of their dates of birth, by column.
  public internal(set) var dates: [(column: String, finding: DateFinding)] = []

  /// Writes `unique_id,cluster_id`, one line a record, as `ResultWriter` does.
  public func writeClusters(to path: String) throws(WriteFailure) {
    try ClusterFile.write(clusterOfRecord, to: path) { ids.text($0) }
  }
}
