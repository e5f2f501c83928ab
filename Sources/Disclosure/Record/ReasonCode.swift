/// Why the victim is not told now.
public enum ReasonCode: String, Sendable, Codable, CaseIterable {
  /// Risk to the victim or a dependant.
  case riskToVictim = "R01"
  /// Risk to the suspect or a third party.
  case riskToOthers = "R02"
  /// It would prejudice the investigation.
  case investigation = "R03"
  /// The identification is not certain enough.
  case uncertain = "R04"
  /// A court's order.
  case courtOrder = "R05"
  /// The suspect is under 18.
  case under18 = "R06"
  /// A source, a method or communications data would be shown.
  case sensitivity = "R07"
  /// Other proceedings.
  case proceedings = "R08"
  /// The victim's wish.
  case victimsWish = "R09"
  /// Another agency leads.
  case otherAgency = "R10"
  /// The victim cannot be reached safely.
  case noSafeContact = "R11"
  /// Capacity, or a need in communication.
  case capacity = "R12"
  /// Something else, in words.
  case other = "R99"
}

/// What a notice may tell: nothing else goes into one.
public enum NoticeItem: String, Sendable, Codable, CaseIterable {
  /// Who the person is.
  case identity
  /// How the person stands to the victim, where known.
  case relationship
  /// Suspected, charged or convicted.
  case status
  /// The accounts.
  case accounts
  /// When they were used.
  case period
  /// Conditions of bail or of an order that protect the victim.
  case conditions
  /// Whom to call.
  case contacts
  /// Where the person lives: never by default.
  case address
}
