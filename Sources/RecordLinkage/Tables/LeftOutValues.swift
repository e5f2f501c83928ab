/// Values of a file that were left out for one reason: how many, of which keys, and where the first stands.
struct LeftOutValues {
  private static let namedKeys = 5

  private let unit: TableLine.Unit
  private(set) var count = 0
  private var firstLine = 0
  private var keys: [String] = []
  private var hasMoreKeys = false

  /// None so far; `unit` is what places are called.
  init(unit: TableLine.Unit = .line) { self.unit = unit }

  mutating func add(_ key: String, line: Int) {
    if count == 0 { firstLine = line }
    count += 1
    if keys.contains(key) { return }
    if keys.count < Self.namedKeys { keys.append(key) } else { hasMoreKeys = true }
  }

  /// What is said of them; nil when there are none.
  func note(_ one: String, _ several: String) -> String? {
    if count == 0 { return nil }
    let names = keys.map(VisibleName.quote).joined(separator: ", ") + (hasMoreKeys ? ", …" : "")
    return
      "\(count) \(count == 1 ? "value" : "values") of \(names) \(count == 1 ? "\(one) and was" : "\(several) and were") left out, the first at \(unit) \(firstLine)"
  }
}
