internal import AccountModel

/// What the section `Device Info` of a report says of the phone.
struct CellebriteDevice: Equatable {
  var kind: IdentifierKind
  /// Which identifier it is, as the normaliser knows it.
  var label: String
  var value: String
  var assertion: Assertion
  /// The extraction that it was found in; empty when the report does not say.
  var extraction: String
  var locator: Locator

  /// An item by its name; empty for one that identifies nothing.
  static func items(_ name: String, _ value: String, extraction: String, _ locator: Locator) -> [Self] {
    guard let meaning = meanings[key(name)] else { return [] }
    return value.split { $0 == "," || $0 == ";" || $0 == "\n" }.map(\.trimmingSpaces)
      .filter { !$0.isEmpty && !NoValue.isNamed(by: $0) }
      .map {
        Self(
          kind: meaning.kind, label: meaning.label, value: String($0.prefix(200)),
          assertion: meaning.assertion,
          extraction: extraction, locator: locator)
      }
  }

  /// What an item is of the card that was in the phone last, which may be a former owner's; nil for other items.
  static func ofLastCard(_ name: String) -> String? {
    switch key(name) {
    case "lastusedmsisdn", "lastmsisdn": "telephone number"
    case "lasticcid", "lastusericcid", "lastusediccid": "ICCID"
    default: nil
    }
  }

  private static func key(_ name: String) -> String {
    var key = name.lowercased().filter { $0.isLetter || $0.isNumber }
    if key.hasPrefix("deviceinfo") { key.removeFirst("deviceinfo".count) }
    while let last = key.last, last.isNumber { key.removeLast() }
    return key
  }

  /// Names of items in small letters, without `DeviceInfo` before them, signs, and the number of a card or modem behind
  /// them. A SIM's own record of its number is the user's to write.
  private static let meanings: [String: (kind: IdentifierKind, label: String, assertion: Assertion)] = {
    let devices = [
      "imei": "imei", "imsi": "imsi", "iccid": "iccid", "meid": "meid", "serial": "serial",
      "serialnumber": "serial",
      "bluetoothdeviceaddress": "mac", "bluetoothaddress": "mac", "bluetoothmacaddress": "mac",
      "bluetoothmac": "mac", "wifiaddress": "mac", "wifimacaddress": "mac", "wifimac": "mac",
      "macaddress": "mac",
      "mac": "mac", "androidid": "android-id", "advertisingid": "advertising-id", "udid": "udid",
      "uniqueid": "udid", "uniquedeviceid": "udid",
    ]
    var meanings: [String: (kind: IdentifierKind, label: String, assertion: Assertion)] = [:]
    for (name, label) in devices { meanings[name] = (.device, label, .platform) }
    for name in ["msisdn", "phonenumber"] {
      meanings[name] = (.phone, "msisdn", .user)
    }
    return meanings
  }()
}
