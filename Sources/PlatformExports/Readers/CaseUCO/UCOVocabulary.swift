/// What a node or facet of a CASE document is, as far as it is read.
struct UCOKind: OptionSet {
  let rawValue: UInt32

  static let account = Self(rawValue: 1 << 0)
  static let emailAddress = Self(rawValue: 1 << 1)
  static let ipAddress = Self(rawValue: 1 << 2)
  static let hardwareAddress = Self(rawValue: 1 << 3)
  static let application = Self(rawValue: 1 << 4)
  static let message = Self(rawValue: 1 << 5)
  static let textMessage = Self(rawValue: 1 << 6)
  static let mail = Self(rawValue: 1 << 7)
  static let call = Self(rawValue: 1 << 8)
  static let thread = Self(rawValue: 1 << 9)
  static let contact = Self(rawValue: 1 << 10)
  static let name = Self(rawValue: 1 << 11)
  static let device = Self(rawValue: 1 << 12)
  static let url = Self(rawValue: 1 << 13)
  static let relationship = Self(rawValue: 1 << 14)
  static let annotation = Self(rawValue: 1 << 15)
  /// A person or body, as the ontology of identities has them.
  static let identity = Self(rawValue: 1 << 16)

  /// Those that become records of their own.
  static let recorded: Self = [.message, .mail, .call, .contact]
  /// Messages of any sort.
  static let messages: Self = [.message, .mail]

  /// Facets by their names, without `Facet` behind them, which older versions do not have.
  static let facets: [String: Self] = [
    "Account": .account, "DigitalAccount": .account, "ApplicationAccount": .account,
    "PhoneAccount": .account, "MobileAccount": .account, "EmailAccount": .account,
    "EmailAddress": .emailAddress, "IPAddress": .ipAddress, "IPv4Address": .ipAddress,
    "IPv6Address": .ipAddress, "MACAddress": .hardwareAddress, "WifiAddress": .hardwareAddress,
    "BluetoothAddress": .hardwareAddress, "Application": .application, "Message": .message,
    "SMSMessage": [.message, .textMessage], "EmailMessage": .mail, "Call": .call, "PhoneCall": .call,
    "MessageThread": .thread, "Contact": .contact, "SimpleName": .name, "Device": .device,
    "MobileDevice": .device, "AndroidDevice": .device, "AppleDevice": .device, "SIMCard": .device,
    "URL": .url,
  ]

  /// Nodes that are read without a facet.
  static let nodes: [String: Self] = [
    "Relationship": .relationship, "ObservableRelationship": .relationship, "Annotation": .annotation,
  ]
}

/// Properties that are taken, by their local names in the ontologies, newer and older.
enum UCOProperty: UInt8, CaseIterable {
  case hasFacet, object, name, source, target, kindOfRelationship, tag
  case accountIdentifier, accountLogin, displayName, phoneNumber, emailAddress, addressValue, application
  case applicationIdentifier, owner
  case from, to, participant, messageText, body, subject, sentTime, receivedTime, startTime, callType
  case duration, allocationStatus, xOriginatingIP, messageThread, element, item, itemContent
  case imei, imsi, iccid, msisdn, meid, serialNumber, androidID, advertisingID, deviceType, model
  case firstName, lastName, contactPhone, contactEmail, contactMessaging, contactURL, contactPhoneNumber
  case messagingAddress, contactMessagingPlatform, sourceApplication, givenName, familyName, fullValue, url
  /// Cognate's own.
  case platform, kind, value, assertion, sourceLabel, isProtected, authorisation

  /// The property of a local name in one of the ontologies.
  init?(_ name: String, module: String) {
    guard let found = module == UCOName.cognate ? Self.own[name] : Self.named[name] else { return nil }
    self = found
  }

  /// Whether its values are other things, which a document may also name by their ids alone.
  var isReference: Bool {
    switch self {
    case .hasFacet, .source, .target, .application, .owner, .from, .to, .participant, .messageThread,
      .element,
      .item, .itemContent, .emailAddress, .sourceApplication, .contactMessagingPlatform, .contactPhone,
      .contactEmail, .contactMessaging, .contactURL, .contactPhoneNumber, .url, .xOriginatingIP:
      true
    default: false
    }
  }

  private static let own: [String: Self] = [
    "platform": .platform, "kind": .kind, "value": .value, "assertion": .assertion,
    "sourceLabel": .sourceLabel, "protected": .isProtected,
    "authorisation": .authorisation,
  ]

  private static let named: [String: Self] = {
    var named: [String: Self] = [
      "facets": .hasFacet, "facet": .hasFacet, "accountID": .accountIdentifier, "cc": .to, "bcc": .to,
      "participants": .participant, "IMEI": .imei, "IMSI": .imsi, "ICCID": .iccid, "MSISDN": .msisdn,
      "MEID": .meid, "message": .element,
    ]
    let own = Set(Self.own.values)
    let coded = Set([Self.imei, .imsi, .iccid, .msisdn, .meid])
    for property in allCases where !own.contains(property) && !coded.contains(property) {
      named["\(property)"] = property
    }
    return named
  }()
}

/// The name of a thing in one of the ontologies that are read.
struct UCOName: Equatable {
  /// `core`, `observable`, `identity`, ….
  var module: String
  var name: String

  /// The module of Cognate's own properties.
  static let cognate = "cognate"
  /// The name space of Cognate's own properties, as it exports them.
  private static let cognateSpace = "urn:uuid:5e0b5a1c-2f63-4a58-9d0e-771b6c84e239#"

  /// Reads an IRI; nil for one of another vocabulary.
  ///
  ///     https://ontology.unifiedcyberontology.org/uco/observable/AccountFacet
  ///     http://unifiedcyberontology.org/ontology/uco/observable#Account
  ///     http://purl.org/co/element
  init?(iri: String) {
    if iri.hasPrefix(Self.cognateSpace) {
      self.init(module: Self.cognate, name: String(iri.dropFirst(Self.cognateSpace.count)))
      return
    }
    guard let path = Self.path(of: iri) else { return nil }
    let parts = path.split { $0 == "/" || $0 == "#" }
    guard let name = parts.last else { return nil }
    self.init(module: parts.count > 1 ? String(parts[parts.count - 2]) : "", name: String(name))
  }

  private init(module: String, name: String) {
    self.module = module
    self.name = name
  }

  /// Whether an IRI is of Cognate's own.
  static func isOfCognate(_ iri: String) -> Bool { iri.hasPrefix(cognateSpace) }

  /// Whether an IRI is of one of the ontologies, or of Cognate's own.
  static func isOfOntology(_ iri: some StringProtocol) -> Bool {
    iri.hasPrefix(cognateSpace) || host(of: iri).map { isOntology($0.host) } ?? false
  }

  private static func path(of iri: String) -> Substring? {
    guard let (host, path) = host(of: iri) else { return nil }
    // A list of what stands in it.
    if host == "purl.org" { return path.hasPrefix("/co/") || path.hasPrefix("/co#") ? path : nil }
    return isOntology(host) ? path : nil
  }

  private static func host(of iri: some StringProtocol) -> (host: String, path: Substring)? {
    guard iri.utf8.count < 1000 else { return nil }
    for scheme in ["https://", "http://"] where iri.hasPrefix(scheme) {
      let rest = Substring(iri.dropFirst(scheme.count))
      let end = rest.firstIndex { $0 == "/" || $0 == "#" || $0 == "?" } ?? rest.endIndex
      return (rest[..<end].lowercased(), rest[end...])
    }
    return nil
  }

  private static func isOntology(_ host: String) -> Bool {
    ["unifiedcyberontology.org", "caseontology.org"].contains { host == $0 || host.hasSuffix("." + $0) }
  }
}
