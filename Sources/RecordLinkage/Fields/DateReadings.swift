/// The dates of a column, each distinct value read once: what is compared of it, and what is said of it.
struct DateReadings {
  /// How they are written.
  let layout: DateLayout
  /// By value of the column.
  let dates: Packed<CalendarDate>

  /// Reads the values of a column.
  init(_ pool: ValuePool, _ layout: DateLayout) {
    self.layout = layout
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
}
