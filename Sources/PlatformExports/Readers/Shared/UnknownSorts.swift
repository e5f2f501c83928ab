/// How many messages there are of each sort that is not known, by its number.
struct UnknownSorts {
  private var counts: [Int64: Int] = [:]
  private var others = 0

  /// Sorts that are told apart: a database may claim any number of them.
  private static let limit = 50

  mutating func add(_ number: Int64) {
    if counts.count < Self.limit || counts[number] != nil {
      counts[number, default: 0] += 1
    } else {
      others += 1
    }
  }

  /// Tells the counts, in the order of the numbers.
  func note(_ writer: RecordWriter) {
    guard !counts.isEmpty else { return }
    var parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) of type \($0.key)" }
    if others > 0 { parts.append("\(others) of others") }
    writer.note("messages of sorts that are not known: \(parts.joined(separator: ", "))")
  }
}
