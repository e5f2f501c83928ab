public import AccountModel
internal import Foundation

/// Turns wall-clock times into instants under the zone that the person who imports named.
///
/// On the two days a year when the clock changes, a wall time may occur twice or not at all: such a time is
/// left without a zone, since an hour's error names the wrong subscriber of an IP address. Days without a
/// change cost one look-up in a dictionary.
public final class ZonedClock {
  private let zone: TimeZone
  /// Seconds east of UTC for a whole day (days since 1970), nil for a day near a change.
  private var offsetOfDay: [Int64: Int?] = [:]
  /// Times left without a zone so far.
  public private(set) var undecided = 0

  /// The clock of the options' zone; nil when none was named.
  ///
  /// Throws `ExportRefusal` (`unknown-time-zone`) for a name that is not in the IANA database.
  public static func make(_ options: ReaderOptions) throws -> ZonedClock? {
    guard let name = options.timeZone else { return nil }
    guard let zone = timeZone(named: name) else {
      throw ExportRefusal(
        "unknown-time-zone", what: "there is no time zone \(name.debugDescription)", place: "options",
        advice: "Give an IANA name such as Europe/London; letters such as BST mean several zones.")
    }
    return ZonedClock(zone)
  }

  /// Whether that is a zone's name: one of the IANA database that is no abbreviation, `UTC`, `GMT`, or an offset such as
  /// `GMT+1`.
  public static func isZone(_ name: String) -> Bool { timeZone(named: name) != nil }

  /// The zone of a name.
  ///
  /// Abbreviations are left out: the system takes BST for the time of Dhaka and IST for that of Kolkata, whatever was
  /// meant. Names with a slash are none, nor are names of countries and cities (`Japan`, `Singapore`), whose second letter
  /// is small.
  private static func timeZone(named name: String) -> TimeZone? {
    let isOffset =
      (name.hasPrefix("UTC") || name.hasPrefix("GMT"))
      && name.dropFirst(3).first.map { $0 == "+" || $0 == "-" } ?? true
    let isWord = name.dropFirst().first?.isLowercase ?? false
    return isOffset || isWord || name.utf8.contains(UInt8(ascii: "/")) ? TimeZone(identifier: name) : nil
  }

  /// The clock of a zone by name; nil when there is none.
  convenience init?(name: String) {
    guard let zone = Self.timeZone(named: name) else { return nil }
    self.init(zone)
  }

  init(_ zone: TimeZone) { self.zone = zone }

  /// A time of unknown zone as an instant under the assumed zone; any other time as it is.
  public func assume(_ time: ObservedTime) -> ObservedTime {
    guard !time.isNone, time.zone == .unknown, time.precision != .day else { return time }
    let wall = time.microseconds
    guard let offset = offset(ofWall: wall) else {
      undecided += 1
      return time
    }
    return ObservedTime(
      microseconds: wall - Int64(offset) * 1_000_000, zone: .assumed, precision: time.precision)
  }

  /// Notes how many times keep no zone, if any do.
  func report(to writer: RecordWriter) {
    guard undecided > 0 else { return }
    writer.note("\(undecided) times fall where the clock of the assumed zone was changed and keep no zone")
  }

  private func offset(ofWall wall: Int64) -> Int? {
    let day = (wall >= 0 ? wall : wall - CivilTime.day + 1) / CivilTime.day
    if let known = offsetOfDay[day], let offset = known { return offset }
    if offsetOfDay[day] == nil {
      let before = offset(atUTC: Double(day * 86_400 - 100_000))
      let after = offset(atUTC: Double(day * 86_400 + 186_400))
      if offsetOfDay.count > 100_000 { offsetOfDay.removeAll(keepingCapacity: true) }
      offsetOfDay[day] = .some(before == after ? before : nil)
      if before == after { return before }
    }
    let seconds = Double(wall) / 1_000_000
    var found: [Int] = []
    for candidate in Set([offset(atUTC: seconds - 100_000), offset(atUTC: seconds + 100_000)])
    where offset(atUTC: seconds - Double(candidate)) == candidate { found.append(candidate) }
    return found.count == 1 ? found[0] : nil
  }

  private func offset(atUTC seconds: Double) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
  }
}
