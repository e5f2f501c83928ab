internal import AccountModel
internal import Columns

/// Which identifiers of which accounts a reader has written already: a name that stands in every message is
/// written once. Memory grows with the distinct names only.
struct IdentifierMemory {
  private var seen = Interner()
  private var scratch: [UInt8] = []

  /// Whether the identifier is new for the account; from then on it is not.
  mutating func isNew(
    _ account: AccountIndex, _ kind: IdentifierKind, _ value: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    scratch.removeAll(keepingCapacity: true)
    withUnsafeBytes(of: account.raw) { scratch.append(contentsOf: $0) }
    scratch.append(contentsOf: kind.rawValue.utf8)
    scratch.append(0)
    scratch.append(contentsOf: value)
    let before = seen.count
    _ = scratch.withUnsafeBufferPointer { seen.intern($0) }
    return seen.count > before
  }

  /// Writes an identifier that the account has not been given yet.
  mutating func add(
    _ kind: IdentifierKind, _ value: String, label: String = "", assertion: Assertion,
    to account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard !value.isEmpty, isNew(account, kind, value) else { return }
    try writer.identifier(account, kind, value, label: label, assertion: assertion, at: locator)
  }

  /// Whether the identifier is new for the account; from then on it is not.
  mutating func isNew(_ account: AccountIndex, _ kind: IdentifierKind, _ value: String) -> Bool {
    var value = value
    return value.withUTF8 { isNew(account, kind, $0) }
  }
}
