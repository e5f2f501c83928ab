/// The dates of a column, each distinct value read once: what is compared of it, and what is said of it.
struct DateReadings {
  /// How they are written.
  let layout: DateLayout
  /// By value of the column.
  let dates: Packed<CalendarDate>
  /// Records, from the first on, by which a day is known to be written by the name of its month.
  private let counted: Int

  /// Reads the values of a column.
  ///
  /// - Parameter counted: records that were learnt from, from the first on; 0 where the column is added to others.
  init(_ pool: ValuePool, _ layout: DateLayout, counted: Int) {
    self.layout = layout
    self.counted = counted
    let dates = Packed(repeating: CalendarDate.missing, count: max(pool.count, 1))
    for value in 1..<dates.count { dates[value] = CalendarDate(pool.text(value), layout) }
    self.dates = dates
  }

  /// The column with its days as yyyymmdd; nil beyond 4 GiB of text.
  func normalise(_ column: Column) -> NormalisedColumn? {
    var scratch: [UInt8] = []
    let isNormal = (1..<max(column.pool.count, 1)).allSatisfy { value in
      scratch.removeAll(keepingCapacity: true)
      dates[value].write(layout, into: &scratch)
      let text = column.pool.text(value)
      return scratch.count == text.count && equalBytes(scratch, text.baseAddress, text.count)
    }
    if isNormal {
      return NormalisedColumn(
        name: column.name, values: column.values, pool: column.pool, counted: column.counted)
    }
    let interner = ValueInterner()
    let values = Packed<UInt32>(uninitialised: column.values.count)
    let isDone = NormalisedColumn.renumber(column, into: values, interner) { value, _, out in
      dates[value].write(layout, into: &out)
    }
    if !isDone { return nil }
    let pool = interner.takePool()
    pool.count([values], records: column.counted)
    return NormalisedColumn(name: column.name, values: values, pool: pool, counted: column.counted)
  }

  /// By day of a normalised column, whether its month is written by name; nil where none is.
  ///
  /// A day is where all records that were learnt from write it so; one that none of them has is where most others are, so
  /// that what is known of a day does not depend on the records that are added later.
  func namedMonths(_ column: Column, _ normalised: NormalisedColumn) -> Packed<Bool>? {
    guard layout.namesMonths || (0..<dates.count).contains(where: { dates[$0].isMonthNamed }) else {
      return nil
    }
    let named = Packed(repeating: layout.namesMonths, count: normalised.pool.count)
    let isKnown = Packed(repeating: false, count: named.count)
    for record in 0..<min(counted, column.values.count) {
      let day = Int(normalised.values[record])
      let isNamed = dates[Int(column.values[record])].isMonthNamed
      named[day] = isKnown[day] ? named[day] && isNamed : isNamed
      isKnown[day] = true
    }
    return named
  }
}
