/// Columns of messages.
enum KikMessageColumn: Int, DatabaseColumn {
  case kind, user, time, body
  static let table = "ZKIKMESSAGE"
  var name: String {
    switch self {
    case .kind: "ZTYPE"
    case .user: "ZUSER"
    case .time: "ZTIMESTAMP"
    case .body: "ZBODY"
    }
  }
}

/// Columns of users and groups.
enum KikUserColumn: Int, DatabaseColumn {
  case address, userName, displayName
  static let table = "ZKIKUSER"
  var name: String {
    switch self {
    case .address: "ZJID"
    case .userName: "ZUSERNAME"
    case .displayName: "ZDISPLAYNAME"
    }
  }
}

/// Columns of conversations.
enum KikChatColumn: Int, DatabaseColumn {
  case user
  static let table = "ZKIKCHAT"
  var name: String { "ZUSER" }
}

/// Columns of which message is of which conversation.
enum KikChatMessageColumn: Int, DatabaseColumn {
  case chat, message
  static let table = "Z_3MESSAGES"
  var name: String { self == .chat ? "Z_3CHAT" : "Z_5MESSAGES" }
}

/// Columns of pictures and what else was sent.
enum KikAttachmentColumn: Int, DatabaseColumn {
  case message, content
  static let table = "ZKIKATTACHMENT"
  var name: String { self == .message ? "ZMESSAGE" : "ZCONTENT" }
}
