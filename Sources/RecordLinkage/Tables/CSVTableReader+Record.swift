extension CSVTableReader.State {
  /// Splits one record and hands it on.
  mutating func record(
    _ base: UnsafeMutablePointer<UInt8>, _ start: Int, _ end: Int, into builder: inout TableBuilder
  ) throws(TableError) {
    var stop = end
    if stop > start, base[stop - 1] == 0x0A { stop -= 1 }
    if stop > start, base[stop - 1] == 0x0D { stop -= 1 }
    let ownLine = line
    if stop == start {
      line += 1
      return
    }
    if columns == nil { delimiter = Self.delimiter(base, start, stop) }
    split(base, start, stop)
    line += 1
    guard let columns else {
      try header(base, into: &builder)
      return
    }
    let fields = starts.count
    if fields != columns.count {
      noteRagged(ownLine, base)
    }
    let id =
      idField < fields
      ? UnsafeBufferPointer(start: base + starts[idField], count: ends[idField] - starts[idField])
      : UnsafeBufferPointer(start: base, count: 0)
    try builder.beginRecord(id: id, line: ownLine)
    for field in 0..<min(fields, columns.count) where columns[field] >= 0 {
      var (from, to) = (starts[field], ends[field])
      while from < to, base[from] <= 0x20 { from += 1 }
      while to > from, base[to - 1] <= 0x20 { to -= 1 }
      if from == to { continue }
      try builder.announce(columns[field], UnsafeBufferPointer(start: base + from, count: to - from))
    }
  }

  /// Counts a row of another width than the header's. Empty fields at its end are no surplus.
  private mutating func noteRagged(_ line: Int, _ base: UnsafeMutablePointer<UInt8>) {
    let width = columns?.count ?? 0
    if starts.count > width {
      let isEmpty = (width..<starts.count).allSatisfy { field in
        (starts[field]..<ends[field]).allSatisfy { base[$0] <= 0x20 }
      }
      if isEmpty { return }
      long += 1
    } else {
      short += 1
    }
    if ragged.count < CSVTableReader.namedRaggedRows { ragged.append(line) }
  }

  /// Finds the fields of a record. A quoted field is unescaped where it stands, as it only gets shorter.
  private mutating func split(_ base: UnsafeMutablePointer<UInt8>, _ start: Int, _ stop: Int) {
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    var position = start
    while true {
      if position < stop, base[position] == 0x22 {
        position += 1
        let from = position
        var write = position
        while position < stop {
          let byte = base[position]
          if byte == 0x22 {
            if position + 1 < stop, base[position + 1] == 0x22 {
              position += 1
            } else {
              position += 1
              break
            }
          } else if byte == 0x0A {
            line += 1
          }
          base[write] = byte
          write += 1
          position += 1
        }
        // What stands between the closing quote and the delimiter belongs to the field, as most readers take it.
        while position < stop, base[position] != delimiter {
          base[write] = base[position]
          write += 1
          position += 1
        }
        starts.append(from)
        ends.append(write)
      } else {
        let from = position
        while position < stop, base[position] != delimiter { position &+= 1 }
        starts.append(from)
        ends.append(position)
      }
      if position >= stop { return }
      position += 1
      if position == stop {
        starts.append(stop)
        ends.append(stop)
        return
      }
    }
  }

  private mutating func header(
    _ base: UnsafeMutablePointer<UInt8>, into builder: inout TableBuilder
  ) throws(TableError) {
    var names: [String] = []
    for (start, end) in zip(starts, ends) {
      let text = UnsafeBufferPointer(start: base + start, count: end - start)
      names.append(String(decoding: text, as: UTF8.self).trimmedSpaces)
    }
    var seen: Set<String> = []
    for name in names where !name.isEmpty && !seen.insert(name).inserted {
      throw .duplicateColumn(file: file, name: name)
    }
    let wanted = reader.idColumn.map { [$0] } ?? TableBuilder.idNames
    var found: Int?
    for name in wanted where found == nil {
      found = names.firstIndex(of: name) ?? names.firstIndex { $0.lowercased() == name.lowercased() }
    }
    guard let found else {
      if let asked = reader.idColumn { throw .noSuchColumn(file: file, name: asked, columns: names) }
      throw .noIDColumn(file: file, columns: names)
    }
    idField = found
    let ignored = Set(reader.ignoredColumns)
    var numbers: [Int] = []
    for (field, name) in names.enumerated() {
      if field == found {
        numbers.append(-2)
      } else if ignored.contains(name) {
        builder.leaveOut(name)
        numbers.append(-1)
      } else {
        numbers.append(builder.column(name.isEmpty ? "column \(field + 1)" : name))
      }
    }
    builder.note(idColumn: names[found], ignored: reader.ignoredColumns)
    columns = numbers
  }

  /// The delimiter that occurs most in the header, outside quotes; a comma when none does.
  private static func delimiter(_ base: UnsafeMutablePointer<UInt8>, _ start: Int, _ stop: Int) -> UInt8 {
    let candidates = Self.delimiters
    var counts = [0, 0, 0, 0]
    var inQuotes = false
    for position in start..<stop {
      if base[position] == 0x22 { inQuotes.toggle() }
      if !inQuotes, let which = candidates.firstIndex(of: base[position]) { counts[which] += 1 }
    }
    var best = 0
    for which in 1..<4 where counts[which] > counts[best] { best = which }
    return candidates[best]
  }
}

extension String {
  /// Without ASCII white space at either end.
  var trimmedSpaces: String {
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { $0 > 0x20 }), let last = bytes.lastIndex(where: { $0 > 0x20 })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
