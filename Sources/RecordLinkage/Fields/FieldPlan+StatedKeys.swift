extension FieldPlan {
  /// Adds blocking keys that a person asked for: the values of one column, or of two together.
  ///
  /// - Throws: `TableError.noSuchKey` for a column that no key can be made of.
  mutating func addKeys(_ wanted: [[String]]) throws(TableError) {
    // A column of handles has keys of its own, of several slots each, and none of its plain values.
    let whole = (parts + keys).filter { $0.slots.count == 1 && $0.columns == [$0.name] }
    for names in wanted {
      var found: [KeySource] = []
      for name in names {
        guard let part = whole.first(where: { $0.name == name }) else {
          var known: [String] = []
          for part in whole where !known.contains(part.name) { known.append(part.name) }
          throw .noSuchKey(name: name, columns: known)
        }
        found.append(part)
      }
      if found.count == 2 { statedKeys.append(.both(found[0], found[1])) } else { statedKeys += found }
    }
  }
}
