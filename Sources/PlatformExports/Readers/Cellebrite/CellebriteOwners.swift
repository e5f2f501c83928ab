internal import AccountModel

/// The phone's own accounts, and its devices and cards.
struct CellebriteOwners {
  /// An app on one of the phones of a report; the phone is empty where there is only one.
  struct Place: Hashable, Comparable {
    var phone: String
    var platform: Platform

    static func < (one: Self, other: Self) -> Bool {
      (one.phone, one.platform) < (other.phone, other.platform)
    }
  }

  /// Accounts that sent or received as the phone's owner, while nothing named them.
  var unnamed: [Place: AccountIndex] = [:]
  private(set) var devices: [CellebriteDevice] = []
  /// Whether each extraction is a device of its own, unless the same number shows two of them to be one.
  var areApart = false
  /// In order of first mention, with the extractions that hold them as accounts that were not deleted.
  private var accounts: [(account: AccountIndex, extractions: [String])] = []
  private var position: [AccountIndex: Int] = [:]
  /// The phone of each extraction that has a device's number, empty in a report on one; nil until it is asked for.
  private var phones: [String: String]?

  /// Devices kept of one report.
  private static let deviceLimit = 500
  private static let extractionLimit = 100

  /// Takes note of an account of the phone's.
  ///
  /// - Parameter model: where it was found. What was deleted may have been on the phone in other hands, so that it does
  ///   not show the phone to be the account's.
  mutating func add(_ account: AccountIndex, _ model: CellebriteModel) {
    let number = position[account] ?? accounts.count
    if number == accounts.count {
      position[account] = number
      accounts.append((account, []))
    }
    if ["deleted", "trash"].contains(model.state.lowercased()) { return }
    let all = accounts[number].extractions
    if !all.contains(model.extraction), all.count < Self.extractionLimit {
      accounts[number].extractions.append(model.extraction)
    }
  }

  /// Whether no further device is kept.
  var isFull: Bool { devices.count >= Self.deviceLimit }

  mutating func add(_ items: [CellebriteDevice]) {
    phones = nil
    for item in items where devices.count < Self.deviceLimit {
      let isKnown = devices.contains {
        $0.label == item.label && $0.value == item.value && $0.extraction == item.extraction
      }
      if !isKnown { devices.append(item) }
    }
  }

  // MARK: Phones

  /// Identifiers that a phone keeps whatever card is in it.
  private static let ofPhones = ["imei", "meid", "serial", "udid"]

  /// The phone that an extraction is of, by its first extraction; empty in a report on one phone. What the report gives
  /// to no extraction, or to one of which it names no device, is of no phone that is known where there are several.
  mutating func phone(of extraction: String) -> String {
    let known = phones ?? Self.phones(devices, areApart: areApart)
    phones = known
    return known.isEmpty ? "" : known[extraction] ?? extraction
  }

  /// The first device of each phone; empty in a report on one.
  mutating func firstOfPhones() -> [CellebriteDevice] {
    var seen: Set<String> = []
    var found: [CellebriteDevice] = []
    for device in devices {
      let phone = phone(of: device.extraction)
      if !phone.isEmpty, seen.insert(phone).inserted { found.append(device) }
    }
    return found
  }

  /// Puts extractions together, unless they have different identifiers of one sort and none in common.
  private static func phones(_ devices: [CellebriteDevice], areApart: Bool) -> [String: String] {
    var order: [String] = []
    var values: [String: [String: Set<String>]] = [:]
    for device in devices where !device.extraction.isEmpty && (areApart || ofPhones.contains(device.label)) {
      if values[device.extraction] == nil { order.append(device.extraction) }
      values[device.extraction, default: [:]][device.label, default: []].insert(bare(device))
    }
    var phones: [String: String] = [:]
    for extraction in order {
      let own = values[extraction] ?? [:]
      let same = order.prefix { $0 != extraction }.first { earlier in
        let others = values[earlier] ?? [:]
        let common = ofPhones.filter { own[$0] != nil && others[$0] != nil }
        return common.isEmpty && !areApart
          || common.contains { !(own[$0] ?? []).isDisjoint(with: others[$0] ?? []) }
      }
      if let same { phones[extraction] = phones[same] } else { phones[extraction] = extraction }
    }
    return Set(phones.values).count < 2 ? [:] : phones
  }

  /// A number as all ways of writing it have it: an IMEI may stand with signs in it, without its check digit, or with the
  /// version of the phone's software in that one's place.
  private static func bare(_ device: CellebriteDevice) -> String {
    let plain = device.value.lowercased().filter { $0.isLetter || $0.isNumber }
    return device.label == "imei" ? String(plain.prefix(14)) : plain
  }

  // MARK: The end

  /// Writes the phone's identifiers to its accounts: a number to those of text messages and calls, all others to each
  /// that has a name as well. What was found in one extraction is of the accounts found in that one.
  mutating func writeDevices(to writer: RecordWriter) throws {
    let areSeveral = !firstOfPhones().isEmpty
    for (account, extractions) in accounts {
      let about = writer.accounts[Int(writer.resolve(account).raw)]
      guard about.platform == .sms || about.key != nil, !extractions.isEmpty else { continue }
      var written: Set<String> = []
      for device in devices where device.kind == .device || about.platform == .sms {
        let isOpen = !areSeveral && (device.extraction.isEmpty || extractions.contains(""))
        guard isOpen || !device.extraction.isEmpty && extractions.contains(device.extraction) else {
          continue
        }
        guard written.insert("\(device.label) \(device.value)").inserted else { continue }
        try writer.identifier(
          account, device.kind, device.value, label: device.label, assertion: device.assertion,
          at: device.locator)
      }
    }
  }

  /// Names the accounts that only what was deleted shows to be the phone's own: whoever protects the owner protects them.
  func noteDeleted(in writer: RecordWriter) {
    var seen = Set(accounts.filter { !$0.extractions.isEmpty }.map { writer.resolve($0.account) })
    var names: [String] = []
    for (account, extractions) in accounts where extractions.isEmpty {
      let index = writer.resolve(account)
      guard seen.insert(index).inserted, let key = writer.key(of: index) else { continue }
      names.append("\(key.platform):\(key.value.prefix(60))")
    }
    guard !names.isEmpty else { return }
    let more = names.count > 10 ? " and \(names.count - 10) more" : ""
    writer.note(
      "only what was deleted shows these accounts to be the phone's, so that they may be a former owner's, whom "
        + "--protect owner protects as well: \(names.prefix(10).joined(separator: ", "))\(more)")
  }

  /// Gives an account without a name that of the only account which the phone has on its platform. With several, or with
  /// one that was deleted and may have been a former owner's, a note says that nothing tells whose the messages are.
  mutating func nameUnnamed(in writer: RecordWriter) {
    for (place, account) in unnamed.sorted(by: { $0.key < $1.key }) {
      let platform = place.platform
      let index = writer.resolve(account)
      guard writer.accounts[Int(index.raw)].key == nil else { continue }
      var named: [AccountIndex] = []
      var isIntact = false
      for (other, extractions) in accounts {
        let other = writer.resolve(other)
        let about = writer.accounts[Int(other.raw)]
        guard about.platform == platform, about.key != nil else { continue }
        // On another phone only; what was deleted may have been on either.
        if !extractions.isEmpty, !extractions.contains(where: { phone(of: $0) == place.phone }) { continue }
        if !named.contains(other) { named.append(other) }
        if !extractions.isEmpty { isIntact = true }
      }
      if named.count == 1, isIntact {
        writer.unite(account, with: named[0])
      } else if named.count == 1 {
        writer.note(
          "the phone's only account of \(platform) was deleted and may be a former owner's: what does not say of which account it is stands under an account without a name"
        )
      } else if named.count > 1 {
        writer.note(
          "the phone has \(named.count) accounts of \(platform): what does not say of which it is stands under an account without a name"
        )
      }
    }
  }
}

/// Records that were read, known by fingerprints of 128 bits.
///
/// The fingerprints are keyed anew in each process, so that nobody can write two messages of which one hides the other;
/// nothing but equality comes of them.
struct CellebriteSeen {
  private struct Print: Hashable {
    var first: Int
    var second: Int
  }

  private var prints: Set<Print> = []

  /// Whether a record's id is new; from then on it is not.
  mutating func insert(_ recordClass: RecordClass, id: String) -> Bool {
    insert {
      $0.combine(recordClass)
      $0.combine(id)
    }
  }

  /// Whether a record is new; from then on it is not.
  mutating func insert(
    _ recordClass: RecordClass, _ platform: Platform, _ accounts: [AccountIndex], _ place: ChannelIndex,
    _ time: ObservedTime, _ text: String
  ) -> Bool {
    insert {
      $0.combine(recordClass)
      $0.combine(platform)
      $0.combine(accounts)
      $0.combine(place)
      $0.combine(time)
      $0.combine(text)
    }
  }

  private mutating func insert(_ combine: (inout Hasher) -> Void) -> Bool {
    func hash(_ mark: UInt8) -> Int {
      var hasher = Hasher()
      hasher.combine(mark)
      combine(&hasher)
      return hasher.finalize()
    }
    return prints.insert(Print(first: hash(1), second: hash(2))).inserted
  }
}
