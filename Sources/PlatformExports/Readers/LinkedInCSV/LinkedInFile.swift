internal import AccountModel

/// What a table of LinkedIn's download holds, by its columns.
enum LinkedInFile: Equatable {
  case messages, oldMessages, connections, invitations, logins, challenges, registration, emails, phones,
    whatsApp, profile, verifications, comments, shares, other

  /// Tells a table by its columns; nil for one that is not LinkedIn's.
  init?(_ path: String, _ headers: [String]) {
    let stem = Self.stem(of: path)
    func has(_ names: String...) -> Bool { ExportTable.has(names, in: headers) }
    // Where columns could be another program's, the file must be called as LinkedIn calls it, and one column more shows
    // that it is not.
    func isJust(_ names: String..., also: [String] = []) -> Bool {
      ExportTable.has(names, in: headers)
        && headers.allSatisfy { $0.isEmpty || names.contains($0) || also.contains($0) }
    }
    if has("conversation id", "conversation title", "from", "sender profile url", "to", "date", "content") {
      // What a member talks about with LinkedIn's programs stands under the same columns.
      self = Self.talksWithPrograms.contains(stem) ? .other : .messages
    } else if stem.hasPrefix("messages"),
      isJust("from", "to", "date", "subject", "content", "direction", "folder")
    {
      self = .oldMessages
    } else if isJust(
      "first name", "last name", "company", "position", "connected on", also: ["url", "email address"])
    {
      self = .connections
    } else if isJust(
      "from", "to", "sent at", "message", "direction", also: ["inviterprofileurl", "inviteeprofileurl"]),
      stem.hasPrefix("invitations") || has("inviterprofileurl")
    {
      self = .invitations
    } else if stem == "logins", isJust("login date", "ip address", "user agent", "login type") {
      self = .logins
    } else if isJust("challenge date", "ip address", "user agent", "country", "challenge type") {
      self = .challenges
    } else if stem == "registration",
      has("registered at", "registration ip") || has("registration date", "registration ip address")
    {
      self = .registration
    } else if stem == "emailaddresses", isJust("email address", "confirmed", "primary", also: ["updated on"])
    {
      self = .emails
    } else if stem == "phonenumbers", isJust("extension", "number", "type") {
      self = .phones
    } else if isJust("number", "extension", "is_whatsapp_number") {
      self = .whatsApp
    } else if stem == "profile", has("first name", "last name", "headline", "summary", "industry") {
      self = .profile
    } else if has("first name", "last name", "verification type", "verification service provider") {
      self = .verifications
    } else if stem == "comments", isJust("date", "link", "message") {
      self = .comments
    } else if has("date", "sharelink", "sharecommentary") {
      self = .shares
    } else if let columns = Self.others[stem], ExportTable.has(columns, in: headers) {
      self = .other
    } else {
      return nil
    }
  }

  /// What its rows become; nil when there is nothing in it to keep.
  var unit: RecordClass? {
    switch self {
    case .messages, .oldMessages, .comments, .shares: .message
    case .connections, .invitations: .contact
    case .logins, .challenges: .login
    case .registration, .emails, .phones, .whatsApp, .profile, .verifications: .profile
    case .other: nil
    }
  }

  /// Whether a quote within a cell is written `\"` in a file, as in comments, while others double it.
  static func escapesQuotes(_ path: String) -> Bool { ["comments", "shares"].contains(stem(of: path)) }

  /// The letters of a file's name without its ending: spaces, lines and numbers in it differ from year to year and from
  /// member to member (`Phone Numbers.csv`, `Comments_34875879.csv`, `messages (1).csv`).
  static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return name.hasSuffix(".csv") ? letters(name.dropLast(4)) : ""
  }

  private static func letters(_ name: some StringProtocol) -> String {
    String(name.unicodeScalars.filter { ("a"..."z").contains($0) }.map { Character($0) })
  }

  // MARK: Folders

  /// The folder of the download in which a file lies.
  static func part(of path: String) -> String {
    var steps = path.split(separator: "/").dropLast()
    if let last = steps.last, subfolders.contains(letters(last.lowercased())) { steps.removeLast() }
    return steps.joined(separator: "/")
  }

  /// The folder under which the parts of a member's download lie: a first one comes in minutes, and a whole one a day later.
  static func root(of path: String) -> String {
    var steps = part(of: path).split(separator: "/")
    if let last = steps.last.map({ letters($0.lowercased()) }),
      ["basiclinkedindataexport", "completelinkedindataexport"].contains(where: { last.hasPrefix($0) })
    {
      steps.removeLast()
    }
    return steps.joined(separator: "/")
  }

  private static let subfolders: Set<String> = [
    "articles", "jobs", "servicesmarketplace", "verifications",
  ]

  private static let talksWithPrograms: Set<String> = [
    "coachmessages", "guidemessages", "learningcoachmessages", "learningroleplaymessages",
  ]

  /// Files that hold nothing to keep, with columns that each has.
  private static let others: [String: [String]] = {
    let answers = ["question", "answer"]
    let addressBook = ["firstname", "lastname", "emails", "phonenumbers", "createdat"]
    return [
      "adsclicked": ["ad clicked date"], "adtargeting": ["member age"],
      "certifications": ["name", "authority", "license number"],
      "companyfollows": ["organization", "followed on"], "contacts": addressBook,
      "education": ["school name", "degree name"],
      "endorsementgiveninfo": ["endorsement date", "endorsee last name"],
      "endorsementreceivedinfo": ["endorsement date", "endorser last name"],
      "events": ["event name", "event time", "external url"], "importedcontacts": addressBook,
      "inferencesaboutyou": ["type of inference", "inference"], "instantreposts": ["date", "link"],
      "jobapplicantsavedanswers": answers, "jobapplicantsavedscreeningquestionresponses": answers,
      "jobapplications": ["application date", "job url"], "jobseekerpreferences": ["dream companies"],
      "lanadsengagement": ["ad title/id"], "languages": ["name", "proficiency"],
      "learning": ["content title", "content type"], "memberfollows": ["date", "status", "fullname"],
      "notes": ["connection profile url", "note"],
      "positions": ["company name", "title", "started on", "finished on"],
      "privateidentityasset": ["private identity asset name"], "profilesummary": ["profile summary"],
      "projects": ["title", "description", "url", "started on", "finished on"],
      "publications": ["name", "published on", "publisher"], "reactions": ["date", "type", "link"],
      "receiptsv": ["transaction made at", "invoice number"],
      "recommendationsgiven": ["text", "creation date", "status"],
      "recommendationsreceived": ["text", "creation date", "status"],
      "richmedia": ["media description", "media link"], "savedjobalerts": ["saved_search_id"],
      "savedjobs": ["saved date", "job url"], "saveditems": ["saveditem", "createdtime"],
      "searchqueries": ["time", "search query"], "votes": ["date", "link", "optiontext"],
    ]
  }()
}
