import CKernels

extension CSVTableReader.State {
  /// Splits a record that begins at `start`, when it is whole and no field of it is quoted, and hands it on; the position
  /// after its line end, or nil when it is for `wholeRecord` to follow.
  mutating func plainRecord(
    _ base: UnsafeMutablePointer<UInt8>, _ start: Int, _ count: Int, into builder: inout TableBuilder
  ) throws(TableError) -> Int? {
    fields.truncate(to: 0)
    var from = start
    while true {
      if nextMark == marks.count {
        if scanned < start { scanned = start }
        if scanned >= count { return nil }
        marks.fill(Self.markRoom) { marks, room in
          cog_table_marks(base, scanned, count, delimiter, marks, room, &scanned)
        }
        nextMark = 0
        continue
      }
      let mark = Int(marks[nextMark])
      if mark < from {  // Marks of a record that was followed otherwise, or within a field.
        nextMark += 1
        continue
      }
      let byte = base[mark]
      if byte == delimiter {
        fields.append(Field(start: from, end: mark))
        from = mark + 1
        nextMark += 1
      } else if byte == 0x22 {
        if mark == from { return nil }
        nextMark += 1
      } else {
        if byte == 0x0D, mark + 1 == count { return nil }
        nextMark += 1
        let ownLine = line
        line += 1
        let end = mark + (byte == 0x0D && base[mark + 1] == 0x0A ? 2 : 1)
        if mark == start { return end }
        fields.append(Field(start: from, end: mark))
        try take(base, ownLine, into: &builder)
        return end
      }
    }
  }

  /// Splits one record, which may have quotes, and hands it on.
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
    if columns == nil {
      try header(base, into: &builder)
    } else {
      try take(base, ownLine, into: &builder)
    }
  }

  /// Hands on the fields of a record.
  @inline(__always)
  private mutating func take(
    _ base: UnsafeMutablePointer<UInt8>, _ ownLine: Int, into builder: inout TableBuilder
  ) throws(TableError) {
    if fields.count != width {
      noteRagged(ownLine, base)
    }
    let id = idField < fields.count ? fields[idField] : Field(start: 0, end: 0)
    try builder.beginRecord(id: text(id, base), line: ownLine)
    for number in 0..<min(fields.count, width) where columnOfField.base[number] >= 0 {
      let value = text(fields[number], base).trimmedSpaces
      if value.isEmpty { continue }
      try builder.announce(columnOfField.base[number], value)
    }
  }

  @inline(__always)
  private func text(_ field: Field, _ base: UnsafeMutablePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + field.start, count: field.end - field.start)
  }

  /// Counts a row of another width than the header's. Empty fields at its end are no surplus.
  private mutating func noteRagged(_ line: Int, _ base: UnsafeMutablePointer<UInt8>) {
    if fields.count > width {
      let isEmpty = (width..<fields.count).allSatisfy { text(fields[$0], base).trimmedSpaces.isEmpty }
      if isEmpty { return }
      long += 1
    } else {
      short += 1
    }
    if ragged.count < CSVTableReader.namedRaggedRows { ragged.append(line) }
  }

  /// Finds the fields of a record. A quoted field is unescaped where it stands, as it only gets shorter.
  private mutating func split(_ base: UnsafeMutablePointer<UInt8>, _ start: Int, _ stop: Int) {
    fields.truncate(to: 0)
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
        fields.append(Field(start: from, end: write))
      } else {
        let from = position
        while position < stop, base[position] != delimiter { position &+= 1 }
        fields.append(Field(start: from, end: position))
      }
      if position >= stop { return }
      position += 1
      if position == stop {
        fields.append(Field(start: stop, end: stop))
        return
      }
    }
  }

  private mutating func header(
    _ base: UnsafeMutablePointer<UInt8>, into builder: inout TableBuilder
  ) throws(TableError) {
    var names: [String] = []
    for number in 0..<fields.count {
      names.append(String(decoding: text(fields[number], base).trimmedSpaces, as: UTF8.self))
    }
    let header = try TableHeader(
      names, of: file, at: 1, idColumn: reader.idColumn, ignored: reader.ignoredColumns, into: &builder)
    idField = header.id
    columns = header.columns
    width = header.columns.count
    for number in header.columns { columnOfField.append(number) }
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
