import Foundation

/// Numbers as text; no locale has a say in it.
public enum Figure {
  /// A number with a fixed count of decimals, rounded half away from zero.
  public static func fixed(_ value: Double, _ places: Int) -> String {
    if value.isNaN { return "–" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 1e15 else { return value < 0 ? "-inf" : "inf" }
    let whole = Int(scaled)
    let (units, rest) = (whole / Int(scale), whole % Int(scale))
    let digits = String(rest)
    let text =
      "\(units)" + (places > 0 ? "." + String(repeating: "0", count: places - digits.count) + digits : "")
    return value < 0 && whole != 0 ? "-" + text : text
  }

  /// With a sign, for weights: `+1.25`, `−0.40`, `0.00`.
  public static func signed(_ value: Double, _ places: Int = 2) -> String {
    let text = fixed(abs(value), places)
    if text.allSatisfy({ $0 == "0" || $0 == "." }) { return text }
    return (value < 0 ? "\u{2212}" : "+") + text
  }

  /// A whole number with commas: `1,234,567`.
  public static func grouped(_ value: Int) -> String {
    var digits = Array(String(value.magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (value < 0 ? "-" : "") + String(digits)
  }

  /// A share as a whole per cent; what is neither none nor all is not called so.
  public static func percent(_ share: Double) -> String {
    if share > 0, share < 0.005 { return "under 1 %" }
    if share < 1, share >= 0.995 { return "over 99 %" }
    return fixed(share * 100, 0) + " %"
  }

  /// A probability: three decimals, six near certainty; what is uncertain, as all that is estimated is, is not called
  /// certain either way.
  public static func probability(_ value: Double) -> String {
    if value.isNaN { return fixed(value, 3) }
    if value < 0.0005 { return "under 0.001" }
    if value <= 0.9995 { return fixed(value, 3) }
    return value > 0.999999 ? "over 0.999999" : fixed(value, 6)
  }

  /// A probability of a level: three significant digits, small ones with an exponent.
  public static func rate(_ value: Double) -> String {
    if value >= 0.0995 { return fixed(value, 2) }
    if value >= 0.001 { return fixed(value, 4) }
    if value <= 0 { return "0" }
    let exponent = Int(log10(value).rounded(.down))
    let digits = fixed(value / pow(10, Double(exponent)), 1)
    return digits == "10.0" ? "1.0e\(exponent + 1)" : "\(digits)e\(exponent)"
  }

  /// A coordinate in a drawing.
  static func place(_ value: Double) -> String {
    let text = fixed(value, 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
