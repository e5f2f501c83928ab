/// Names of hosts as mail servers write them.
enum HostName {
  /// Labels below a country's that many share, as in `co.uk`.
  static let shared: Set<Substring> = [
    "co", "com", "org", "net", "ac", "gov", "edu", "ltd", "plc", "me", "sch", "nhs", "police", "or", "ne",
    "go",
    "gob", "mil",
  ]

  /// Words in names of customers' lines.
  private static let lines: Set<Substring> = [
    "adsl", "bb", "broadband", "cable", "client", "cust", "customer", "customers", "dhcp", "dial", "dialup",
    "dsl",
    "dyn", "dynamic", "fibre", "ftth", "host", "ip", "mobile", "pool", "ppp", "pppoe", "range", "res",
    "residential", "user", "vdsl", "wifi",
  ]

  /// Top labels of names that are given at home and known nowhere else (RFC 6762, RFC 8375, and what routers give).
  private static let local: Set<String> = [
    "arpa", "box", "corp", "home", "internal", "intranet", "lan", "local", "localdomain", "localhost",
    "private",
  ]

  /// What mail programs call the machine that they run on, wherever that is: Apple Mail.
  private static let programs: Set<String> = ["smtpclient.apple"]

  /// Whether a name is one that a machine has at home, or that a mail program gives to any.
  static func isLocal(_ name: String) -> Bool {
    let lowered = name.lowercased()
    return programs.contains(lowered)
      || local.contains(lowered.split(separator: ".").last.map(String.init) ?? "")
  }

  /// Whether a word is the whole name of a host: labels of letters, digits and hyphens, the last of letters alone.
  static func isWhole(_ word: Substring) -> Bool {
    let text = word.last == "." ? word.dropLast() : word
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, text.utf8.count <= 253, let last = labels.last, last.utf8.count >= 2,
      last.utf8.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) })
    else { return false }
    return labels.allSatisfy { label in
      !label.isEmpty
        && label.utf8.allSatisfy {
          $0.isDigit || (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x2D || $0 == 0x5F
        }
    }
  }

  /// Whether a name is that of a customer's line: it spells the address, as `host86-1-2-3.example.net` does, or has a
  /// word of such names.
  static func isLine(_ name: String, _ address: String) -> Bool {
    let lowered = name.lowercased()
    let words = lowered.split { !$0.isLetter }
    if words.contains(where: { lines.contains($0) }) { return true }
    let octets = address.split(separator: ".").compactMap { UInt8($0) }
    guard octets.count == 4 else { return false }
    let hex = octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    if lowered.contains(hex) { return true }
    let padded = octets.map { String(repeating: "0", count: $0 < 10 ? 2 : $0 < 100 ? 1 : 0) + String($0) }
    if lowered.contains(padded.joined()) || lowered.contains(padded.reversed().joined()) { return true }
    // In order or reversed, perhaps without the one that all lines of the name have.
    let numbers = lowered.split { !$0.isASCII || !$0.isNumber }.compactMap { UInt8($0) }
    return Set(octets).count > 1 && octets.filter { numbers.contains($0) }.count >= 3
  }
}
