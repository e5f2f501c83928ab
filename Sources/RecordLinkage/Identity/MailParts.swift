import Foundation

/// What an e-mail address says of its owner.
///
///     12345+octo@users.noreply.github.com   handle octo, no domain
///     12345-octo@users.noreply.gitlab.com   the same
///     anna+lists@lindstrom.example          handle anna, domain lindstrom.example
///     anna@annas-laptop.(none)              handle anna, no domain: a machine made it up
///     kay@91177308-0d34-0410-b5e6-…         handle kay, no domain: a repository's number
///     root@localhost                        nothing
struct MailParts {
  /// The address as it is compared; empty for one that many people have.
  private(set) var address: [UInt8] = []
  /// What stands before the @; empty for a role.
  private(set) var handle: [UInt8] = []
  /// What stands behind it; empty for what is no domain of the owner's.
  private(set) var domain: [UInt8] = []

  /// Whether what stands behind the @ is a machine's own word for itself, which others may use for theirs.
  private(set) var isMachine = false

  private var scratch: [UInt8] = []

  /// Reads an address as written, anew in the same buffers.
  mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
    address.removeAll(keepingCapacity: true)
    handle.removeAll(keepingCapacity: true)
    domain.removeAll(keepingCapacity: true)
    isMachine = false
    TextFolding.fold(text, into: &scratch)
    guard let at = scratch.lastIndex(of: 0x40) else {
      if !TextFolding.isPlaceholder(text), !scratch.withUnsafeBufferPointer({ Roles.isRole($0) }),
        Self.hasLetters(scratch)
      {
        handle = scratch
        address = scratch
      }
      return
    }
    var local = Array(scratch[..<at])
    let host = Array(scratch[(at + 1)...])
    let isNoReply = Self.isNoReply(host)
    let isMadeUp = Self.isMadeUp(host)
    if isNoReply {
      // The number of the account stands before a plus (GitHub) or a hyphen (GitLab).
      let digits = local.prefix { $0 &- 0x30 < 10 }.count
      if digits > 0, digits < local.count, local[digits] == 0x2B || local[digits] == 0x2D {
        local.removeFirst(digits + 1)
      }
    } else if let plus = local.firstIndex(of: 0x2B), plus > 0 {
      local.removeLast(local.count - plus)
    }
    if !Self.hasLetters(local) { return }
    let isRole = local.withUnsafeBufferPointer { Roles.isRole($0) }
    if !isRole { handle = local }
    if !isNoReply, !isMadeUp { domain = host }
    isMachine = isMadeUp && !isNoReply
    // A role at a domain may be anybody there, and some names are those of very many machines.
    if isRole || Self.madeUp.contains(String(decoding: host, as: UTF8.self)) { return }
    address = local
    address.append(0x40)
    address += isNoReply ? Array("noreply".utf8) : host
  }

  private static func hasLetters(_ text: [UInt8]) -> Bool {
    text.contains { $0 >= 0x80 || $0 &- 0x61 < 26 || $0 &- 0x30 < 10 }
  }

  private static func isNoReply(_ host: [UInt8]) -> Bool {
    let text = String(decoding: host, as: UTF8.self)
    return text.hasPrefix("users.noreply.") || text.hasPrefix("noreply.") || text.contains(".noreply.")
  }

  private static let madeUpEnds = [
    ".(none)", ".local", ".localdomain", ".lan", ".home", ".internal", ".localhost", ".invalid", ".test",
    ".intra",
    ".intranet", ".domain", ".workgroup", ".fritz.box", ".arpa",
  ]

  private static let madeUp: Set<String> = [
    "localhost", "(none)", "none", "unknown", "local", "example.com", "example.org", "example.net",
    "test.com",
    "localdomain", "", "domain.com", "mydomain.com", "email.com", "users.sourceforge.net.invalid", "server",
    "pc",
  ]

  private static func isMadeUp(_ host: [UInt8]) -> Bool {
    // A domain has a dot in it, and ends in letters.
    guard let dot = host.lastIndex(of: 0x2E), dot + 2 < host.count else { return true }
    let text = String(decoding: host, as: UTF8.self)
    if madeUp.contains(text) || madeUpEnds.contains(where: text.hasSuffix) { return true }
    return host[(dot + 1)...].contains { $0 &- 0x30 < 10 } && !text.contains("xn--")
  }
}
