/// Columns of Skype's, whose names are those of the cases with `_` between their words: `bodyXml` is `body_xml`.
protocol SkypeColumn: DatabaseColumn {}

extension SkypeColumn {
  var name: String {
    var name = ""
    for character in "\(self)" {
      if character.isUppercase { name.append("_") }
      name += character.lowercased()
    }
    return name
  }
}

/// Columns that a profile has, whosever it is.
protocol SkypeProfileColumn: SkypeColumn {
  static var fullname: Self { get }
  static var birthday: Self { get }
  static var emails: Self { get }
  static var phoneHome: Self { get }
  static var phoneOffice: Self { get }
  static var phoneMobile: Self { get }
  static var homepage: Self { get }
  static var about: Self { get }
  static var moodText: Self { get }
  static var city: Self { get }
  static var province: Self { get }
  static var country: Self { get }
}

/// Columns of the accounts that are logged in to: one, as each has a database of its own.
enum SkypeAccountColumn: Int, SkypeProfileColumn {
  case skypename, profileTimestamp
  case fullname, birthday, emails, phoneHome, phoneOffice, phoneMobile, homepage, about, moodText, city,
    province
  case country
  static let table = "Accounts"
}

/// Columns of whoever the program knows.
enum SkypeContactColumn: Int, SkypeProfileColumn {
  case skypename, pstnnumber, displayname, givenDisplayname, buddystatus, isblocked
  case assignedPhone1, assignedPhone2, assignedPhone3
  case fullname, birthday, emails, phoneHome, phoneOffice, phoneMobile, homepage, about, moodText, city,
    province
  case country
  static let table = "Contacts"
}

/// Columns of conversations.
enum SkypeConversationColumn: Int, SkypeColumn {
  case id, identity, type, displayname, metaTopic
  static let table = "Conversations"
}

/// Columns of who takes part in which conversation.
enum SkypeParticipantColumn: Int, SkypeColumn {
  case identity
  static let table = "Participants"
}

/// Columns of messages.
enum SkypeMessageColumn: Int, SkypeColumn {
  case id, convoId, chatname, author, fromDispname, dialogPartner, timestamp, type, bodyXml, identities
  case editedTimestamp
  static let table = "Messages"
}

/// Columns of text messages to and from telephones.
enum SkypeTextMessageColumn: Int, SkypeColumn {
  case type, timestamp, targetNumbers, body, chatmsgId
  static let table = "SMSes"
}

/// Columns of calls.
enum SkypeCallColumn: Int, SkypeColumn {
  case id, beginTimestamp, hostIdentity, duration, isIncoming, isUnseenMissed, convDbid
  static let table = "Calls"
}

/// Columns of who took part in which call.
enum SkypeCallMemberColumn: Int, SkypeColumn {
  case callDbId, identity, dispname, callDuration
  static let table = "CallMembers"
}

/// Columns of files that were sent.
enum SkypeTransferColumn: Int, SkypeColumn {
  case partnerHandle, partnerDispname, filename
  static let table = "Transfers"
}
