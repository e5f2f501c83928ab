import Glibc

/// Reads tables of whatever format into one.
public enum TableLoading {
  /// Reads CSV and NDJSON files; a file whose first byte that is no space is `{` is NDJSON.
  ///
  /// Columns of several files are one where their names are equal. Ids are taken as written and must differ over all
  /// files.
  ///
  /// - Parameters:
  ///   - schema: what a person says of the columns.
  ///   - keepsPosts: whether `posts` of account NDJSON become a column of writing; they are counted and left out else.
  ///   - postHour: the hour since 1970, in UTC, of when a post was written (`at`), nil where that says none; with nil
  ///     posts are taken to have no times.
  ///   - isPartial: whether the records are to be added to others, which may have more columns.
  ///   - rowTables: finds the tables of rows in a file that may be no text, as in a workbook; nil for a file that is none of
  ///     these. It throws `TableError`.
  ///   - progress: told how many records are read, a block of a file at a time.
  /// - Throws: `TableError`.
  public static func read(
    _ paths: [String], schema: TableSchema = TableSchema(), keepsPosts: Bool = false,
    postHour: ((String) -> Int32?)? = nil, isPartial: Bool = false,
    rowTables: (TableFile) throws -> [any RowTable]? = { _ in nil },
    progress: @escaping (ResolveProgress) -> Void = { _ in }
  ) throws(TableError) -> Table {
    var builder = TableBuilder()
    builder.onBlock = { progress(ResolveProgress(stage: .read, done: $0, total: nil, unit: .records)) }
    let (idColumn, ignoredColumns) = (schema.idColumn, schema.ignoredColumns)
    for path in paths {
      let file = open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { throw .unreadable(file: path, reason: String(cString: strerror(errno))) }
      defer { close(file) }
      let head = try Self.head(of: file, path)
      let tables: [any RowTable]?
      do {
        tables = try rowTables(
          TableFile(path: path, descriptor: file, head: head, idNames: TableHeader.idNames(idColumn)))
      } catch {
        throw error as? TableError ?? .refused(file: path, reason: "\(error)")
      }
      if let tables {
        let reader = RowTableReader(idColumn: idColumn, ignoredColumns: ignoredColumns)
        for table in tables { try reader.read(table, into: &builder) }
        continue
      }
      if try isNDJSON(head, path) {
        try NDJSONTableReader(
          idColumn: idColumn, ignoredColumns: ignoredColumns, keepsPosts: keepsPosts, postHour: postHour
        ).read(file, path: path, head: head, into: &builder)
      } else {
        try CSVTableReader(idColumn: idColumn, ignoredColumns: ignoredColumns).read(
          file, path: path, head: head, into: &builder)
      }
    }
    var table = try builder.finish(isPartial: isPartial)
    table.repairTexts()
    table.countNULs()
    table.countRounded()
    var schema = schema
    if keepsPosts, table.columns.contains(where: { $0.name == NDJSONTableReader.postsKey }) {
      schema.columns[NDJSONTableReader.postsKey] = .writing
    }
    try table.apply(schema, isPartial: isPartial)
    return table
  }

  /// As `read(_:schema:progress:)`, with nothing said of the columns but these.
  public static func read(
    _ paths: [String], idColumn: String?, ignoredColumns: [String]
  ) throws(TableError) -> Table {
    var schema = TableSchema()
    for name in ignoredColumns { schema.columns[name] = .ignore }
    if let idColumn { schema.setID(idColumn) }
    return try read(paths, schema: schema)
  }

  /// The first bytes of a file, which tell its format. A pipe gives them once, so that they go on to the reader.
  private static func head(of file: Int32, _ path: String) throws(TableError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 256)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { room in
        Glibc.read(file, room.baseAddress.map { $0 + count }, room.count - count)
      }
      if got < 0 {
        if errno == EINTR { continue }
        throw .unreadable(file: path, reason: String(cString: strerror(errno)))
      }
      if got == 0 { break }
      count += got
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  private static func isNDJSON(_ head: [UInt8], _ path: String) throws(TableError) -> Bool {
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let signs = head[start...].lazy.filter { $0 > 0x20 }.prefix(2)
    if signs.elementsEqual([0x5B, 0x7B]) { throw .jsonArray(file: path) }
    return signs.first == 0x7B
  }
}
