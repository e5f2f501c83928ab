/// Columns of messages.
enum WhatsAppIOSMessageColumn: Int, DatabaseColumn {
  case chat, fromMe, from, member, pushName, time, kind, event, text, media, flags
  static let table = "ZWAMESSAGE"
  var name: String {
    switch self {
    case .chat: "ZCHATSESSION"
    case .fromMe: "ZISFROMME"
    case .from: "ZFROMJID"
    case .member: "ZGROUPMEMBER"
    case .pushName: "ZPUSHNAME"
    case .time: "ZMESSAGEDATE"
    case .kind: "ZMESSAGETYPE"
    case .event: "ZGROUPEVENTTYPE"
    case .text: "ZTEXT"
    case .media: "ZMEDIAITEM"
    case .flags: "ZFLAGS"
    }
  }
}

/// Columns of conversations.
enum WhatsAppIOSChatColumn: Int, DatabaseColumn {
  case address, otherAddress, partnerName
  static let table = "ZWACHATSESSION"
  var name: String {
    switch self {
    case .address: "ZCONTACTJID"
    case .otherAddress: "ZCONTACTIDENTIFIER"
    case .partnerName: "ZPARTNERNAME"
    }
  }
}

/// Columns of members of groups.
enum WhatsAppIOSMemberColumn: Int, DatabaseColumn {
  case address, savedName
  static let table = "ZWAGROUPMEMBER"
  var name: String { self == .address ? "ZMEMBERJID" : "ZCONTACTNAME" }
}

/// Columns of names that people show.
enum WhatsAppIOSPushNameColumn: Int, DatabaseColumn {
  case address, pushName
  static let table = "ZWAPROFILEPUSHNAME"
  var name: String { self == .address ? "ZJID" : "ZPUSHNAME" }
}

/// Columns of pictures and what else was sent.
enum WhatsAppIOSMediaColumn: Int, DatabaseColumn {
  case title
  static let table = "ZWAMEDIAITEM"
  var name: String { "ZTITLE" }
}

/// Columns of contacts.
enum WhatsAppIOSContactColumn: Int, DatabaseColumn {
  case address, number, hidden, savedName, businessName
  static let table = "ZWAADDRESSBOOKCONTACT"
  var name: String {
    switch self {
    case .address: "ZWHATSAPPID"
    case .number: "ZPHONENUMBER"
    case .hidden: "ZLID"
    case .savedName: "ZFULLNAME"
    case .businessName: "ZBUSINESSNAME"
    }
  }
}

/// Columns of a table of ids with the numbers that they hide.
protocol WhatsAppIOSNumberColumn: DatabaseColumn {
  static var hidden: Self { get }
  static var number: Self { get }
}

/// Columns of ids and numbers.
enum WhatsAppIOSAccountColumn: Int, WhatsAppIOSNumberColumn {
  case hidden, number
  static let table = "ZWAZACCOUNT"
  var name: String { self == .hidden ? "ZIDENTIFIER" : "ZPHONENUMBER" }
}

/// Columns of ids and numbers in older databases.
enum WhatsAppIOSPairColumn: Int, WhatsAppIOSNumberColumn {
  case hidden, number
  static let table = "ZWAPHONENUMBERLIDPAIR"
  var name: String { self == .hidden ? "ZLID" : "ZPHONENUMBER" }
}
