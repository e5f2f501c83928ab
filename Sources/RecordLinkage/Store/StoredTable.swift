/// The records of a table as they were read, without their ids.
struct StoredTable: Codable {
  struct StoredColumn: Codable {
    let name: String
    let values: StoredArray<UInt32>
    let pool: ValuePool.Stored

    init(_ column: Column) {
      name = column.name
      values = StoredArray(column.values)
      pool = column.pool.stored
    }
  }

  struct Source: Codable {
    let name: String
    /// Lines where it is not said.
    let unit: TableLine.Unit?
    let records: Int
    let shortRows: Int
    let longRows: Int
    let raggedLines: [Int]
    let refusedLines: Int
    let partialLines: Int
    let notes: [String]
  }

  let columns: [StoredColumn]
  let sources: [Source]
  let lines: StoredArray<UInt32>

  /// Takes the columns of a table before they are used up.
  init(_ table: Table) {
    // Which column tells the source is in the schema.
    columns = (table.columns + [table.origin].compactMap { $0 }).map { StoredColumn($0) }
    sources = table.sources.map {
      Source(
        name: $0.name, unit: $0.unit == .line ? nil : $0.unit, records: $0.records.count,
        shortRows: $0.shortRows, longRows: $0.longRows, raggedLines: $0.raggedLines,
        refusedLines: $0.refusedLines, partialLines: $0.partialLines, notes: $0.notes)
    }
    lines = StoredArray(table.lines)
  }

  /// Adds the records to a table in the making; `id` gives the id of each by its place.
  func add(
    to builder: inout TableBuilder, id: (Int) -> UnsafeBufferPointer<UInt8>
  ) throws(TableError) {
    var first = 0
    for source in sources {
      builder.beginFile(source.name, unit: source.unit ?? .line)
      let numbers = try columns.map { column throws(TableError) in try builder.column(column.name) }
      let pools = columns.map(\.pool.pool)
      let values = columns.map(\.values.array)
      for record in first..<first + source.records {
        try builder.beginRecord(id: id(record), line: Int(lines.array[record]))
        for column in columns.indices {
          try builder.set(numbers[column], pools[column].text(Int(values[column][record])))
        }
      }
      first += source.records
      builder.endFile(
        shortRows: source.shortRows, longRows: source.longRows, raggedLines: source.raggedLines,
        refusedLines: source.refusedLines, partialLines: source.partialLines, notes: source.notes)
    }
  }
}
