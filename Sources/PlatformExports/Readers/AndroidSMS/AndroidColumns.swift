/// Columns of single text messages.
enum AndroidSMSColumn: Int, DatabaseColumn {
  case threadID, address, date, type, body, subject
  static let table = "sms"
  var name: String { self == .threadID ? "thread_id" : "\(self)" }
}

/// Columns of multimedia messages.
enum AndroidMMSColumn: Int, DatabaseColumn {
  case threadID, date, box, messageType, subject, subjectCharset
  static let table = "pdu"
  var name: String {
    switch self {
    case .threadID: "thread_id"
    case .date: "date"
    case .box: "msg_box"
    case .messageType: "m_type"
    case .subject: "sub"
    case .subjectCharset: "sub_cs"
    }
  }
}

/// Columns of the addresses of multimedia messages.
enum AndroidAddressColumn: Int, DatabaseColumn {
  case messageID, address, type
  static let table = "addr"
  var name: String { self == .messageID ? "msg_id" : "\(self)" }
}

/// Columns of the parts of multimedia messages.
enum AndroidPartColumn: Int, DatabaseColumn {
  case messageID, sequence, contentType, text
  static let table = "part"
  var name: String {
    switch self {
    case .messageID: "mid"
    case .sequence: "seq"
    case .contentType: "ct"
    case .text: "text"
    }
  }
}

/// Columns of conversations.
enum AndroidThreadColumn: Int, DatabaseColumn {
  case recipients
  static let table = "threads"
  var name: String { "recipient_ids" }
}

/// Columns of the addresses of conversations.
enum AndroidRecipientColumn: Int, DatabaseColumn {
  case address
  static let table = "canonical_addresses"
}
