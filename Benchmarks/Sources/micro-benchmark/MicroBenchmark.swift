import AccountModel
import Foundation
import Identifiers
import PlatformExports
import ProcessCost

/// Rates of the JSON splitter and of the identifier normaliser by kind, per second of CPU, as a Markdown table.
@main
enum MicroBenchmark {
  static func main() throws {
    print("| what | per CPU s | µs each |")
    print("|---|--:|--:|")
    try splitter()
    for kind in IdentifierKind.allCases { try normaliser(kind) }
    try phoneByLibrary()
  }

  /// A Telegram-like text of 16 MB in memory, cut into its messages.
  private static func splitter() throws {
    var text = Array("{\"name\":\"x\",\"messages\":[".utf8)
    var messages = 0
    while text.count < 16_000_000 {
      if messages > 0 { text.append(UInt8(ascii: ",")) }
      text += Array(
        """
        {"id":\(messages),"type":"message","date":"2026-01-01T10:00:00","from":"A \\"B\\" C",\
        "from_id":"user\(messages % 97)","text":["see ",{"type":"link","text":"https://example.org/\(messages)"}]}
        """.utf8)
      messages += 1
    }
    text += Array("]}".utf8)
    let splitter = JSONSplitter(["$.messages[*]"], limits: ImportLimits())
    var passes = 0
    let seconds = try time {
      var found = 0
      let end = try splitter.forEachValue(in: MemberInput(path: "messages.json", bytes: text)) { _ in
        found += 1
      }
      guard end == .complete, found == messages else { throw MicroBenchmarkFailure("JSON splitter") }
      passes += 1
    }
    row("JSON splitter, messages", Double(messages * passes) / seconds)
    row("JSON splitter, MB", Double(text.count * passes) / 1e6 / seconds)
  }

  /// A thousand different values of the kind, each pass by a normaliser that has seen none of them.
  private static func normaliser(_ kind: IdentifierKind) throws {
    let values = (0..<1_000).map { sample(kind, $0) }
    var passes = 0
    let seconds = try time {
      let normaliser = IdentifierNormaliser()
      var named = 0
      for value in values {
        let found = normaliser.normalise(value, kind: kind, platform: Platform("x"), label: label(kind))
        if !found.canonical.isEmpty { named += 1 }
      }
      guard named == values.count else {
        throw MicroBenchmarkFailure("\(kind.rawValue): \(values.count - named) samples name nothing")
      }
      passes += 1
    }
    row("normalise \(kind.rawValue)", Double(values.count * passes) / seconds)
  }

  /// The same numbers without the short way that plain UK numbers take.
  private static func phoneByLibrary() throws {
    let values = (0..<1_000).map { sample(.phone, $0) }
    let numbers = PhoneNumber(defaultRegion: "GB")
    var passes = 0
    let seconds = try time {
      for value in values where numbers.normaliseByLibrary(value).canonical.isEmpty {
        throw MicroBenchmarkFailure("phone by libphonenumber")
      }
      passes += 1
    }
    row("normalise phone, by libphonenumber alone", Double(values.count * passes) / seconds)
  }

  private static func label(_ kind: IdentifierKind) -> String {
    switch kind {
    case .cookie: "datr"
    case .device: "imei"
    default: ""
    }
  }

  private static func sample(_ kind: IdentifierKind, _ number: Int) -> String {
    let three = String(format: "%03d", number)
    switch kind {
    case .email: return "First.Last+\(number)@Mail.example.org"
    case .phone: return "07700 900\(three)"
    case .handle: return "@Some_Handle\(number)"
    case .platformID: return "1\(three)00000000\(three)"
    case .displayName: return "Someone Özil \(number) 🙂"
    case .personName: return "Dr Áine van der Sample-\(number)"
    case .dateOfBirth: return "19\(50 + number % 50)-0\(1 + number / 50 % 9)-1\(number / 450)"
    case .postalAddress: return "Flat \(number), 1 Example Street, Sampleton, ZZ99 9ZZ"
    case .url: return "https://www.Example.org/Path/\(number)?utm_source=a&id=\(number)#part"
    case .profileLink: return "https://x.com/Some_Handle\(number)?lang=en"
    case .ip:
      return number % 2 == 0 ? "203.0.113.\(number % 254 + 1):\(1_024 + number)" : "2001:db8::\(three):1"
    case .device: return luhn("3520990017\(three)1")
    case .cookie: return "AbCdEfGhIjKlMnOpQrStU\(three)"
    case .userAgent:
      return "Mozilla/5.0 (Linux; Android 14; Pixel \(number)) AppleWebKit/537.36 Chrome/120.0.0.0"
    }
  }

  /// An IMEI: fourteen digits and their check digit.
  private static func luhn(_ digits: String) -> String {
    var sum = 0
    for (position, digit) in digits.reversed().enumerated() {
      let value = (digit.wholeNumberValue ?? 0) * (position % 2 == 0 ? 2 : 1)
      sum += value > 9 ? value - 9 : value
    }
    return digits + String((10 - sum % 10) % 10)
  }

  /// CPU seconds of as many passes as half a second holds, after one that is not counted.
  private static func time(_ pass: () throws -> Void) rethrows -> Double {
    try pass()
    let start = ProcessCost.cpuSeconds()
    var passes = 0
    repeat {
      try pass()
      passes += 1
    } while ProcessCost.cpuSeconds() - start < 0.5
    let seconds = ProcessCost.cpuSeconds() - start
    // The callers count every pass; the share of the first is taken off here.
    return seconds * Double(passes + 1) / Double(passes)
  }

  private static func row(_ what: String, _ rate: Double) {
    let micros = rate > 0 ? 1e6 / rate : 0
    print("| \(what) | \(String(format: "%.0f", rate)) | \(String(format: "%.2f", micros)) |")
  }
}

private struct MicroBenchmarkFailure: Error, CustomStringConvertible {
  let description: String
  init(_ what: String) { description = "\(what): the result is not what it must be" }
}
