/// A table made ready: which records are learnt from, which are held, in which order, and what the columns hold.
struct Preparation {
  let copies: RecordCopies
  let order: RecordOrder
  let columnOrder: ColumnOrder
  let decisions: ColumnDecisions
  /// By column, how it was found what it holds.
  let reasons: [ColumnReason]
  /// Whether the records of the base alone were learnt from, though they may be all.
  let hasBase: Bool
  /// By column of dates of birth, what became of its values.
  let dates: [Int: DateFinding]

  /// Recognises the columns and brings them, and the records in them, into the order of the engine.
  ///
  /// - Parameters:
  ///   - isWhole: whether all records are learnt from, as where something else is known of them.
  ///   - apart: records that are nobody's copies.
  ///   - texts: what records hold of writing; nil where it is not compared.
  ///   - id: the id of a record.
  init(
    _ columns: inout [Column], records: Int, _ settings: ResolveSettings, isWhole: Bool, apart: [UInt32],
    texts: RecordTexts? = nil, id: (Int) -> String
  ) {
    var base = isWhole ? records : LearningBase.records(of: records, settings: settings)
    func copies(_ columns: [Column]) -> RecordCopies {
      RecordCopies(columns, records: records, isOff: settings.linkOnly, apart: apart, texts: texts)
    }
    var counted = columns.map { $0.counting(first: base) }
    var (reasons, columnOrder) = Self.recognise(&counted)
    var decisions = ColumnDecisions(counted)
    var found = copies(counted)
    // How rare a name is, and what copies stand for, is asked of all records at once.
    let isPlain = !isWhole && !found.areAny && !decisions.tellsOfIdentityAlone
    if base < records, !isPlain {
      base = records
      (reasons, columnOrder) = Self.recognise(&columns)
      found = copies(columns)
    } else {
      columns = counted
    }
    counted = []
    hasBase = isPlain && records >= settings.fewestForBase
    let births = columns.map { $0.kind == .birthDate ? $0.values : nil }
    order = RecordOrder(columns, found, base: base)
    for number in columns.indices { columns[number] = order.ordered(columns[number]) }
    if !hasBase { decisions = ColumnDecisions(columns) }
    (self.copies, self.decisions, self.reasons, self.columnOrder) = (found, decisions, reasons, columnOrder)
    var dates: [Int: DateFinding] = [:]
    for (number, layout) in decisions.dateLayouts {
      let readings = DateReadings(columns[number].pool, layout, counted: order.base)
      columns[number].dates = readings
      if let values = births[number] { dates[number] = DateFinding(values, readings, id: id) }
    }
    self.dates = dates
  }

  /// Sets the kinds of columns by the records that they count, and brings the columns into the order of the engine.
  private static func recognise(_ columns: inout [Column]) -> ([ColumnReason], ColumnOrder) {
    var seen = columns.map(\.ofCounted)
    let reasons = ColumnRecognition.recognise(&seen)
    for number in columns.indices { columns[number].kind = seen[number].kind }
    let order = ColumnOrder(seen)
    columns = order.ordered(columns)
    return (order.ordered(reasons), order)
  }
}
