import AccountModel

/// Handles that a platform gave to several of its accounts in turn: one released it, and whoever came next took it.
///
/// Two accounts of one platform with one handle are one to begin with: a return knows it by its number, a chat by that name.
/// Not where both have numbers and these differ: then the handle was passed on, and of whoever shows it alone nothing tells
/// which of them it is.
struct PassedOnHandles: Sendable {
  private struct Handle: Hashable {
    let platform: Platform
    let key: KeyNode
  }

  /// Numbers of an account, by the form in which its platform writes them.
  private struct Numbers {
    private var ofForm: [Form: Set<String>] = [:]

    mutating func add(_ id: String) {
      guard let form = Form(id) else { return }
      let isNumber = id.utf8.allSatisfy { (0x30...0x39).contains($0) }
      // What spreadsheets and scripts keep of a number; the rest they write as zeros, or as other digits.
      ofForm[form, default: []].insert(isNumber ? String(id.prefix(Self.keptDigits)) : id)
    }

    private static let keptDigits = 15

    /// Whether no number of the one is one of the other, in a form that both have.
    func differ(from other: Numbers) -> Bool {
      let both = ofForm.compactMap { form, ids in other.ofForm[form].map { (ids, $0) } }
      return !both.isEmpty && both.allSatisfy { $0.0.isDisjoint(with: $0.1) }
    }
  }

  /// A platform may have several ids for one account, which differ in form.
  private enum Form: Hashable {
    case digits
    /// Instagram's second number of each account, for what works with it.
    case scopedDigits
    case other(length: Int)

    /// - Returns: nil for what Facebook shows in place of an id, another one each time.
    init?(_ id: String) {
      if id.hasPrefix("pfbid") { return nil }
      let isNumber = id.utf8.allSatisfy { (0x30...0x39).contains($0) }
      if !isNumber {
        self = .other(length: id.utf8.count)
      } else {
        self = id.hasPrefix("17841") && id.utf8.count == 17 ? .scopedDigits : .digits
      }
    }
  }

  private let passedOn: Set<Handle>
  /// By account that had one of them, the handles that its platform gives it.
  private let handles: [UInt32: Set<KeyNode>]
  /// Sightings of them where the platform says so.
  private let sightings: Set<Int64>
  private let accounts: [LinkageInput.Account]

  /// Finds them among the sightings of an input.
  init(_ input: LinkageInput) {
    var numbers: [UInt32: Numbers] = [:]
    var handles: [UInt32: Set<KeyNode>] = [:]
    var holders: [Handle: Set<UInt32>] = [:]
    for sighting in input.sightings where sighting.assertion == .platform && sighting.rule.isEmpty {
      let key = input.keys[Int(sighting.key.raw)]
      let platform = input.accounts[Int(sighting.account.raw)].platform
      guard key.platform == nil || key.platform == platform else { continue }
      switch key.kind {
      case .platformID:
        numbers[sighting.account.raw, default: Numbers()].add(key.text)
      case .handle:
        handles[sighting.account.raw, default: []].insert(sighting.key)
        holders[Handle(platform: platform, key: sighting.key), default: []].insert(sighting.account.raw)
      default: break
      }
    }
    let passedOn = Set(
      holders.filter { _, accounts in
        let known = accounts.count > 1 ? accounts.compactMap { numbers[$0] } : []
        return known.indices.contains { place in
          known[..<place].contains { $0.differ(from: known[place]) }
        }
      }.keys)
    self.passedOn = passedOn
    let holding = Set(passedOn.flatMap { holders[$0] ?? [] })
    self.handles = handles.filter { holding.contains($0.key) }
    accounts = input.accounts
    sightings = Set(
      input.sightings.lazy.filter {
        $0.assertion == .platform && $0.rule.isEmpty && handles[$0.account.raw]?.contains($0.key) == true
          && passedOn.contains(
            Handle(platform: input.accounts[Int($0.account.raw)].platform, key: $0.key))
      }.map(\.reference))
  }

  /// Whether sightings of an account are of nothing but handles that its platform gave to several accounts, or of forms of them.
  func isOfThem(_ seen: [LinkageInput.Sighting]) -> Bool {
    seen.allSatisfy { sightings.contains($0.reference) }
  }

  /// Whether a platform gave a handle to several of its accounts.
  func contains(_ handle: KeyNode, of platform: Platform) -> Bool {
    passedOn.contains(Handle(platform: platform, key: handle))
  }

  /// Whether all handles that one platform gives to both of two accounts were passed on.
  func areAll(between left: AccountNode, _ right: AccountNode) -> Bool {
    let platform = accounts[Int(left.raw)].platform
    guard platform == accounts[Int(right.raw)].platform, let one = handles[left.raw],
      let other = handles[right.raw]
    else { return false }
    let both = one.intersection(other)
    return !both.isEmpty && both.allSatisfy { contains($0, of: platform) }
  }
}
