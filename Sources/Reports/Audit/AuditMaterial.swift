public import Disclosure

/// What an auditor's report is made of.
public struct AuditMaterial: Sendable {
  /// A disclosure of a case.
  public struct Told: Sendable {
    /// Reference of the case.
    public var caseReference: String
    /// Its life.
    public var history: DisclosureHistory
    /// The bank holidays that its case computes due dates by; nil for those that the report is given.
    public var holidays: BankHolidays?

    /// Names a disclosure.
    public init(caseReference: String, history: DisclosureHistory, holidays: BankHolidays? = nil) {
      self.caseReference = caseReference
      self.history = history
      self.holidays = holidays
    }

    /// Case and id.
    public var name: String { "\(caseReference) \(history.id)" }

    /// What one record alone has: units number their cases each for themselves.
    public var identity: [String] { [history.unit, caseReference, history.id] }
  }

  /// An identification of a case.
  public struct Identified: Sendable {
    /// Reference of the case.
    public var caseReference: String
    /// Its life.
    public var history: IdentificationHistory
    /// Whether a disclosure of it was begun, for anybody.
    public var hasDisclosure: Bool

    /// Names an identification.
    public init(caseReference: String, history: IdentificationHistory, hasDisclosure: Bool) {
      self.caseReference = caseReference
      self.history = history
      self.hasDisclosure = hasDisclosure
    }

    /// Case and id.
    public var name: String { "\(caseReference) \(history.id)" }
  }

  /// The state of a case's log.
  public struct Log: Sendable, Codable, Hashable {
    /// Reference of the case.
    public var caseReference: String
    /// Entries that the case holds.
    public var entries: Int
    /// Entries that the newest checkpoint signs.
    public var signed: Int
    /// Whether everything that was signed is still as it was.
    public var isSound: Bool
    /// What does not hold.
    public var faults: [String]
    /// What is no fault and for somebody to look at, as dates that fall: the times in the figures rest on them.
    public var remarks: [String]

    enum CodingKeys: String, CodingKey {
      case caseReference = "case", entries, signed, isSound = "is_sound", faults, remarks
    }

    /// Describes a log.
    public init(
      caseReference: String, entries: Int, signed: Int, isSound: Bool, faults: [String],
      remarks: [String] = []
    ) {
      self.caseReference = caseReference
      self.entries = entries
      self.signed = signed
      self.isSound = isSound
      self.faults = faults
      self.remarks = remarks
    }
  }

  /// The disclosures.
  public var disclosures: [Told]
  /// The identifications.
  public var identifications: [Identified]
  /// The logs.
  public var logs: [Log]

  /// Puts together what is reported on.
  public init(disclosures: [Told] = [], identifications: [Identified] = [], logs: [Log] = []) {
    self.disclosures = disclosures
    self.identifications = identifications
    self.logs = logs
  }
}
