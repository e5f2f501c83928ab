import Columns
public import Foundation

/// Which cluster each id is in.
public struct ClusterAssignment: Sendable {
  private(set) var ids = Interner()
  private var clusters = Interner()
  /// Cluster number by id number.
  private(set) var labels: [UInt32] = []

  /// Makes an empty assignment.
  public init() {}

  /// Makes an assignment from pairs of an id and a cluster; the first cluster of an id that comes twice counts.
  public init(_ pairs: some Sequence<(id: String, cluster: String)>) {
    for pair in pairs { _ = assign(pair.id, to: pair.cluster) }
  }

  /// Ids in the assignment.
  public var count: Int { labels.count }
  /// Clusters in the assignment.
  public var clusterCount: Int { clusters.count }

  /// Puts an id into a cluster; false, and no change, when it is in another one already.
  public mutating func assign(_ id: String, to cluster: String) -> Bool {
    record(ids.intern(id), clusters.intern(cluster))
  }

  private mutating func record(_ id: TokenID, _ cluster: TokenID) -> Bool {
    if Int(id.raw) < labels.count { return labels[Int(id.raw)] == cluster.raw }
    labels.append(cluster.raw)
    return true
  }

  /// Names of the column of ids, as `resolve` knows them: the first that is there counts.
  public static let idNames = ["unique_id", "id", "record_id", "rec_id", "uid"]

  /// Reads a table with the columns `unique_id` (or another of `idNames`) and `cluster_id` (or `cluster`), in any place
  /// among others.
  ///
  /// The file is mapped; memory is that of the ids. An id may come twice in the same cluster.
  /// - Throws: `TableError`, with path and line.
  public init(table: URL) throws(TableError) {
    let data: Data
    do { data = try Data(contentsOf: table, options: .mappedIfSafe) } catch {
      let isThere = FileManager.default.fileExists(atPath: table.path)
      throw .unreadable(
        path: table.path, reason: isThere ? "it is no file that may be read" : "there is no such file")
    }
    try self.init(data: data, path: table.path)
  }

  /// Reads a table from memory; `path` names it in errors.
  public init(data: Data, path: String) throws(TableError) {
    var result: Result<ClusterAssignment, TableError> = .failure(.empty(path: path))
    data.withUnsafeBytes { raw in
      do throws(TableError) {
        result = .success(try Self.read(raw.bindMemory(to: UInt8.self), path: path))
      } catch { result = .failure(error) }
    }
    self = try result.get()
  }

  private static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, path: String
  ) throws(TableError) -> ClusterAssignment {
    var rows = DelimitedRows(bytes)
    guard try rows.next(of: path) else { throw .empty(path: path) }
    let header = (0..<rows.count).map { rows.string($0) }
    guard let idColumn = Self.idNames.lazy.compactMap({ header.firstIndex(of: $0) }).first else {
      throw .missingColumn(path: path, wanted: Self.idNames, found: header)
    }
    guard let clusterColumn = header.firstIndex(of: "cluster_id") ?? header.firstIndex(of: "cluster") else {
      throw .missingColumn(path: path, wanted: ["cluster_id", "cluster"], found: header)
    }
    var result = ClusterAssignment()
    while try rows.next(of: path) {
      guard rows.count > max(idColumn, clusterColumn) else {
        throw .shortLine(path: path, line: rows.line, fields: rows.count)
      }
      for column in [idColumn, clusterColumn] where rows.withField(column, \.isEmpty) {
        throw .emptyCell(path: path, line: rows.line, column: header[column])
      }
      let id = rows.withField(idColumn) { result.ids.intern($0) }
      let cluster = rows.withField(clusterColumn) { result.clusters.intern($0) }
      guard result.record(id, cluster) else {
        throw .conflictingID(path: path, line: rows.line, id: rows.string(idColumn))
      }
    }
    return result
  }
}
