public import Disclosure

/// Why somebody may not do what they asked for, or cannot be registered.
public enum PeopleFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// No such person, or another passphrase: which of them is not said.
  case notSignedIn(String)
  /// The case has people, and nobody signed in.
  case signInNeeded
  /// The step needs people, and the case has none.
  case nobodyRegistered
  /// None of the person's roles allows it.
  case notAllowed(who: String, what: Access)
  /// Somebody signed in to another case, or was removed since.
  case noLongerValid(String)
  /// A second person is needed, and it is the same one.
  case samePersonTwice(String)
  /// The id cannot be one.
  case badID(String)
  /// The id is, or was, somebody's.
  case idTaken(String)
  /// The case knows nobody by that id.
  case noSuchPerson(String)
  /// No role was given.
  case noRole
  /// The roles of admin and auditor go with no other.
  case standsAlone(Role)
  /// The first person registered keeps the others.
  case firstIsAdmin
  /// Without an admin nobody could be registered any more.
  case lastAdmin
  /// The passphrase is too short or too long.
  case weakPassphrase
  /// The library for passphrases failed.
  case passphrase(String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .notSignedIn(let id):
      "\(id) is not registered, or this is not their passphrase. `cognate who list CASE` lists the ids."
    case .signInNeeded: "People are registered for this case: say who you are with --who ID."
    case .nobodyRegistered:
      "Nobody is registered for this case yet, and this needs to know who does it. Begin with `cognate who add CASE ID --role admin`."
    case .notAllowed(let who, let what): "\(who) has no role that may \(what.description)."
    case .noLongerValid(let id): "\(id) is not registered for this case any more. Sign in again."
    case .samePersonTwice(let id): "\(id) cannot be the second person as well: somebody else has to agree."
    case .badID(let id):
      "\(id) cannot be an id: use 1 to 40 letters, digits, points, hyphens or underscores, beginning with a letter or digit."
    case .idTaken(let id):
      "\(id) is or was somebody's id in this case, and is given to nobody else. Choose another."
    case .noSuchPerson(let id): "Nobody is registered as \(id). `cognate who list CASE` lists the ids."
    case .noRole: "Somebody without a role can do nothing: give --role."
    case .standsAlone(let role):
      "The role of \(role.rawValue) stands alone: who has it has no other, so that nobody watches over themselves."
    case .firstIsAdmin: "The first person of a case is an admin, who registers the others: give --role admin."
    case .lastAdmin: "This is the last admin: register another one first."
    case .weakPassphrase:
      "A passphrase has at least \(Passphrase.shortest) characters and at most \(Passphrase.longest) bytes. Four or more unrelated words are good."
    case .passphrase(let reason): "The passphrase could not be checked: \(reason)."
    }
  }
}

/// What somebody asks to do with a case.
public enum Access: Sendable, Hashable, CustomStringConvertible {
  /// Import, link, judge.
  case work
  /// Look at accounts, evidence, identifications and disclosures.
  case readContent
  /// Read the log and its report.
  case readLog
  /// Register people.
  case administer
  /// Hand a copy of content out of the case.
  case export

  /// Who may.
  public var roles: Set<Role> {
    switch self {
    case .work: [.analyst]
    case .readContent: [.analyst, .reviewer, .decider, .discloser]
    case .readLog: [.analyst, .reviewer, .decider, .discloser, .auditor]
    case .administer: [.admin]
    case .export: [.analyst, .decider]
    }
  }

  /// What it is, after "may".
  public var description: String {
    switch self {
    case .work: "work on the evidence"
    case .readContent: "read the content of the case"
    case .readLog: "read the log"
    case .administer: "register people"
    case .export: "export content"
    }
  }
}
