internal import AccountModel
internal import CLibXML2

/// Puts the models of a report together from its elements and hands each on when it ends.
///
///     decodedData / modelType / model[type, id, deleted_state]
///         field[name] / value                     a text
///         modelField[name] / model                one model in it
///         multiModelField[name] / model …         several
///
/// A chat is held without its messages: each goes on when it ends.
final class CellebriteParser: XMLTextHandler {
  private let records: CellebriteRecords
  private let member: UInt32
  private let limits: ImportLimits
  private var models: [CellebriteModel] = []
  /// The fields of open models in which models lie, and for each open model how many there were before it.
  private var roles: [CellebriteRole] = []
  private var field: CellebriteField?
  /// The item of the section on the phone that is open.
  private var item: (name: String, extraction: String)?
  private var isInDeviceInfo = false
  private var isCollecting = false
  private var text: [UInt8] = []
  private var textLimit = 0
  /// Bytes of text in all open models.
  private var heldBytes = 0
  /// Whether a text was longer than what may be held.
  private var isOver = false
  /// Models that have no place in the record class at hand, by type.
  private var passedOver: [String: Int] = [:]
  private var parts: [String: Int] = [:]
  private var extractions = 0
  private var partsLost = 0
  private var isReturn = false

  init(_ records: CellebriteRecords, member: UInt32, limits: ImportLimits) {
    self.records = records
    self.member = member
    self.limits = limits
  }

  /// Parties, entries and cards kept of one model.
  private static let partLimit = 5000
  /// Names of types kept for the notes.
  private static let typeLimit = 200

  // MARK: Elements

  func start(_ name: UInt32, _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ place: cog_xml_place)
    throws
  {
    isCollecting = false
    switch CellebriteName(rawValue: name) {
    case .model: begin(attributes, place)
    case .field:
      guard let last = models.indices.last else { return }
      models[last].parts += 1
      if case .other = models[last].kind { return field = nil }
      field = CellebriteField(attributes.named(.name))
    case .value:
      guard let field, !models.isEmpty else { return }
      collect(limit: field.limit)
    case .modelField, .multiModelField: roles.append(CellebriteRole(attributes.named(.name)))
    case .multiField: field = nil
    case .metadata: isInDeviceInfo = models.isEmpty && attributes.named(.section) == "Device Info"
    case .item:
      guard isInDeviceInfo else { return }
      item = (Self.text(attributes.named(.name)), Self.text(attributes.named(.sourceExtraction)))
      collect(limit: 4096)
    case .extractionInfo:
      extractions += 1
      for name in [CellebriteName.name, .deviceName, .fullName] {
        if CellebriteSource.isReturn(Self.text(attributes.named(name)).lowercased()) { isReturn = true }
      }
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isCollecting, text.count < textLimit else { return }
    if heldBytes + text.count + bytes.count > limits.recordBytes {
      isOver = true
      return
    }
    text.append(contentsOf: bytes.prefix(textLimit - text.count))
  }

  func end(_ name: UInt32, _ place: cog_xml_place) throws {
    let wasCollecting = isCollecting
    isCollecting = false
    switch CellebriteName(rawValue: name) {
    case .value:
      guard wasCollecting, let field, let last = models.indices.last else { return }
      if isOver { models[last].isTooLarge = true }
      let value = text.withUnsafeBufferPointer { $0.trimmed }
      guard !value.isEmpty, models[last][field].isEmpty else { return }
      let text = String(decoding: value, as: UTF8.self)
      models[last].fields.append((field, text))
      models[last].bytes += text.utf8.count
      heldBytes += text.utf8.count
    case .field, .multiField: field = nil
    case .modelField, .multiModelField: if !roles.isEmpty { roles.removeLast() }
    case .model: try end(place)
    case .metadata: isInDeviceInfo = false
    case .item:
      if wasCollecting, let item {
        let value = text.withUnsafeBufferPointer { String(decoding: $0.trimmed, as: UTF8.self) }
        records.device(item.name, value, extraction: item.extraction, place.locator(member))
      }
      item = nil
    default: break
    }
  }

  private func collect(limit: Int) {
    isCollecting = true
    isOver = false
    text.removeAll(keepingCapacity: true)
    textLimit = limit
  }

  private static func text(_ bytes: Bytes) -> String { String(decoding: bytes.prefix(200), as: UTF8.self) }

  // MARK: Models

  private func begin(_ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ place: cog_xml_place) {
    field = nil
    let type = attributes.named(.type)
    let kind = CellebriteKind(type)
    let extraction = Self.text(attributes.named(.extractionID))
    var model = CellebriteModel(
      kind: kind, role: models.isEmpty ? .other : roles.last ?? .other, locator: place.locator(member),
      id: Self.text(attributes.named(.id)), state: Self.text(attributes.named(.deletedState)),
      isRelated: Self.text(attributes.named(.isRelated)).lowercased() == "true",
      extraction: extraction.isEmpty ? models.last?.extraction ?? "" : extraction)
    model.isTooLarge = place.cut != 0
    if let parent = models.last {
      model.isQuoted = parent.isQuoted || parent.kind.isMessage
      model.isReference = parent.isReference
      switch parent.kind {
      case .chat where kind.isMessage, .other where parent.isQuoted: break
      default:
        // A card that is sent is the message's; whatever else lies in something stands elsewhere as well.
        if !parent.kind.isMessage, kind.recordClass != nil { model.isReference = true }
        if case .chat = kind { model.isReference = true }
      }
    }
    if case .other = kind {
      // What lies in a model that is passed over goes with it.
      let isInOther = if case .other = models.first?.kind { true } else { false }
      if !isInOther { count(type, isPart: !models.isEmpty) }
    }
    models.append(model)
    roles.append(.other)
  }

  private func count(_ type: Bytes, isPart: Bool) {
    let name = String(decoding: type.prefix(60), as: UTF8.self)
    func add(to counts: inout [String: Int]) {
      let known = counts[name] != nil || counts.count < Self.typeLimit
      counts[known ? name : "other types", default: 0] += 1
    }
    isPart ? add(to: &parts) : add(to: &passedOver)
  }

  private func end(_ place: cog_xml_place) throws {
    guard var model = models.popLast() else { return }
    if !roles.isEmpty { roles.removeLast() }
    field = nil
    model.locator = place.locator(member)
    let parent = models.indices.last
    if let parent, model.role == .forwarded { models[parent].isForwarded = true }
    if let recordClass = model.kind.recordClass {
      let isCard =
        if case .contact = model.kind { parent.map { models[$0].kind.isMessage } ?? false } else { false }
      if isCard, let parent, !model.isReference {
        if models[parent].cards.count < Self.partLimit {
          return keep(model, in: parent) { $0.cards.append(model) }
        }
        partsLost += 1
      }
      // What is held for a chat's app stays counted until the chat ends.
      let isHeld = try take(model, recordClass, parent: parent)
      if isHeld, let parent { models[parent].bytes += model.bytes } else { heldBytes -= model.bytes }
      return
    }
    guard let parent else {
      if case .chat = model.kind { try records.end(model) }
      heldBytes -= model.bytes
      return
    }
    switch model.kind {
    case .party:
      guard models[parent].parties.count < Self.partLimit else {
        partsLost += 1
        break
      }
      return keep(model, in: parent) { $0.parties.append(Self.party(model)) }
    case .entry(let sort):
      guard models[parent].entries.count < Self.partLimit else {
        partsLost += 1
        break
      }
      return keep(model, in: parent) {
        $0.entries.append(CellebriteEntry(sort: sort, category: model[.category], value: model[.value]))
      }
    case .attachment: models[parent].attachments += 1
    case .forwarding: models[parent].isForwarded = true
    // A message may have several: starred, edited, forwarded many times.
    case .label: if model.lowered(.label).contains("forward") { models[parent].isForwarded = true }
    case .chat: try records.end(model)
    default: break
    }
    heldBytes -= model.bytes
  }

  /// Makes a model part of the one around it.
  private func keep(_ model: CellebriteModel, in parent: Int, _ add: (inout CellebriteModel) -> Void) {
    add(&models[parent])
    models[parent].parts += 1
    models[parent].bytes += model.bytes
    if model.isTooLarge { models[parent].isTooLarge = true }
  }

  private static func party(_ model: CellebriteModel) -> CellebriteParty {
    var role = model.role
    if role == .parties {
      switch model.lowered(.role) {
      case "from": role = .from
      case "to", "cc", "bcc": role = .to
      default: break
      }
    }
    return CellebriteParty(
      role: role, identifier: model[.identifier], name: model[.name], isOwner: model.isTrue(.isPhoneOwner))
  }

  /// Hands a record on.
  ///
  /// - Returns: whether it waits in the chat around it.
  private func take(_ model: CellebriteModel, _ recordClass: RecordClass, parent: Int?) throws -> Bool {
    if model.isQuoted || model.isReference {
      records.setAside(model, recordClass, model.isQuoted ? .quoted : .reference)
      return false
    }
    if model.parts == 0, !model.isTooLarge {
      records.setAside(model, recordClass, .empty)
      return false
    }
    switch model.kind {
    case .call: try records.call(model)
    case .contact: try records.contact(model)
    case .userAccount: try records.userAccount(model)
    default:
      guard let parent else {
        try records.message(model, chat: nil)
        return false
      }
      var chat = models[parent]
      // Not two owners of its arrays.
      models[parent].waiting = []
      models[parent].channels = []
      defer {
        models[parent].waiting = chat.waiting
        models[parent].channels = chat.channels
        models[parent].participants = chat.participants
      }
      return try records.message(model, in: &chat)
    }
    return false
  }

  // MARK: The end

  /// Accounts for what was lost, and writes the second count.
  func finish(_ report: cog_xml_report, seen: [RecordClass: Int]) throws {
    let fault = records.writer.setAsideEnd(of: report, member: member)
    try records.finish(isWhole: fault == nil)
    for recordClass in [RecordClass.message, .call, .contact, .profile] {
      let number = seen[recordClass] ?? 0
      let lost = number - (records.done[recordClass] ?? 0)
      if number > 0 || records.done[recordClass] != nil { records.writer.count(recordClass, seen: number) }
      if let fault, lost > 0 {
        records.writer.setAside(recordClass, fault.reason, at: fault.place, count: lost)
      }
    }
    note("passed over, and never stored", passedOver)
    note("passed over as parts of records", parts)
    if partsLost > 0 { records.writer.setAside("party", .tooLarge, at: nil, count: partsLost) }
    if isReturn {
      records.writer.note(
        "the report was made of a provider's legal return: it needs the authorisation that the return does")
    }
    if extractions > 1 {
      records.writer.note(
        "the report holds \(extractions) extractions: its accounts and devices may be of more than one phone")
    }
    records.writer.countCharacters(of: report)
  }

  private func note(_ words: String, _ counts: [String: Int]) {
    if counts.isEmpty { return }
    let list = counts.sorted { $0.key < $1.key }.map {
      "\($0.value) \($0.key.isEmpty ? "without a type" : $0.key)"
    }
    records.writer.note("\(words): \(list.joined(separator: ", "))")
  }
}

extension SetAsideReason {
  /// What a message answers or shares, which stands in its own place as well.
  static let quoted = Self("quoted", "is what another message answers or shares", isFault: false)
  /// A tag, a note or the like refers to it.
  static let reference = Self("reference", "stands in something that refers to it", isFault: false)
}
