/// Telephone numbers and e-mail addresses as pages of legal returns write them, with remarks behind them:
/// `+447700900123 Cell Verified on …`, `+447700900123 [GB]`, `rex@example.org (Unverified)`.
enum WrittenContact {
  /// A number with what is written behind it.
  struct Number {
    let value: String
    let remarks: [String]
  }

  private static let doubts: Set<String> = ["unverified", "unconfirmed", "not", "pending"]

  /// The words of a line, without the brackets and signs that part them.
  static func words(_ line: String) -> [String] {
    line.split { $0.isWhitespace || "(),;[]".contains($0) }.map { String($0) }
  }

  /// Whether remarks say that nobody checked whose it is.
  static func isDoubted(_ remarks: [String]) -> Bool {
    remarks.contains { doubts.contains($0.lowercased()) }
  }

  /// The number that a line begins with; nil where it begins with none.
  static func number(in line: String) -> Number? {
    let number = line.prefix { $0.isASCII && ($0.isNumber || "+() -.".contains($0)) }.trimmingSpaces
    let digits = number.utf8.count(where: \.isDigit)
    guard (7...15).contains(digits) else { return nil }
    let value = String(number.prefix { $0 != "(" || number.hasPrefix("(") || number.contains(")") })
      .trimmingSpaces
    return Number(value: value, remarks: words(String(line.dropFirst(number.count))))
  }
}
