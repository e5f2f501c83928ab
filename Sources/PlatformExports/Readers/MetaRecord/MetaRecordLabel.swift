/// Labels of returns that the reader knows.
enum MetaRecordLabel {
  /// Whether a block may be a label where nothing marks labels. Titles count as labels without a value.
  static func isKnown(_ text: String) -> Bool { known.contains(text.lowercased()) }

  /// Whether a label's value is what somebody typed, so that its lines are kept and no page header is looked for.
  static func isTyped(_ name: String) -> Bool { typed.contains(name) }

  /// Labels of what somebody wrote, by which a row of a section becomes a message.
  static func texts(in section: String) -> Set<String> {
    let name = section.hasPrefix("threads_") ? String(section.dropFirst("threads_".count)) : section
    return switch name {
    case "status_updates": ["status", "text"]
    case "photos", "videos", "live_videos", "archived_live_videos":
      ["text", "caption", "title", "description"]
    // What a shared page says is its author's.
    case "shares": []
    default: texts
    }
  }
  static let texts: Set<String> = ["text", "body", "caption", "comment", "post", "message text"]
  private static let typed = texts.union([
    "description", "title", "about", "bio", "thread name", "subject", "status",
  ])

  static let times: Set<String> = [
    "time", "timestamp", "date", "date created", "post date", "uploaded", "upload time", "taken", "sent",
    "created", "posted", "time created",
  ]
  static let authors: Set<String> = [
    "author", "owner", "post author", "from", "user", "commenter", "posted by",
  ]

  private static let known: Set<String> = {
    let words = """
      service,internal ticket number,target,account identifier,account type,generated,date range,name,first,middle,last,\
      full name,first name,middle name,last name,registered email addresses,emails,vanity name,vanity,registration date,\
      registration ip,phone numbers,phone number,date of birth,website,account end date,ip address,ip addresses,action,\
      agent string,user agent,port,devices,device,type,id,active,cookie,first seen,last seen,seen count,seen,identifier,\
      linked accounts,thread,current participants,past participants,ai,attachments,size,url,linked media file,share,\
      call record,missed,duration,removed by sender,disappearing message,subscription event,message,message id,sender,\
      recipients,group id,sender ip,sender port,sender device,message style,message size,call,call id,call creator,\
      events,to,from ip,from port,media type,symmetric contacts,asymmetric contacts,event,subtype,content,device id,\
      app version,os version,os build number,device os build number,device type,device manufacturer,device model,\
      connection state,online since,inactive since,connected from,last ip,push name,service start,creation,subject,\
      recipient,followers,following,friends
      """
    return Set(words.split(separator: ",").map(String.init)).union(typed).union(times).union(authors)
  }()
}
