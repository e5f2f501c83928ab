internal import AccountModel

extension RecordWriter {
  /// The account whose export is read: the one that a reader keeps, or one without a name from now on.
  func ownAccount(_ owner: inout AccountIndex?, _ platform: Platform, at locator: Locator) -> AccountIndex {
    if let owner { return owner }
    let account = unnamedAccount(platform, role: .owner, at: locator)
    owner = account
    return account
  }
}
