import Columns

/// Names of persons: given, family, middle and full ones.
extension FieldPlan {
  /// Words beside given and family name are compared if this share of the records has some.
  static let otherWordsShare = 0.05

  /// Given and family names, of their own columns or parted from a full name.
  mutating func nameFields(
    _ byKind: [ColumnKind: [Column]]
  ) throws(TableError) -> (given: NormalisedColumn, family: NormalisedColumn)? {
    let given = byKind[.givenName] ?? []
    let family = byKind[.familyName] ?? []
    let full = byKind[.fullName] ?? []
    var named: (NormalisedColumn, NormalisedColumn)?
    var others: NormalisedColumn?
    var taken = madeName?.name
    if let first = given.first, let last = family.first {
      let both = try names(first, last, orPartsOf: madeName)
      named = (both[0], both[1])
      if let madeName, decisions.comparesOtherWords ?? true {
        others = try otherWords(madeName, both[0], both[1])
      }
    } else if let column = full.first {
      // Where there are handles the middle name would be one more echo of them.
      let parts = try splitNames(column, withOthers: !hasHandles)
      taken = column.name
      named = (parts[0], parts[1])
      if parts.count > 2 { others = parts[2] }
    }
    // Of a person's names the family name is the one that all at home have.
    let familyNature: FieldNature? = given.isEmpty && full.isEmpty ? .home : nil
    // Those of a mother are the same for brothers and sisters.
    func singles(
      _ columns: [Column], _ own: FieldNature?, after taken: Int
    ) -> [(Column, FieldNature?)] {
      columns.enumerated().dropFirst(taken).map { number, column in
        let isOther = number > 0 && OwnNames.stands(column.values, beside: columns[0].values)
        return (column, isOther ? own ?? .common : own)
      }
    }
    var single = singles(given, nil, after: family.isEmpty ? 0 : 1)
    single += singles(family, familyNature, after: given.isEmpty ? 0 : 1)
    single += (byKind[.middleName] ?? []).map { ($0, nil) }
    for (column, nature) in single {
      let words = try normalise([column]) { TextFolding.foldWords($0, into: &$2) }
      fields.append(ValueField(words[0], .name, number: fields.count, nature: nature))
      keys.append(.whole(words[0]))
      parts.append(.whole(words[0]))
    }
    if let (first, last) = named {
      fields.append(ValueField(first, .name, number: fields.count, other: last.values))
      fields.append(ValueField(last, .name, number: fields.count, other: first.values, nature: .home))
      keys.append(.names(first, last))
      parts.append(.whole(first))
      parts.append(.whole(last))
      parts.append(.phonetic(last))
      if !hasHandles { parts.append(contentsOf: [.phonetic(first), .prefix(first, 3), .prefix(last, 3)]) }
      namingColumns.formUnion([first.name, last.name])
    }
    // Other names of the same people, or those of others.
    for column in full where column.name != taken {
      let words = try normalise([column]) { TextFolding.foldWords($0, into: &$2) }
      fields.append(ValueField(words[0], .text, number: fields.count))
      keys.append(.whole(words[0]))
      parts.append(.whole(words[0]))
    }
    if let others {
      let known = Double(others.counted - Int(others.pool.counts[0]))
      let areCompared =
        decisions.comparesOtherWords ?? (known > Self.otherWordsShare * Double(others.counted))
      decisions.comparesOtherWords = areCompared
      if areCompared { fields.append(ValueField(others, .text, number: fields.count)) }
    }
    return named
  }

  /// Parts a full name into given name, family name and, on demand, the words between and behind them.
  ///
  /// The last word is the family name, unless a comma says that it comes first; titles and "Jr." are left out. A name of
  /// one word is a given name.
  private func splitNames(_ column: Column, withOthers: Bool) throws(TableError) -> [NormalisedColumn] {
    var columns = [
      column.renamed(column.name + " (given)"), column.renamed(column.name + " (family)"),
    ]
    if withOthers {
      columns.append(column.renamed(column.name + " (other words)"))
    }
    var reader = PersonName()
    return try normalise(columns) { text, number, out in take(number, of: text, &reader, into: &out) }
  }

  /// Takes the given name (0), the family name (1) or the other words (2) of a full name.
  private func take(
    _ part: Int, of text: UnsafeBufferPointer<UInt8>, _ reader: inout PersonName, into out: inout [UInt8]
  ) {
    if Self.isPlain(text) {
      TextFolding.foldWords(text, into: &out)
      let isNobody = out.withUnsafeBufferPointer(PersonName.isNobody)
      guard !isNobody, let space = out.firstIndex(of: 0x20) else {
        if isNobody || part > 0 { out.removeAll(keepingCapacity: true) }
        return
      }
      switch part {
      case 0: out.removeLast(out.count - space)
      case 1: out.removeFirst(space + 1)
      default: out.removeAll(keepingCapacity: true)
      }
      return
    }
    if hasHandles, Self.isHandle(text) { return }
    reader.read(text)
    guard let first = reader.words.first, let last = reader.words.last else { return }
    switch part {
    case 0: out += first
    case 1: if reader.words.count > 1 { out += last }
    default:
      for word in reader.words.dropFirst().dropLast() {
        if !out.isEmpty { out.append(0x20) }
        out += word
      }
    }
  }

  /// Given and family names of their own columns; of a record that has neither, the parts of its full name.
  private func names(
    _ given: Column, _ family: Column, orPartsOf whole: Column?
  ) throws(TableError) -> [NormalisedColumn] {
    guard let whole else {
      return try normalise([given, family]) { TextFolding.foldWords($0, into: &$2) }
    }
    var reader = PersonName()
    let found = try normalise([given, family, whole, whole]) { text, number, out in
      if number < 2 {
        TextFolding.foldWords(text, into: &out)
      } else {
        take(number - 2, of: text, &reader, into: &out)
      }
    }
    let (first, last) = (found[0], found[1])
    for record in 0..<first.values.count where first.values[record] == 0 && last.values[record] == 0 {
      first.values[record] = found[2].values[record]
      last.values[record] = found[3].values[record]
    }
    first.pool.count([first.values, last.values], records: first.counted)
    return [first, last]
  }

  /// Whether a name is one word with a digit or an underscore in it, as platforms show the handle of who gave no name: no
  /// name, and another one does not speak against it. A handle of letters alone looks like a name.
  private static func isHandle(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var isMarked = false
    for byte in text {
      switch byte {
      case 0x30...0x39, 0x5F: isMarked = true
      case 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E: break
      default: return false
      }
    }
    return isMarked
  }

  /// Whether a name is one or two words of ASCII letters, as most are.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var spaces = 0
    var letters = 0
    for byte in text {
      if byte == 0x20 {
        spaces += 1
        if letters < 2 { return false }
        letters = 0
      } else if (byte | 0x20) &- 0x61 < 26 || byte == 0x27 {
        letters += 1
      } else {
        return false
      }
    }
    // Titles and the like are short.
    return spaces <= 1 && letters > 3 && !(spaces == 1 && beginsWithArticle(text))
  }

  private static func beginsWithArticle(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let article = PersonName.article.utf8
    return text.count > article.count && text[article.count] == 0x20
      && zip(text, article).allSatisfy { $0 | 0x20 == $1 }
  }

  /// The words of a full name that are in neither its given nor its family name.
  private func otherWords(
    _ column: Column, _ given: NormalisedColumn, _ family: NormalisedColumn
  ) throws(TableError) -> NormalisedColumn {
    let interner = ValueInterner()
    let values = Packed<UInt32>(repeating: 0, count: column.values.count)
    var folded: [UInt8] = []
    var rest: [UInt8] = []
    for record in 0..<values.count where column.values[record] != 0 {
      TextFolding.foldWords(column.pool.text(Int(column.values[record])), into: &folded)
      let known = [given.pool.text(Int(given.values[record])), family.pool.text(Int(family.values[record]))]
      rest.removeAll(keepingCapacity: true)
      for word in folded.split(separator: 0x20) {
        if known.contains(where: { $0.split(separator: 0x20).contains { $0.elementsEqual(word) } }) {
          continue
        }
        if !rest.isEmpty { rest.append(0x20) }
        rest += word
      }
      guard let number = rest.withUnsafeBufferPointer({ interner.intern($0) }) else {
        throw IdentityIndex.tooLarge
      }
      values[record] = number
    }
    let pool = interner.takePool()
    pool.count([values], records: column.counted)
    return NormalisedColumn(
      name: column.name + " (other words)", values: values, pool: pool, counted: column.counted)
  }
}
