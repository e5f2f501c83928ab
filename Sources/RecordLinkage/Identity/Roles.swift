/// Names of functions rather than of persons, in user names and before the @ of e-mail addresses.
enum Roles {
  /// After RFC 2142, and what systems and tools call themselves.
  private static let names: Set<String> = [
    "root", "info", "admin", "administrator", "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply",
    "postmaster", "hostmaster", "webmaster", "abuse", "support", "sales", "contact", "help", "office", "security",
    "mail", "www", "nobody", "mailer-daemon", "daemon", "test", "tests", "user", "none", "unknown", "anonymous", "bot",
    "ftp", "news", "marketing", "billing", "hello", "team", "dev", "devnull", "localhost", "system", "service",
    "mailbox", "email", "e-mail", "null", "you", "git", "github", "svn", "cvs", "build", "jenkins", "vagrant", "ubuntu",
    "ec2-user", "pi", "me", "spam", "list", "lists", "subscribe", "enquiries", "accounts", "hr", "jobs", "press",
    "kontakt", "contacto", "buero", "nospam", "mailman", "owner", "src", "code", "hi", "work", "web", "debian",
    "actions-user", "web-flow", "guest", "example", "reception",
  ]

  /// Whether a folded handle, local part or name is that of a role, or of a machine that says so itself.
  static func isRole(_ text: String) -> Bool {
    names.contains(text) || text.hasSuffix("[bot]") || text.hasSuffix("-bot") && text.utf8.count > 4
  }

  /// As `isRole(_:)`; longer texts than any role are not looked up.
  static func isRole(_ text: some BidirectionalCollection<UInt8>) -> Bool {
    guard text.count <= 64, let last = text.last else { return false }
    if text.count > 14, last != 0x5D, last != 0x74 { return false }
    return isRole(String(decoding: text, as: UTF8.self))
  }
}
