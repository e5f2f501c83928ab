/// Columns of messages.
enum WhatsAppMessageColumn: Int, DatabaseColumn {
  case chat, fromMe, sender, time, kind, text, origin, status
  static let table = "message"
  var name: String {
    switch self {
    case .chat: "chat_row_id"
    case .fromMe: "from_me"
    case .sender: "sender_jid_row_id"
    case .time: "timestamp"
    case .kind: "message_type"
    case .text: "text_data"
    case .origin: "origination_flags"
    case .status: "status"
    }
  }
}

/// Columns of messages in older databases.
enum WhatsAppOldMessageColumn: Int, DatabaseColumn {
  case chat, fromMe, sender, time, kind, text, caption, status, forwarded
  static let table = "messages"
  var name: String {
    switch self {
    case .chat: "key_remote_jid"
    case .fromMe: "key_from_me"
    case .sender: "remote_resource"
    case .time: "timestamp"
    case .kind: "media_wa_type"
    case .text: "data"
    case .caption: "media_caption"
    case .status, .forwarded: "\(self)"
    }
  }
}

/// Columns of conversations.
enum WhatsAppChatColumn: Int, DatabaseColumn {
  case address, subject
  static let table = "chat"
  var name: String { self == .address ? "jid_row_id" : "\(self)" }
}

/// Columns of addresses.
enum WhatsAppAddressColumn: Int, DatabaseColumn {
  case user, server, whole
  static let table = "jid"
  var name: String { self == .whole ? "raw_string" : "\(self)" }
}

/// Columns of which id hides which number.
enum WhatsAppHiddenColumn: Int, DatabaseColumn {
  case hidden, address
  static let table = "jid_map"
  var name: String { self == .hidden ? "lid_row_id" : "jid_row_id" }
}

/// Columns of changes of number.
enum WhatsAppNumberColumn: Int, DatabaseColumn {
  case message, old, new
  static let table = "message_system_number_change"
  var name: String {
    switch self {
    case .message: "message_row_id"
    case .old: "old_jid_row_id"
    case .new: "new_jid_row_id"
    }
  }
}

/// Columns of which messages were passed on.
enum WhatsAppForwardedColumn: Int, DatabaseColumn {
  case message
  static let table = "message_forwarded"
  var name: String { "message_row_id" }
}

/// Columns of which messages were edited.
enum WhatsAppEditColumn: Int, DatabaseColumn {
  case message
  static let table = "message_edit_info"
  var name: String { "message_row_id" }
}

/// Columns of calls.
enum WhatsAppCallColumn: Int, DatabaseColumn {
  case address, group, fromMe, time, isVideo, duration
  static let table = "call_log"
  var name: String {
    switch self {
    case .address: "jid_row_id"
    case .group: "group_jid_row_id"
    case .fromMe: "from_me"
    case .time: "timestamp"
    case .isVideo: "video_call"
    case .duration: "duration"
    }
  }
}

/// Columns of contacts.
enum WhatsAppContactColumn: Int, DatabaseColumn {
  case address, savedName, ownName, isUser
  static let table = "wa_contacts"
  var name: String {
    switch self {
    case .address: "jid"
    case .savedName: "display_name"
    case .ownName: "wa_name"
    case .isUser: "is_whatsapp_user"
    }
  }
}
