/// An account as a notice can speak of it.
///
/// A display name is no account: anybody can show the same, and it may be the very name of the person. So it stands in a
/// notice only where the identity is told too, and never as if it were what the account is called.
public struct NoticeAccount: Hashable, Sendable {
  /// The platform in words: `Instagram`.
  public var platform: String
  /// What others reach it by: its handle, else its number or address. Nil where none is known: where a display name is all
  /// that is, or not even that, as of an account that a source names by a device or by whose it is.
  public var name: String?
  /// Its numbers on the platform, where a handle names it.
  public var numbers: [String]
  /// A name that it shows, or under which somebody saved it.
  public var displayName: String?

  /// Puts together what is known of an account.
  public init(platform: String, name: String?, numbers: [String] = [], displayName: String? = nil) {
    self.platform = platform
    self.name = name
    self.numbers = numbers
    self.displayName = displayName
  }

  /// The accounts as a list: a line for each, and where names may not be told one for all those of a platform that have
  /// nothing else.
  static func lines(_ accounts: [NoticeAccount], isIdentityTold: Bool) -> [String] {
    var lines: [String] = []
    var unnamed: [String: Int] = [:]
    var unknown: [String: Int] = [:]
    for account in accounts {
      let shown = isIdentityTold ? account.displayName : nil
      if let name = account.name {
        var more: [String] = []
        if !account.numbers.isEmpty {
          more.append("account number \(account.numbers.joined(separator: ", "))")
        }
        if let shown { more.append("display name \(shown)") }
        lines.append(
          "\(account.platform): \(name)" + (more.isEmpty ? "" : " (\(more.joined(separator: "; ")))"))
      } else if let shown {
        lines.append(
          "\(account.platform): an account that we know by its display name only, \(shown). Other people may show the same name."
        )
      } else if account.displayName != nil {
        unnamed[account.platform, default: 0] += 1
      } else {
        unknown[account.platform, default: 0] += 1
      }
    }
    lines += unnamed.sorted { $0.key < $1.key }.map { platform, count in
      count == 1
        ? "\(platform): an account that we know by its display name only"
        : "\(platform): \(count) accounts that we know by their display names only"
    }
    lines += unknown.sorted { $0.key < $1.key }.map { platform, count in
      count == 1
        ? "\(platform): an account whose name there we do not know"
        : "\(platform): \(count) accounts whose names there we do not know"
    }
    return lines
  }

  /// What the list leaves out, for whoever previews it.
  static func remarks(_ accounts: [NoticeAccount], isIdentityTold: Bool) -> [String] {
    let unnamed = accounts.count { $0.name == nil && $0.displayName != nil }
    let unknown = accounts.count { $0.name == nil && $0.displayName == nil }
    let hidden = isIdentityTold ? 0 : accounts.count { $0.displayName != nil }
    var remarks: [String] = []
    if unnamed > 0 {
      remarks.append(
        "\(unnamed) of \(accounts.count) \(accounts.count == 1 ? "account" : "accounts") \(unnamed == 1 ? "is" : "are") known by a display name only, which others may show too."
      )
    }
    if unknown > 0 {
      remarks.append(
        "\(unknown) of \(accounts.count) \(accounts.count == 1 ? "account" : "accounts") \(unknown == 1 ? "has" : "have") no name that leads to \(unknown == 1 ? "it" : "them"): a device or a person's name is no account, and is left out."
      )
    }
    if hidden > 0 {
      remarks.append(
        "\(hidden) display \(hidden == 1 ? "name is" : "names are") left out, as the identity is not told.")
    }
    // Whether a handle is a name no rule can tell.
    if !isIdentityTold, accounts.contains(where: { $0.name != nil }) {
      remarks.append(
        "Handles and addresses stand as they are: see that none of them says who it is, as the identity is not told."
      )
    }
    return remarks
  }
}
