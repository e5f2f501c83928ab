/// What a record in a source is.
public enum RecordClass: UInt8, CaseIterable, Sendable, Codable, Hashable {
  /// A message, post or comment written by `account`.
  case message = 0
  /// A call from `account`.
  case call = 1
  /// A login, logout or other dated access by `account`.
  case login = 2
  /// A session or device listed for `account`.
  case session = 3
  /// `account` has `other` as contact, friend or follower.
  case contact = 4
  /// A statement about `account` itself: a profile, a subscriber record, an account line.
  case profile = 5
  /// The source declares that `account` and `other` belong together (a changed number, a listed second account).
  case declaredLink = 6
  /// `account` blocked `other`.
  case block = 7

  /// The name used in printed counts.
  public var name: String {
    switch self {
    case .message: "message"
    case .call: "call"
    case .login: "login"
    case .session: "session"
    case .contact: "contact"
    case .profile: "profile"
    case .declaredLink: "declared-link"
    case .block: "block"
    }
  }
}

/// An account within one source, by order of first mention.
public struct AccountIndex: Hashable, Sendable, Comparable {
  /// Position in the source's account table.
  public let raw: UInt32
  /// Makes an index.
  @inlinable public init(raw: UInt32) { self.raw = raw }
  /// No account.
  public static let none = AccountIndex(raw: .max)
  /// Orders by position.
  @inlinable public static func < (left: AccountIndex, right: AccountIndex) -> Bool { left.raw < right.raw }
}

/// Where in a source a record stands, exactly enough to read it again.
public struct Locator: Hashable, Sendable {
  /// Position of the file or archive member in the source's member table.
  public var member: UInt32
  /// Byte offset in the (decompressed) member.
  public var offset: UInt64
  /// Bytes that the record occupies from `offset`; 0 when unknown.
  public var length: UInt32
  /// Line, from 1; 0 when lines mean nothing here.
  public var line: UInt32
  /// JSON path pattern in the source's pattern table (`$.chats.list[*].messages[*]`); 0 is none.
  public var pattern: UInt16
  /// The array positions that fill the pattern's first and second `[*]`.
  public var index: (UInt32, UInt32)

  /// Makes a locator.
  @inlinable
  public init(
    member: UInt32, offset: UInt64, length: UInt32 = 0, line: UInt32 = 0, pattern: UInt16 = 0,
    index: (UInt32, UInt32) = (0, 0)
  ) {
    self.member = member
    self.offset = offset
    self.length = length
    self.line = line
    self.pattern = pattern
    self.index = index
  }

  /// Whether all parts are equal.
  @inlinable
  public static func == (left: Locator, right: Locator) -> Bool {
    left.member == right.member && left.offset == right.offset && left.length == right.length
      && left.line == right.line && left.pattern == right.pattern && left.index == right.index
  }

  /// Hashes the parts that tell records apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(member)
    hasher.combine(offset)
    hasher.combine(line)
  }
}
