/// Counts which dates show the order of day and month that a mapping's pattern has, and which show the other one: a table that
/// puts the month first gives wrong days under `dd/MM/yyyy`, and no day at all only from the 13th on.
final class ShownOrder {
  /// Dates that are dates in the pattern's order alone.
  private(set) var own = 0
  /// Dates that are dates in the other order alone.
  private(set) var other = 0
  /// The first of these.
  private(set) var example = ""

  /// Counts a date by its numbers as the pattern has them.
  func add(day: Int, month: Int, _ text: String) {
    if (13...31).contains(day), (1...12).contains(month) { own += 1 }
    guard (13...31).contains(month), (1...12).contains(day) else { return }
    if other == 0 { example = String(text.prefix(40)) }
    other += 1
  }
}
