internal import AccountModel

/// The phone's own accounts, and its devices and cards.
struct CellebriteOwners {
  /// Accounts that sent or received as the phone's owner, while nothing named them.
  var unnamed: [Platform: AccountIndex] = [:]
  private(set) var devices: [CellebriteDevice] = []
  /// In order of first mention, with the extractions that hold them as accounts that were not deleted.
  private var accounts: [(account: AccountIndex, extractions: [String])] = []
  private var position: [AccountIndex: Int] = [:]

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

  mutating func add(_ items: [CellebriteDevice]) {
    for item in items where devices.count < Self.deviceLimit {
      let isKnown = devices.contains {
        $0.label == item.label && $0.value == item.value && $0.extraction == item.extraction
      }
      if !isKnown { devices.append(item) }
    }
  }

  /// Writes the phone's identifiers to its accounts: a number to those of text messages and calls, all others to each
  /// that has a name as well. What was found in one extraction is of the accounts found in that one.
  func writeDevices(to writer: RecordWriter) throws {
    for (account, extractions) in accounts {
      let about = writer.accounts[Int(writer.resolve(account).raw)]
      guard about.platform == .sms || about.key != nil, !extractions.isEmpty else { continue }
      var written: Set<String> = []
      for device in devices where device.kind == .device || about.platform == .sms {
        guard
          device.extraction.isEmpty || extractions.contains("") || extractions.contains(device.extraction)
        else { continue }
        guard written.insert("\(device.label) \(device.value)").inserted else { continue }
        try writer.identifier(
          account, device.kind, device.value, label: device.label, assertion: device.assertion,
          at: device.locator)
      }
    }
  }

  /// Gives an account without a name that of the only account which the phone has on its platform. With several, or with
  /// one that was deleted and may have been a former owner's, a note says that nothing tells whose the messages are.
  func nameUnnamed(in writer: RecordWriter) {
    for (platform, account) in unnamed.sorted(by: { $0.key < $1.key }) {
      let index = writer.resolve(account)
      guard writer.accounts[Int(index.raw)].key == nil else { continue }
      var named: [AccountIndex] = []
      var isIntact = false
      for (other, extractions) in accounts {
        let other = writer.resolve(other)
        let about = writer.accounts[Int(other.raw)]
        guard about.platform == platform, about.key != nil else { continue }
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
