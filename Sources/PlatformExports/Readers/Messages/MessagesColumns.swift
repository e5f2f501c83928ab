/// Columns of messages.
enum MessageColumn: Int, DatabaseColumn {
  case text, attributedBody, subject, handle, service, account, date, isFromMe, itemType, isSystemMessage
  case associatedType, calledAt, dateEdited, dateRetracted, error, hasAttachments, balloon
  static let table = "message"
  var name: String {
    switch self {
    case .text, .attributedBody, .subject, .service, .account, .date, .error: "\(self)"
    case .handle: "handle_id"
    case .isFromMe: "is_from_me"
    case .itemType: "item_type"
    case .isSystemMessage: "is_system_message"
    case .associatedType: "associated_message_type"
    case .calledAt: "destination_caller_id"
    case .dateEdited: "date_edited"
    case .dateRetracted: "date_retracted"
    case .hasAttachments: "cache_has_attachments"
    case .balloon: "balloon_bundle_id"
    }
  }
}

/// Columns of correspondents.
enum HandleColumn: Int, DatabaseColumn {
  case id, service, uncanonicalised
  static let table = "handle"
  var name: String { self == .uncanonicalised ? "uncanonicalized_id" : "\(self)" }
}

/// Columns of conversations.
enum ChatColumn: Int, DatabaseColumn {
  case style, identifier, displayName, guid
  static let table = "chat"
  var name: String {
    switch self {
    case .style, .guid: "\(self)"
    case .identifier: "chat_identifier"
    case .displayName: "display_name"
    }
  }
}

/// Columns of who takes part in which conversation.
enum ChatHandleColumn: Int, DatabaseColumn {
  case chat, handle
  static let table = "chat_handle_join"
  var name: String { "\(self)_id" }
}

/// Columns of which message is of which conversation.
enum ChatMessageColumn: Int, DatabaseColumn {
  case chat, message
  static let table = "chat_message_join"
  var name: String { "\(self)_id" }
}

/// The same of messages that were deleted and can still be brought back.
enum RecoverableMessageColumn: Int, DatabaseColumn {
  case chat, message
  static let table = "chat_recoverable_message_join"
  var name: String { "\(self)_id" }
}
