internal import Glibc

/// Counts lines that look like headers, by a looser rule than the parser's and over the raw bytes, so that a
/// header which the parser takes for a continuation shows up as a disagreement.
///
/// The rule, at the start of a line: among digits and anything that is not a letter, three numbers of a date
/// with one punctuation mark each, then two numbers joined by `:`, `.` or `h`, then `]`, `-` or a dash within 24
/// characters; in a file that has them so, the time before the date, or behind seconds a colon and a space at the
/// end. The word that the file writes between date and time is passed over, marks of direction as well, and digits
/// of other scripts count as digits. A line's first 96 bytes are looked at.
struct WhatsAppHeaderCount {
  private(set) var count = 0
  private var line: [UInt8] = []
  private var isPassing = false
  private static let lookedAt = 96
  /// Bytes of the longest mark of a half of the day.
  private static let longestHalf = 27

  private let joiner: [UInt8]
  private let isTimeFirst: Bool
  private let endsInColon: Bool

  /// - Parameter layout: the file's, for what it has between date and time, in which order, and what behind them.
  init(_ layout: WhatsAppLayout) {
    joiner = Array(layout.joiner.utf8)
    isTimeFirst = layout.isTimeFirst
    endsInColon = layout.endsInColon
    line.reserveCapacity(Self.lookedAt)
  }

  /// Takes the next bytes of the file.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    var position = 0
    while position < bytes.count {
      let rest = bytes.count - position
      let newline = memchr(base + position, 0x0A, rest).map {
        $0 - UnsafeMutableRawPointer(mutating: base + position)
      }
      let length = newline ?? rest
      if !isPassing {
        let wanted = min(length, Self.lookedAt - line.count)
        line.append(contentsOf: bytes[position..<position + wanted])
        if line.count == Self.lookedAt { judge() }
      }
      if newline != nil {
        if !isPassing { judge() }
        isPassing = false
        line.removeAll(keepingCapacity: true)
      }
      position += length + (newline == nil ? 0 : 1)
    }
  }

  /// Judges a last line that has no terminator.
  mutating func finish() {
    if !isPassing, !line.isEmpty { judge() }
    line.removeAll()
  }

  private mutating func judge() {
    isPassing = true
    if looksLikeHeader(Self.plain(line)) { count += 1 }
  }

  /// A line without marks of direction, its digits of other scripts as ASCII.
  private static func plain(_ line: [UInt8]) -> [UInt8] {
    if line.allSatisfy({ $0 < 0x80 }) { return line }
    var plain: [UInt8] = []
    for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
      if DirectionMarks.isMark(scalar) { continue }
      if scalar.value >= 0x660, scalar.properties.numericType == .decimal,
        let digit = scalar.properties.numericValue
      {
        plain.append(0x30 + UInt8(digit))
      } else {
        plain.append(contentsOf: String(scalar).utf8)
      }
    }
    return plain
  }

  private func looksLikeHeader(_ line: [UInt8]) -> Bool {
    var rest = line.drop { $0 >= 0x80 || $0 == UInt8(ascii: "[") || $0 == 0x20 }
    func run() -> Int {
      let digits = rest.prefix(while: \.isDigit).count
      rest = rest.dropFirst(digits)
      return digits
    }
    func mark(_ wanted: String) -> Bool {
      guard let byte = rest.first, wanted.utf8.contains(byte) else { return false }
      rest = rest.dropFirst()
      return true
    }
    func date() -> Bool {
      for number in 0..<3 {
        guard (1...4).contains(run()) else { return false }
        if number < 2 {
          guard mark("/.-") else { return false }
          if rest.first == 0x20 { rest = rest.dropFirst() }
        }
      }
      return true
    }
    func time() -> Bool {
      guard (1...2).contains(run()) else { return false }
      let spaced = rest.drop { $0 == 0x20 || $0 >= 0x80 }
      if spaced.first == UInt8(ascii: "h") {
        rest = spaced.dropFirst().drop { $0 == 0x20 || $0 >= 0x80 }
      } else if !mark(":.") {
        return false
      }
      return run() == 2
    }
    if isTimeFirst {
      guard time() else { return false }
      if mark(":.") { _ = run() }
      // A half of the day, and a comma.
      rest = rest.dropFirst(rest.prefix(16).prefix { !$0.isDigit }.count)
      guard date() else { return false }
    } else {
      guard date() else { return false }
      rest = rest.drop { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") || $0 == 0x20 }
      if !joiner.isEmpty, rest.starts(with: joiner) { rest = rest.dropFirst(joiner.count) }
      for half in WhatsAppDayHalf.beforeTime where rest.starts(with: half.bytes) {
        rest = rest.dropFirst(half.bytes.count)
        break
      }
      rest = rest.drop { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") || $0 == 0x20 || $0 >= 0x80 }
      guard time() else { return false }
    }
    if endsInColon {
      guard mark(":."), run() == 2 else { return false }
      // Perhaps a half of the day, and no dash.
      let half = rest.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "-") }
      return half.count <= Self.longestHalf
        && rest.dropFirst(half.count).starts(with: [UInt8(ascii: ":"), 0x20])
    }
    // Behind a half of the day.
    var characters = 0
    let ending = Array(
      rest.prefix { byte in
        if byte & 0xC0 != 0x80 { characters += 1 }
        return characters <= 24
      })
    if ending.contains(UInt8(ascii: "]")) || ending.contains(UInt8(ascii: "-")) { return true }
    return ending.indices.dropLast(2).contains {
      ending[$0] == 0xE2 && ending[$0 + 1] == 0x80 && (0x93...0x94).contains(ending[$0 + 2])
    }
  }
}
