internal import AccountModel
internal import Columns

/// The head of a message: `[2019-05-29, 15:04] Name: `, `[May 29, 2019 15:04:05] <Name> `.
struct SignalHeader {
  enum Form {
    /// signal-export: a name and a colon.
    case colon
    /// signalbackup-tools: a name in angle brackets, or three stars.
    case bracketed
  }

  let form: Form
  /// Nil for a time that does not exist.
  let time: ObservedTime?
  /// Where the time stands.
  let written: Range<Int>
  /// Where the name stands; empty where the words are Signal's.
  let name: Range<Int>
  /// Where the text begins.
  let body: Int
  let hasSeconds: Bool
  /// Whether it is by the owner of the device.
  let isOwner: Bool

  /// The head that a line begins with, if it does.
  static func scan(_ line: UnsafeBufferPointer<UInt8>) -> SignalHeader? {
    var scan = ByteScan(line)
    guard scan.take("[") else { return nil }
    let start = scan.position
    let form: Form
    let date: (year: Int, month: Int, day: Int)
    if let year = scan.digits(4) {
      guard scan.take("-"), let month = scan.digits(2), scan.take("-"), let day = scan.digits(2) else {
        return nil
      }
      _ = scan.take(",")
      (form, date) = (.colon, (year, month, day))
    } else {
      while let byte = scan.byte, byte != 0x20, scan.position - start <= 24 { scan.position += 1 }
      let word = String(decoding: line[start..<scan.position], as: UTF8.self)
      guard let month = MonthNames.month(of: word.last == "." ? String(word.dropLast()) : word),
        scan.take(" "),
        let day = scan.digits(2), scan.take(","), scan.take(" "), let year = scan.digits(4)
      else { return nil }
      (form, date) = (.bracketed, (year, month, day))
    }
    guard scan.take(" "), let clock = scan.clock(), clock.microsecond == 0 else { return nil }
    let written = start..<scan.position
    guard scan.take("]"), scan.take(" ") else { return nil }
    guard let (name, body) = form == .colon ? colon(line, scan.position) : bracket(line, scan.position) else {
      return nil
    }
    let wall = CivilTime.microseconds(
      year: date.year, month: date.month, day: date.day, hour: clock.hour, minute: clock.minute,
      second: clock.second)
    let time = wall.map { ObservedTime(microseconds: $0, zone: .unknown, precision: clock.precision) }
    return SignalHeader(
      form: form, time: TimeText.plausible(time), written: written, name: name, body: body,
      hasSeconds: clock.precision == .second, isOwner: form == .colon && line[name].elementsEqual("Me".utf8))
  }

  /// A name up to a colon that a space follows or nothing.
  private static func colon(_ line: UnsafeBufferPointer<UInt8>, _ start: Int) -> (Range<Int>, Int)? {
    var position = start
    while position < line.count {
      if line[position] == UInt8(ascii: ":"), position > start {
        if position + 1 == line.count { return (start..<position, position + 1) }
        if line[position + 1] == 0x20 { return (start..<position, position + 2) }
      }
      position += 1
    }
    return nil
  }

  private static func bracket(_ line: UnsafeBufferPointer<UInt8>, _ start: Int) -> (Range<Int>, Int)? {
    let rest = line[start...]
    if rest.starts(with: "*** ".utf8) { return (start..<start, start + 4) }
    guard rest.first == UInt8(ascii: "<") else { return nil }
    // Names may hold any sign.
    let end = UInt8(ascii: ">")
    guard
      let close = rest.indices.first(where: { line[$0] == end && $0 + 1 < line.count && line[$0 + 1] == 0x20 }
      ),
      close > start + 1
    else { return nil }
    return ((start + 1)..<close, close + 2)
  }
}
