/// Values that people and programs write where a form wants something: `none@none.com`, `1234567890`, `iPhone` for a
/// device's number. They have the form of an identifier and identify nobody.
///
/// What could be somebody's is not taken for one: `smith@smith.com` is a person's own domain, `test@gmail.com` a
/// mailbox that somebody has.
enum DummyValue {
  /// Whether an address of mail is one that means "no address": a word for nothing before the @ and another, or the
  /// same, behind it; or one character over and over on both sides.
  static func isAddress(local: String, domain: String) -> Bool {
    let site = domain.prefix { $0 != "." }
    let name = local.utf8.filter(\.isAlphanumeric)
    if isRepeated(name), site.utf8.elementsEqual(name) { return true }
    return words.contains(String(bytes: name))
      && (sites.contains(String(site)) || words.contains(String(site)))
  }

  /// Whether a number in international form ends in one digit eight times and more, or in digits that count up or down
  /// ten times (nine times where the number is in no assigned range).
  static func isNumber(_ e164: String, isAssigned: Bool) -> Bool {
    let number = e164.utf8.prefix { $0 != ascii(";") }
    /// How many digits at the end differ from the one before by so much, modulo ten.
    func run(_ step: Int) -> Int {
      var length = 0
      var next: Int?
      for byte in number.reversed() {
        guard byte.isDigit else { break }
        let digit = Int(byte - 0x30)
        if let next, (next - digit - step) % 10 != 0 { break }
        next = digit
        length += 1
      }
      return length
    }
    return run(0) >= 8 || max(run(1), run(-1)) >= (isAssigned ? 10 : 9)
  }

  /// Whether a device's identifier without a known label is the name of a make, a model or a sort of device.
  static func isDeviceModel(_ lowered: String) -> Bool {
    let words = lowered.utf8.split { !$0.isAlphanumeric }
    guard let first = words.first else { return false }
    let make = first.prefix(while: \.isLetter)
    // `iPhone14,2`, `Pixel 7`, `SM-G991B`; `android-` and sixteen digits is a number with a word before it.
    if makes.contains(String(bytes: Array(make))) {
      return ([first.dropFirst(make.count)] + words.dropFirst()).allSatisfy {
        $0.count <= 8 || !$0.contains(where: \.isDigit)
      }
    }
    // An identifier of one device among all has more in it than a few letters.
    let count = words.reduce(0) { $0 + $1.count }
    return count < 6 || count < 16 && !words.joined().contains(where: \.isDigit)
  }

  private static func isRepeated(_ name: [UInt8]) -> Bool {
    guard let first = name.first else { return false }
    return name.allSatisfy { $0 == first }
  }

  /// Words for nothing, and for trying something out.
  private static let words: Set<String> = [
    "abc", "anonymous", "asd", "asdf", "asdfasdf", "blank", "dummy", "empty", "fake", "foo", "invalid",
    "na", "nil", "no", "nobody", "noemail", "nomail", "none", "noone", "noreply", "notavailable", "nothing",
    "notprovided", "null", "qwe", "qwerty", "test", "tester", "testing", "undefined", "unknown", "xyz",
  ]

  /// Sites that stand beside such words.
  private static let sites: Set<String> = [
    "domain", "email", "example", "mail", "nodomain", "site", "website",
  ]

  private static let makes: Set<String> = [
    "android", "apple", "asus", "blackberry", "browser", "chrome", "chromebook", "computer", "desktop",
    "fairphone", "firefox", "galaxy", "google", "honor", "htc", "huawei", "imac", "ios", "ipad", "iphone",
    "ipod", "laptop", "lenovo", "lg", "linux", "mac", "macbook", "macbookair", "macbookpro", "macintosh",
    "macos", "mobile", "moto", "motorola", "nexus", "nokia", "nothing", "oneplus", "oppo", "pc", "phone",
    "pixel", "poco", "realme", "redmi", "safari", "samsung", "sm", "smartphone", "sony", "tablet", "vivo",
    "web", "windows", "xiaomi", "xperia", "zte",
  ]
}
