/// Names of functions rather than of persons, in user names and before the @ of e-mail addresses.
enum Roles {
  /// After RFC 2142, and what systems and tools call themselves.
  private static let names = TextSet([
    "root", "info", "admin", "administrator", "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply",
    "postmaster", "hostmaster", "webmaster", "abuse", "support", "sales", "contact", "help", "office",
    "security",
    "mail", "www", "nobody", "mailer-daemon", "daemon", "test", "tests", "user", "none", "unknown",
    "anonymous", "bot",
    "ftp", "news", "marketing", "billing", "hello", "team", "dev", "devnull", "localhost", "system",
    "service",
    "mailbox", "email", "e-mail", "null", "you", "git", "github", "svn", "cvs", "build", "jenkins", "vagrant",
    "ubuntu",
    "ec2-user", "pi", "me", "spam", "list", "lists", "subscribe", "enquiries", "accounts", "hr", "jobs",
    "press",
    "kontakt", "contacto", "buero", "nospam", "mailman", "owner", "src", "code", "hi", "work", "web",
    "debian",
    "actions-user", "web-flow", "guest", "example", "reception", "post", "opensource", "open-source", "oss",
    "bugs", "devel", "developers", "patches", "maintainer", "maintainers", "packages", "packaging",
    "releases",
    "release", "ci", "buildbot", "autobuild", "automation", "copyright", "licensing", "legal", "privacy",
    "feedback",
    "careers", "orders", "shop", "media", "secretariat", "sekretariat", "redaktion", "verwaltung", "correo",
    "ventas",
    "bonjour", "hallo", "webmestre",
  ])

  /// What machines end their names in.
  private static let machineEndings = ["[bot]", "-bot"].map { Array($0.utf8) }

  /// Whether a folded handle, local part or name is that of a role, or of a machine that says so itself.
  static func isRole(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    names.contains(text) || isMachine(text)
  }

  /// Whether a folded text is what a machine calls itself.
  static func isMachine(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let last = text.last, last == 0x5D || last == 0x74 else { return false }
    return machineEndings.contains { text.count > $0.count && text.suffix($0.count).elementsEqual($0) }
  }
}
