/// What the names of a header stand for.
struct TableHeader {
  /// The field of the id.
  let id: Int
  /// By field: column in the builder, -1 for a field left out, -2 for the id.
  let columns: [Int]

  /// Names that the id's column may have, where a person names one or not.
  static func idNames(_ given: String?) -> [String] { given.map { [$0] } ?? TableBuilder.idNames }

  /// Finds the id, and makes the other columns.
  ///
  /// - Throws: `TableError` for too many columns, for a name that stands twice, and where there is no id.
  init(
    _ names: [String], of file: String, at line: TableLine, idColumn: String?, ignored: [String],
    into builder: inout TableBuilder
  ) throws(TableError) {
    var found: Int?
    for name in Self.idNames(idColumn) where found == nil {
      found = names.firstIndex(of: name) ?? names.firstIndex { $0.lowercased() == name.lowercased() }
    }
    guard let found else {
      if let idColumn { throw .noSuchColumn(file: file, name: idColumn, columns: names) }
      throw .noIDColumn(file: file, columns: names)
    }
    var seen: Set<String> = []
    for name in names where !name.isEmpty && !seen.insert(name).inserted {
      throw .duplicateColumn(file: file, line: line, name: name)
    }
    let leftOut = Set(ignored)
    let count = names.indices.count { $0 != found && !leftOut.contains(names[$0]) }
    if count > TableBuilder.columnLimit {
      throw .tooManyColumns(file: file, count: count, limit: TableBuilder.columnLimit)
    }
    var numbers: [Int] = []
    for (field, name) in names.enumerated() {
      if field == found {
        numbers.append(-2)
      } else if leftOut.contains(name) {
        builder.leaveOut(name)
        numbers.append(-1)
      } else {
        numbers.append(try builder.column(name.isEmpty ? "column \(field + 1)" : name))
      }
    }
    builder.note(idColumn: names[found], ignored: ignored)
    (id, columns) = (found, numbers)
  }
}
